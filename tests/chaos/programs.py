"""The programs of this folder that are built with the server: started, awaited, and their verdicts read."""
import pathlib
import subprocess
import unittest

import world  # noqa: F401  (finds the shared ground)
from ground import REPOSITORY, binary

PATIENCE = 7200


def find(name):
    beside = pathlib.Path(binary()).parents[2] / "tests/chaos" / name
    found = beside if beside.exists() else REPOSITORY / "build/release/tests/chaos" / name
    if not found.exists():
        raise unittest.SkipTest(f"the program is not built: {found}")
    return found


def verdict(name, *args):
    """What the program says: a word and a value a line; whole numbers where they are."""
    done = subprocess.run([find(name), *map(str, args)], capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode != 0:
        raise AssertionError(f"{name} {args} ended with {done.returncode}: {done.stderr}")
    pairs = (line.partition(" ")[::2] for line in done.stdout.splitlines())
    return {word: int(value) if value.lstrip("-").isdigit() else value for word, value in pairs}
