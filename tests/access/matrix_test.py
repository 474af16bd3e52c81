"""The permission matrix: every operation of the contract × every person; each cell is what the policy says, and nothing else changes.

A cell that may not be is asked twice: once of the thing, once of nothing (ids that do not exist). Both answers must be the same in status,
body and headers. After all refused cells of a person the whole database is as it was. THONGSUOT_SEED shuffles the order of refused cells.
"""
import collections
import dataclasses
import hashlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
import unittest

import world
from operations import ROWS, THINGS
from policy import COMMUNE, ENDED, moved
from world import PEOPLE, Place, World, chosen_databases, fill, match, told

sys.path.insert(0, str(world.pathlib.Path(__file__).resolve().parents[1] / "contract"))
from contract_test import below_api, contract, operations, resolved  # noqa: E402,F401

NOWHERE = 987654321012
SEED = int(os.environ.get("THONGSUOT_SEED", random.SystemRandom().randrange(10**9)))
STATUS = {"refused": (403,), "unseen": (404,), "nobody": (401,)}


def operation_of(row, known):
    """The one operation of the contract whose path this row's is."""
    path = row.path.split("?")[0]
    found = [(pattern.count("{"), pattern, name) for method, pattern, name in known
             if method == row.method and re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(pattern)), path)]
    return min(found)[2] if found else None


class Ledger:
    """What is in the database, but for sessions and what is noted of them."""

    def __init__(self, place):
        self.place = place

    def digest(self):
        return hashlib.sha256(self.text().encode()).hexdigest()

    @staticmethod
    def new(before, after):
        """The rows of `after` that were not there before."""
        known = set(before.splitlines())
        return [line[:200] for line in after.splitlines() if line not in known]

    def text(self):
        if self.place.kind == "postgres":
            dsn = self.place.args[self.place.args.index("--database") + 1]
            dump = subprocess.run(["pg_dump", "--data-only", "--exclude-table=session", dsn], check=True, capture_output=True, text=True,
                                  timeout=120).stdout
            # Newer pg_dump fences its text with a key that is new each time.
            return "\n".join(line for line in dump.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")) and "setval" not in line)
        database = sqlite3.connect(f"file:{self.place.folder.name}/thongsuot.db?mode=ro", uri=True)
        try:
            tables = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table' order by name")
                      if name != "session"]
            return "\n".join(f"{name} {row}" for name in tables for row in database.execute(f'select * from "{name}"'))
        finally:
            database.close()


def plain(answer):
    """An answer without what is of this request alone: its id and the time."""
    status, body, headers = answer
    if isinstance(body, dict):
        body = {key: value for key, value in body.items() if key != "request_id"}
    kept = {name.lower(): value for name, value in headers.items() if name.lower() not in ("date", "x-request-id")}
    return status, body, kept


class Matrix(unittest.TestCase):
    def test_every_operation_of_the_contract_has_a_row_and_every_row_an_operation(self):
        known = [(method, below_api(path), operation["operationId"]) for method, path, operation, _ in operations(contract())]
        rows = {(row.method, row.path): operation_of(row, known) for row in ROWS}
        self.assertEqual([row for row, found in rows.items() if not found], [])
        self.assertEqual(sorted({name for _, _, name in known} - set(rows.values())), [])

    def test_every_cell_is_what_the_policy_says(self):
        for kind in chosen_databases():
            with self.subTest(database=kind, seed=SEED), Place(kind) as place:
                began = time.monotonic()
                left, cookies = world.settled(place)
                with place.serving() as server:
                    check = Check(place, server.port, cookies)
                    try:
                        check.all(left)
                    finally:
                        check.close()
                print(f"\n{kind}: {len(ROWS)} rows of {check.operations} operations × {len(PEOPLE)} people: "
                      f"{check.cells} cells ({dict(check.verdicts)}), {check.twins} held against what does not exist, "
                      f"{len(check.wrong)} mismatches; seed {SEED}; {time.monotonic() - began:.0f} s", flush=True)
                self.assertFalse(check.wrong, told(check.wrong))
                place.run("audit", "verify")


class Check:
    """Goes through the cells of one world."""

    def __init__(self, place, port, cookies):
        self.world, self.ledger, self.chance = World(port, cookies), Ledger(place), random.Random(SEED)
        known = [(method, below_api(path), operation["operationId"]) for method, path, operation, _ in operations(contract())]
        self.operations = len({operation_of(row, known) for row in ROWS})
        self.cells = self.twins = 0
        self.wrong, self.verdicts = [], collections.Counter()

    def close(self):
        self.world.close()

    def all(self, left):
        names = self.world.things("0")
        for number, person in enumerate(PEOPLE):
            if self.changes_something(person):
                names = self.world.things(person.login, number=number + 1)
            self.of_person(person, names)
        for person in PEOPLE:
            self.of_the_ended(person, left)

    @staticmethod
    def changes_something(person):
        return any(row.method != "GET" and not (row.rule.open or row.rule.everybody) and row.rule.verdict(person) == "may" for row in ROWS)

    def client_of(self, person):
        if person.login == "khoa":  # was signed in when the account was disabled, and does not come in anew
            status, body, _ = world.Caller(self.world.port).send("POST", "/sessions", {"login": "khoa", "password": world.PASSWORD})
            if status != 401:
                self.wrong.append(("khoa", "signs in", status, body))
        if person.login == "ra":
            client = world.Caller(self.world.port).sign_in("ra", world.PASSWORD)
            cookie = client.cookie
            client.ok("DELETE", "/session")
            client.cookie = cookie  # as who kept it would
            return client
        return self.world.of(person.login)

    def of_person(self, person, names):
        client = self.client_of(person)
        cells = [(row, row.rule.verdict(person)) for row in ROWS if row.path != "/session" or row.method != "DELETE"]
        shut = [cell for cell in cells if cell[1] != "may"]
        self.chance.shuffle(shut)
        before = self.ledger.digest()
        for row, verdict in shut:
            self.shut(client, person, row, verdict, names)
        if self.ledger.digest() != before:
            self.wrong.append((person.login, person.relation, "refused acts changed the database"))
        for row, verdict in cells:
            if verdict == "may":
                self.cell(client, person, row, verdict, names)

    def ask(self, client, row, names):
        body = json.loads(fill(json.dumps(row.body), names)) if row.body is not None else None
        return client.send(row.method, fill(row.path, names), body, match(row.at))

    def cell(self, client, person, row, verdict, names):
        self.cells += 1
        self.verdicts[verdict] += 1
        answer = self.ask(client, row, names)
        expected = row.answers() if verdict == "may" else STATUS[verdict]
        if answer[0] not in expected:
            self.wrong.append((person.login, person.relation, row.method, row.path, verdict, answer[0], expected,
                               answer[1] if isinstance(answer[1], dict) else ""))
        return answer

    def shut(self, client, person, row, verdict, names, turn=lambda rule: rule):
        """A cell that may not be; for whom the thing is out of sight, it is as if it did not exist."""
        answer = self.cell(client, person, row, verdict, names)
        if verdict != "unseen" or answer[0] != 404:
            return
        used = set(re.findall(r"\{(\w+)\}", row.path + json.dumps(row.body)))
        unseen = [name for name in used if name in THINGS and turn(THINGS[name]).verdict(person) != "may"]
        if not unseen:
            return  # every thing named is seen; the act is another unit's
        self.twins += 1
        twin = self.ask(client, row, dict(names) | dict.fromkeys(unseen, NOWHERE))
        if row.method != "GET":  # a wrong revision asks whether there is one
            late = dataclasses.replace(row, at=99)
            if plain(self.ask(client, late, names)) != plain(self.ask(client, late, dict(names) | dict.fromkeys(unseen, NOWHERE))):
                self.wrong.append((person.login, person.relation, row.method, row.path, "a wrong revision tells that it exists"))
        if plain(twin) != plain(answer):
            self.wrong.append((person.login, person.relation, row.method, row.path, "differs from what does not exist", plain(answer), plain(twin)))

    def of_the_ended(self, person, names):
        """What an ended unit left is its heir's own, and nobody else's."""
        client = self.client_of(person)
        names = dict(names) | {COMMUNE: names[ENDED]}
        for row in ROWS:
            uses = set(re.findall(r"\{(\w+)\}", row.path))
            if row.method == "GET" and uses and "inspection" not in uses and not row.rule.open:
                rule = moved(row.rule, COMMUNE, ENDED)
                self.shut(client, person, row, rule.verdict(person), names, lambda one: moved(one, COMMUNE, ENDED))


if __name__ == "__main__":
    unittest.main()
