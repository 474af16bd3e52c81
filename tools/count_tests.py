"""Counts the tests of one part of ./dev test.

    count_tests.py KIND STATUS LOG GTEST_FOLDER   prints "passed failed skipped", then a line for each failed test

KIND is how the part reports: gtest (XML files), unittest, node (TAP or spec), npm (vitest or node) or
one (a check that is itself the only test). A part that ended badly without naming a failed test, or
that ran no test at all, counts one failure: absence is never a pass.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as xml


def total(pattern, text):
    """The sum of all numbers `pattern` finds: a log may hold several runs."""
    return sum(int(n) for n in re.findall(pattern, text, re.MULTILINE))


def gtest(folder, _log):
    """Sums the XML reports of all test programs; a skipped or disabled case is not a passed one."""
    passed = failed = skipped = 0
    for path in sorted(pathlib.Path(folder).glob("*.xml")):
        for case in xml.parse(path).getroot().iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif case.get("result") in ("skipped", "suppressed") or case.get("status") == "notrun":
                skipped += 1
            else:
                passed += 1
    return passed, failed, skipped


def unittest(_folder, log):
    """Python's unittest: "Ran 5 tests", then "FAILED (failures=1, errors=1, skipped=1)"."""
    ran = sum(int(n) for n in re.findall(r"^Ran (\d+) tests?", log, re.MULTILINE))
    verdicts = " ".join(re.findall(r"^(?:OK|FAILED) \((.*)\)$", log, re.MULTILINE))
    count = lambda word: sum(int(n) for n in re.findall(rf"\b{word}=(\d+)", verdicts))
    failed = count("failures") + count("errors") + count("unexpected successes")
    skipped = count("skipped") + count("expected failures")
    return max(0, ran - failed - skipped), failed, skipped


def node(_folder, log):
    """node --test: "# pass 5" in TAP, "ℹ pass 5" in its other reporter."""
    mark = r"^[#ℹ] "
    return (
        total(mark + r"pass (\d+)", log),
        total(mark + r"fail (\d+)", log) + total(mark + r"cancelled (\d+)", log),
        total(mark + r"skipped (\d+)", log) + total(mark + r"todo (\d+)", log),
    )


def npm(folder, log):
    """vitest's "Tests  1 failed | 11 passed | 2 skipped (14)", or node's own runner."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", log)
    line = re.findall(r"^\s*Tests\s+(.*)\(\d+\)\s*$", plain, re.MULTILINE)
    if not line:
        return node(folder, plain)
    return tuple(total(rf"(\d+) {word}", line[-1]) for word in ("passed", "failed", "skipped"))


def one(_folder, _log):
    """The exit status says it all."""
    return 1, 0, 0


def gtest_names(folder, _log):
    """The failed cases of all test programs."""
    return [
        f"{case.get('classname')}.{case.get('name')}"
        for path in sorted(pathlib.Path(folder).glob("*.xml"))
        for case in xml.parse(path).getroot().iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    ]


def unittest_names(_folder, log):
    """The headings of unittest's own list, each with the last line of its trace."""
    blocks = re.findall(r"^((?:FAIL|ERROR): .*)\n(?:.*\n)??-{70}\n((?:.+\n)*)", log, re.MULTILINE)
    return [f"{name}: {trace.strip().splitlines()[-1] if trace.strip() else ''}" for name, trace in blocks]


def node_names(_folder, log):
    """TAP's "not ok 3 - name", each with the first line of its error."""
    names = []
    for match in re.finditer(r"^not ok \d+ - (.*)$", log, re.MULTILINE):
        error = re.search(r"^  error: (?:\|-\n\s*)?(.*)$", log[match.end() : match.end() + 3000], re.MULTILINE)
        names.append(f"{match[1]}: {error[1] if error else ''}")
    return names


NAMES = {"gtest": gtest_names, "unittest": unittest_names, "node": node_names, "npm": node_names}
KINDS = {"gtest": gtest, "unittest": unittest, "node": node, "npm": npm, "one": one}


def counted(kind, status, log, folder):
    """The three counts, with a bad end or an empty part made visible."""
    passed, failed, skipped = KINDS[kind](folder, log)
    if kind == "one" and status:
        return 0, 1, 0
    if (status and not failed) or passed + failed + skipped == 0:
        failed += 1
    return passed, failed, skipped


if __name__ == "__main__":
    kind, status, log, folder = sys.argv[1:]
    text = pathlib.Path(log).read_text(encoding="utf-8", errors="replace")
    counts = counted(kind, int(status), text, folder)
    print(*counts)
    if counts[1] and kind in NAMES:
        print(*(line[:300] for line in NAMES[kind](folder, text)), sep="\n")
