"""Fails when the server's folders break the order of ARCHITECTURE.md.

    check_layers.py server

A folder includes only folders in rows above it; Boost.Beast and Asio stay in http/server*.cpp and
http/connection*, which only they include; every header begins with #pragma once; a header's own folder
is one of the known ones; no two headers define a type of one name in one namespace, since a linker keeps one
of their destructors and says nothing.
"""

import pathlib
import re
import sys

ROWS = [
    ["base"],
    ["store", "http", "office"],
    ["auth"],
    ["journal"],
    ["org"],
    ["registry"],
    ["direct"],
    ["report"],
    ["exchange"],
    ["inspect", "petition", "mobilise"],
    ["publish"],
    ["app"],
]
RANK = {folder: number for number, row in enumerate(ROWS) for folder in row}
OURS = re.compile(r'^\s*#\s*include\s+"([a-z]+)/')
BEAST = re.compile(r"^\s*#\s*include\s+[<\"](boost/(beast|asio)\b|http/connection[a-z_]*\.h)")
MAY_BEAST = re.compile(r"^http/(server[a-z_]*\.cpp|connection[a-z_]*\.(cpp|h))$")
NAMESPACE = re.compile(r"^namespace ([a-z_:]+) \{")
TYPE = re.compile(r"^(?:struct|class) ([A-Z]\w*)(?: final)?(?: :[^;]*)? \{")
SUFFIXES = {".c", ".cc", ".cpp", ".h", ".hpp"}


def faults_of(path, where, text):
    """The faults of one file, `where` being its path inside server/."""
    here = where.parts[0]
    if here not in RANK:
        yield f"{path}: folder '{here}' has no place in the order"
        return
    if path.suffix == ".h" and "#pragma once" not in text:
        yield f"{path}: a header without #pragma once"
    for number, line in enumerate(text.splitlines(), 1):
        if BEAST.match(line) and not MAY_BEAST.match(where.as_posix()):
            yield f"{path}:{number}: Beast and Asio are for http/server*.cpp and http/connection* only"
        found = OURS.match(line)
        if not found or found[1] == here:
            continue
        there = found[1]
        if there not in RANK:
            yield f"{path}:{number}: there is no folder {there}"
        elif RANK[there] >= RANK[here]:
            yield f"{path}:{number}: {here} may not include {there}"


def types_of(text):
    """(namespace, name) of every type a header defines outside of other types."""
    namespace = ""
    for line in text.splitlines():
        if found := NAMESPACE.match(line):
            namespace = found[1]
        elif found := TYPE.match(line):
            yield namespace, found[1]


def twice_defined(root):
    """Types of one name in one namespace, in two headers."""
    where = {}
    for path in sorted(root.rglob("*.h")):
        for one in types_of(path.read_text(encoding="utf-8")):
            if where.setdefault(one, path) != path:
                yield f"{path}: {'::'.join(one)} is defined in {where[one]} too"


def faults(root):
    """All faults under server/, in path order."""
    yield from twice_defined(root)
    for path in sorted(root.rglob("*")):
        where = path.relative_to(root)
        if path.suffix in SUFFIXES and len(where.parts) > 1:
            yield from faults_of(path, where, path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    found = list(faults(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "server")))
    print("\n".join(found) or "layers: ok")
    sys.exit(bool(found))
