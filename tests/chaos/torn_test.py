"""The power goes and the disk keeps what it likes of what was not synced: nothing acknowledged is lost, nothing half applied.

torn_writes.cpp writes through the store, notes each write and sync below it, and lays out images of what may be found afterwards: writes that
are missing, out of order, or torn at 512 or 4,096 bytes, lengths without contents, rubbish in the shared index; of ten images one is cut again while
the store mends it. Each is opened by the store. THONGSUOT_IMAGES says how many (200; `./dev proof torn` asks 10,000), THONGSUOT_SEED which run.
"""
import os
import random
import tempfile
import unittest

import programs

IMAGES_PER_ROUND = 1000


class Torn(unittest.TestCase):
    def setUp(self):
        self.images = int(os.environ.get("THONGSUOT_IMAGES", 200))
        self.seed = int(os.environ.get("THONGSUOT_SEED", random.SystemRandom().randrange(10**9)))
        scratch = tempfile.TemporaryDirectory(prefix="thongsuot-torn-")
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def judged(self, mode, images):
        rounds = max(1, images // IMAGES_PER_ROUND)
        said = programs.verdict("torn_writes", self.folder, self.seed, rounds, images // rounds, mode)
        print(f"\n{mode}: {said['images']} images ({said['cut_again']} cut again, {said['went_on']} written on) of {said['acknowledged']} acts acknowledged: "
              f"{said['lost']} lost, {said['halved']} images half-applied, {said['unsound']} unsound; seed {self.seed}", flush=True)
        self.assertGreaterEqual(said["acknowledged"], 1000, "too few acts to say anything")
        self.assertGreaterEqual(said["images"], images // rounds * rounds)
        return said

    def test_the_images_show_what_is_lost_without_syncs(self):
        canary = self.judged("normal", max(100, self.images // 10))
        self.assertGreater(canary["lost"], 0, "synchronous=normal lost nothing: the images are too kind")
        self.assertEqual((canary["halved"], canary["unsound"], canary["unsent"]), (0, 0, 0), canary["first"])
        canary = self.judged("lies", max(100, self.images // 10))
        self.assertGreater(canary["lost"], 0, "a disk that lies lost nothing")
        self.assertGreater(canary["unsound"] + canary["halved"], 0, "a disk that lies ruined no database")

    def test_nothing_acknowledged_is_lost_by_torn_and_lost_writes(self):
        said = self.judged("full", self.images)
        self.assertEqual((said["lost"], said["unsent"], said["halved"], said["unsound"]), (0, 0, 0, 0), said["first"])
        self.assertGreater(said["cut_again"], 0)
        self.assertGreater(said["went_on"], 0)


if __name__ == "__main__":
    unittest.main()
