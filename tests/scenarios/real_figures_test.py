"""Figures nobody here wrote: the national tree of 2023, and the statistics office's populations of provinces, regions and country."""
import collections
import csv
import io
import time
import unittest
from decimal import Decimal

from ground import Place, databases, rows, shared

REGIONS = ["Red River Delta", "Northern midlands and mountain areas", "Northern Central area and Central coastal area",
           "Central Highlands", "South East", "Mekong River Delta"]
COUNTRY = "WHOLE COUNTRY"
#: Rows that are no place but a repetition of a column.
NO_PLACES = {"Male", "Female"}
#: The office's mark where the province did not exist that year: not applicable, which is not zero.
NO_SUCH_PLACE_THEN = ".."
MEASURES = {"POP": "Average Pop", "POP-M": "Average Pop (Male)", "POP-F": "Average Pop (Female)",
            "POP-U": "Average Pop (Urban)", "POP-R": "Average Pop (Rural)"}


def half_digit(printed):
    return Decimal(5).scaleb(min(printed.normalize().as_tuple().exponent, 0) - 1)


class NationalTree(unittest.TestCase):
    def test_the_catalogue_of_2023_loads_whole(self):
        file = shared("data", "vn-admin", "history", "snapshot_asof_2023-04-30.csv")
        ask = ["--on", "2023-04-30", "--line", "government"]
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                preview = place.json("import", "units", file, *ask, "--preview")
                begun = time.monotonic()
                taken = place.json("import", "units", file, *ask)
                took = time.monotonic() - begun
                self.assertEqual((preview["taken"], taken["taken"], len(taken["problems"])), (11366, 11366, 0))
                self.assertEqual(preview["doubts"], taken["doubts"])
                listed = list(csv.DictReader(io.StringIO(place.run("export", "units", "--on", "2023-04-30").lstrip("\ufeff"))))
                levels = collections.Counter(unit["level"] for unit in listed)
                self.assertEqual((levels["1"], levels["2"], levels["3"]), (63, 705, 10598))
                self.assertEqual({(u["code"], u["name"], u["parent_code"]) for u in listed},
                                 {(u["code"], " ".join(u["name"].split()), u["parent_code"]) for u in rows(file)})
                again = place.json("import", "units", file, *ask)
                self.assertEqual((again["taken"], again["unchanged"]), (0, 11366))
                doubts = collections.Counter(doubt["code"] for doubt in taken["doubts"])
                print(f"\n{kind}: 11,366 units taken in {took:.1f} s; doubts {dict(doubts)}")


class Populations(unittest.TestCase):
    """Provinces report, regions and the country follow; compared with what the office published."""

    def setUp(self):
        self.published = {}
        self.absent = []
        self.region_of = {}
        region = None
        for row in rows(shared("data", "stats", "gso_population_province_region_year.csv")):
            name = " ".join(row["Province"].split())
            if name in NO_PLACES:
                continue
            if name in REGIONS:
                region = name
            elif name != COUNTRY:
                self.region_of[name] = region
            for code, column in MEASURES.items():
                text = row[column].strip()
                if text == NO_SUCH_PLACE_THEN:
                    self.absent.append((name, code, row["Year"]))
                elif text:
                    self.published[name, code, row["Year"]] = Decimal(text)
        self.years = sorted({year for _, _, year in self.published})
        self.code = {name: f"P{n:02}" for n, name in enumerate(self.region_of)}
        self.code |= {name: f"R{n}" for n, name in enumerate(REGIONS)} | {COUNTRY: "VN"}

    def load(self, place):
        units = ["code,name,level,parent_code", f"VN,{COUNTRY},1,"]
        units += [f"{self.code[name]},{name},2,VN" for name in REGIONS]
        units += [f"{self.code[name]},{name},3,{self.code[region]}" for name, region in self.region_of.items()]
        place.run("import", "units", place.file("units.csv", "\n".join(units)), "--on", "1995-01-01", "--line", "region")
        decimals = max(-value.normalize().as_tuple().exponent for value in self.published.values())
        head = "code,name,measure_unit,decimals,direction,across_units,across_time,frequency"
        place.run("import", "indicators", place.file("indicators.csv", "\n".join(
            [head] + [f"{code},{column},nghìn người,{decimals},none,sum,latest,year" for code, column in MEASURES.items()])))
        facts = ["unit_code,indicator,period,status,value"]
        facts += [f"{self.code[name]},{code},{year},accepted,{value}"
                  for (name, code, year), value in self.published.items() if name in self.region_of]
        facts += [f"{self.code[name]},{code},{year},not_applicable," for name, code, year in self.absent]
        return place.json("import", "facts", place.file("facts.csv", "\n".join(facts)))["taken"]

    def test_regions_and_country_follow_from_the_provinces(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                taken = self.load(place)
                equal, different = collections.Counter(), collections.Counter()
                largest = {}
                for year in self.years:
                    answer = place.json("rollup", "--unit", "VN", "--period", year, "--line", "region", "--below", "2")
                    for unit in answer["units"]:
                        for cell in unit["cells"]:
                            self.judge(unit["name"], cell, year, equal, different, largest)
                self.report(kind, taken, equal, different, largest)

    def judge(self, name, cell, year, equal, different, largest):
        code = cell["indicator"]
        parts = [value for (place, measure, when), value in self.published.items()
                 if measure == code and when == year and (self.region_of.get(place) == name or
                                                          (name == COUNTRY and place in self.region_of))]
        if not parts:
            self.assertIsNone(cell["value"])
            return
        ours = Decimal(cell["value"])
        self.assertEqual(ours, sum(parts), (name, code, year))  # always exact, whatever was published
        self.assertEqual(cell["cells_counted"], len(parts))
        printed = self.published.get((name, code, year))
        if printed is None:
            return
        key = code, "country" if name == COUNTRY else "region"
        (equal if ours == printed else different)[key] += 1
        # Where they differ it is by no more than rounding: half a last digit for each printed figure that went in.
        self.assertLessEqual(abs(ours - printed), sum(map(half_digit, [*parts, printed])), (name, code, year))
        if ours != printed:
            worst = largest.get(key)
            if worst is None or abs(ours - printed) > abs(worst[0]):
                largest[key] = (ours - printed, name, year, printed)

    def report(self, kind, taken, equal, different, largest):
        print(f"\n{kind}: {taken} published provincial figures taken; regions and country compared with the published rows:")
        for key in sorted(set(equal) | set(different)):
            line = f"  {key[0]:6} {key[1]:8} {equal[key]:4} equal, {different[key]:4} differ"
            if key in largest:
                gap, name, year, printed = largest[key]
                line += f"; largest {gap} thousand of {printed} ({name}, {year})"
            print(line)
        print(f"  in all {sum(equal.values()) + sum(different.values())} compared")


if __name__ == "__main__":
    unittest.main()
