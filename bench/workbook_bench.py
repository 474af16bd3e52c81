"""A country's returned workbooks: read, checked and entered by us, and the same work on the same files in the same run by
a plain program on openpyxl and SQLite. Usage: workbook_bench.py PROGRAM (bench/workbook_bench of the build folder)

What that program does, and ours does too: the seal of each file, what it was sent out with, the table found by its
heads, each row held against the report's cell (code, name, measure, hidden, merged, formula), each figure read exactly to its
decimals and compared with what stands; then the figures entered with a revision each and a chained line per report, two
hundred reports a transaction, synced. It knows nothing of authority, of competing changes or of doubts to be told.
"""

import decimal
import hashlib
import hmac
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata

import openpyxl

TOGETHER = 200
HEADS = {"ma": "code", "chi so": "name", "loai": "kind", "dvt": "measure", "so ky nay": "figure", "ghi chu": "remark"}


def folded(text):
    marks = unicodedata.normalize("NFD", str(text)).replace("đ", "d").replace("Đ", "d")
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).lower().split())


def fingerprint(lines):
    return hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()[:32]


class Place:
    """Where the figures stand: a report's cells, their revisions, and a chained line for each act."""

    def __init__(self, folder, indicators):
        self.db = sqlite3.connect(folder / "place.db", isolation_level=None)
        self.db.executescript(
            "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-65536;"
            "create table report (id integer primary key, revision integer not null);"
            "create table fact (id integer primary key, report integer not null, position integer not null,"
            " indicator integer not null, state text not null, amount integer, remark text not null default '',"
            " at text, revision integer not null);"
            "create index fact_of_report on fact (report, position);"
            "create table fact_revision (fact integer not null, revision integer not null, state text not null,"
            " amount integer, act integer not null, actor text not null, at text not null, primary key (fact, revision)) without rowid;"
            "create table journal (id integer primary key, at text not null, actor text not null, line text not null, hash text not null);"
            "create table indicator (id integer primary key, code text not null, name text not null, measure text not null,"
            " decimals integer not null);"
        )
        self.db.executemany("insert into indicator values (?, ?, ?, ?, ?)", indicators)
        self.indicators = len(indicators)
        self.head = ""

    def ask(self, reports):
        self.db.execute("begin")
        for report in reports:
            self.db.execute("insert into report values (?, 1)", (report,))
            self.db.executemany(
                "insert into fact (report, position, indicator, state, revision) values (?, ?, ?, 'blank', 0)",
                [(report, i, i + 1) for i in range(self.indicators)],
            )
        self.db.execute("commit")

    def cells(self, report):
        return self.db.execute(
            "select f.id, i.code, i.name, i.measure, i.decimals, f.state, f.amount, f.remark, f.revision"
            " from fact f join indicator i on i.id = f.indicator where f.report = ? order by f.position",
            (report,),
        ).fetchall()

    def enter(self, report, revision, entries):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        changed = self.db.execute(
            "update report set revision = revision + 1 where id = ? and revision = ?", (report, revision)
        )
        if changed.rowcount != 1:
            raise SystemExit(f"report {report} changed meanwhile")
        line = json.dumps({"report": report, "cells": [[fact, amount] for fact, amount, _ in entries]})
        self.head = hashlib.sha256((self.head + line).encode()).hexdigest()
        act = self.db.execute(
            "insert into journal (at, actor, line, hash) values (?, 'bench', ?, ?)", (at, line, self.head)
        ).lastrowid
        for fact, amount, stood in entries:
            if (
                self.db.execute(
                    "update fact set state = 'value', amount = ?, at = ?, revision = revision + 1 where id = ? and revision = ?",
                    (amount, at, fact, stood),
                ).rowcount
                != 1
            ):
                raise SystemExit(f"fact {fact} changed meanwhile")
            self.db.execute(
                "insert into fact_revision values (?, ?, 'value', ?, ?, 'bench', ?)", (fact, stood + 1, amount, act, at)
            )


def identity(book, key):
    """The report and its revision, sealed; and what was given."""
    seals = {
        value
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, str) and value.startswith("TS1|")
    }
    if len(seals) != 1:
        raise SystemExit("no identity, or two")
    parts = seals.pop().split("|")
    seal = hmac.new(key, "|".join(parts[:-1]).encode(), hashlib.sha256).hexdigest()[:32]
    if not hmac.compare_digest(seal, parts[-1]):
        raise SystemExit("tampered")
    return int(parts[1]), int(parts[4]), parts[5], parts[6]


def given(book):
    lines = []
    for sheet in book:
        if sheet["A1"].value != "thongsuot":
            continue
        for row in sheet.iter_rows(values_only=True):
            if row[0] == "given":
                lines.append("|".join(str(x) if x is not None else "" for x in row[1:6]))
    return fingerprint(lines)


def table(book):
    """The sheet, the row of its heads and their columns, from 0."""
    for sheet in book:
        for row in sheet.iter_rows(max_row=200):
            heads = {HEADS.get(folded(c.value)): i for i, c in enumerate(row) if c.value is not None and len(str(c.value)) < 60}
            if "code" in heads and "figure" in heads:
                return sheet, row[0].row, heads
    raise SystemExit("no table")


def exact(value, decimals):
    """A figure in smallest units, or None when it cannot be taken unasked."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    amount = decimal.Decimal(repr(value)).scaleb(decimals)
    return int(amount) if amount == amount.to_integral_value() else None


def read(path, place, key):
    """(report, revision, entries) of a file in which nothing is doubtful."""
    book = openpyxl.load_workbook(path)
    report, revision, form, sent = identity(book, key)
    if given(book) != sent:
        raise SystemExit("tampered")
    cells = place.cells(report)
    if fingerprint([f"{cell[1]}|actual" for cell in cells]) != form:
        raise SystemExit("form changed")
    sheet, head, at = table(book)
    merged = {spot for ranged in sheet.merged_cells.ranges for spot in ranged.cells}
    rows = {}
    for row in sheet.iter_rows(min_row=head + 1):
        rows.setdefault(row[at["code"]].value, []).append(row)
    entries = []
    for fact, code, name, measure, decimals, state, amount, remark, stood in cells:
        found = rows.get(code, [])
        if len(found) != 1:
            raise SystemExit(f"{path}: {code} stands {len(found)} times")
        row = found[0]
        cell = row[at["figure"]]
        new = exact(cell.value, decimals)
        if (
            new is None
            or cell.data_type == "f"
            or row[at["name"]].value != name
            or row[at["measure"]].value != measure
            or sheet.row_dimensions[cell.row].hidden
            or (cell.row, cell.column) in merged
            or (row[at["remark"]].value or "") != remark
        ):
            raise SystemExit(f"{path}: {code} is doubtful")
        if state != "value" or amount != new:
            entries.append((fact, new, stood))
    book.close()
    return report, revision, entries


def by_openpyxl(files, place, key):
    """Seconds of the wall and of the processor for reading and entering."""
    begun, used = time.monotonic(), time.process_time()
    found = [read(path, place, key) for path in files]
    between = time.monotonic()
    for start in range(0, len(found), TOGETHER):
        place.db.execute("begin immediate")
        for report, revision, entries in found[start : start + TOGETHER]:
            place.enter(report, revision, entries)
        place.db.execute("commit")
    return between - begun, time.monotonic() - between, time.process_time() - used


def main():
    with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "files").mkdir()
        done = subprocess.run([sys.argv[1], folder / "files"], check=True, capture_output=True, text=True)
        ours = json.loads(done.stdout)
        place = Place(folder, [(i + 1, f"B{i}", f"Chỉ số B{i}", "người", 0) for i in range(ours["indicators"])])
        place.ask(ours["reports"])
        files = sorted((folder / "files").iterdir())
        reading, entering, used = by_openpyxl(files, place, bytes.fromhex(ours["key"]))
        total = place.db.execute("select sum(amount) from fact where state = 'value'").fetchone()[0]
        if total != ours["sum"] or len(files) != ours["files"]:
            raise SystemExit(f"WRONG ANSWER: openpyxl enters {total}, not {ours['sum']}")
    all_of_it = ours["read_ms"] + ours["taken_ms"]
    theirs = 1000 * (reading + entering)
    print(f"{ours['files']} workbooks, {ours['cells']} cells: written in {ours['written_ms']:.0f} ms; read and checked in "
          f"{ours['read_ms']:.0f} ms, entered in {ours['taken_ms']:.0f} ms, together {all_of_it:.0f} ms, "
          f"{ours['used_ms']:.0f} ms of the processor")
    print(f"openpyxl {openpyxl.__version__}: read and checked in {1000 * reading:.0f} ms, entered in {1000 * entering:.0f} ms, "
          f"{1000 * used:.0f} ms of the processor: {theirs / all_of_it:.1f} times as long (wanted >= 20), "
          f"{1000 * used / ours['used_ms']:.1f} times the processor's time")


main()
