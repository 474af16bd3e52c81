"""A catalogue against the tree: what is only spelled otherwise is no change, what changed is proposed."""
import unicodedata
import unittest

from catalogues import OnEachDatabase, application, codes, proposal, short, spelling, table, tree
from ground import Place, databases, rows, shared

HEAD = "code,name,type,parent_code,level"
ON = "2025-03-02"
UNITS = [("01", "Thành phố Hà Nội", "Thành phố Trung ương", "", "1"), ("279", "Huyện Thường Tín", "Huyện", "01", "2"),
         ("10198", "Xã Hòa Bình", "Xã", "279", "3"), ("10201", "Xã Thụy Khuê", "Xã", "279", "3"),
         ("00004", "Phường Trúc Bạch", "Phường", "279", "3"), ("10183", "Thị trấn Thường Tín", "Thị trấn", "279", "3"),
         ("10231", "Xã Nguyễn Trãi", "Xã", "279", "3"), ("10243", "Xã Lê Lợi", "Xã", "279", "3")]


def lines(units):
    return [",".join(unit) for unit in units]


def with_names(spelled):
    return [(code, spelled(name), kind, parent, level) for code, name, kind, parent, level in UNITS]


def with_change(of, **changes):
    columns = HEAD.split(",")
    return [tuple({**dict(zip(columns, unit)), **(changes if unit[0] == of else {})}[column] for column in columns)
            for unit in UNITS]


def without_zeros(units):
    return [(code.lstrip("0"), name, kind, parent.lstrip("0"), level) for code, name, kind, parent, level in units]


SPELLINGS = {
    "the same": UNITS,
    "tone placement": with_names(lambda name: name.replace("Hòa", "Hoà").replace("Thụy", "Thuỵ")),
    "double spaces": with_names(lambda name: f"  {name.replace(' ', '  ')} "),
    "no-break spaces": with_names(lambda name: name.replace(" ", "\u00a0")),
    "upper case": with_names(str.upper),
    "lower case": with_names(str.lower),
    "decomposed": with_names(lambda name: unicodedata.normalize("NFD", name)),
    "leading zeros lost": without_zeros(UNITS),
    "all at once": without_zeros(with_names(
        lambda name: unicodedata.normalize("NFD", name.replace("Hòa", "HOÀ").replace(" ", "\u00a0  ").upper()))),
}


def with_tree(test):
    """Runs the test on each database, in a place that has the small tree."""

    def run(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                place.run("import", "units", table(place, "before.csv", HEAD, lines(UNITS)), "--on", "2021-01-01",
                          "--line", "government")
                test(self, place)

    return run


class Spelling(unittest.TestCase):
    @with_tree
    def test_another_spelling_is_no_change(self, place):
        for what, units in SPELLINGS.items():
            with self.subTest(spelling=what):
                made = proposal(place, table(place, "spelled.csv", HEAD, lines(units)), ON)
                self.assertEqual((made["events"], made["units"], made["refused"]), ([], [], []))
                self.assertLessEqual(set(codes(made["doubts"])), {"csv.nbsp", "csv.nfd"})

    @with_tree
    def test_another_name_is_a_renaming_and_only_that(self, place):
        self.assertEqual(self.changes(place, with_change("10243", name="Xã Lê Hồng Phong")),
                         [("rename", ("10243",), ("10243",), "Xã Lê Hồng Phong", {"catalogue.doubt_other_name"})])
        self.assertEqual(self.changes(place, with_change("10243", name="Xã Lê Lời")),
                         [("rename", ("10243",), ("10243",), "Xã Lê Lời", {"catalogue.doubt_marks"})])

    @with_tree
    def test_another_kind_is_told_as_such(self, place):
        self.assertEqual(self.changes(place, with_change("10183", name="Phường Thường Tín", type="Phường")),
                         [("rekind", ("10183",), ("10183",), "Phường Thường Tín", set())])

    @with_tree
    def test_another_code_of_the_same_name_is_a_recoding_that_is_doubted(self, place):
        self.assertEqual(self.changes(place, with_change("10243", code="10244")),
                         [("recode", ("10243",), ("10244",), "Xã Lê Lợi", {"catalogue.doubt_by_name"})])

    @with_tree
    def test_what_the_catalogue_adds_and_leaves_out(self, place):
        changed = [unit for unit in UNITS if unit[0] != "10243"] + [("10990", "Xã Mới Lập", "Xã", "279", "3")]
        self.assertEqual(self.changes(place, changed),
                         [("create", (), ("10990",), "Xã Mới Lập", set()),
                          ("end", ("10243",), (), "", {"catalogue.doubt_ended"})])
        application(place, table(place, "applied.csv", HEAD, lines(changed)), ON)
        self.assertEqual(set(tree(place, ON)), {unit[0] for unit in changed})
        self.assertEqual(set(tree(place, "2025-03-01")), {unit[0] for unit in UNITS})

    def changes(self, place, units):
        made = proposal(place, table(place, "changed.csv", HEAD, lines(units)), ON)
        self.assertEqual(made["refused"], [])
        return [(*short(event), set(codes(event.get("doubts", [])))) for event in made["events"]]


class StatisticsOffice(OnEachDatabase):
    """The office's tables of 18/7/2025, which still show the old tree, against that tree."""

    @classmethod
    def begin(cls):
        folder = "data", "vn-admin"
        snapshot = shared(*folder, "history", "snapshot_asof_2025-03-01.csv")
        cls.snapshot = {unit["code"]: unit for unit in rows(snapshot)}
        cls.listed = {unit["Mã"]: unit for unit in rows(shared(*folder, "old_gso_communes_2025-07-18.csv"))}
        cls.place.run("import", "units", snapshot, "--on", "2025-03-01", "--line", "government")
        cls.communes = proposal(cls.place, shared(*folder, "old_gso_communes_2025-07-18.csv"), ON)
        cls.districts = proposal(cls.place, shared(*folder, "old_gso_districts_2025-07-18.csv"), ON)

    def of(self, *kinds):
        return {event["from"][0]: (event["name_before"], event["name_after"], sorted(codes(event.get("doubts", []))))
                for event in self.communes["events"] if event["kind"] in kinds}

    def test_four_communes_are_spelled_so_that_it_may_be_another_name(self):
        marks, other = ["catalogue.doubt_marks"], ["catalogue.doubt_other_name"]
        self.assertEqual(self.of("rename"), {"04117": ("Xã Mương Chanh", "Xã Mường Chanh", marks),
                                             "04136": ("Xã Nà Pó", "Xã Nà Bó", other),
                                             "07540": ("Xã Xa Lý", "Xã Sa Lý", other),
                                             "31246": ("Xã Thạnh Qưới", "Xã Thạnh Quới", marks)})
        differing = {code for code, unit in self.listed.items()
                     if spelling(unit["Tên"]) != spelling(self.snapshot[code]["name"])}
        self.assertEqual(set(self.of("rename")), differing, "and no other")

    def test_a_town_that_the_table_calls_a_commune_is_told_as_another_kind(self):
        """The table's own fault: its name there is Thị trấn Ngọc Lặc, its kind Xã."""
        self.assertEqual(self.of("rekind"), {"15061": ("Thị Trấn Ngọc Lặc", "Thị trấn Ngọc Lặc", [])})
        self.assertEqual((self.listed["15061"]["Cấp"], self.snapshot["15061"]["type"]), ("Xã", "Thị trấn"))

    def test_the_twelve_communes_the_table_lacks_end_with_a_doubt(self):
        lacking = {code: (unit["name"], "", ["catalogue.doubt_ended"]) for code, unit in self.snapshot.items()
                   if unit["level"] == "3" and code not in self.listed}
        self.assertEqual(len(lacking), 12)
        ended = {code: end for code, end in self.of("end").items() if self.snapshot[code]["level"] == "3"}
        self.assertEqual(ended, lacking)

    def test_the_five_districts_that_a_table_of_communes_cannot_name_do_not_end_without_a_doubt(self):
        """They have no communes; nothing says that they are gone."""
        ended = {code: end for code, end in self.of("end").items() if self.snapshot[code]["level"] == "2"}
        self.assertLessEqual(set(ended), {"318", "471", "498", "536", "755"})
        self.assertEqual([code for code, (_, _, doubts) in ended.items() if not doubts], [])

    def test_nothing_else_is_proposed(self):
        self.assertEqual({event["kind"] for event in self.communes["events"]}, {"rename", "rekind", "end"})
        self.assertEqual((self.communes["units"], self.communes["refused"], list(codes(self.communes["doubts"]))),
                         ([], [], ["csv.bom"]))

    def test_the_table_of_districts_says_nothing_new_and_ends_no_commune(self):
        self.assertEqual((self.districts["events"], self.districts["units"], self.districts["refused"]), ([], [], []))


class StatisticsOfficeOnSqlite(StatisticsOffice, unittest.TestCase):
    kind = "sqlite"


class StatisticsOfficeOnPostgres(StatisticsOffice, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main()
