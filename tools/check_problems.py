"""Fails when the server's problem codes and their words disagree.

    check_problems.py server

Every code the code refuses with is listed in a problems.json of its own folder or of one above it in
the layer order; every listed code is used; both languages are there and name the same arguments
{0}, {1} … without a gap.
"""

import json
import pathlib
import re
import sys

from check_layers import RANK

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
COMMENT = re.compile(r"//[^\n]*")
# A statement that speaks of problems; names of SQL statements and of journal acts stand in others.
OF_PROBLEMS = re.compile(r"refus|[Pp]roblem|fault|doubt")
SQL_NAME = re.compile(r"\bSql\s+\w+\s*[{(]\s*$")
ARGUMENT = re.compile(r"\{(\d+)\}")


def listed(root):
    """code → (its folder, its words), and the faults of the lists themselves."""
    words, faults = {}, []
    for path in sorted(root.glob("*/problems.json")):
        folder = path.parent.name
        for code, sentence in json.loads(path.read_text(encoding="utf-8")).items():
            if code in words:
                faults.append(f"{path}: {code} is listed in {words[code][0]}/ too")
            words[code] = (folder, sentence)
            if not CODE.fullmatch(code):
                faults.append(f"{path}: '{code}' is not a dotted lower-case code")
            vi, en = sentence.get("vi", ""), sentence.get("en", "")
            if not vi.strip() or not en.strip():
                faults.append(f"{path}: {code} lacks its words in Vietnamese or in English")
            arguments = {language: set(map(int, ARGUMENT.findall(text))) for language, text in
                         (("vi", vi), ("en", en))}
            if arguments["vi"] != arguments["en"]:
                faults.append(f"{path}: {code} names other arguments in Vietnamese than in English")
            if arguments["en"] != set(range(len(arguments["en"]))):
                faults.append(f"{path}: {code} skips an argument number")
    return words, faults


def codes_in(text):
    """(line, code, is it refused with here) of every dotted literal, comments left out."""
    text = COMMENT.sub("", text)
    for found in LITERAL.finditer(text):
        if not CODE.fullmatch(found[1]):
            continue
        statement = text[text.rfind(";", 0, found.start()) + 1 : found.start()][-600:]
        refusing = bool(OF_PROBLEMS.search(statement)) and not SQL_NAME.search(statement)
        yield text.count("\n", 0, found.start()) + 1, found[1], refusing


def faults_of(root):
    """All faults, and how many codes were looked at."""
    words, faults = listed(root)
    used = set()
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".cpp", ".h") or path.stem.endswith("_test"):
            continue
        folder = path.relative_to(root).parts[0]
        for line, code, refusing in codes_in(path.read_text(encoding="utf-8")):
            used.add(code)
            if code not in words:
                if refusing:
                    faults.append(f"{path}:{line}: {code} is in no problems.json")
            elif refusing and RANK[words[code][0]] > RANK[folder]:
                faults.append(f"{path}:{line}: {code} is listed in {words[code][0]}/, which is above")
    for code, (folder, _) in sorted(words.items()):
        if code not in used:
            faults.append(f"{root}/{folder}/problems.json: {code} is used nowhere")
    return faults, len(words)


if __name__ == "__main__":
    found, count = faults_of(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "server"))
    print("\n".join(found) or f"problem catalogue: ok ({count} codes)")
    sys.exit(bool(found))
