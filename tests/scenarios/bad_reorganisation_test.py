"""Catalogues and mappings that must be refused: every place named, the documented exit code, and nothing changed."""
import subprocess
import unittest

from catalogues import catalogue, codes, reorganisations, short, table, tree, tried
from ground import PATIENCE, Place, binary, databases

HEAD = "code,name,type,parent_code,level"
ON, BEGAN = "2025-07-01", "2021-01-01"
DAYS = [BEGAN, "2025-06-30", "2030-01-01"]
UNITS = ["01,Tỉnh Một,Tỉnh,,1", "101,Huyện Hai,Huyện,01,2", "10001,Xã An,Xã,101,3", "10002,Xã Bình,Xã,101,3",
         "10003,Xã Cầu,Xã,101,3", "10004,Xã Dương,Xã,101,3"]
AFTER = ["01,Tỉnh Một,Tỉnh,,1", "10001,Xã An,Xã,01,2", "10002,Xã Bình,Xã,01,2"]
#: What is right about the four communes, for mappings that are wrong about one.
STAY = ["10001,10001,", "10002,10002,", "10004,10001,"]


def told(answer):
    """What cannot be proposed, and what speaks against applying what can."""
    return answer.get("refused", []) + answer["problems"]


def problems(answer):
    return [(one["code"], one["field"], *one["args"]) for one in told(answer)]


class Ground:
    """A small tree, and how to ask."""

    def __init__(self, test, place):
        self.test, self.place = test, place
        place.run("import", "units", table(place, "units.csv", HEAD, UNITS), "--on", BEGAN, "--line", "government")
        self.after = table(place, "after.csv", HEAD, AFTER)
        self.before = self.all()

    def all(self):
        return [tree(self.place, day) for day in DAYS], self.place.run("export", "journal")

    def mapping(self, *lines):
        return table(self.place, "mapping.csv", "from,to,share", lines)

    def listed(self, *lines):
        return table(self.place, "catalogue.csv", HEAD, lines)

    def refused(self, *mapping, file=None, on=ON, line=()):
        """Applies, is refused, nothing has changed; gives the problems."""
        code, answer = tried(self.place, *catalogue(file or self.after, on, *mapping), *line, "--apply")
        self.test.assertEqual(code, 1, answer)
        self.unchanged()
        for one in told(answer):
            self.test.assertTrue(one["detail_vi"] and one["detail_en"] and "{" not in one["detail_vi"], one)
        return problems(answer)

    def unchanged(self):
        self.test.assertEqual(reorganisations(self.place), [])
        self.test.assertEqual(self.all(), self.before)

    def ended(self, *words):
        """Runs the program and gives its exit code and what it wrote to standard error."""
        done = subprocess.run([binary(), *self.place.args, *map(str, words)], capture_output=True, text=True,
                              timeout=PATIENCE)
        return done.returncode, done.stderr


def with_ground(test):
    def run(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                test(self, Ground(self, place))

    return run


class BadMappings(unittest.TestCase):
    @with_ground
    def test_codes_that_nobody_bears_are_all_named_when_proposing_and_when_applying(self, ground):
        mapping = ground.mapping("99999,10001,", *STAY, "10003,88888,1", "77777,10002,1/2")
        expected = [("catalogue.mapping_from", "line 2", "99999", "", ON),
                    ("catalogue.mapping_to", "line 6", "88888", "", ON),
                    ("catalogue.mapping_from", "line 7", "77777", "", ON)]
        self.assertEqual(ground.refused(mapping), expected)
        code, answer = tried(ground.place, *catalogue(ground.after, ON, mapping), "--propose")
        self.assertEqual((code, problems(answer)), (1, expected))
        self.assertFalse([event for event in answer["events"] if "10003" in event["from"]], "it is not said to end")
        ground.unchanged()

    @with_ground
    def test_shares_that_are_not_one_together(self, ground):
        for shares in (("3/5", "3/5"), ("1/5", "3/5"), ("1", "1"), ("0/1", "0/1")):
            with self.subTest(shares=shares):
                found = ground.refused(ground.mapping(*STAY, f"10003,10001,{shares[0]}", f"10003,10002,{shares[1]}"))
                self.assertEqual([(one[0], one[2], one[4]) for one in found],
                                 [("catalogue.shares", "10003", " + ".join(f"{share}/1" if "/" not in share else share
                                                                           for share in shares))])

    @with_ground
    def test_shares_over_different_wholes_are_reckoned_like_any_others(self, ground):
        """1/2 and 2/4 are one; 1/3 and 2/9 are not: neither may be passed over for equal parts."""
        code, answer = tried(ground.place, *catalogue(ground.after, ON, ground.mapping(
            *STAY, "10003,10001,1/3", "10003,10002,4/6")), "--propose")
        split = next(event for event in answer["events"] if event["kind"] == "split")
        self.assertEqual((code, split["basis"], codes(split.get("doubts", []))), (0, "stated", {}))
        found = ground.refused(ground.mapping(*STAY, "10003,10001,1/3", "10003,10002,2/9"))
        self.assertEqual([one[0] for one in found], ["catalogue.shares"])

    @with_ground
    def test_a_share_stated_for_one_part_only(self, ground):
        """What is stated may not be passed over in silence: refused, or taken with the rest for the other."""
        code, answer = tried(ground.place, *catalogue(ground.after, ON, ground.mapping(
            *STAY, "10003,10001,1/3", "10003,10002,")), "--propose")
        split = next(event for event in answer["events"] if event["kind"] == "split")
        taken = {(share["to"], share["numerator"], share["denominator"]) for share in split["shares"]}
        self.assertTrue(code == 1 or taken == {("10001", 1, 3), ("10002", 2, 3)}, (code, taken, split.get("doubt")))

    @with_ground
    def test_a_share_of_less_than_one_to_the_only_successor(self, ground):
        found = ground.refused(ground.mapping(*STAY, "10003,10001,1/3"))
        self.assertEqual([one[0] for one in found], ["catalogue.shares"])

    @with_ground
    def test_the_same_link_with_two_shares(self, ground):
        found = ground.refused(ground.mapping(*STAY, "10003,10001,1/3", "10003,10001,2/3", "10003,10002,2/3"))
        self.assertEqual(len(found), 1, found)

    @with_ground
    def test_shares_of_another_form_are_all_named(self, ground):
        forms = ["60%", "0.4", "6/5", "-1/2", "1/0", "a/b", "1/2/3", "/", "1/", "một nửa", "99999999999999999999/1"]
        found = ground.refused(ground.mapping(*[f"10003,10001,{form}" for form in forms]))
        self.assertEqual(found, [("mapping.share", f"line {n}", form) for n, form in enumerate(forms, 2)])

    @with_ground
    def test_links_without_a_code(self, ground):
        self.assertEqual(ground.refused(ground.mapping(",10001,", *STAY, "10003,,")),
                         [("unit.code_missing", "line 2"), ("unit.code_missing", "line 6")])

    @with_ground
    def test_files_that_are_no_mapping(self, ground):
        file = ground.place.file
        for name, content, expected in (
                ("columns.csv", "a,b\n1,2\n", [("mapping.form", "line 1")]),
                ("empty.csv", "", [("csv.empty", "line 1")]),
                ("cut.json", '{"data":[{"level1_id":"01","splits":[{"new', [("mapping.json", "", "incomplete JSON")]),
                ("other.json", '{"data":[{"x":1}]}', [("mapping.form", "/data/0")]),
                ("list.json", "[]", [("mapping.form", "")]), ("none.json", '{"data":[]}', [("mapping.form", "")])):
            with self.subTest(file=name):
                self.assertEqual(ground.refused(file(name, content)), expected)
        # The second mapping is read as strictly as the first.
        found = ground.refused(ground.mapping(*STAY), file("columns.csv", "a,b\n1,2\n"))
        self.assertEqual(found, [("mapping.form", "line 1")])

    @with_ground
    def test_a_unit_that_the_catalogue_lists_is_not_said_to_be_gone_from_it(self, ground):
        """The mapping names only who comes in; the unit that takes it in keeps its code and name in the catalogue."""
        code, answer = tried(ground.place, *catalogue(ground.after, ON, ground.mapping("10003,10002,", "10004,10001,")),
                             "--propose")
        gone = {doubt["args"][0] for event in answer["events"] for doubt in event.get("doubts", [])
                if doubt["code"] == "catalogue.doubt_ended"}
        self.assertEqual((code, gone), (0, set()), [short(event) for event in answer["events"]])


class BadCatalogues(unittest.TestCase):
    @with_ground
    def test_files_that_are_no_catalogue(self, ground):
        file = ground.place.file
        for name, content, expected in (
                ("columns.csv", "a,b\n1,2\n", [("catalogue.form", "line 1")]),
                ("empty.csv", "", [("csv.empty", "line 1")]),
                ("head.csv", HEAD + "\n", [("catalogue.form", "")]),
                ("cut.json", '[{"Code":"01","Wards":[{"Co', [("catalogue.json", "", "incomplete JSON")]),
                ("list.json", "[]", [("catalogue.form", "")]), ("other.json", '{"data":[]}', [("catalogue.form", "")]),
                ("wards.json", '[{"Code":"01","FullName":"Tỉnh Một","Wards":7}]', [("catalogue.form", "/0/Wards")]),
                ("picture.csv", b"\x89PNG\n", [("csv.not_utf8", "line 1")])):
            with self.subTest(file=name):
                self.assertEqual(ground.refused(file=file(name, content)), expected)

    @with_ground
    def test_a_ring_of_superiors_is_named_unit_by_unit(self, ground):
        found = ground.refused(file=ground.listed(*UNITS[:2], "10001,Xã An,Xã,10002,3", "10002,Xã Bình,Xã,10003,3",
                                                  "10003,Xã Cầu,Xã,10001,3", "10004,Xã Dương,Xã,10003,3"))
        self.assertEqual(found, [("unit.cycle", "line 4", "10001", "10002"), ("unit.cycle", "line 5", "10002", "10003"),
                                 ("unit.cycle", "line 6", "10003", "10001")])
        self.assertEqual(ground.refused(file=ground.listed(*UNITS[:5], "10004,Xã Dương,Xã,10004,3")),
                         [("unit.cycle", "line 7", "10004", "10004")])

    @with_ground
    def test_codes_twice_missing_or_unknown_and_levels_that_are_none_at_once(self, ground):
        found = ground.refused(file=ground.listed(
            *UNITS, "10001,Xã An,Xã,101,3", ",Xã Không Mã,Xã,101,3", "10009,,Xã,101,3", "10010,Xã Lạ,Xã,909,3",
            "10011,Xã Mười,Xã,101,mười", "101,Huyện Hai,Huyện,01,2"))
        self.assertEqual(sorted(found), sorted([
            ("unit.code_twice", "line 8", "10001"), ("unit.code_missing", "line 9"),
            ("unit.name_missing", "line 10", "10009"),
            ("unit.parent_unknown", "line 11", "909", ""), ("unit.level_form", "line 12", "mười"),
            ("unit.code_twice", "line 13", "101")]))

    @with_ground
    def test_one_code_for_two_units_after_zeros_are_put_back(self, ground):
        found = ground.refused(file=ground.listed(*UNITS, "1,Tỉnh Một,Tỉnh,,1"))
        self.assertIn("unit.code_twice", [one[0] for one in found])

    @with_ground
    def test_units_that_would_be_orphaned_in_any_line(self, ground):
        place = ground.place
        for line, unit in (("government", "BQL,Ban quản lý chợ,Đơn vị,101,3"),
                           ("party", "HU,Huyện ủy Hai,Huyện ủy,101,3")):
            place.run("import", "units", table(place, "more.csv", HEAD, [unit]), "--on", BEGAN, "--line", line)
        ground.before = ground.all()
        party = tree(place, ON, "party")
        found = ground.refused(ground.mapping(*STAY, "10003,10002,"))
        self.assertEqual([(one[0], *one[2:]) for one in found],
                         [("succession.orphaned", "101", "Huyện Hai", "BQL", "Ban quản lý chợ", "government"),
                          ("succession.orphaned", "101", "Huyện Hai", "HU", "Huyện ủy Hai", "party")])
        self.assertEqual(tree(place, ON, "party"), party)


class BadDays(unittest.TestCase):
    @with_ground
    def test_before_the_units_exist_their_codes_are_another_ones(self, ground):
        found = ground.refused(on="2020-12-31")
        self.assertEqual([(one[0], *one[2:]) for one in found],
                         [("unit.overlap", line.split(",")[0], BEGAN) for line in AFTER])
        found = ground.refused(ground.mapping(*STAY), on="2020-12-31")
        self.assertEqual([one[0] for one in found], ["catalogue.mapping_from"] * 3)

    @with_ground
    def test_on_the_very_day_on_which_they_began_each_fault_once(self, ground):
        found = ground.refused(on=BEGAN)
        self.assertEqual({one[0] for one in found}, {"succession.began_that_day"})
        self.assertEqual({one[2] for one in found}, {"101", "10001", "10002", "10003", "10004"})
        self.assertEqual(len(found), len(set(found)), "nothing is said twice")

    @with_ground
    def test_after_a_unit_has_ended_its_code_is_unknown(self, ground):
        mapping = ground.mapping(*STAY, "10003,10002,")
        code, _ = tried(ground.place, *catalogue(ground.after, ON, mapping), "--apply")
        self.assertEqual(code, 0)
        before = ground.all()
        code, answer = tried(ground.place, *catalogue(ground.after, "2026-01-01", mapping), "--apply")
        self.assertEqual(code, 1)
        self.assertEqual([one[:3] for one in problems(answer)], [("catalogue.mapping_from", "line 4", "10004"),
                                                                 ("catalogue.mapping_from", "line 5", "10003")])
        self.assertEqual((ground.all(), len(reorganisations(ground.place))), (before, 1))

    @with_ground
    def test_the_same_mapping_a_second_time_does_not_exchange_codes_again(self, ground):
        """Codes are used again: a mapping speaks of the tree before its day, and that has gone over already."""
        swapped = ground.listed(*UNITS[:2], "10002,Xã An,Xã,101,3", "10001,Xã Bình,Xã,101,3", *UNITS[4:])
        mapping = ground.mapping("10001,10002,", "10002,10001,")
        self.assertEqual(tried(ground.place, *catalogue(swapped, ON, mapping), "--apply")[0], 0)
        after = tree(ground.place, "2025-07-02")
        self.assertEqual([after[code]["name"] for code in ("10001", "10002")], ["Xã Bình", "Xã An"])
        page = ground.place.json("unit", "show", "10001", "--on", "2025-07-02")
        self.assertEqual([one["name"] for one in page["names"]], ["Xã Bình"])
        for day in (ON, "2025-08-01"):
            code, answer = tried(ground.place, *catalogue(swapped, day, mapping), "--propose")
            self.assertEqual((code, [short(event) for event in answer["events"]]), (0, []), day)

    @with_ground
    def test_days_that_are_none(self, ground):
        for day in ("2025-02-30", "hôm nay", "", "1/7/2025", "2025-7-1"):
            with self.subTest(day=day):
                self.assertEqual(ground.refused(on=day), [("command.date", "--on", day)])

    @with_ground
    def test_a_line_that_is_none(self, ground):
        self.assertEqual(ground.refused(line=("--line", "nowhere")), [("succession.line_unknown", "/line", "nowhere")])


class BadCommands(unittest.TestCase):
    @with_ground
    def test_exit_codes_are_the_documented_ones(self, ground):
        apply = ["import", "catalogue", ground.after, "--on", ON, "--apply"]
        for words, expected in (
                (["import", "catalogue", ground.after, "--apply"], 2), ([*apply, "--propose"], 2),
                ([*apply, "--mystery"], 2), (["import", "catalogue", "--on", ON, "--apply"], 2),
                (["reorganisation", "undo", "x"], 2),
                (["reorganisation", "undo"], 2), (["unit", "show"], 2), (["reorganisation", "undo", "7"], 1),
                (["unit", "show", "99999", "--on", ON], 1), (["unit", "show", "10001", "--on", "x"], 1),
                (["rollup", "--unit", "101", "--period", "2025", "--restated-to", "x"], 1),
                (["rollup", "--unit", "101", "--period", "2025", "--restated-to", ON, "--on", ON], 2),
                (["import", "catalogue", "/nowhere.csv", "--on", ON, "--apply"], 3),
                ([*apply, "--mapping", "/nowhere.csv"], 3),
                (["import", "catalogue", ground.place.folder.name, "--on", ON, "--apply"], 3)):
            with self.subTest(words=words):
                code, said = ground.ended(*words)
                self.assertEqual((code, bool(said.strip())), (expected, True), said)
                ground.unchanged()

    @with_ground
    def test_a_refusal_in_words_names_the_place_and_says_that_nothing_was_written(self, ground):
        code, said = ground.ended("--lang", "en", *catalogue(ground.listed(*UNITS, UNITS[2]), ON), "--apply")
        self.assertEqual(code, 1)
        self.assertIn("line 8: Code 10001 is in the file twice", said)
        self.assertIn("Nothing was written: 1 faults", said)
        code, _ = ground.ended(*catalogue(ground.after, ON, ground.mapping("99999,10001,")), "--apply")
        self.assertEqual(code, 1)
        ground.unchanged()

    @with_ground
    def test_many_units_of_long_names_can_meet_in_one(self, ground):
        """What a plan is made of has limits of length; what the program proposes itself keeps to them."""
        many = [f"1{n:04},Thị trấn Nông trường Việt Lâm Số {n},Thị trấn,101,3" for n in range(100, 120)]
        place = ground.place
        place.run("import", "units", table(place, "many.csv", HEAD, many), "--on", BEGAN, "--line", "government")
        listed = ground.listed(*UNITS, "20000,Xã Gộp,Xã,101,3")
        mapping = ground.mapping(*[f"{line.split(',')[0]},20000," for line in many])
        code, said = ground.ended(*catalogue(listed, ON, mapping), "--apply")
        self.assertEqual(code, 0, said)
        self.assertEqual(set(tree(place, ON)), {line.split(",")[0] for line in [*UNITS, "20000"]})


if __name__ == "__main__":
    unittest.main()
