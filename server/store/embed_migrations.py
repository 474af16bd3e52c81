"""Writes migrations/*.sql into one C++ table.

    embed_migrations.py OUT.cpp FILE.sql ...
"""

import pathlib
import re
import sys

NAME = re.compile(r"\d{4}_[a-z0-9_]+\.sql")
PIECE = 2000  # bytes; compilers need not take long literals, so a text is several side by side


def quoted(raw):
    """Bytes as C++ string literals, one source line each."""
    text = raw.decode("utf-8")
    pieces = [text[i : i + PIECE] for i in range(0, len(text), PIECE)] or [""]
    return "\n     ".join(
        '"' + p.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"' for p in pieces
    )


def main(out, files):
    paths = sorted(map(pathlib.Path, files), key=lambda path: path.name)
    faults = [f"{p}: name it 0001_what_for.sql" for p in paths if not NAME.fullmatch(p.name)]
    numbers = [p.name[:4] for p in paths]
    faults += [f"two migrations have the number {n}" for n in sorted(set(numbers)) if numbers.count(n) > 1]
    if faults:
        sys.exit("\n".join(faults))
    rows = "".join(f'          {{"{p.name}",\n     {quoted(p.read_bytes())}}},\n' for p in paths)
    pathlib.Path(out).write_text(
        "// Made from migrations/*.sql by embed_migrations.py; do not edit.\n"
        '#include "store/migrate.h"\n\n'
        "namespace store {\n\n"
        "std::vector<Migration> embedded_migrations() {\n"
        f"  return {{\n{rows}  }};\n"
        "}\n\n"
        "}  // namespace store\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
