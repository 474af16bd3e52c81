"""Where an id may stand: every id of a path, a query or a body is put out of scope, and answered as one that does not exist.

Somebody of another district, with every right at home, sends what is right but for one id (or some): a thing of the commune that is out of
sight, and then one that does not exist. Both answers must be the same but for the number itself. The parent of one unit with the
child of another is one of the cases. Which integers of a body are ids is said below, place by place; the contract decides whether all are said.
"""
import dataclasses
import itertools
import json
import re
import time
import unittest

import world
from matrix_test import NOWHERE, Ledger, contract, operations, plain, resolved
from operations import BULLETIN, GIFT, ROWS, THINGS
from places import BODIES, NUMBERS, QUERIES
from policy import COMMUNE, COUSIN, DISTRICT, OTHER_DISTRICT, SIBLING
from world import AWAY, BY_LOGIN, HOME, Place, World, chosen_databases, fill, match, told

#: Who asks, with rights at home.
OUTSIDERS = ("phu", "kha", "cau", "tri", "nhan", "tin")
CODE_OF = {COMMUNE: COUSIN, SIBLING: COUSIN, DISTRICT: OTHER_DISTRICT}


def at_home(rule):
    """The rule for the things of AWAY."""

    def turn(units):
        return tuple(CODE_OF.get(one, one) for one in units)
    return dataclasses.replace(rule, acts=tuple((name, CODE_OF.get(unit, unit)) for name, unit in rule.acts), seen_at=turn(rule.seen_at),
                               seen_under=turn(rule.seen_under), holder=rule.holder and AWAY.clerk)


def numberless(answer, *numbers):
    """The answer with the ids that were asked for made alike, and lengths with them."""
    status, body, headers = plain(answer)
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else json.dumps(body, sort_keys=True, ensure_ascii=False)
    for number in numbers:
        text = re.sub(rf"(?<!\d){number}(?!\d)", "#", text)
    headers.pop("content-length", None)
    return status, text, headers


#: Where revisions are told, the longest path first.
REVISED = (
    "/movements/{movement}/contributions/{twin_gift}", "/movements/{movement}/contributions/{gift}", "/movements/{movement}",
    "/reports/{report}", "/inspections/{inspection}", "/tasks/{task}", "/petitions/{petition}", "/bulletins/{district_bulletin}",
    "/bulletins/{bulletin}", "/bulletins/{reviewed}", "/models/{model}", "/regimes/{regime}")


class Placement(unittest.TestCase):
    def test_every_integer_of_the_contracts_bodies_is_an_id_that_is_tried_or_a_number(self):
        document, unsaid = contract(), []
        for method, path, operation, _ in operations(document):
            schema = resolved(document, operation.get("requestBody", {})).get("content", {}).get("application/json", {}).get("schema")
            for pointer in integers(document, schema) if schema else ():
                field = re.findall(r"[a-z_]+", pointer)[-1]
                if (path, field) not in NUMBERS and ("*", field) not in NUMBERS and not any(one.method == method and one.pattern == path and one.field == field for one in BODIES):
                    unsaid.append((method, path, pointer))
        self.assertEqual(unsaid, [])

    def test_every_id_of_the_contracts_queries_is_tried(self):
        document, unsaid = contract(), []
        for method, path, operation, item in operations(document):
            for one in item.get("parameters", []) + operation.get("parameters", []):
                one = resolved(document, one)
                is_id = one["in"] == "query" and resolved(document, one["schema"]).get("type") == "integer"
                if is_id and (path, one["name"]) not in NUMBERS and ("*", one["name"]) not in NUMBERS:
                    if not any(query.pattern == path and query.name == one["name"] for query in QUERIES) and not any(
                            row.method == method and re.search(rf"[?&]{one['name']}=\{{", row.path) for row in ROWS):
                        unsaid.append((method, path, one["name"]))
        self.assertEqual(unsaid, [])

    def test_an_id_out_of_scope_is_answered_like_one_that_does_not_exist(self):
        for kind in chosen_databases():
            with self.subTest(database=kind), Place(kind) as place:
                began = time.monotonic()
                world.build(place)
                with place.serving() as server:
                    check = Check(place, World(server.port))
                    try:
                        check.all()
                    finally:
                        check.world.close()
                print(f"\n{kind}: {check.paths} ids in paths and queries of the table, {check.queries} in other queries, {check.bodies} in bodies "
                      f"held against what does not exist, {check.reached} of those places seen to take an id of one's own, "
                      f"{len(check.wrong)} mismatches; {time.monotonic() - began:.0f} s", flush=True)
                self.assertFalse(check.wrong, told(check.wrong))


def integers(document, node, pointer=""):
    """Where integers stand in bodies of this schema."""
    node = resolved(document, node)
    if "integer" in (node.get("type"), *(node["type"] if isinstance(node.get("type"), list) else ())):
        yield pointer
        return
    for each in (*node.get("oneOf", ()), *node.get("anyOf", ()), *node.get("allOf", ())):
        yield from integers(document, each, pointer)
    for name, each in node.get("properties", {}).items():
        yield from integers(document, each, f"{pointer}/{name}")
    if "items" in node:
        yield from integers(document, node["items"], pointer + "/0")


class Check:
    def __init__(self, place, of_the_world):
        self.world, self.ledger = of_the_world, Ledger(place)
        self.paths = self.queries = self.bodies = self.reached = 0
        self.wrong = []

    def all(self):
        self.hidden = self.world.things("h", HOME)
        self.hidden.update(self.more_of(HOME, self.hidden))
        self.own = self.world.things("o", AWAY, number=40)
        self.own.update(self.more_of(AWAY, self.own))
        own_codes = {code: self.world.ids[unit] for code, unit in CODE_OF.items()}
        self.own.update(own_codes)
        for login in OUTSIDERS:
            self.world.of(login)
        before = self.ledger.text()
        for login in OUTSIDERS:
            self.of_paths(login)
            self.of_queries(login)
            self.of_bodies(login)
        after = self.ledger.text()
        # What was seen stays seen: a retry of that is answered from its row.
        if any("/seen'" not in line for line in self.ledger.new(before, after)):
            self.wrong.append(("what was refused changed the database", self.ledger.new(before, after)))
        self.reach()

    def more_of(self, house, names):
        """Things that only bodies name: a paragraph, a reminder."""
        clerk, compiler = self.world.of(house.clerk), self.world.of(house.compiler)
        report = clerk.ok("GET", f"/reports/{names['report']}")
        written = clerk.ok("PUT", f"/reports/{names['report']}/sections/1", {"blocks": [{"text": "Đã làm."}]}, report["revision"])
        compiler.ok("POST", f"/requests/{names['request']}/reminders", {})
        told = clerk.ok("GET", "/report-reminders")["items"]
        bulletin = compiler.ok("POST", "/bulletins", BULLETIN | {"unit": self.world.ids[house.district]})
        programme = self.world.of(house.planner).ok("POST", "/programmes", {
            "unit": self.world.ids[house.unit], "kind": "programme", "number": "riêng", "title": "Cụ thể hóa", "issued_on": "2021-02-01"})
        again = clerk.ok("POST", f"/movements/{names['movement']}/contributions", GIFT | {
            "unit": self.world.ids[house.unit], "body": self.world.ids[house.unit], "is_other": "đợt hai"})
        return {"twin_gift": again["id"], "block": written["sections"][0]["blocks"][0]["id"], "told": told[0]["id"], "reminder": NOWHERE - 1,
                "district_bulletin": bulletin["id"], "own_programme": programme["id"]}

    def ask(self, login, method, path, body, names, at=1):
        filled = json.loads(fill(json.dumps(body), names)) if body is not None else None
        return self.world.of(login).send(method, fill(path, names), filled, match(at))

    def revision(self, path):
        """The revision that the thing of AWAY at the path stands at."""
        for where in REVISED:
            if path.startswith(where):
                return self.world.of(AWAY.compiler).ok("GET", fill(where, self.own))["revision"]
        return 1

    def same(self, login, what, places, send):
        """`send(ids)` with ids out of sight and with ids that are not there: one answer."""
        hidden, nowhere = {}, {}
        for number, name in enumerate(places):
            hidden[name], nowhere[name] = self.hidden[name], NOWHERE + number
        numbers = sorted({*hidden.values(), *nowhere.values()}, reverse=True)
        first, second = numberless(send(hidden), *numbers), numberless(send(nowhere), *numbers)
        if first != second:
            self.wrong.append((login, *what, places, "out of scope:", first[0], first[1][:160], "not existing:", second[0], second[1][:160]))

    def of_paths(self, login):
        """Each id of each row's path and query, alone and together with others."""
        for row in ROWS:
            if row.rule.open or row.rule.everybody or row.path == "/session" or at_home(row.rule).verdict(BY_LOGIN[login]) != "may":
                continue
            places = [name for name in dict.fromkeys(re.findall(r"\{(\w+)\}", row.path)) if name in THINGS]
            for size in range(1, len(places) + 1):
                for chosen in itertools.combinations(places, size):
                    self.paths += 1
                    self.same(login, (row.method, row.path), chosen,
                              lambda ids, row=row: self.ask(login, row.method, row.path, row.body, {**self.own, **ids}, self.revision(row.path)))

    def of_queries(self, login):
        for query in QUERIES:
            if query.known:
                continue
            self.queries += 1
            path = query.path
            self.same(login, ("GET", path), (query.thing,), lambda ids, path=path: self.ask(login, "GET", path, None, {
                **self.own, "?": next(iter(ids.values()))}))

    def of_bodies(self, login):
        for one in BODIES:
            self.bodies += 1
            if one.known:
                self.refused(login, one)
                continue
            self.same(login, (one.method, one.path, one.field), (one.thing,), lambda ids, one=one: self.ask(
                login, one.method, one.path, one.body, {**self.own, "?": next(iter(ids.values()))}, self.revision(one.path)))

    def refused(self, login, one):
        """A unit that is out of scope is known to be there, and yet nothing is done to it or in its name."""
        if one.sent:
            return
        status, body, _ = self.ask(login, one.method, one.path, one.body, {**self.own, "?": self.hidden[one.thing]}, self.revision(one.path))
        if status < 400:
            self.wrong.append((login, one.method, one.path, one.field, "a unit out of scope was taken", status, str(body)[:200]))

    def reach(self):
        """Each place takes an id of one's own otherwise than one that is not there, from at least one of those who ask: else it was never read."""
        for one in BODIES:
            seen, said = set(), []
            for login in OUTSIDERS:
                first = numberless(self.ask(login, one.method, one.path, one.body, {**self.own, "?": NOWHERE}, self.revision(one.path)), NOWHERE)
                own = self.own[one.thing]
                second = numberless(self.ask(login, one.method, one.path, one.body, {**self.own, "?": own}, self.revision(one.path)), own)
                seen.add(first[:2] != second[:2])
                said.append((login, first[0], re.findall(r'"code": "([a-z_]+\.[a-z_]+)"', first[1])[:2]))
            if True in seen:
                self.reached += 1
            elif not one.never:
                self.wrong.append((one.method, one.path, one.field, str(one.body)[-60:], "an id of one's own is answered like one that does not exist", said))


if __name__ == "__main__":
    unittest.main()
