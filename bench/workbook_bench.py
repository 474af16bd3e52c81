"""A country's returned workbooks: read, checked and entered by us, and only read by openpyxl beside it, the same files
in the same run, the sums compared. Usage: workbook_bench.py PROGRAM (bench/workbook_bench of the build folder)"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import openpyxl

FIGURE = 8


def summed(folder, **how):
    """Milliseconds openpyxl takes to find every figure, and their sum."""
    total = 0
    begun = time.monotonic()
    for path in folder.iterdir():
        book = openpyxl.load_workbook(path, **how)
        is_under = False
        for row in book["Biểu số liệu"].iter_rows(values_only=True):
            if is_under:
                total += row[FIGURE - 1]
            is_under = is_under or row[0] == "Mã"
        book.close()
    return (time.monotonic() - begun) * 1000, total


def main():
    with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as name:
        folder = pathlib.Path(name)
        done = subprocess.run([sys.argv[1], name], check=True, capture_output=True, text=True)
        ours = json.loads(done.stdout)
        theirs, total = min(summed(folder), summed(folder, read_only=True))
        if total != ours["sum"] or len(list(folder.iterdir())) != ours["files"]:
            raise SystemExit(f"WRONG ANSWER: openpyxl finds {total}, not {ours['sum']}")
    all_of_it = ours["read_ms"] + ours["taken_ms"]
    print(f"{ours['files']} workbooks, {ours['cells']} cells: written in {ours['written_ms']:.0f} ms; read and checked in "
          f"{ours['read_ms']:.0f} ms, entered in {ours['taken_ms']:.0f} ms, together {all_of_it:.0f} ms")
    print(f"openpyxl {openpyxl.__version__} only reads them in {theirs:.0f} ms: {theirs / all_of_it:.1f} times as long "
          f"(wanted >= 20); against our reading alone {theirs / ours['read_ms']:.1f}")


main()
