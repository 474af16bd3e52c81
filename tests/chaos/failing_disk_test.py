"""The n-th open, read, write, sync, truncate, remove of the database fails, for every n: no wrong answer, nothing acknowledged lost, no restart.

failing_disk.cpp runs a workload on the store again and again. The fault is EIO or ENOSPC, once or lasting until the disk is healed. A refused act must not be there, the next
must succeed once the disk is sound, and what is left must be sound when opened anew and after a power cut; what a failed sync was for is lost on the disk, as it is on Linux.
THONGSUOT_STRIDE says which n (every 25th; `./dev proof failing-disk` asks every one), THONGSUOT_SEED which run.
"""
import os
import random
import tempfile
import unittest

import programs

KINDS = ("open", "read", "write", "sync", "truncate", "remove", "share")


class FailingDisk(unittest.TestCase):
    def setUp(self):
        self.stride = int(os.environ.get("THONGSUOT_STRIDE", 25))
        self.seed = int(os.environ.get("THONGSUOT_SEED", random.SystemRandom().randrange(10**9)))
        scratch = tempfile.TemporaryDirectory(prefix="thongsuot-failing-")
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def judged(self, mode, stride):
        said = programs.verdict("failing_disk", self.folder, self.seed, stride, mode)
        kinds = ", ".join(f"{kind} {said[kind]}" for kind in KINDS)
        print(f"\n{mode}: {said['runs']} runs ({kinds}), {said['failures']} calls failed, {said['acknowledged']} acts acknowledged, {said['refused']} refused "
              f"({said['disk_full']} for want of room): {said['wrong']} wrong, {said['stubborn']} refused by a sound disk; {said['images']} power cuts: {said['lost']} lost, "
              f"{said['halved']} half-applied, {said['unsound']} unsound; seed {self.seed}", flush=True)
        self.assertGreaterEqual(said["acknowledged"], 1000, "too few acts to say anything")
        return said

    def test_no_failure_of_the_disk_makes_the_store_wrong(self):
        said = self.judged("honest", self.stride)
        faults = {word: said[word] for word in ("wrong", "stubborn", "lost", "unsent", "halved", "unsound")}
        self.assertEqual(set(faults.values()), {0}, f"{faults}: {said['first']}")
        self.assertEqual([kind for kind in KINDS if said[kind] == 0], [], "these never failed")
        self.assertGreater(said["disk_full"], 0)

    def test_careless_clients_and_silent_disks_are_caught(self):
        stride = max(50, self.stride)
        self.assertGreater(self.judged("careless", stride)["wrong"], 0, "acts that were refused counted as done and nobody saw it")
        silent = self.judged("silent", stride)
        self.assertGreater(silent["lost"] + silent["unsound"], 0, "syncs that failed unsaid cost nothing")


if __name__ == "__main__":
    unittest.main()
