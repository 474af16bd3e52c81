"""Out of scope and not existing take the same time, as far as statements make it: each refusal runs as many of them for the one as for the other.

No clock is read. A database of its own on PostgreSQL is told to log its statements, and those between two answers are counted. Runs
with `./dev proof access`, on a server whose log is where tools/postgres_cluster.sh keeps it; else it says that it did not run.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.parse

import world
from matrix_test import NOWHERE
from operations import ROWS, THINGS
from world import BY_LOGIN, HOME, Place, World, databases, fill, match, told

#: A person with rights elsewhere, and one with none.
OUTSIDERS = ("phu", "khong")
#: Noting that a session was seen happens once a minute, whoever asks for what; the frame of a transaction is no question.
ELSEWHERE = re.compile(r"^(update session|begin|commit|rollback|set |savepoint|release)", re.IGNORECASE)


def log_of(dsn):
    """Where the server of the test cluster writes what it does."""
    socket = urllib.parse.parse_qs(dsn.partition("?")[2]).get("host", [""])[0]
    return pathlib.Path(socket).parent / "cluster" / "server.log"


class Statements(unittest.TestCase):
    def test_a_refusal_asks_the_database_as_much_of_what_is_hidden_as_of_what_is_not_there(self):
        if os.environ.get("THONGSUOT_ACCESS") != "full" or "postgres" not in databases() or not log_of(
                os.environ["THONGSUOT_TEST_POSTGRES"]).exists():
            print("\n*** NOT RUN: statements are counted by ./dev proof access, on the cluster of tools/postgres_cluster.sh ***", file=sys.stderr)
            self.skipTest("no log of PostgreSQL to count in")
        with Place("postgres") as place:
            world.build(place)
            subprocess.run(["psql", place.server, "-qc", f"alter database {place.name} set log_statement = 'all'"], check=True, timeout=60)
            with place.serving() as server:
                of_the_world = World(server.port)
                try:
                    compared, wrong = self.compare(of_the_world, log_of(place.server))
                finally:
                    of_the_world.close()
        print(f"\npostgres: statements of {compared} refusals counted twice, {len(wrong)} differ", flush=True)
        self.assertFalse(wrong, told(wrong))
        self.assertGreater(compared, 300)

    def compare(self, of_the_world, log):
        names = of_the_world.things("h", HOME)
        compared, wrong = 0, []
        for login in OUTSIDERS:
            for row in ROWS:
                unseen = {name for name in re.findall(r"\{(\w+)\}", row.path + json.dumps(row.body)) if name in THINGS}
                if row.rule.verdict(BY_LOGIN[login]) != "unseen" or not unseen:
                    continue
                compared += 1
                nothing = {**names, **dict.fromkeys(unseen, NOWHERE)}
                for _ in range(3):  # what the server does by itself may fall between
                    told_of = [self.count(of_the_world.of(login), row, each, log) for each in (names, nothing)]
                    if told_of[0] == told_of[1]:
                        break
                else:
                    wrong.append((login, row.method, row.path, "hidden, not there:", *told_of))
        return compared, wrong

    @staticmethod
    def count(client, row, names, log):
        """How many statements the answer took; it is logged before it is done, so before the answer."""
        begun = log.stat().st_size
        body = json.loads(fill(json.dumps(row.body), names)) if row.body is not None else None
        client.send(row.method, fill(row.path, names), body, match(row.at))
        with open(log, encoding="utf-8", errors="replace") as lines:
            lines.seek(begun)
            said = re.findall(r"LOG:\s+(?:execute [^:]*|statement): (.*)", lines.read())
        return sum(not ELSEWHERE.match(one) for one in said)


if __name__ == "__main__":
    unittest.main()
