"""Hà Nội after 1/7/2025 against the text of resolution 1656/NQ-UBTVQH15 and the codes of 1027/CTK-CSCL."""
import collections
import json
import re
import unicodedata
import unittest

from catalogues import Kin, OnEachDatabase, application, let_see, levels, spelling, table, tree
from ground import rows, shared

BEFORE, ON = "2025-06-30", "2025-07-01"
#: How a clause speaks of land and people, and how the rest of this file calls it.
PHRASES = {"toàn bộ diện tích tự nhiên, quy mô dân số của": "whole",
           "một phần diện tích tự nhiên, toàn bộ quy mô dân số của": "all people",
           "một phần diện tích tự nhiên, quy mô dân số của": "part",
           "một phần diện tích tự nhiên của": "land",
           "phần còn lại của": "rest"}
AFTER = r" sau khi sắp xếp theo quy định tại (?:các )?khoản \d+(?:, (?:khoản )?\d+)*(?: Điều này)?"
CLAUSE = r"Sắp xếp (.*) thành (?:phường|xã) mới có tên gọi (?:là )?\*\*(?:là )?((?:phường|xã) [^*]+)\*\*\."
#: The mapping's one fault here: xã Sơn Đồng (Hoài Đức) taken for xã Sơn Đông (Sơn Tây), which clause 89 names.
ONLY_IN_THE_MAPPING = {("09859", "09616")}


def data(*parts):
    return shared("data", "vn-admin", *parts)


def clauses():
    """Number → text of each clause of article 1, unwrapped."""
    text = unicodedata.normalize("NFC", data("resolutions-2025", "1656_NQ-UBTVQH15.md").read_text(encoding="utf-8"))
    article = text.split("**Điều 1.")[1].split("**Điều 2.")[0]
    pieces = re.split(r"\n\s*(\d+)\\?\. (?=Sắp xếp|Sau khi)", article)
    return {int(number): " ".join(words.split()) for number, words in zip(pieces[1::2], pieces[2::2])}


def sources(clause):
    """[(how, kind and name, district or None)] and the new unit's kind and name."""
    words, made = re.fullmatch(CLAUSE, clause).groups()
    words = re.sub(AFTER, "", words)
    pieces = re.split("(" + "|".join(PHRASES) + ")", words)
    if pieces[0].strip():
        raise AssertionError(f"not understood: {pieces[0]}")
    found = []
    for phrase, listed in zip(pieces[1::2], pieces[2::2]):
        listed = re.sub(r"(,| và|, và)?\s*$", "", listed.strip())
        # "xã A và xã B (huyện C)": the district is that of both.
        listed = re.sub(r"xã ([^,(]*) và xã ([^,(]*) (\([^)]*\))", r"xã \1 \3 và xã \2 \3", listed)
        kind = None
        for one in re.split(r", | và ", listed):
            one = re.sub(r"^các ", "", one)
            if named := re.match(r"(phường|xã|thị trấn) (.*)", one):
                kind, one = named.groups()
            name, district = re.match(r"(.*?)(?: \((.*)\))?$", one).groups()
            found.append((PHRASES[phrase], f"{kind} {name}", district))
    return found, made


class Resolution:
    """The text, with its names turned into codes: `parts`: old code → {new code: how}."""

    def __init__(self, communes, districts):
        by_name = collections.defaultdict(list)
        for unit in communes:
            by_name[spelling(unit["name"])].append(unit)
        listed = data("resolutions-2025", "1027_CTK-CSCL.md").read_text(encoding="utf-8").replace("<br>", " ")
        self.codes = {spelling(name): code for code, name in
                      re.findall(r"^\| \d+\s*\| (\d{5}) \| (.*?)\s*\| Thành phố Hà Nội", listed, re.M)}
        self.names = {}
        self.parts = collections.defaultdict(dict)
        self.unknown = []
        self.clause = {}
        for number, clause in clauses().items():
            if not clause.startswith("Sắp xếp"):
                self.last = clause
                continue
            found, made = sources(clause)
            new = self.codes[spelling(made)]
            self.names[new] = made
            self.clause[new] = number
            for how, name, district in found:
                fitting = [unit for unit in by_name[spelling(name)]
                           if not district or spelling(districts[unit["parent_code"]]["name"]) == spelling(district)]
                if len(fitting) != 1:
                    self.unknown.append((number, name, district, len(fitting)))
                else:
                    self.parts[fitting[0]["code"]][new] = how


class Hanoi(OnEachDatabase):
    @classmethod
    def begin(cls):
        place = cls.place
        snapshot = rows(data("history", "snapshot_asof_2025-03-01.csv"))
        cls.districts = {unit["code"]: unit for unit in snapshot if unit["parent_code"] == "01"}
        cls.communes = [unit for unit in snapshot if unit["parent_code"] in cls.districts]
        cls.old = {unit["code"]: unit for unit in cls.communes}
        city = next(unit for unit in snapshot if unit["code"] == "01")
        cls.resolution = Resolution(cls.communes, cls.districts)
        with open(data("map_old_to_new_dvhcvn_splits.json"), encoding="utf-8") as file:
            cls.mapping = [province for province in json.load(file)["data"] if province["level1_id"] == "01"]
        with open(data("new_units_thanglequoc_2025-07-01_v3.0.2.json"), encoding="utf-8") as file:
            listed = [province for province in json.load(file) if province["Code"] == "01"]
        head = list(city)
        place.run("import", "units", table(place, "units.csv", ",".join(head), [
            ",".join(unit[column] for column in head) for unit in [city, *cls.districts.values(), *cls.communes]]),
                  "--on", "2025-03-01", "--line", "government")
        let_see(place, "01", "2025-03-01")
        cls.catalogue = place.file("catalogue.json", json.dumps(listed))
        mapping = place.file("mapping.json", json.dumps({"data": cls.mapping}))
        cls.applied = application(place, cls.catalogue, ON, mapping)
        cls.after = tree(place, ON)
        cls.kin = Kin(place, BEFORE, ON)
        # The same from the resolution alone: what it says of people decides the shares.
        place.run("reorganisation", "undo", cls.applied["applied"])
        cls.stated = application(place, cls.catalogue, ON, table(place, "text.csv", "from,to,share", cls.shares()))
        cls.kin_of_text = Kin(place, BEFORE, ON)
        place.run("verify")

    @classmethod
    def shares(cls):
        """A mapping with shares where the text settles them: all people go with one, the rest of it is land."""
        made = []
        for old, parts in sorted(cls.resolution.parts.items()):
            holders = [new for new, how in parts.items() if how in ("whole", "all people")]
            for new in sorted(parts):
                share = "" if not holders else "1/1" if new in holders else "0/1"
                made.append(f"{old},{new},{share}")
        return made

    def test_the_text_is_read_whole_every_name_is_one_old_unit_and_every_old_unit_is_named(self):
        self.assertEqual(self.resolution.unknown, [])
        self.assertEqual(len(self.resolution.names), 126)
        self.assertIn("126 đơn vị hành chính cấp xã, gồm 51 phường và 75 xã", self.resolution.last)
        self.assertEqual(len(self.old), 526)
        self.assertEqual(set(self.resolution.parts), set(self.old))
        for old, parts in self.resolution.parts.items():
            hows = collections.Counter(parts.values())
            # A whole unit is nowhere else; of a divided one there is one rest, or the last part takes what is left.
            divided = hows["whole"] == 0 and hows["rest"] == 1 and hows["all people"] <= 1
            self.assertTrue(hows == {"whole": 1} or divided, (old, parts))

    def test_the_city_has_the_126_units_and_codes_of_the_list(self):
        self.assertEqual(levels(self.after), {"1": 1, "2": 126})
        communes = {code: unit for code, unit in self.after.items() if code != "01"}
        self.assertEqual(collections.Counter(unit["type"] for unit in communes.values()), {"Phường": 51, "Xã": 75})
        self.assertEqual({code: spelling(unit["name"]) for code, unit in communes.items()},
                         {code: spelling(name) for code, name in self.resolution.names.items()})
        self.assertEqual({code: name for name, code in self.resolution.codes.items()},
                         {code: spelling(unit["name"]) for code, unit in communes.items()})
        self.assertEqual({unit["parent_code"] for unit in communes.values()}, {"01"})

    def test_each_new_unit_has_the_predecessors_its_clause_names_but_for_one_fault_of_the_mapping(self):
        said = {(old, new) for old, parts in self.resolution.parts.items() for new in parts}
        found = {(old, new) for old in self.old for new in self.kin.successors[old]}
        self.assertEqual(said - found, set(), "in the text, not in the tree")
        self.assertEqual(found - said, ONLY_IN_THE_MAPPING, "in the tree, not in the text")
        mapped = {(commune["level3_id"], to["new_id"])
                  for commune in self.mapping[0]["level3s"] for to in commune["splits"]}
        self.assertEqual(mapped - said, ONLY_IN_THE_MAPPING, "the fault is the mapping's")
        self.assertEqual(self.old["09859"]["name"], "Xã Sơn Đồng")
        self.assertEqual(self.resolution.parts["09859"], {"09871": "whole"})

    def test_the_mapping_does_not_say_who_moved_land_without_people(self):
        """So the program divides equally, marks it as such, and the text can be given instead."""
        land_only = {(old, new) for old, parts in self.resolution.parts.items() for new, how in parts.items()
                     if how == "land" or (how == "rest" and "all people" in parts.values())}
        equal = {(old, new) for old, new in land_only if self.kin.successors[old][new][1] == "equal"}
        self.assertEqual(equal, land_only)
        print(f"\n{self.kind}: {len(land_only)} links of land without people, each an equal share by the mapping alone")

    def test_shares_that_the_text_settles_can_be_stated(self):
        wrong = []
        for old, parts in self.resolution.parts.items():
            settled = "whole" in parts.values() or "all people" in parts.values()
            for new, how in parts.items():
                share, basis, _ = self.kin_of_text.successors[old].get(new, ("", "", ""))
                expected = ("1/1", "whole") if how == "whole" else \
                    ("1/1" if how == "all people" else "0/1", "stated") if settled else (f"1/{len(parts)}", "equal")
                if (share, basis) != expected:
                    wrong.append((old, new, how, share, basis, expected))
        self.assertEqual(wrong, [])
        self.assertEqual({old: set(found) for old, found in self.kin_of_text.successors.items() if old in self.old},
                         {old: set(parts) for old, parts in self.resolution.parts.items()})

    def test_the_27_communes_of_thuong_tin_go_to_the_seven_new_units(self):
        part = {
            "10183": ("Xã Thường Tín", {"10222": "whole", "10204": "whole", "10198": "whole", "10189": "whole",
                                        "10201": "whole", "10216": "whole", "10183": "whole", "10195": "rest"}),
            "10210": ("Xã Hồng Vân", {"10225": "whole", "10207": "whole", "10213": "whole", "10210": "whole",
                                      "10192": "rest", "10186": "rest"}),
            "10237": ("Xã Chương Dương", {"10237": "whole", "10243": "whole", "10246": "whole", "10219": "whole",
                                          "10258": "part", "10264": "part"}),
            "10231": ("Xã Thượng Phúc", {"10240": "whole", "10249": "whole", "10234": "whole", "10255": "whole",
                                         "10231": "whole"}),
            "10273": ("Xã Phú Xuyên", {"10267": "whole", "10261": "whole", "10258": "rest", "10264": "rest"}),
            "00685": ("Xã Nam Phù", {"10186": "part", "10192": "land"}),
            "00679": ("Xã Ngọc Hồi", {"10192": "part", "10195": "part"})}
        ours = [unit["code"] for unit in self.communes if unit["parent_code"] == "279"]
        self.assertEqual(len(ours), 27)
        by_new = collections.defaultdict(dict)
        found = collections.defaultdict(set)
        for old in ours:
            for new, how in self.resolution.parts[old].items():
                by_new[new][old] = how
            for new in self.kin.successors[old]:
                found[new].add(old)
        self.assertEqual(dict(by_new), {new: parts for new, (_, parts) in part.items()})
        self.assertEqual(dict(found), {new: set(parts) for new, (_, parts) in part.items()})
        for new, (name, _) in part.items():
            self.assertEqual(self.after[new]["name"], name)


class HanoiOnSqlite(Hanoi, unittest.TestCase):
    kind = "sqlite"


class HanoiOnPostgres(Hanoi, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main()
