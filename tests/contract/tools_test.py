"""The checks must find what they are for: each is given a small tree with one fault."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

import check_layers  # noqa: E402
import check_problems  # noqa: E402
import count_tests  # noqa: E402


class Tree(unittest.TestCase):
    """A server/ folder made of a few files."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")


class Layers(Tree):
    def faults(self, path, text):
        self.write(path, text)
        return list(check_layers.faults(self.root))

    def test_two_types_of_one_name_in_one_namespace_are_found(self):
        self.write("org/unit.h", "#pragma once\nnamespace org {\nstruct Step {\n  struct Part {};\n};\n}\n")
        self.write("org/way.h", "#pragma once\nnamespace org::way_store {\nstruct Step {\n};\n}\n")
        self.assertEqual(list(check_layers.faults(self.root)), [])
        (fault,) = self.faults("org/walk.h", "#pragma once\nnamespace org {\nclass Step final {\n};\n}\n")
        self.assertIn("org::Step is defined in", fault)

    def test_an_arrow_downward_is_fine(self):
        self.assertEqual(self.faults("org/unit.h", '#pragma once\n#include "base/date.h"\n'), [])

    def test_an_arrow_upward_is_found_with_its_line(self):
        (fault,) = self.faults("org/unit.cpp", '\n#include "report/fact.h"\n')
        self.assertIn("unit.cpp:2: org may not include report", fault)

    def test_folders_of_one_row_may_not_include_each_other(self):
        self.assertEqual(len(self.faults("http/router.cpp", '#include "store/db.h"\n')), 1)

    def test_beast_is_for_the_server_only(self):
        self.assertEqual(self.faults("http/server.cpp", "#include <boost/beast/http.hpp>\n"), [])
        self.assertEqual(len(self.faults("http/server.h", "#pragma once\n#include <boost/asio.hpp>\n")), 1)
        self.assertEqual(len(self.faults("auth/route.cpp", '#include "http/connection.h"\n')), 2)

    def test_a_header_without_pragma_once_and_an_unknown_folder_are_found(self):
        self.assertEqual(len(self.faults("base/id.h", "struct Id;\n")), 1)
        self.assertEqual(len(self.faults("common/x.cpp", "")), 2)


class Problems(Tree):
    def faults(self, code, **words):
        self.write("org/a.cpp", code)
        self.write("org/problems.json", json.dumps({c.replace("__", "."): w for c, w in words.items()}))
        return check_problems.faults_of(self.root)[0]

    def test_a_listed_and_used_code_is_fine(self):
        words = {"vi": "Đơn vị {0}.", "en": "Unit {0}."}
        self.assertEqual(self.faults('return refuse(kind, "unit.lost");', unit__lost=words), [])

    def test_a_code_without_words_is_found(self):
        (fault,) = self.faults('return refuse(kind,\n    "unit.lost");')
        self.assertIn("a.cpp:2: unit.lost is in no problems.json", fault)

    def test_names_of_statements_and_journal_acts_are_no_codes(self):
        code = 'constexpr store::Sql kAll{"unit.all", "select 1"}; record(tx, {"unit.made", "unit:1"});'
        self.assertEqual(self.faults(code), [])

    def test_unused_words_a_lost_language_and_other_arguments_are_found(self):
        use = 'return refuse(kind, "unit.lost");'
        good = {"vi": "a", "en": "b"}
        self.assertEqual(len(self.faults(use, unit__lost=good, unit__other=good)), 1)
        self.assertEqual(len(self.faults(use, unit__lost={"vi": "a", "en": " "})), 1)
        self.assertEqual(len(self.faults(use, unit__lost={"vi": "{0}", "en": "b"})), 1)


class Counts(unittest.TestCase):
    def test_absence_is_never_a_pass(self):
        self.assertEqual(count_tests.counted("unittest", 0, "", "none"), (0, 1, 0))
        self.assertEqual(count_tests.counted("gtest", 1, "", "none"), (0, 1, 0))
        self.assertEqual(count_tests.counted("one", 0, "", "none"), (1, 0, 0))

    def test_a_part_that_ends_badly_has_a_failure(self):
        self.assertEqual(count_tests.counted("node", 1, "# pass 3\n# fail 0\n", "none"), (3, 1, 0))

    def test_each_way_of_reporting_is_read(self):
        unittest_log = "Ran 5 tests in 1s\n\nFAILED (failures=1, errors=1, skipped=1)\n"
        self.assertEqual(count_tests.counted("unittest", 1, unittest_log, "none"), (2, 2, 1))
        vitest_log = "      Tests  1 failed | 11 passed | 2 skipped (14)\n"
        self.assertEqual(count_tests.counted("npm", 1, vitest_log, "none"), (11, 1, 2))


if __name__ == "__main__":
    unittest.main()
