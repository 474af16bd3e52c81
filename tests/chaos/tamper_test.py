"""Whoever can write to the database changes the journal; `audit verify` names the place, and what was carried out of the machine catches what the chain alone cannot.

THONGSUOT_TAMPERS says how many single changes (150; `./dev proof tamper` asks 10,000). The verifier that shares no code with the program
(tools/verify_journal.py) must come to the same verdict.
"""
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import world
from ground import PASSWORD, REPOSITORY, Client, Place, binary

LEAVES = 1000
sys.path.insert(0, str(REPOSITORY / "tools"))
import verify_journal  # noqa: E402

NUMBERS = ("at", "account_id", "unit_id")
TEXTS = ("actor", "act", "object", "detail", "previous_hash", "hash")


class Tamper(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("THONGSUOT_SEED", random.SystemRandom().randrange(10**9)))
        self.chance = random.Random(self.seed)
        self.place = Place().__enter__()
        self.addCleanup(self.place.__exit__)
        scratch = tempfile.TemporaryDirectory(prefix="thongsuot-tamper-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        world.build(self.place)
        town = world.Town(self.place, self.folder, self.seed)
        with self.place.serving() as server:
            town.connect(server.port)
            while self.leaves() < LEAVES:
                town.ask_when_short()
                town.run(seconds=0.5)
        town.close()
        self.database = sqlite3.connect(self.place.folder.name + "/thongsuot.db", isolation_level=None)
        self.addCleanup(self.database.close)
        self.key = self.place.run("audit", "key").strip()
        self.checkpoint = self.folder / "checkpoint.txt"
        self.place.run("audit", "checkpoint", "--out", self.checkpoint)
        self.size, self.root = verify_journal.read_note(self.checkpoint.read_text(), self.key)

    def leaves(self):
        with sqlite3.connect(f"file:{self.place.folder.name}/thongsuot.db?mode=ro", uri=True) as reader:
            return reader.execute("select sequence from journal_head").fetchone()[0]

    def verdict(self, *more):
        command = [binary(), *self.place.args, "audit", "verify", "--json", *map(str, more)]
        return json.loads(subprocess.run(command, capture_output=True, timeout=60).stdout)

    def other_verdict(self):
        """Of the verifier that shares no code: the leaf it names, or 0."""
        export = self.folder / "export.jsonl"
        self.place.run("audit", "export", "--out", export)
        try:
            with open(export, "rb") as file:
                verify_journal.check_leaves(file, {self.size: self.root})
            return 0
        except verify_journal.Fault as fault:
            return int(str(fault).split()[1].rstrip(":"))

    def test_every_single_change_is_found_where_it_is(self):
        times = int(os.environ.get("THONGSUOT_TAMPERS", 150))
        kinds = {}
        for number in range(times):
            self.database.execute("begin immediate")
            kind, place = self.change()
            self.database.execute("commit")
            kinds[kind] = kinds.get(kind, 0) + 1
            with self.subTest(kind=kind, place=place, seed=self.seed):
                found = self.verdict("--checkpoint", self.checkpoint)
                self.assertIn(found["first_bad"], place)
                self.assertEqual(found["proven"], self.size if kind == "head" else 0)  # every leaf is still as it was noted
                if number % 10 == 0 and kind not in ("tile", "head", "hash"):  # of these an export says nothing
                    self.assertIn(self.other_verdict(), [one for leaf in place for one in (leaf, leaf + 1)])
            self.mend()
        self.assertEqual(self.verdict("--checkpoint", self.checkpoint)["proven"], self.size)
        print(f"\n{times} changes of a journal of {self.size} leaves, all found: {kinds}; seed {self.seed}", flush=True)

    def change(self):
        """One change; the leaves that may be named for it."""
        self.kept = {table: self.database.execute(f"select * from {table}").fetchall() for table in ("journal_leaf", "journal_tile", "journal_head")}
        leaf = self.chance.randint(1, self.size)
        kind = self.chance.choice(["number", "text", "text", "text", "remove", "insert", "swap", "cut", "tile", "head"])
        run = self.database.execute
        if kind == "number":
            column = self.chance.choice(NUMBERS)
            run(f"update journal_leaf set {column} = {column} + ? where sequence = ?", (self.chance.choice([-1, 1, 2**20]), leaf))
            return kind, [leaf]
        if kind == "text":
            column = self.chance.choice(TEXTS)
            text = run(f"select {column} from journal_leaf where sequence = ?", (leaf,)).fetchone()[0] or "x"
            at = self.chance.randrange(len(text))
            run(f"update journal_leaf set {column} = ? where sequence = ?", (text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1:], leaf))
            return "hash" if column == "hash" else kind, [leaf]
        if kind == "remove":
            run("delete from journal_leaf where sequence = ?", (leaf,))
            return kind, [leaf]
        if kind == "insert":  # a leaf that says another did it, before all that follow
            run("update journal_leaf set sequence = -sequence - 1 where sequence >= ?", (leaf,))
            run("update journal_leaf set sequence = -sequence where sequence < 0")
            run("insert into journal_leaf select ?, at, account_id, 'Người khác', act, object, unit_id, detail, previous_hash, hash "
                "from journal_leaf where sequence = ?", (leaf, leaf + 1))
            return kind, [leaf]
        if kind == "swap":
            other = leaf % self.size + 1
            run("update journal_leaf set sequence = case sequence when ? then -1 else -2 end where sequence in (?, ?)", (leaf, leaf, other))
            run("update journal_leaf set sequence = case sequence when -1 then ? else ? end where sequence < 0", (other, leaf))
            return kind, [min(leaf, other)]
        if kind == "cut":  # and the head set to match: sound in itself
            run("delete from journal_leaf where sequence >= ?", (leaf,))
            run("delete from journal_tile where (position + 1) * 256 >= ?", (leaf,))
            last = run("select sequence, hash from journal_leaf order by sequence desc limit 1").fetchone() or (0, "")
            run("update journal_head set sequence = ?, hash = ?", last)
            return kind, [leaf]
        if kind == "tile":
            position = self.chance.randrange(self.size // 256)
            run("update journal_tile set hash = (select hash from journal_leaf where sequence = ?) where position = ?", (leaf, position))
            return kind, [(position + 1) * 256]
        run("update journal_head set hash = (select hash from journal_leaf where sequence = ?)", (self.size // 2,))
        return kind, [self.size]

    def mend(self):
        self.database.execute("begin immediate")
        for table, rows in self.kept.items():
            self.database.execute(f"delete from {table}")
            self.database.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
        self.database.execute("commit")

    def test_a_journal_written_anew_is_sound_in_itself_and_caught_by_what_was_carried_out(self):
        before = self.verdict()
        self.assertEqual((before["first_bad"], before["proven"]), (0, 0))
        self.assertIn("Không chứng minh được", self.place.run("audit", "verify"))
        self.database.execute("begin immediate")
        self.change_and_chain_anew(self.size // 2)
        self.database.execute("commit")
        alone = self.verdict()
        self.assertEqual((alone["first_bad"], alone["proven"]), (0, 0))
        caught = self.verdict("--checkpoint", self.checkpoint)
        self.assertEqual((caught["first_bad"], caught["why"]), (self.size, "root"))
        self.assertEqual(self.other_verdict(), self.size)

    def change_and_chain_anew(self, first):
        """What an administrator of the machine could do: another actor, and every hash after it made anew, tiles and head too."""
        keys = ("account", "act", "actor", "at", "detail", "object", "previous_hash", "sequence", "unit")
        select = "select account_id, act, actor, at, detail, object, previous_hash, sequence, unit_id from journal_leaf order by sequence"
        previous, digests = "", []
        for row in self.database.execute(select).fetchall():
            leaf = dict(zip(keys, row))
            if leaf["sequence"] == first:
                leaf["actor"] = "Người khác"
            leaf["previous_hash"] = previous
            digest = verify_journal.sha256(b"\0", json.dumps(leaf, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
            previous = digest.hex()
            digests.append(digest)
            self.database.execute("update journal_leaf set actor = ?, previous_hash = ?, hash = ? where sequence = ?",
                                  (leaf["actor"], leaf["previous_hash"], previous, leaf["sequence"]))
        for position in range(len(digests) // 256):
            tile = verify_journal.Tree()
            for digest in digests[position * 256:(position + 1) * 256]:
                tile.add(digest)
            self.database.execute("update journal_tile set hash = ? where level = 8 and position = ?", (tile.root().hex(), position))
        self.database.execute("update journal_head set hash = ?", (previous,))

    def test_a_receipt_holds_without_the_program_and_not_when_changed(self):
        with self.place.serving() as server:
            client = Client(server.port).sign_in("ha", PASSWORD)
            report = self.database.execute("select object from journal_leaf where act = 'report.submitted' order by sequence limit 1").fetchone()[0]
            receipt = client.ok("GET", f"/reports/{report.split(':')[1]}/receipt").decode()
            client.connection.close()
        told = verify_journal.check_receipt(receipt, self.key)
        self.assertEqual((told["act"], told["object"]), ("report.submitted", report))
        file = self.folder / "receipt.txt"
        for at in self.chance.sample(range(len(receipt)), 60):
            file.write_text(receipt[:at] + chr(ord(receipt[at]) ^ 1) + receipt[at + 1:])
            done = subprocess.run([sys.executable, REPOSITORY / "tools/verify_journal.py", "--key", self.key, "receipt", file], capture_output=True, timeout=60)
            self.assertNotEqual(done.returncode, 0, (at, receipt))


if __name__ == "__main__":
    unittest.main()
