"""Lists, totals, drill-downs, searches and files tell an outsider nothing: much is done out of their sight, and what they read stays the same.

A world with two districts. Everything that an outsider may ask is read: each reading operation of the contract, of their own things and of
hidden ones, with every filter, search, form of file and page. Then people of the hidden district act at random, with a word in each text
and a figure that stand nowhere else. Read again, every answer must be the same byte for byte, no answer may hold the word or the figure,
and whatever was made must not exist. People inside are asked the same: they must find the word, or the test would have seen nothing.

THONGSUOT_SEED says which run, THONGSUOT_ACTS how many acts (30).
"""
import io
import json
import os
import random
import re
import time
import unittest
import urllib.parse
import zipfile

import world
from matrix_test import SEED
from operations import ROWS, THINGS
from places import QUERIES, SEARCHES
from policy import CITY, COMMUNE, DISTRICT, SIBLING
from world import AWAY, HOME, Place, World, chosen_databases, fill, told

#: People without any sight of the hidden district; what of it is no secret to them begins with these words.
FAR = {login: () for login in ("phu", "kha", "cau", "tri", "nhan", "tin", "mat", "khong", "xong", "cu", "thoi", "")}
#: Who works below the same district hears of its regimes and running movements, and of the like of what they are about to ask.
NEAR = {"minh": ("/regimes", "/movements", "/units/{10186}/similar-petitions", "/burdens")}
OUTSIDERS = FAR | NEAR
INSIDERS = ("ha", "lan", "dung")
#: Answers that tell of the asking itself: sessions, and the envelopes of packets.
OF_THE_MOMENT = ("/sessions", "/session")
FORMS = ("csv", "xlsx", "json")


def addresses():
    """Every reading address with its placeholders; `{?}` is a thing to search by."""
    found = [(row.path, None) for row in ROWS if row.method == "GET" and not row.path.startswith(OF_THE_MOMENT)]
    found += [(query.path, query.thing) for query in QUERIES]
    for path in SEARCHES:
        found += [(path, None), (f"{path}?limit=1", None), (f"{path}?cursor=1", None), (f"{path}?cursor=999999", None)]
    for path in ("/documents", "/programmes", "/tasks"):
        found += [(f"{path}?format={form}", None) for form in FORMS]
    for path in ("/programmes/{programme}/standing", "/programmes/{programme}/heatmap", "/units/{10183}/duties"):
        found += [(f"{path}?format={form}", None) for form in FORMS]
    found += [(f"/requests/{{request}}/documents/{form}", None) for form in ("docx", "xlsx")]
    found += [(f"/publications/{{publication}}/documents/{form}", None) for form in ("docx", "xlsx", "json", "csv")]
    found += [(f"/programmes/{{programme}}/annexes/{name}", None) for name in ("coverage.xlsx", "coverage.docx", "targets.csv", "matrix.xlsx")]
    found += [("/documents?query={word}", None), ("/units?query={word}", None), ("/petitions?q={word}", None), ("/units/{10183}/similar-petitions?q={word}", None),
              ("/inspections?mine=true", None), ("/tasks?state=open", None), ("/bulletins?state=draft", None), ("/models?state=registered", None),
              (f"/rollup?unit={{{DISTRICT}}}&period=2022&below=3", None), (f"/rollup?unit={{{CITY}}}&period=2022", None),
              (f"/rollup?unit={{{CITY}}}&period=2022&below=3", None), (f"/rollup/contributions?unit={{{CITY}}}&period=2022&indicator=F05", None),
              (f"/exchange/systems/{{system}}/values?unit={{{CITY}}}&period=2022-01&format=csv&status=all", None),
              (f"/units/{{{CITY}}}/duties", None), (f"/units/{{{CITY}}}/petition-overview", None), (f"/units/{{{CITY}}}/reports", None),
              (f"/units/{{{SIBLING}}}/duties", None), (f"/units/{{{SIBLING}}}/similar-petitions?q={{word}}", None)]
    return list(dict.fromkeys(found))


def inside(content):
    """Bytes without the moment they were written; of an office file, its parts."""
    if content[:15].lower() == b"<!doctype html>":  # a preview says when it was looked at
        return re.sub(rb"\d{1,2}:\d{2}(:\d{2})?[^<\"]*", b"", content)
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"\n".join(name.encode() + parts.read(name) for name in sorted(parts.namelist()) if not name.startswith("docProps/"))


def said(answer):
    """What an answer says, without what is of the request alone."""
    status, body, headers = answer
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name not in ("request_id", "packet")}
        body = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    elif not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    return status, inside(body)


class Leaks(unittest.TestCase):
    def test_what_is_done_out_of_sight_changes_nothing_that_is_seen(self):
        acts = int(os.environ.get("THONGSUOT_ACTS", 30))
        for kind in chosen_databases():
            with self.subTest(database=kind, seed=SEED), Place(kind) as place:
                began = time.monotonic()
                _, cookies = world.settled(place)
                with place.serving() as server:
                    check = Check(World(server.port, cookies), random.Random(SEED))
                    try:
                        check.all(acts)
                    finally:
                        check.world.close()
                print(f"\n{kind}: {len(check.addresses)} addresses × {len(OUTSIDERS)} people outside, {check.acts} acts out of their sight, "
                      f"{check.read} answers read, {check.found} of them inside with the planted word, {len(check.wrong)} leaks; seed {SEED}; "
                      f"{time.monotonic() - began:.0f} s", flush=True)
                self.assertFalse(check.wrong, told(check.wrong))
                self.assertGreater(check.found, 60, "people inside did not find what was planted: the test sees nothing")


class Check:
    def __init__(self, of_the_world, chance):
        self.world, self.chance, self.addresses = of_the_world, chance, addresses()
        self.word = "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(12))
        self.figure = str(chance.randrange(10**9, 9 * 10**9))
        self.acts = self.read = self.found = 0
        self.wrong = []

    def all(self, acts):
        self.own = self.world.things("o", AWAY, number=30)
        self.hidden = self.world.things("h", HOME)
        first = self.crawl(OUTSIDERS)
        again = self.crawl(OUTSIDERS)
        self.same(first, again, "differs though nothing happened")
        self.world.words = self.word
        made = [self.act() for _ in range(acts)]
        for number in range(60):  # more than a page holds
            made.append(self.world.of_the_tree(f"p{number}-{self.word}", HOME))
        self.world.words = ""
        self.same(first, self.crawl(OUTSIDERS), "differs after acts out of sight")
        for names in made:
            self.made_is_hidden(names)
        self.found = sum(self.told(body) for (_, _), (_, body) in self.crawl(INSIDERS).items())

    def told(self, body):
        plain = body.replace(b".", b"").replace(b",", b"").replace("\u00a0".encode(), b"")
        return self.word.encode() in body or self.figure.encode() in plain

    def crawl(self, people):
        """(who, address) → what it says."""
        answers = {}
        for login in people:
            client = self.world.of(login)
            for pattern, thing in self.addresses:
                for names in (self.own, self.hidden):
                    address = fill(pattern, {**names, "word": urllib.parse.quote(self.word), "?": names[thing] if thing else ""})
                    if (login, address) in answers or pattern.startswith(OUTSIDERS.get(login) or ("-",)):
                        continue
                    answers[login, address] = said(client.send("GET", address))
                    self.read += 1
        return answers

    def same(self, before, after, what):
        for key, (status, body) in after.items():
            if self.told(body):
                self.wrong.append((*key, "tells the planted word or figure", status, body[:300]))
            if before[key] != (status, body):
                self.wrong.append((*key, what, before[key][0], before[key][1][-300:], status, body[-300:]))

    def act(self):
        """Something of the hidden district, by whom it falls to."""
        self.acts += 1
        number, mark = self.acts + 1, f"{self.acts}-{self.word}"
        deed = self.chance.choice(("report", "report", "programme", "tree", "register", "petition", "bulletin", "movement", "inspection", "words"))
        if deed == "report":
            return self.report(mark, number)
        if deed == "words":
            return self.words(number)
        return {"programme": lambda: self.world.of_programmes(mark, HOME), "tree": lambda: self.world.of_the_tree(mark, HOME),
                "register": lambda: self.world.of_the_register(HOME), "petition": lambda: self.petition(mark),
                "bulletin": lambda: self.world.of_bulletins(HOME), "movement": lambda: self.world.of_movements(HOME),
                "inspection": lambda: self.world.of_inspections(HOME, self.hidden["programme"])}[deed]()

    def report(self, mark, number):
        """A report with the planted figure, handed in and mostly accepted."""
        names = self.world.of_reports(mark, HOME, f"{2022 + number // 12}-{1 + number % 12:02}")
        lan, ha, path = self.world.of("lan"), self.world.of("ha"), f"/reports/{names['report']}"
        lan.ok("PUT", path + "/cells", {"cells": [{"indicator": "F05", "state": "value", "value": self.figure, "remark": self.word}]}, 1)
        lan.ok("PUT", path + "/sections/1", {"blocks": [{"text": f"Đã làm {self.word}"}]}, 2)
        lan.ok("PUT", path + "/submission", {}, 3)
        if self.chance.random() < 0.8:
            ha.ok("PUT", path + "/acceptance", {}, 4)
        else:
            ha.ok("PUT", path + "/return", {"remark": f"xem lại {self.word}"}, 4)
        return names

    def petition(self, mark):
        names = self.world.of_petitions(mark, HOME)
        self.world.of("ha").ok("POST", f"/petitions/{names['petition']}/statements", {"text": self.word})
        return names

    def words(self, number):
        """Small things of the commune itself."""
        lan, quan, unit = self.world.of("lan"), self.world.of("quan"), self.world.ids[COMMUNE]
        lan.ok("POST", f"/units/{unit}/terms", {"name": self.word + str(number), "from": f"{1900 + number}-01-01", "to": f"{1900 + number}-12-31"})
        quan.ok("PUT", f"/units/{unit}/burdens/2021", {"minutes": 1000 + number})
        return {}

    def made_is_hidden(self, names):
        """Whatever was made does not exist for who is outside."""
        for row in ROWS:
            used = re.findall(r"\{(\w+)\}", row.path)
            fresh = [name for name in used if name in names and name in THINGS]
            if row.method != "GET" or not fresh:
                continue
            for login, open_to in OUTSIDERS.items():
                if row.path.startswith(open_to or ("-",)):
                    continue
                status, body = said(self.world.of(login).send("GET", fill(row.path, {**self.own, **names})))
                self.read += 1
                if status not in (404, 401) and not row.rule.open or self.told(body):
                    self.wrong.append((login, row.path, "was made out of sight and is seen", status, body[:200]))


if __name__ == "__main__":
    unittest.main()
