"""The command line's imports and roll-up as other programs call them."""
import collections
import unicodedata
import unittest

from ground import Place, databases, rows, shared

HEAD = "unit_code,indicator,period,status,value\n"


def load(place):
    place.run("import", "units", shared("scenario", "units_2021.csv"), "--on", "2021-01-01", "--line", "government",
              "--parent", "279")
    place.run("import", "indicators", shared("scenario", "indicators.csv"))
    return place.json("import", "facts", shared("scenario", "facts_2021.csv"))


def codes(answer):
    return [(problem["code"], problem["field"]) for problem in answer["problems"]]


class ImportedYear(unittest.TestCase):
    def test_every_expected_answer_follows_from_the_files_alone(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                self.assertEqual(load(place)["taken"], 2018)
                by_period = collections.defaultdict(list)
                for row in rows(shared("scenario", "expected_2021.csv")):
                    by_period[row["period"]].append(row)
                compared = 0
                for period, expected in by_period.items():
                    answer = place.json("rollup", "--unit", "279", "--period", period, "--below", "2")
                    cells = {("DISTRICT" if u["code"] == "279" else u["code"], c["indicator"]): c
                             for u in answer["units"] for c in u["cells"]}
                    for row in expected:
                        cell = cells[row["unit_code"], row["indicator"]]
                        self.assertEqual((cell["value"] or "", str(cell["cells_counted"]), str(cell["cells_expected"])),
                                         (row["value"], row["cells_counted"], row["cells_expected"]), row)
                        compared += 1
                self.assertEqual(compared, 4890)
                again = load(place)
                self.assertEqual((again["taken"], again["unchanged"]), (0, 2018))
                place.run("verify")


class BadFiles(unittest.TestCase):
    def setUp(self):
        self.place = Place().__enter__()
        self.addCleanup(self.place.__exit__)
        load(self.place)
        self.before = self.place.run("export", "facts")

    def refused(self, text, *args, what="facts"):
        answer = self.place.json("import", what, self.place.file("bad.csv", text), *args, expect=1)
        self.assertEqual(self.place.run("export", "facts"), self.before, "nothing is half-written")
        return codes(answer)

    def test_every_fault_of_a_facts_file_at_once(self):
        found = self.refused(HEAD + "10183,F03,2022-01,accepted,5\n"        # good, and still not taken
                             "10183,F03,2022-02,accepted,\"1,234\"\n"
                             "10183,F03,2022-03,accepted,abc\n"
                             "10183,F03,2022-04,accepted,\n"
                             "10183,F03,2022-05,accepted,\"13,75\"\n"
                             "10183,F03,2022-13,accepted,1\n"
                             "10183,F03,2022-06,perhaps,1\n"
                             "10183,D01,2022,accepted,1\n"
                             "10183,F99,2022-06,accepted,1\n"
                             "99999,F03,2022-06,accepted,1\n"
                             "10183,F03,2020-06,accepted,1\n"
                             "10183,F03,2022-Q1,accepted,1\n"
                             "10183,F03,2022-07,accepted,1\n"
                             "10183,F03,2022-07,accepted,1\n"
                             "10183,F03,2021-01,accepted,77\n")
        self.assertEqual(found, [
            ("figure.ambiguous", "line 3, value"), ("figure.not_a_number", "line 4, value"),
            ("fact.value_missing", "line 5, value"), ("figure.too_many_decimals", "line 6, value"),
            ("fact.period", "line 7, period"), ("fact.status", "line 8, status"), ("fact.derived", "line 9, indicator"),
            ("indicator.unknown", "line 10, indicator"), ("fact.unit_unknown", "line 11, unit_code"),
            ("fact.unit_not_in_period", "line 12, unit_code"), ("fact.frequency", "line 13, period"),
            ("fact.twice", "line 15, indicator"), ("fact.differs", "line 16, value")])

    def test_a_decimal_comma_is_understood_where_decimals_fit(self):
        taken = self.place.json("import", "facts", self.place.file("ok.csv", HEAD + "10183,F09,2022-Q1,accepted,\"87,5\"\n"
                                                                                    "10183,F08,2022-Q1,accepted,1.000.000\n"))
        self.assertEqual(taken["taken"], 2)
        cells = self.place.json("rollup", "--unit", "10183", "--period", "2022-Q1", "--indicator", "F09")["units"][0]["cells"]
        self.assertEqual(cells[0]["value"], "87.5")

    def test_rows_of_the_wrong_width_and_unknown_columns(self):
        self.assertEqual(self.refused(HEAD + "10183,F03\n10186,F03,2022-01,accepted,1,2,3\n"),
                         [("csv.row_width", "line 2"), ("csv.row_width", "line 3")])
        self.assertEqual(self.refused("unit_code,indicator,period,status,value,mystery\n"), [("csv.unknown_column", "line 1")])

    def test_units_twice_in_a_ring_or_without_a_parent(self):
        found = self.refused("code,name,parent_code\nA,Một,\nA,Một,\nB,Hai,C\nC,Ba,B\nD,Bốn,nowhere\n",
                             "--on", "2021-01-01", "--line", "government", what="units")
        self.assertEqual([code for code, _ in found],
                         ["unit.code_twice", "unit.code_twice", "unit.cycle", "unit.cycle", "unit.parent_unknown"])

    def test_a_code_that_another_unit_bears_later(self):
        found = self.refused("code,name\n10183,Đơn vị cũ\n", "--on", "2020-01-01", "--line", "government", what="units")
        self.assertEqual([code for code, _ in found], ["unit.overlap"])

    def test_indicators_twice_or_made_of_themselves(self):
        head = "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n"
        found = self.refused(head + "Z1,A,%,2,up,ratio,ratio,Z1,F01,\nZ2,B,m,0,up,sum,sum,,,\nZ2,B,m,0,up,sum,sum,,,\n",
                             what="indicators")
        self.assertEqual([code for code, _ in found], ["indicator.own_part", "indicator.code_twice"])

    def test_messy_but_readable_files_are_taken_and_doubted(self):
        for name, ending in (("crlf", "\r\n"), ("bare_cr", "\r"), ("lf", "\n")):
            text = ending.join(["code,name", f"{name},\u00a0" + unicodedata.normalize("NFD", "Xã Hòa Bình mới " + name), ""])
            answer = self.place.json("import", "units", self.place.file(name, b"\xef\xbb\xbf" + text.encode()),
                                     "--on", "2021-01-01", "--line", "government", "--parent", "279")
            doubts = {doubt["code"] for doubt in answer["doubts"]}
            self.assertLessEqual({"csv.bom", "csv.nbsp", "csv.nfd"}, doubts)
            self.assertEqual("csv.bare_cr" in doubts, name == "bare_cr")
        listed = self.place.run("export", "units", "--on", "2021-06-01")
        self.assertIn("Xã Hòa Bình mới lf", listed)
        self.assertNotIn("\u00a0", listed)


if __name__ == "__main__":
    unittest.main()
