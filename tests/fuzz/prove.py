"""Runs each fuzzer for a while and says what it did and how much of its decoder it reached.

    prove.py BUILD SECONDS [NAME…]      BUILD is the folder that the preset `fuzz` made

What is found is kept in BUILD/found/NAME-…, the corpus that grows in BUILD/corpus/NAME. Ends badly when a
decoder broke a promise, or when fewer than 85 of 100 of its lines were reached.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SERVER = HERE.parent.parent / "server"
LEAST = 85

# What each decoder consists of; what it shares with others is measured where it belongs.
SOURCES = {
    "workbook": "office/read_xlsx office/read_sheet office/workbook_parts office/shared_strings office/merged_cells "
    "office/sheet_table office/cell_values",
    "document_template": "office/template office/template_package office/template_marks office/template_plan "
    "office/template_fill",
    "zip": "office/unzip",
    "xml": "office/xml_reader",
    "csv": "office/csv office/clean_text",
    "picture": "office/picture office/picture_jpeg office/picture_png office/picture_scale",
    "legacy_text": "office/legacy_text office/legacy_letters",
    "foreign_values": "exchange/foreign exchange/read_json exchange/read_xml exchange/read_csv exchange/read_adx "
    "exchange/set_builder",
    "packet": "exchange/packet",
    "json": "http/json http/fields",
    "request": "http/head_scan http/target",
    "figure": "base/decimal",
    "formula": "direct/formula direct/formula_parser",
    "boundaries": "org/read_boundaries",
    "words": "base/text base/date base/period base/base64",
}
LONGEST = {"picture": 20_000, "workbook": 20_000, "document_template": 20_000, "figure": 64, "words": 300}


def run(build, name, seconds, seed):
    """(runs, wrong) of one fuzzer; its profile stands in BUILD/profile/NAME."""
    corpus, found = build / "corpus" / name, build / "found"
    for folder in (corpus, found, build / "profile"):
        folder.mkdir(parents=True, exist_ok=True)
    told = subprocess.run(
        [build / "tests" / "fuzz" / f"fuzz_{name}", corpus, HERE / "corpus" / name, f"-max_total_time={seconds}",
         f"-seed={seed}", f"-max_len={LONGEST.get(name, 4000)}", "-timeout=10", "-rss_limit_mb=2048",
         f"-artifact_prefix={found}/{name}-", "-print_final_stats=1", "-verbosity=1"],
        env=os.environ | {"LLVM_PROFILE_FILE": str(build / "profile" / f"{name}.raw"),
                          "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds + 900, check=False)
    text = told.stdout.decode(errors="replace")
    (build / "profile" / f"{name}.log").write_text(text, encoding="utf-8")
    runs = re.search(r"number_of_executed_units:\s*(\d+)", text)
    return int(runs[1]) if runs else 0, told.returncode


def reached(build, name):
    """Lines of the decoder's sources that the corpus reaches, and all of them."""
    program, raw = build / "tests" / "fuzz" / f"fuzz_{name}", build / "profile" / f"{name}.raw"
    data = raw.with_suffix(".data")
    # The run itself may have ended at a fault, without a profile: the corpus is read once more.
    subprocess.run([program, "-runs=0", build / "corpus" / name, HERE / "corpus" / name],
                   env=os.environ | {"LLVM_PROFILE_FILE": str(raw)}, capture_output=True, timeout=900, check=True)
    subprocess.run(["llvm-profdata-19", "merge", "-sparse", raw, "-o", data], check=True)
    files = [SERVER / f"{source}.cpp" for source in SOURCES[name].split()]
    report = subprocess.run(["llvm-cov-19", "export", "-summary-only", program, f"-instr-profile={data}", *files],
                            capture_output=True, check=True)
    lines = json.loads(report.stdout)["data"][0]["totals"]["lines"]
    return lines["covered"], lines["count"]


def main():
    build, seconds, names = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), sys.argv[3:] or list(SOURCES)
    seed, faults = int(time.time()), []
    print(f"seed {seed}, {seconds} s each")
    print(f"{'decoder':18} {'runs':>12} {'lines':>11} {'of all':>7}")
    for name in names:
        runs, wrong = run(build, name, seconds, seed)
        if wrong:
            faults.append(f"{name}: a promise is broken, see {build}/found and {build}/profile/{name}.log")
            print(f"{name:18} {runs:>12} broken", flush=True)
            continue
        covered, count = reached(build, name)
        print(f"{name:18} {runs:>12} {covered:>5}/{count:<5} {100 * covered // count:>5} %", flush=True)
        if 100 * covered < LEAST * count:
            faults.append(f"{name}: {covered} of {count} lines reached, wanted {LEAST} of 100")
    print(*faults or ["all held"], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
