"""Step 12 of the scenario: after two reorganisations the totals of 2021 stand, new communes see what came to them."""
import collections
import unittest
from fractions import Fraction

from catalogues import OnEachDatabase, application, table, tree
from ground import rows, shared

HEAD = "code,name,type,parent_code,level"
FIRST, SECOND, LAST_OLD_DAY = "2025-01-01", "2025-07-01", "2025-06-30"
TOP = ["01,Thành phố Hà Nội,Thành phố Trung ương,,1", "279,Huyện Thường Tín,Huyện,01,2",
       "280,Huyện Phú Xuyên,Huyện,01,2"]
TOWN = "10273,Thị trấn Phú Xuyên,Thị trấn,280,3"
#: 1/1/2025, resolution 1286/NQ-UBTVQH15.
MERGED_FIRST = {"10264": "10264", "10252": "10264", "10237": "10237", "10228": "10237"}
#: 1/7/2025, resolution 1656/NQ-UBTVQH15, clauses 54 to 60. Who went is the resolution's; the shares are made up, but
#: for Nam Phù, which has land of Duyên Thái and none of its people.
NEW = {"10183": "Xã Thường Tín", "10210": "Xã Hồng Vân", "10237": "Xã Chương Dương", "10231": "Xã Thượng Phúc",
       "10273": "Xã Phú Xuyên", "00685": "Xã Nam Phù", "00679": "Xã Ngọc Hồi"}
WHOLE = {"10183": ["10183", "10189", "10198", "10201", "10204", "10216", "10222"],
         "10210": ["10207", "10210", "10213", "10225"], "10237": ["10219", "10237", "10243", "10246"],
         "10231": ["10231", "10234", "10240", "10249", "10255"], "10273": ["10261", "10267", "10273"]}
DIVIDED = {"10186": {"10210": "2/3", "00685": "1/3"}, "10192": {"10210": "7/11", "00679": "4/11", "00685": "0/11"},
           "10195": {"10183": "8/9", "00679": "1/9"}, "10258": {"10273": "3/5", "10237": "2/5"},
           "10264": {"10273": "4/7", "10237": "3/7"}}
LATER = {"10183": 9, "10210": 7, "10237": 5, "10231": 4, "10273": 11, "00685": 2, "00679": 3}


def destinations():
    """Commune of 2021 → {new commune: share}, both reorganisations passed."""
    second = {old: {new: Fraction(1)} for new, olds in WHOLE.items() for old in olds}
    second |= {old: {new: Fraction(share) for new, share in parts.items()} for old, parts in DIVIDED.items()}
    codes = [unit["code"] for unit in rows(shared("scenario", "units_2021.csv"))]
    return {code: {new: share for new, share in second[MERGED_FIRST.get(code, code)].items() if share}
            for code in codes}


def apportioned(amount, shares):
    """Whole amounts that add up to it: rounded down, the rest to the largest remainders. Never two equal ones here."""
    made = {to: amount * share // 1 for to, share in shares.items()}
    by_rest = sorted(shares, key=lambda to: amount * shares[to] % 1, reverse=True)
    for to in by_rest[:int(amount - sum(made.values()))]:
        made[to] += 1
    return made


def half_up(value, decimals):
    scaled = value * 10 ** decimals
    whole = int(scaled + Fraction(1, 2)) if scaled >= 0 else -int(-scaled + Fraction(1, 2))
    return f"{whole // 10 ** decimals}.{whole % 10 ** decimals:0{decimals}}" if decimals else str(whole)


class Year2021:
    """What each new commune's 2021 must be, from the scenario's files with fractions."""

    def __init__(self):
        self.indicators = {row["code"]: row for row in rows(shared("scenario", "indicators.csv"))}
        self.to = destinations()
        self.facts = {}
        self.periods = collections.defaultdict(list)
        for row in rows(shared("scenario", "facts_2021.csv")):
            self.facts[row["unit_code"], row["indicator"], row["period"]] = row
            if row["period"] not in self.periods[row["indicator"]]:
                self.periods[row["indicator"]].append(row["period"])

    @staticmethod
    def months(period):
        if len(period) == 4:
            return set(range(1, 13))
        part = period[5:]
        if part == "9M":
            return set(range(1, 10))
        if part[0] == "Q":
            return set(range(3 * int(part[1]) - 2, 3 * int(part[1]) + 1))
        if part[0] == "H":
            return set(range(6 * int(part[1]) - 5, 6 * int(part[1]) + 1))
        return {int(part)}

    def sides(self, indicator):
        row = self.indicators[indicator]
        if row["numerator"]:
            return row["numerator"], row["denominator"]
        return indicator, row["weight"] or None

    def parts(self, indicator, period):
        first, _ = self.sides(indicator)
        inside = sorted((p for p in self.periods[first] if self.months(p) <= self.months(period)),
                        key=lambda p: max(self.months(p)))
        return inside[-1:] if self.indicators[first]["across_time"] in ("latest", "none") else inside

    def cell(self, new, indicator, period):
        """(value, counted, expected, {old: share} of the divided ones counted) of a new commune."""
        first, second = self.sides(indicator)
        rule = self.indicators[indicator]["across_units"]
        here = [old for old, shares in self.to.items() if new in shares]
        tops = bottoms = Fraction(0)
        counted = 0
        divided = {}
        for part in self.parts(indicator, period):
            for old in here:
                facts = [self.facts.get((old, code, part)) for code in (first, second) if code]
                if not all(fact and fact["status"] == "accepted" for fact in facts):
                    continue
                counted += 1
                share = self.to[old]
                amounts = [Fraction(fact["value"]) for fact in facts]
                if share[new] != 1:
                    divided[old] = share[new]
                    if rule != "weighted_mean":
                        amounts[0] = apportioned(amounts[0], share)[new]
                    amounts[1:] = [apportioned(amount, share)[new] for amount in amounts[1:]]
                tops += amounts[0] * (amounts[1] if rule == "weighted_mean" else 1)
                bottoms += amounts[1] if second else 0
        decimals = int(self.indicators[indicator]["decimals"])
        value = None
        if rule == "sum":
            value = half_up(tops, decimals) if counted else None
        elif rule != "none" and counted and bottoms:
            value = half_up(tops / bottoms * (100 if rule == "ratio" else 1), decimals)
        return value, counted, len(self.parts(indicator, period)) * len(here), divided


class Restated2021(OnEachDatabase):
    @classmethod
    def begin(cls):
        place = cls.place
        units = rows(shared("scenario", "units_2021.csv"))
        cls.year = Year2021()
        cls.expected = rows(shared("scenario", "expected_2021.csv"))
        cls.periods = sorted({row["period"] for row in cls.expected})
        communes = [f"{unit['code']},{unit['name']},{unit['name'].split()[0]},279,3".replace("Thị,", "Thị trấn,")
                    for unit in units]
        place.run("import", "units", table(place, "2021.csv", HEAD, [*TOP, *communes, TOWN]), "--on", "2021-01-01",
                  "--line", "government")
        place.run("import", "indicators", shared("scenario", "indicators.csv"))
        place.run("import", "facts", shared("scenario", "facts_2021.csv"))
        cls.tree_of_2021 = tree(place, "2021-12-31")
        gone = {"10252", "10228"}
        stay = [line.replace("Xã Vạn Điểm", "Xã Vạn Nhất") for line in communes if line.split(",")[0] not in gone]
        cls.first = application(place, table(place, "first.csv", HEAD, [*TOP, *stay, TOWN]), FIRST, table(
            place, "map1.csv", "from,to", [",".join(link) for link in MERGED_FIRST.items()]))
        links = [f"{old},{new},1" for new, olds in WHOLE.items() for old in olds]
        links += [f"{old},{new},{share}" for old, parts in DIVIDED.items() for new, share in parts.items()]
        cls.second = application(
            place, table(place, "second.csv", HEAD, TOP[:1] + [f"{code},{name},Xã,01,2" for code, name in NEW.items()]),
            SECOND, table(place, "map2.csv", "from,to,share", links))
        later = [f"{code},F03,2025-08,accepted,{value}" for code, value in LATER.items()]
        later += [f"{line.split(',')[0]},F03,2025-03,accepted,1" for line in stay]
        place.run("import", "facts", table(place, "later.csv", "unit_code,indicator,period,status,value", later))
        cls.restated = {period: cls.cells("--unit", "01", "--period", period, "--restated-to", SECOND, "--below", "2")
                        for period in cls.periods}
        place.run("verify")

    @classmethod
    def cells(cls, *ask):
        answer = cls.place.json("rollup", *ask)
        return {(unit["code"], cell["indicator"]): cell for unit in answer["units"] for cell in unit["cells"]}

    def test_the_three_trees(self):
        self.assertEqual(len(self.tree_of_2021), 3 + 29 + 1)
        self.assertEqual(tree(self.place, "2024-12-31"), self.tree_of_2021)
        between = tree(self.place, LAST_OLD_DAY)
        self.assertEqual(set(self.tree_of_2021) - set(between), {"10252", "10228"})
        self.assertEqual((between["10264"]["name"], between["10264"]["parent_code"]), ("Xã Vạn Nhất", "279"))
        after = tree(self.place, SECOND)
        self.assertEqual({code: (unit["name"], unit["parent_code"], unit["level"]) for code, unit in after.items()},
                         {"01": ("Thành phố Hà Nội", "", "1")} |
                         {code: (name, "01", "2") for code, name in NEW.items()})
        self.assertEqual([event["kind"] for event in self.first["events"]], ["merge", "merge"])
        kinds = collections.Counter(event["kind"] for event in self.second["events"])
        self.assertEqual(kinds, {"merge": 5, "split": 5, "end": 2})
        self.assertEqual({event["basis"] for event in self.second["events"] if event["kind"] == "split"}, {"stated"})

    def test_the_same_code_shows_another_unit_on_each_side(self):
        pages = {day: self.place.json("unit", "show", "10264", "--on", day) for day in ("2024-12-31", LAST_OLD_DAY)}
        self.assertEqual([page["name"] for page in pages.values()], ["Xã Vạn Điểm", "Xã Vạn Nhất"])
        self.assertNotEqual(*[page["id"] for page in pages.values()])
        page = pages[LAST_OLD_DAY]
        self.assertEqual({(kin["unit"]["code"], kin["share"], kin["on"]) for kin in page["predecessors"]},
                         {("10264", "1/1", FIRST), ("10252", "1/1", FIRST)})
        self.assertEqual({(kin["unit"]["code"], kin["share"], kin["on"], kin["basis"]) for kin in page["successors"]},
                         {("10273", "4/7", SECOND, "stated"), ("10237", "3/7", SECOND, "stated")})

    def test_the_totals_of_the_abolished_district_still_equal_all_4890_expected(self):
        answers = {}
        for period in self.periods:
            whole = self.place.json("rollup", "--unit", "279", "--period", period, "--below", "3")
            self.assertIs(whole["restated"], False)
            for unit in whole["units"]:
                for cell in unit["cells"]:
                    answers["DISTRICT" if unit["code"] == "279" else unit["code"], cell["indicator"], period] = cell
        for row in self.expected:
            cell = answers[row["unit_code"], row["indicator"], row["period"]]
            self.assertEqual((cell["value"] or "", str(cell["cells_counted"]), str(cell["cells_expected"])),
                             (row["value"], row["cells_counted"], row["cells_expected"]), row)
            self.assertEqual((cell["restated"], cell["estimates"], cell["undivided"]), (0, [], []))
        self.assertEqual(len(self.expected), 4890)

    def test_each_new_communes_2021_is_that_of_its_predecessors_and_says_what_is_estimated(self):
        asked = sorted({(row["indicator"], row["period"]) for row in self.expected})
        estimated = compared = 0
        for indicator, period in asked:
            for new in NEW:
                cell = self.restated[period][new, indicator]
                value, counted, _, divided = self.year.cell(new, indicator, period)
                shown = {one["code"]: (Fraction(one["share"]), one["basis"]) for one in cell["estimates"]}
                self.assertEqual((cell["value"], cell["cells_counted"]), (value, counted), (new, indicator, period))
                self.assertEqual(shown, {old: (share, "stated") for old, share in divided.items()},
                                 (new, indicator, period))
                self.assertEqual((cell["restated"], cell["undivided"]), (counted, []))
                estimated += bool(divided)
                compared += 1
        self.assertEqual(compared, len(asked) * 7)
        self.assertGreater(estimated, 500)

    def test_only_who_stood_in_2021_was_expected_to_report_then(self):
        """Vạn Nhất and the Chương Dương of 1/1/2025 were made after 2021 and gone before the day asked for."""
        wrong = collections.Counter()
        for indicator, period in sorted({(row["indicator"], row["period"]) for row in self.expected}):
            parts = len(self.year.parts(indicator, period))
            for new in NEW:
                expected = self.year.cell(new, indicator, period)[2]
                if new == "10273":  # the town of the other district, silent in 2021
                    expected += parts
                found = self.restated[period][new, indicator]["cells_expected"]
                if found != expected:
                    wrong[new] += 1
        self.assertEqual(wrong, {})
        self.assertEqual(self.restated["2021"]["01", "F01"]["missing"], ["10273"])
        back = self.cells("--unit", "01", "--period", "2025-08", "--indicator", "F03", "--restated-to", "2021-12-31")
        cell = back["01", "F03"]
        self.assertEqual((cell["value"], cell["cells_counted"], cell["cells_expected"], cell["missing"]),
                         (str(sum(LATER.values())), 7, 7, []))

    def test_where_all_went_whole_the_sum_is_that_of_the_old_figures_and_nothing_is_estimated(self):
        """Thượng Phúc, straight from the expected answers of its five communes."""
        value = {(row["unit_code"], row["indicator"], row["period"]): row["value"] for row in self.expected}
        for (unit, indicator, period), district in value.items():
            if unit != "DISTRICT" or self.year.indicators[indicator]["across_units"] != "sum":
                continue
            cell = self.restated[period]["10231", indicator]
            each = [value[old, indicator, period] for old in WHOLE["10231"]]
            self.assertEqual((int(cell["value"] or 0), cell["estimates"]), (sum(int(one or 0) for one in each), []))

    def test_the_new_communes_together_are_the_old_district_to_the_digit(self):
        for row in self.expected:
            indicator, period = row["indicator"], row["period"]
            if row["unit_code"] != "DISTRICT" or self.year.indicators[indicator]["across_units"] != "sum":
                continue
            values = [self.restated[period][new, indicator]["value"] for new in NEW]
            self.assertEqual(sum(int(value or 0) for value in values), int(row["value"] or 0), row)
            city = self.restated[period]["01", indicator]
            self.assertEqual((city["value"] or "", city["cells_counted"], city["estimates"]),
                             (row["value"], int(row["cells_counted"]), []), "of the whole nothing is estimated")

    def test_restated_to_the_tree_between_the_two_only_the_merged_ones_differ(self):
        value = {(row["unit_code"], row["indicator"], row["period"]): row["value"] for row in self.expected}
        cells = self.cells("--unit", "279", "--period", "2021", "--restated-to", LAST_OLD_DAY, "--below", "3")
        for indicator in ("F03", "F05", "F10", "F13"):
            def of(unit):
                return int(value[unit, indicator, "2021"] or 0)
            self.assertEqual(cells["279", indicator]["value"], value["DISTRICT", indicator, "2021"])
            self.assertEqual(int(cells["10264", indicator]["value"]), of("10264") + of("10252"))
            self.assertEqual(int(cells["10237", indicator]["value"]), of("10237") + of("10228"))
            self.assertEqual(int(cells["10201", indicator]["value"]), of("10201"))
            self.assertEqual([cells[code, indicator]["restated"] > 0 for code in ("10264", "10237", "10201")],
                             [True, True, False])
            self.assertFalse(any(cell["estimates"] for cell in cells.values()))

    def test_the_listing_for_people_says_that_it_is_an_estimate(self):
        ask = ["rollup", "--unit", "10237", "--period", "2021", "--indicator", "F05", "--restated-to", SECOND]
        for language, word in (("vi", "ước tính"), ("en", "estimate")):
            done = self.place.run("--lang", language, *ask)
            self.assertIn(word + ": Xã Vạn Điểm 3/7 (stated)", done)
        self.assertNotIn("Xã Lê Lợi", done, "what went whole is no estimate")

    def test_a_later_month_restated_back_counts_where_all_of_it_lies_and_is_said_to_be_undivided_elsewhere(self):
        ask = ["--period", "2025-08", "--indicator", "F03", "--restated-to", LAST_OLD_DAY]
        old = {code: cell for (code, _), cell in self.cells("--unit", "01", *ask, "--below", "3").items()}
        lies_in = collections.defaultdict(set)
        for new, olds in WHOLE.items():
            lies_in[new] |= set(olds)
        for code, parts in DIVIDED.items():
            for new, share in parts.items():
                if Fraction(share):
                    lies_in[new].add(code)
        whole = {next(iter(olds)): new for new, olds in lies_in.items() if len(olds) == 1}
        self.assertEqual(whole, {"10186": "00685"}, "Nam Phù has people of Ninh Sở only")
        self.assertEqual((old["01"]["value"], old["01"]["undivided"]), (str(sum(LATER.values())), []))
        for code, cell in old.items():
            if code == "01":
                continue
            self.assertEqual(cell["value"], str(LATER["00685"]) if code == "10186" else None, code)
            self.assertEqual(set(cell["undivided"]), {new for new, olds in lies_in.items() if code in olds} -
                             set(whole.values()), code)
        districts = {code: cell for (code, _), cell in self.cells("--unit", "01", *ask, "--below", "2").items()}
        # Phú Xuyên lies in both districts: neither counts it, both say so.
        self.assertEqual((districts["279"]["value"], districts["279"]["undivided"]),
                         (str(sum(LATER.values()) - LATER["10273"]), ["10273"]))
        self.assertEqual((districts["280"]["value"], districts["280"]["undivided"]), (None, ["10273"]))
        self.assertEqual(districts["01"]["value"], str(sum(LATER.values())))

    def test_a_year_that_spans_the_change_adds_both_sides(self):
        city = self.cells("--unit", "01", "--period", "2025", "--indicator", "F03")["01", "F03"]
        self.assertEqual((city["value"], city["cells_counted"], city["estimates"]),
                         (str(27 + sum(LATER.values())), 27 + 7, []))
        ours = self.cells("--unit", "10231", "--period", "2025", "--indicator", "F03")["10231", "F03"]
        self.assertEqual((ours["value"], ours["cells_counted"], ours["restated"]), (str(5 + LATER["10231"]), 6, 5))


class Restated2021OnSqlite(Restated2021, unittest.TestCase):
    kind = "sqlite"


class Restated2021OnPostgres(Restated2021, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main()
