"""Copies are made by the running server while eight communes write; each is restored elsewhere and holds all that was acknowledged before it.

THONGSUOT_BACKUPS says how many (3; `./dev proof backup` asks 100).
"""
import os
import pathlib
import random
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import world
from ground import Place, binary


class Backup(unittest.TestCase):
    def setUp(self):
        self.place = Place().__enter__()
        self.addCleanup(self.place.__exit__)
        scratch = tempfile.TemporaryDirectory(prefix="thongsuot-copies-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def test_copies_under_writes_restore_to_what_was_acknowledged(self):
        copies = int(os.environ.get("THONGSUOT_BACKUPS", 3))
        seed = int(os.environ.get("THONGSUOT_SEED", random.SystemRandom().randrange(10**9)))
        world.build(self.place)
        town = world.Town(self.place, self.folder, seed)
        self.addCleanup(town.close)
        with self.place.serving() as server:
            for number in range(copies):
                town.connect(server.port)
                town.ask_when_short()
                copy, before = self.folder / f"{number}.db", {}

                def make(copy=copy, before=before):
                    time.sleep(0.3)
                    with town.oracle.lock:
                        before.update(town.oracle.reports)
                    self.place.run("backup", copy)
                maker = threading.Thread(target=make)
                maker.start()
                town.run(seconds=0.9)
                maker.join(timeout=60)
                self.compare(copy, before)
                copy.unlink()
        print(f"\n{copies} copies while {town.oracle.acknowledged} acts were acknowledged: all restored and sound; seed {seed}", flush=True)
        self.assertGreaterEqual(town.oracle.acknowledged, 1000 if copies >= 10 else 100)

    def compare(self, copy, before):
        """The copy, restored, is at least at what was acknowledged before it began."""
        with Place() as other:
            said = other.run("restore", copy)
            self.assertIn("nhật ký", said)
            database = sqlite3.connect(pathlib.Path(other.folder.name) / "thongsuot.db")
            held = dict(database.execute("select id, revision from report"))
            database.close()
            for report, standing in before.items():
                self.assertGreaterEqual(held[report], standing.revision)

    def test_a_copy_goes_into_an_empty_folder_only(self):
        world.build(self.place)
        copy = self.folder / "copy.db"
        self.place.run("backup", copy)
        self.assertIn("already", self.words(self.place, copy))
        with Place() as other:
            other.run("restore", copy)
            self.assertEqual([path.name for path in pathlib.Path(other.folder.name).iterdir()], ["thongsuot.db"])
            self.assertEqual(other.run("audit", "verify"), self.place.run("audit", "verify"))

    def test_what_is_no_sound_copy_is_refused_and_leaves_nothing(self):
        world.build(self.place)
        copy = self.folder / "copy.db"
        self.place.run("backup", copy)
        whole = copy.read_bytes()
        damaged = {
            "no database": b"PK\x03\x04 a zip, not a database",
            "cut short": whole[:len(whole) // 2],
            "a page overwritten": whole[:8192] + b"\xa5" * 4096 + whole[12288:],
            "empty": b"",
        }
        for why, content in damaged.items():
            with self.subTest(why), Place() as other:
                file = other.file("copy.bin", content)
                self.words(other, file)
                self.assertEqual([path.name for path in pathlib.Path(other.folder.name).iterdir()], ["copy.bin"])
        with self.subTest("a rewritten journal"), Place() as other:
            file = other.file("copy.bin", whole)
            database = sqlite3.connect(file)
            database.execute("update journal_leaf set detail = detail || ' ' where sequence = 2")
            database.commit()
            database.close()
            self.assertIn("journal", self.words(other, file))
        with self.subTest("of a newer program"), Place() as other:
            file = other.file("copy.bin", whole)
            database = sqlite3.connect(file)
            database.execute("insert into schema_migration values ('9999_later.sql', 'x', 0)")
            database.commit()
            database.close()
            self.assertIn("9999_later", self.words(other, file))
        with self.subTest("with a -wal beside it"), Place() as other:
            file = other.file("copy.bin", whole)
            other.file("copy.bin-wal", b"x")
            self.assertIn("-wal", self.words(other, file))

    def words(self, place, file):
        """Refused (1) or failed (3), in words, and never half put back."""
        done = subprocess.run([binary(), *place.args, "restore", str(file)], capture_output=True, text=True, timeout=60)
        self.assertIn(done.returncode, (1, 3), done.stdout + done.stderr)
        self.assertTrue((done.stdout + done.stderr).strip())
        return done.stdout + done.stderr


if __name__ == "__main__":
    unittest.main()
