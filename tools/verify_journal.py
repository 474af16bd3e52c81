#!/usr/bin/env python3
"""Checks a journal of Thông Suốt without any of its code: Python's standard library, and `openssl` for the signatures.

    verify_journal.py --key NAME+HASH+KEY receipt FILE
    verify_journal.py --key NAME+HASH+KEY leaves EXPORT CHECKPOINT…

`receipt`: that a leaf stands under a signed root, and prints the leaf. `leaves`: that an export (`audit export`) is whole and in order, and that each
checkpoint kept elsewhere is of this very journal. The formats: docs/formats/journal.md. Exit code 0: it holds; 1: it does not, and why; 2: cannot be read.
"""
import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile


class Fault(Exception):
    """Why it does not hold."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def decoded(text):
    """Base64 in its one proper form."""
    content = base64.b64decode(text, validate=True)
    if base64.b64encode(content).decode() != text:
        raise Fault("this is not base64 in its proper form")
    return content


def half(count):
    return 1 << (count - 1).bit_length() - 1


def root_of_path(leaf, index, size, path):
    """RFC 6962 §2.1.1, from the leaf upwards."""
    if size == 1:
        if path:
            raise Fault("the path is too long")
        return leaf
    if not path:
        raise Fault("the path is too short")
    left = half(size)
    if index < left:
        return sha256(b"\1", root_of_path(leaf, index, left, path[:-1]), path[-1])
    return sha256(b"\1", path[-1], root_of_path(leaf, index - left, size - left, path[:-1]))


class Tree:
    """Grows by a leaf at a time."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, leaf):
        rest, self.size = self.size, self.size + 1
        while rest & 1:
            leaf, rest = sha256(b"\1", self.peaks.pop(), leaf), rest >> 1
        self.peaks.append(leaf)

    def root(self):
        if not self.peaks:
            return sha256()
        whole = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            whole = sha256(b"\1", peak, whole)
        return whole


def read_verifier(text):
    name, key_hash, key = text.split("+", 2)
    key = decoded(key)
    if len(key) != 33 or key[0] != 1 or sha256(name.encode(), b"\n", key)[:4].hex() != key_hash:
        raise Fault("the verifier key is damaged")
    return name, bytes.fromhex(key_hash), key[1:]


def is_signed(body, signature, key):
    """Ed25519 by openssl, which wants the key in its DER form."""
    der = bytes.fromhex("302a300506032b6570032100") + key
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, content in (("key", der), ("signature", signature), ("body", body)):
            files[name] = os.path.join(folder, name)
            with open(files[name], "wb") as file:
                file.write(content)
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files["key"], "-rawin", "-in", files["body"],
                               "-sigfile", files["signature"]], capture_output=True, timeout=30).returncode == 0


def read_note(note, verifier):
    """(size, root) of a checkpoint that `verifier` signed."""
    name, key_hash, key = read_verifier(verifier)
    body, blank, signatures = note.partition("\n\n")
    body += "\n"
    lines = body.split("\n")
    if not blank or len(lines) != 5:
        raise Fault("this is no checkpoint")
    if lines[0] != name:
        raise Fault(f"the checkpoint is of {lines[0]}, the key of {name}")
    if not signatures.endswith("\n"):
        raise Fault("the checkpoint is cut short")
    for line in signatures[:-1].split("\n"):  # lines end with "\n" alone
        mark, separator, rest = line.partition(" ")
        signer, also, value = rest.partition(" ")
        if not separator or not also or " " in value:
            raise Fault("this is no signature")
        value = decoded(value)
        if mark == "—" and signer == name and value[:4] == key_hash:
            if is_signed(body.encode(), value[4:], key):
                return int(lines[1]), decoded(lines[2])
            raise Fault("the checkpoint's signature does not hold")
    raise Fault("nobody with this key signed the checkpoint")


def check_receipt(text, verifier):
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Fault("this is no receipt")
    leaf = decoded(lines[1][6:])
    index = int(lines[2][6:])
    path = [decoded(line) for line in lines[3:]]
    size, root = read_note(note, verifier)
    if not 0 <= index < size:
        raise Fault("the leaf lies outside of the checkpoint")
    if root_of_path(sha256(b"\0", leaf), index, size, path) != root:
        raise Fault("the path does not lead to the signed root")
    told = json.loads(leaf)
    if told["sequence"] != index + 1:
        raise Fault("the leaf has another number than its place")
    return told


def check_leaves(lines, checkpoints):
    """`checkpoints`: {size: root}. Returns (leaves, proven up to)."""
    tree, previous, proven = Tree(), "", 0
    if 0 in checkpoints and checkpoints[0] != tree.root():
        raise Fault("leaf 0: the checkpoint is of another journal")
    for line in lines:
        leaf = line.rstrip(b"\n")
        told = json.loads(leaf)
        if told["sequence"] != tree.size + 1:
            raise Fault(f"leaf {tree.size + 1}: missing")
        if told["previous_hash"] != previous:
            raise Fault(f"leaf {tree.size + 1}: does not follow from the one before")
        digest = sha256(b"\0", leaf)
        previous = digest.hex()
        tree.add(digest)
        if tree.size in checkpoints:
            if checkpoints[tree.size] != tree.root():
                raise Fault(f"leaf {tree.size}: the checkpoint is of another journal")
            proven = tree.size
    longest = max(checkpoints, default=0)
    if longest > tree.size:
        raise Fault(f"leaf {tree.size + 1}: missing; a checkpoint has seen {longest}")
    return tree.size, proven


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", required=True, help="the verifier key, as audit key printed it")
    parser.add_argument("what", choices=["receipt", "leaves"])
    parser.add_argument("file")
    parser.add_argument("checkpoints", nargs="*")
    options = parser.parse_args()
    try:
        if options.what == "receipt":
            with open(options.file, encoding="utf-8") as file:
                print(json.dumps(check_receipt(file.read(), options.key), ensure_ascii=False, indent=2))
            return 0
        noted = {}
        for name in options.checkpoints:
            with open(name, encoding="utf-8") as file:
                size, root = read_note(file.read(), options.key)
                if noted.setdefault(size, root) != root:
                    raise Fault(f"two checkpoints of {size} leaves differ: the place has two histories")
        with open(options.file, "rb") as file:
            leaves, proven = check_leaves(file, noted)
        print(f"{leaves} leaves in order; " + (f"proven up to leaf {proven}" if proven else "cannot be proven: no checkpoint kept elsewhere was given"))
        return 0
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, IndexError) as failure:
        print(f"cannot be read: {failure}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
