"""What the tests of reorganisations share: trees by day, proposals, what became of each unit, time and memory."""
import collections
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest

from ground import PASSWORD, PATIENCE, Client, Place, binary, databases


TONES = "\u0300\u0301\u0303\u0309\u0323"


def spelling(name):
    """A name with its kind, whatever the case and the place of the tone: 'Xã Hoà Phú' and 'xã Hòa Phú' are one."""
    made = []
    for syllable in re.split(r"[\s-]+", name.lower().strip()):
        letters = unicodedata.normalize("NFD", syllable)
        made.append("".join(c for c in letters if c not in TONES) + "/" + "".join(c for c in letters if c in TONES))
    return " ".join(made)


class OnEachDatabase:
    """A class of tests whose one place is made once: `begin` fills it, `kind` says on which database."""
    kind = None

    @classmethod
    def setUpClass(cls):
        if cls.kind not in databases():
            raise unittest.SkipTest("THONGSUOT_TEST_POSTGRES is not set")
        cls.place = Place(cls.kind).__enter__()
        cls.addClassCleanup(cls.place.__exit__)
        cls.begin()


def tree(place, day, line="government"):
    """The units of a day by code, each as the export lists it."""
    listed = csv.DictReader(io.StringIO(place.run("export", "units", "--on", day, "--line", line).lstrip("\ufeff")))
    return {unit["code"]: unit for unit in listed}


def levels(units):
    return dict(collections.Counter(unit["level"] for unit in units.values()))


def catalogue(file, on, *mappings):
    words = ["import", "catalogue", file, "--on", on]
    for mapping in mappings:
        words += ["--mapping", mapping]
    return words


def proposal(place, file, on, *mappings, expect=0):
    return place.json(*catalogue(file, on, *mappings), "--propose", expect=expect)


def application(place, file, on, *mappings, expect=0):
    return place.json(*catalogue(file, on, *mappings), "--apply", expect=expect)


def tried(place, *args):
    """The exit code and the answer, whether it was refused or not."""
    done = subprocess.run([binary(), *place.args, *map(str, args), "--json"], capture_output=True, text=True,
                          timeout=PATIENCE)
    if done.returncode > 1:
        raise AssertionError(f"{args} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.returncode, json.loads(done.stdout)


def table(place, name, head, lines):
    return place.file(name, "\n".join([head, *lines]) + "\n")


def reorganisations(place):
    """[(number, day, state)] as `reorganisation list` prints them."""
    return [tuple(line.split("  ")[:3]) for line in place.run("reorganisation", "list").splitlines()]


def codes(problems):
    return collections.Counter(problem["code"] for problem in problems)


def doubts_of(made):
    """Every doubt of a proposal as (code, args), those of single changes and those of none."""
    return [(doubt["code"], tuple(doubt["args"])) for event in made["events"] for doubt in event.get("doubts", [])] + \
        [(doubt["code"], tuple(doubt["args"])) for doubt in made["doubts"]]


def short(event):
    """A change as kind, codes before, codes after, name after."""
    return event["kind"], tuple(event["from"]), tuple(event["to"]), event["name_after"]


#: Runs a command and writes its memory to a file; a process between, for a child begins with its parent's peak.
WATCH = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(child, 0)
open(sys.argv[1], "w").write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def measured(place, *args):
    """Runs the program and gives what it printed, its seconds and its largest memory in MiB."""
    with tempfile.NamedTemporaryFile("r") as memory:
        begun = time.monotonic()
        done = subprocess.run([sys.executable, "-S", "-c", WATCH, memory.name, binary(), *place.args, *map(str, args)],
                              capture_output=True, text=True, timeout=PATIENCE)
        took = time.monotonic() - begun
        if done.returncode != 0:
            raise AssertionError(f"{args} ended with {done.returncode}:\n{done.stdout[:2000]}{done.stderr}")
        return done.stdout, took, int(memory.read()) / 1024


def let_see(place, seat, since):
    """The account by which `Kin` looks on: a viewer of a unit that both trees have."""
    place.run("user", "add", "xem", "--name", "Nguyễn Văn Xem", "--password-stdin", stdin=PASSWORD + "\n")
    place.run("user", "post", "xem", "--unit", seat, "--role", "viewer", "--from", since)


class Kin:
    """What became of each unit between two days, asked over HTTP unit by unit of the later day (see `let_see`).

    `successors`: old code → {new code: (share, basis, kind)}; a unit that goes on is its own successor with share
    "1/1" and kind "same". `places`: new code → the unit's page."""

    def __init__(self, place, before, after):
        self.successors = collections.defaultdict(dict)
        self.pages = {}
        with place.serving() as server:
            client = Client(server.port).sign_in("xem", PASSWORD)
            try:
                self.ask(client, before, after)
            finally:
                client.connection.close()

    def ask(self, client, before, after):
        old = {unit["id"]: unit["code"] for unit in self.all(client, before)}
        for unit in self.all(client, after):
            page = client.ok("GET", f"/units/{unit['id']}?on={after}")
            self.pages[unit["code"]] = page
            if unit["id"] in old:
                self.successors[old[unit["id"]]][unit["code"]] = ("1/1", "whole", "same")
            for kin in page["predecessors"]:
                self.successors[old[kin["unit"]["id"]]][unit["code"]] = (kin["share"], kin["basis"], kin["kind"])

    @staticmethod
    def all(client, day):
        units, after = [], ""
        while after is not None:
            page = client.ok("GET", f"/units?on={day}&limit=1000{after}")
            units += page["items"]
            after = f"&cursor={page['next']}" if page["next"] else None
        return units
