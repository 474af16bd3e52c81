"""Merges problems.json files into one C++ table.

    embed_words.py OUT.cpp FILE.json ...

Fails when a code stands in two places, is not dotted lower-case, or lacks a language.
"""

import json
import pathlib
import re
import sys

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def pairs_once(pairs):
    """A JSON object as a dict; a key written twice is a fault, not a silent loss."""
    seen = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"{key!r} is written twice")
        seen[key] = value
    return seen


def read(path):
    """The catalogue of one file, checked."""
    catalogue = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=pairs_once)
    for code, words in catalogue.items():
        if not CODE.fullmatch(code):
            raise ValueError(f"{code!r} is not a dotted lower-case code")
        if set(words) != {"vi", "en"} or not all(isinstance(w, str) and w for w in words.values()):
            raise ValueError(f"{code!r} needs exactly the sentences vi and en")
    return catalogue


def quoted(text):
    """`text` as a C++ string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def main(out, files):
    merged, home, faults = {}, {}, []
    for path in map(pathlib.Path, files):
        try:
            for code, words in read(path).items():
                if code in home:
                    faults.append(f"{path}: {code!r} stands in {home[code]} already")
                merged[code], home[code] = words, path
        except (ValueError, TypeError, AttributeError) as fault:
            faults.append(f"{path}: {fault}")
    if faults:
        sys.exit("\n".join(faults))
    rows = "".join(
        f"    {{{quoted(code)},\n     {quoted(words['vi'])},\n     {quoted(words['en'])}}},\n"
        for code, words in sorted(merged.items())
    )
    pathlib.Path(out).write_text(
        "// Made from server/*/problems.json by embed_words.py; do not edit.\n"
        '#include "base/catalogue.h"\n\n'
        "namespace base {\nnamespace {\n"
        f"constexpr Entry kEntries[] = {{\n{rows}}};\n"
        "}  // namespace\n\n"
        "std::span<const Entry> catalogue() { return kEntries; }\n\n"
        "}  // namespace base\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
