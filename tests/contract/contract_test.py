"""What is written twice must say the same: the contract, the program's routes, the words, the migrations.

Run by ./dev test; THONGSUOT_BIN names the built program.
"""

import json
import os
import pathlib
import re
import subprocess
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
METHODS = ("get", "put", "post", "delete", "patch", "head")
PROBLEM = "application/problem+json"


def contract():
    """api/openapi.yaml, with a key written twice refused."""

    class Strict(yaml.SafeLoader):
        pass

    def once(loader, node, deep=False):
        keys = [loader.construct_object(key, deep=deep) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"api/openapi.yaml: {sorted(twice)} twice, line {node.start_mark.line}")
        return yaml.SafeLoader.construct_mapping(loader, node, deep)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, once)
    with open(ROOT / "api/openapi.yaml", encoding="utf-8") as text:
        return yaml.load(text, Strict)


def resolved(document, node):
    """`node`, or what its $ref points at."""
    while isinstance(node, dict) and "$ref" in node:
        pointer = node["$ref"]
        assert pointer.startswith("#/"), pointer
        node = document
        for step in pointer[2:].split("/"):
            node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def operations(document):
    """(METHOD, path, operation, the path item) of every operation."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method], item


def below_api(path):
    """A path as both sides write it: without the common /api/v1."""
    return path.removeprefix("/api/v1") or "/"


def references(node):
    """Every $ref below `node`."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.document = contract()
        cls.operations = list(operations(cls.document))

    def test_every_operation_has_its_own_id(self):
        ids = [operation.get("operationId") for _, _, operation, _ in self.operations]
        self.assertGreater(len(ids), 20)
        self.assertNotIn(None, ids)
        self.assertEqual(sorted(ids), sorted(set(ids)))

    def test_every_reference_points_at_something(self):
        for reference in set(references(self.document)):
            with self.subTest(reference=reference):
                self.assertIsNotNone(resolved(self.document, {"$ref": reference}))

    def test_every_operation_under_the_api_can_answer_with_a_problem(self):
        for method, path, operation, _ in self.operations:
            if path in ("/healthz", "/readyz"):
                continue
            with self.subTest(operation=f"{method} {path}"):
                answers = [resolved(self.document, one) for one in operation["responses"].values()]
                self.assertTrue(any(PROBLEM in answer.get("content", {}) for answer in answers))

    def test_every_path_parameter_is_declared(self):
        for method, path, operation, item in self.operations:
            with self.subTest(operation=f"{method} {path}"):
                declared = [
                    resolved(self.document, one)
                    for one in item.get("parameters", []) + operation.get("parameters", [])
                ]
                names = {one["name"] for one in declared if one["in"] == "path"}
                self.assertEqual(names, set(re.findall(r"\{(\w+)\}", path)))
                self.assertTrue(all(one.get("required") for one in declared if one["in"] == "path"))


class Routes(unittest.TestCase):
    def test_the_program_serves_exactly_the_operations_of_the_contract(self):
        program = os.environ.get("THONGSUOT_BIN")
        if not program:
            self.skipTest("THONGSUOT_BIN is not set: the program's routes were NOT compared")
        told = subprocess.run(
            [program, "routes", "--json"], capture_output=True, text=True, timeout=60, check=True
        )
        served = {
            (route["method"].upper(), below_api(route["path"]), route["operation_id"])
            for route in json.loads(told.stdout)
        }
        promised = {
            (method, below_api(path), operation["operationId"])
            for method, path, operation, _ in operations(contract())
        }
        health = {one for one in served | promised if one[1] in ("/healthz", "/readyz")}
        self.assertEqual(sorted(served - health), sorted(promised - health))


class Words(unittest.TestCase):
    def test_both_languages_of_the_client_have_the_same_keys_and_arguments(self):
        words = {}
        for language in ("vi", "en"):
            path = ROOT / f"web/messages/{language}.json"
            words[language] = json.loads(path.read_text(encoding="utf-8"))
        self.assertGreater(len(words["vi"]), 20)
        self.assertEqual(sorted(words["vi"]), sorted(words["en"]))
        for key, text in words["vi"].items():
            if isinstance(text, str):
                with self.subTest(key=key):
                    self.assertTrue(text.strip())
                    find = re.compile(r"\{(\w+)\}").findall
                    self.assertEqual(set(find(text)), set(find(words["en"][key])))


class Migrations(unittest.TestCase):
    def setUp(self):
        self.files = sorted((ROOT / "migrations").iterdir())

    def test_names_are_zero_padded_and_consecutive(self):
        for number, path in enumerate(self.files, 1):
            self.assertRegex(path.name, rf"^{number:04}_[a-z0-9_]+\.sql$")
        self.assertGreater(len(self.files), 0)

    def test_each_begins_with_a_line_that_says_what_it_is_for(self):
        for path in self.files:
            with self.subTest(path=path.name):
                self.assertRegex(path.read_text(encoding="utf-8").splitlines()[0], r"^-- \w.{20,}")

    def test_none_uses_what_one_of_the_two_databases_lacks(self):
        forbidden = re.compile(
            r"\b(autoincrement|serial|jsonb|timestamptz|double|real|float|without\s+rowid|pragma|ilike|now\(\))",
            re.IGNORECASE,
        )
        for path in self.files:
            with self.subTest(path=path.name):
                self.assertIsNone(forbidden.search(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    unittest.main()
