"""The server is killed (SIGKILL) at random moments while eight communes work; nothing acknowledged is lost, halved or done twice.

THONGSUOT_KILLS says how often (10; `./dev proof kill` asks 1,000), THONGSUOT_SEED which run.
"""
import os
import random
import signal
import tempfile
import time
import unittest

import world
from ground import Place, databases


class Kill(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_or_doubled_by_kills(self):
        kills = int(os.environ.get("THONGSUOT_KILLS", 10))
        seed = int(os.environ.get("THONGSUOT_SEED", random.SystemRandom().randrange(10**9)))
        for kind in databases():
            with self.subTest(database=kind, seed=seed), Place(kind) as place, tempfile.TemporaryDirectory() as folder:
                self.many(place, folder, kills, seed)

    def many(self, place, folder, kills, seed):
        world.build(place)
        town, chance = world.Town(place, folder, seed), random.Random(seed)
        self.addCleanup(town.close)
        slowest, least = 0.0, min(1000, kills * 20)
        # On a busy machine fewer acts lie between two kills: it is killed more often then, until there are enough to say something.
        for number in range(3 * kills + 1):
            began = time.monotonic()
            server = place.start()
            slowest = max(slowest, time.monotonic() - began)
            try:
                town.connect(server.port)
                town.settle()
                town.ask_when_short()
                recent = [report for worker in town.workers for report in worker.reports[-8:]]
                town.check(recent if number % 20 else None, list(town.oracle.periods)[-8:] if number % 20 else None)
                if number >= kills and (town.oracle.acknowledged >= least or number == 3 * kills):
                    break

                def crash(server=server):
                    time.sleep(chance.uniform(0.005, 0.6))
                    server.process.send_signal(signal.SIGKILL)
                town.run(crash=crash)
            finally:
                server.stop(signal.SIGKILL)
            if number % 50 == 49:
                place.run("verify")
        place.run("verify")
        place.run("audit", "verify")
        print(f"\n{place.kind}: {number} kills, {town.oracle.acknowledged} acts acknowledged, 0 lost, 0 half-applied, 0 doubled; "
              f"start to listening at most {slowest:.2f} s; seed {seed}", flush=True)
        self.assertGreaterEqual(town.oracle.acknowledged, least, "too few acts to say anything")


if __name__ == "__main__":
    unittest.main()
