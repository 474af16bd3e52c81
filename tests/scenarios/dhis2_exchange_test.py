"""Samples of DHIS2, each imported into an empty place or refused for its own reason; what is written is read back.

The samples are DHIS2's own (BSD-3-Clause, shared/data/dhis2); what each must bring was written by hand after reading it.
"""
import collections
import csv
import io
import json
import pathlib
import shutil
import unittest

from ground import Place, databases, shared

UNITS = ("level,code,name,type,parent_code\n1,R,Tỉnh thử,Tỉnh,\n" + "".join(
    f"2,{code},Đơn vị {code},Xã,R\n"
    for code in ("A", "B", "C", "PH", "DH", "X342", "OA", "OB", "OC", "OD", "OE")))
PARTS = [f"M_{sex}{age}{fund}" for fund in ("", "_PEPFAR", "_MCD") for sex in "FM" for age in ("U5", "O5")]
CODES = ["E1", "E2", "E2G", "E3", "B1", "B2", "MAL1", "MAL2", "MAL3", "MAL4", *PARTS, *(f"AN{c}" for c in "ABCDE")]
INDICATORS = ("code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n" +
              "".join(f"{code},Chỉ số {code},lượt,0,none,sum,sum,,,\n" for code in CODES))


def mapping():
    """The rows a person would write for these samples: the same units by uid, by code and by name."""
    rows = []
    exported = set()

    def add(kind, foreign, ours, option="", attribute=""):
        first = ours not in exported and ours not in ("default", "leave_out")
        exported.add(ours)
        rows.append((kind, foreign, option, attribute, ours, "yes" if first else "no"))

    for ours, names in {"A": ("DiszpKrYNg8", "OU_A", "OU1"), "B": ("BdfsJfj87js", "OU_B", "OU2"), "C": ("j7Hg26FpoIa",),
                        "PH": ("123", "P1233333333", "Provincial Hospital"),
                        "DH": ("456", "D4566666666", "District Hospital"), "X342": ("342",),
                        **{f"O{c}": (f"ouabcdefgh{c}",) for c in "ABCDE"}}.items():
        for name in names:
            add("unit", name, ours)
    for ours, names in {"E1": ("f7n9E0hX8qk", "DE_A", "DE1"), "E2": ("Ix2HsbDMLea", "DE_B", "DE2"),
                        "E3": ("eY5ehpbEsB7", "DE_C", "DE3"), "B1": ("jH26dja2f30",), "B2": ("jH26dja2f31",),
                        **{f"MAL{n}": (f"MAL0{n}",) for n in range(1, 5)},
                        **{f"AN{c}": (f"deabcdefgh{c}",) for c in "ABCDE"}}.items():
        for name in names:
            add("indicator", name, ours)
    add("indicator", "Ix2HsbDMLea", "E2G", "Gad33qy67g5")
    for name in ("Malaria text", "MalTexttttt", "Mal_text", "deabcdefghF", "deabcdefghG", "deabcdefghH"):
        add("indicator", name, "leave_out")
    for name in ("kjuiHgy67hg", "OC_DEF_CODE", "McDonalds"):
        add("option", name, "default")
    for name in ("kjuiHgy67hg", "Gad33qy67g5", "McDonalds"):
        add("attribute", name, "default")

    def parts(element, options, funds):
        for (sex, age), names in options.items():
            for fund, attributes in {"": ("",), **funds}.items():
                for option in names:
                    for attribute in attributes:
                        add("indicator", element, f"M_{sex}{age}{fund}", option, attribute)

    parts("Malaria numeric",
          {(s, a): (f"Age_category={'under555555' if a == 'U5' else 'over5555555'};Sex_category={s * 11}",
                    f"{s}{'Under55555' if a == 'U5' else 'Over555555'}") for s in "FM" for a in ("U5", "O5")},
          {"_PEPFAR": ("Mechanism_category=PEPFARRRRRR",), "_MCD": ("Mechanism_category=McDonaldsss", "cocMcDonald")})
    word = {"F": "Female", "M": "Male", "U5": "Under 5", "O5": "Over 5"}
    parts("MalNummmmmm",
          {(s, a): (f"age={'under5' if a == 'U5' else 'over5'};sex={s}", f"{word[s]} {word[a]}",
                    f"ageeeeeeeee={'under555555' if a == 'U5' else 'over5555555'};sexxxxxxxxx={s * 11}")
           for s in "FM" for a in ("U5", "O5")},
          {"_PEPFAR": ("mechanism=PEPFAR",), "_MCD": ("mechanism=McDonalds", "McDonalds CategoryOptionCombo")})
    parts("Mal_num",
          {(s, a): (f"ageeeeeeeee={word[a]};sexxxxxxxxx={word[s]}", f"{s}_{'Under5' if a == 'U5' else 'Over5'}")
           for s in "FM" for a in ("U5", "O5")},
          {"_PEPFAR": ("mechanismmm=PEPFAR mechanism",), "_MCD": ("mechanismmm=McDonalds mechanism", "coc_McDonalds")})
    for frequency in ("month", "quarter", "year", "nine_months"):
        add("dataset", f"set of {frequency}", frequency)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("kind", "foreign_id", "option_id", "attribute_id", "ours", "export"))
    writer.writerows(rows)
    return text.getvalue()


def facts(unit, period, **values):
    return {(unit, indicator, period): str(value) for indicator, value in values.items()}


TWELVE = {**facts("A", "2012-01", E1=10001, E2=10005, E3=10009), **facts("B", "2012-01", E1=10002, E2=10006, E3=10010),
          **facts("A", "2012-02", E1=10003, E2=10007, E3=10011), **facts("B", "2012-02", E1=10004, E2=10008, E3=10012)}
SET_A = {**facts("A", "2012-01", E1=10001), **facts("B", "2012-01", E1=10002), **facts("A", "2012-02", E1=10003)}
THREE = facts("A", "2012-01", E1=10001, E2=10002, E3=10003)
IMPORT_ADX = {**facts("PH", "2020-01", M_FU5=1, M_MU5=2, M_FO5=3, M_MO5=4), **facts("DH", "2020-02", M_FU5=6),
              **facts("DH", "2021-Q1", M_FU5_PEPFAR=10, M_FO5_MCD=20, M_MU5_MCD=30)}
EXPORT_ADX = {**facts("PH", "2020-01", M_FU5=1), **facts("DH", "2020-01", M_MO5_MCD=2, M_FO5_PEPFAR=3)}
NOTHING = {}


def taken(facts, **counts):
    return {"imported": len(facts), "facts": facts, **counts}


def refused(**codes):
    return {"refused": {code.replace("__", "."): count for code, count in codes.items()}}


SAMPLES = {
    # Two groups say the same cell, and MAL04 stands there eight times: which one counts cannot be told.
    "adx/adx_data_sample1.xml": refused(fact__twice=9),
    "adx/exportA.adx.xml": taken(facts("PH", "2020-01", M_FU5=1), left_out=1),
    "adx/exportB.adx.xml": taken(EXPORT_ADX, left_out=1),
    "adx/exportC.adx.xml": taken(EXPORT_ADX, left_out=1),
    "adx/exportD.adx.xml": taken(facts("DH", "2020-01", M_MO5_MCD=2)),
    "adx/importA.adx.xml": taken(IMPORT_ADX, left_out=1),
    "adx/importB.adx.xml": taken(IMPORT_ADX, left_out=1),
    "adx/importC.adx.xml": taken(IMPORT_ADX, left_out=1),
    "adx/importDates.adx.xml": taken(facts("PH", "2020-01", M_MO5=33)),
    "adx/importDatesUpdate.adx.xml": taken(facts("PH", "2020-01", M_MO5=55)),
    "dvs/dataValueSetA.xml": taken(SET_A),
    "dvs/dataValueSetACatCombo.xml": taken(facts("A", "2012-01", E1=10001, E2G=10002, E3=10003),
                                           doubts=["exchange.complete_not_kept"]),
    "dvs/dataValueSetACode.xml": taken(THREE, doubts=["exchange.complete_not_kept"]),
    "dvs/dataValueSetADeleted.xml": taken(NOTHING, ignored=3),
    # An empty value says nothing: it is neither zero nor a reason to delete.
    "dvs/dataValueSetANull.xml": taken(facts("A", "2012-01", E3=10003), ignored=2,
                                       doubts=["exchange.no_figure", "exchange.complete_not_kept"]),
    "dvs/dataValueSetAUpdate.xml": taken({key: value[:3] + value[4] * 2 for key, value in SET_A.items()}),
    "dvs/dataValueSetB.csv": taken(TWELVE),
    "dvs/dataValueSetB.xml": taken(TWELVE),
    "dvs/dataValueSetBAttribute.xml": taken(TWELVE),
    "dvs/dataValueSetBAttributeIdScheme.xml": taken(TWELVE),
    "dvs/dataValueSetBCode.xml": taken(TWELVE),
    "dvs/dataValueSetBDeleted.xml": taken({k: v for k, v in TWELVE.items() if k[1] != "E2"}, ignored=4),
    "dvs/dataValueSetBNew.xml": taken({**{k: v for k, v in TWELVE.items() if k[1] != "E3"},
                                       **facts("A", "2012-03", E3=10009), **facts("B", "2012-03", E3=10010),
                                       **facts("A", "2012-04", E3=10011), **facts("B", "2012-04", E3=10012)}),
    "dvs/dataValueSetBNewDeleted.xml": taken({**{k: v for k, v in TWELVE.items() if k[1] == "E1"},
                                              **facts("A", "2012-01", E3=10009), **facts("B", "2012-01", E3=10010),
                                              **facts("A", "2012-03", E3=10011), **facts("B", "2012-03", E3=10012)},
                                             ignored=4),
    "dvs/dataValueSetBNoHeader.csv": taken(TWELVE),
    "dvs/dataValueSetBUpdate.xml": taken({**facts("A", "2012-01", E3=20009), **facts("B", "2012-01", E3=20010),
                                          **facts("A", "2012-02", E3=20011), **facts("B", "2012-02", E3=20012),
                                          **facts("A", "2012-03", E3=20013), **facts("B", "2012-03", E3=20014)}),
    "dvs/dataValueSetBooleanTest.csv": refused(exchange__truth_value=7, figure__not_a_number=8),
    "dvs/dataValueSetC.xml": taken(facts("A", "2012-05", E1=10001, E2=10002, E3=10003)),
    "dvs/dataValueSetCCode.xml": taken(facts("A", "2012-05", E1=10001, E2=10002, E3=10003)),
    "dvs/dataValueSetCreateDate.json": taken(facts("A", "2012-01", E1=20)),
    "dvs/dataValueSetCreateDateUpdated.json": taken(facts("A", "2012-01", E1=22)),
    "dvs/dataValueSetD.xml": taken(THREE, doubts=["exchange.complete_not_kept"]),
    "dvs/dataValueSetD2.xml": taken(THREE, doubts=["exchange.complete_not_kept"]),
    "dvs/dataValueSetE.xml": taken({**facts("A", "2012-01", E1=10001), **facts("C", "2012-01", E2=10002, E3=10004)}),
    # A combination nobody has mapped: told once for each element, with the values that hang on it.
    "dvs/dataValueSetF.xml": refused(exchange__unknown_combination=3),
    "dvs/dataValueSetG.xml": refused(exchange__unknown_indicator=1, exchange__unknown_unit=1),
    "dvs/dataValueSetH.xml": taken({**facts("A", "2012-01", E1=10001), **facts("B", "2012-02", E2=10002),
                                    **facts("C", "2012-03", E3=10003)}),
    "dvs/dataValueSetJ.json": taken(facts("A", "2012-01", E1=10)),
    "dvs/dataValueSetJDeleteNewValue.json": taken(facts("A", "2012-01", E1=9)),
    "dvs/dataValueSetJDeleteNoValue.json": taken(NOTHING, ignored=1, doubts=["exchange.no_figure"]),
    "dvs/dataValueSetJDeleteZeroValue.json": taken(facts("A", "2012-01", E1=0)),
    "dvs/dataValueSetNonStrict.xml": taken({**facts("A", "2012-01", E1=10001), **facts("A", "2012-Q2", E2=10002),
                                            **facts("B", "2012", E3=10003)}),
    # Its rows are one cell shorter than its header: which cell is missing cannot be told.
    "dvs/dataValueSetWithDataSetHeader.csv": refused(csv__row_width=3),
    # Registrations that data sets are complete: no data element, so no value.
    "analytics_fixture_dataSetRegistrations.csv": refused(exchange__missing=15),
    "analytics_fixture_dataValues.csv": taken({
        **facts("OA", "2017-01", ANA=2, ANB=100), **facts("OB", "2017-01", ANA=1), **facts("OC", "2017-01", ANA=5, AND=4),
        **facts("OD", "2017-01", ANA=66), **facts("OE", "2017-01", ANA=1, AND=32), **facts("OD", "2017-02", ANA=233, ANB=399),
        **facts("OA", "2017-02", ANB=4, AND=2), **facts("OB", "2017-02", ANB=3), **facts("OC", "2017-02", ANB=10, ANC=23),
        **facts("OE", "2017-02", ANB=1), **facts("OA", "2017-03", ANC=6), **facts("OB", "2017-03", ANC=5),
        **facts("OC", "2017-03", ANC=15), **facts("OE", "2017-03", ANC=1), **facts("OA", "2017-04", AND=8),
        **facts("OB", "2017-04", AND=7), **facts("OC", "2017-04", AND=20), **facts("OE", "2017-04", AND=1),
        **facts("OA", "2017-05", ANE=1), **facts("OA", "2017-06", ANE=2), **facts("OA", "2017-07", ANE=4)}, left_out=5),
}


def build(place, with_mapping=True):
    place.run("import", "units", place.file("units.csv", UNITS), "--on", "2010-01-01", "--line", "government")
    place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
    if with_mapping:
        place.run("import", "mapping", place.file("mapping.csv", mapping()), "--system", "dhis2", "--on", "2012-01-01")


def stored(place):
    rows = csv.DictReader(io.StringIO(place.run("export", "facts").removeprefix("\ufeff")))
    return {(row["unit_code"], row["indicator"], row["period"]): row for row in rows}


def figures(place):
    return {key: row["value"] for key, row in stored(place).items() if row["value"]}


class Samples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = shared("data", "dhis2")
        cls.template = Place().__enter__()
        cls.addClassCleanup(cls.template.__exit__)
        build(cls.template)

    def fresh(self):
        place = Place().__enter__()
        self.addCleanup(place.__exit__)
        shutil.copytree(self.template.folder.name, place.folder.name, dirs_exist_ok=True)
        return place

    def test_every_sample_of_the_folder_has_its_expectation(self):
        found = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        self.assertEqual(found, set(SAMPLES))

    def test_each_sample_is_imported_or_refused_for_its_reason(self):
        for name, expected in SAMPLES.items():
            with self.subTest(sample=name):
                self.check(self.folder / name, expected)

    def check(self, file, expected):
        place = self.fresh()
        if "refused" in expected:
            told = place.json("exchange", "import", file, "--system", "dhis2", expect=1)
            self.assertEqual(collections.Counter(one["code"] for one in told["problems"]), expected["refused"])
            for one in told["problems"]:
                self.assertTrue(one["detail_vi"] and one["detail_en"] and one["field"], one)
            self.assertEqual(stored(place), {})
            return
        trial = place.json("exchange", "import", file, "--system", "dhis2", "--dry-run")
        self.assertEqual(stored(place), {})
        told = place.json("exchange", "import", file, "--system", "dhis2")
        self.assertEqual({**told, "is_dry_run": True}, trial)
        self.assertEqual(figures(place), expected["facts"])
        self.assertEqual(told["imported"], expected["imported"])
        for count in ("ignored", "left_out", "updated", "deleted", "unchanged"):
            self.assertEqual(told[count], expected.get(count, 0), count)
        self.assertEqual([one["code"] for one in told["doubts"]], expected.get("doubts", []))
        again = place.json("exchange", "import", file, "--system", "dhis2")
        self.assertEqual((again["imported"], again["updated"], again["unchanged"]), (0, 0, expected["imported"]))

    def test_comments_become_remarks(self):
        place = self.fresh()
        place.run("exchange", "import", self.folder / "adx/importDates.adx.xml", "--system", "dhis2")
        self.assertEqual(stored(place)["PH", "M_MO5", "2020-01"]["remark"], "33333")


class Life(unittest.TestCase):
    """A figure that comes, changes, goes and comes again: on both databases."""

    def setUp(self):
        self.folder = shared("data", "dhis2", "dvs")

    def test_update_delete_and_the_strategies(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                build(place)

                def take(name, *args, **expected):
                    told = place.json("exchange", "import", self.folder / name, "--system", "dhis2", *args)
                    counts = {key: told[key] for key in ("imported", "updated", "deleted", "ignored", "unchanged")}
                    self.assertEqual(counts, {**dict.fromkeys(counts, 0), **expected}, name)

                cell = ("A", "E1", "2012-01")
                take("dataValueSetA.xml", "--strategy", "UPDATE", ignored=3)
                take("dataValueSetA.xml", imported=3)
                take("dataValueSetAUpdate.xml", "--strategy", "CREATE", ignored=3)
                take("dataValueSetAUpdate.xml", "--strategy", "UPDATE", updated=3)
                self.assertEqual(stored(place)[cell]["value"], "10011")
                self.assertEqual(stored(place)[cell]["remark"], "updated comment")
                take("dataValueSetADeleted.xml", deleted=3)
                self.assertEqual((stored(place)[cell]["value"], stored(place)[cell]["revision"]), ("", "3"))
                take("dataValueSetADeleted.xml", ignored=3)
                take("dataValueSetJ.json", imported=0, updated=1)  # the cell was there, emptied
                for name in ("JDeleteNewValue", "JDeleteNoValue", "JDeleteZeroValue"):
                    take(f"dataValueSet{name}.json", "--strategy", "DELETE", deleted=1)
                    take("dataValueSetJ.json", updated=1)
                self.assertEqual(place.json("verify")["faults"], [])

    def test_what_is_missing_is_told_with_its_counts_and_can_be_filled_in(self):
        with Place() as place:
            build(place, with_mapping=False)
            sample = self.folder / "dataValueSetB.xml"
            told = place.json("exchange", "import", sample, "--system", "dhis2", expect=1)
            self.assertEqual([(one["code"], *one["args"]) for one in told["problems"]], [
                ("exchange.unknown_unit", "DiszpKrYNg8", "6"), ("exchange.unknown_unit", "BdfsJfj87js", "6"),
                ("exchange.unknown_indicator", "f7n9E0hX8qk", "4"), ("exchange.unknown_indicator", "Ix2HsbDMLea", "4"),
                ("exchange.unknown_indicator", "eY5ehpbEsB7", "4")])
            skeleton = pathlib.Path(place.folder.name) / "missing.csv"
            place.run("exchange", "import", sample, "--system", "dhis2", "--gaps", skeleton)
            text = skeleton.read_text(encoding="utf-8-sig")
            self.assertEqual(place.json("import", "mapping", skeleton, "--system", "dhis2")["added"], 0)
            for foreign, ours in {"DiszpKrYNg8": "A", "BdfsJfj87js": "B", "f7n9E0hX8qk": "E1", "Ix2HsbDMLea": "E2",
                                  "eY5ehpbEsB7": "E3"}.items():
                text = text.replace(f'"{foreign}","","",""', f'"{foreign}","","","{ours}"')
            filled = place.file("filled.csv", text)
            self.assertEqual(place.json("import", "mapping", filled, "--system", "dhis2")["added"], 5)
            self.assertEqual(place.json("exchange", "import", sample, "--system", "dhis2")["imported"], 12)
            listed = place.run("exchange", "mapping", "--system", "dhis2")
            again = place.file("again.csv", listed.removeprefix("\ufeff"))
            self.assertEqual(place.json("import", "mapping", again, "--system", "dhis2"),
                             {"added": 0, "changed": 0, "removed": 0, "unchanged": 5})

    def test_faults_of_a_mapping_file_all_at_once(self):
        with Place() as place:
            build(place)
            bad = place.file("bad.csv", "kind,foreign_id,option_id,ours,export\nunit,new1,,A,yes\nunit,new2,,ZZ,yes\n"
                             "indicator,new3,,NO,no\noption,x,,E1,yes\nunit,y,z,A,no\ncolour,x,,A,yes\nperiod,p,,2021-13,yes\n"
                             "dataset,d,,week,yes\nunit,new1,,B,no\nunit,q,,B,perhaps\n")
            told = place.json("import", "mapping", bad, "--system", "dhis2", expect=1)
            self.assertEqual([(one["field"], one["code"]) for one in told["problems"]], [
                ("line 5, ours", "exchange.mapping_default"), ("line 6, option_id", "exchange.mapping_option"),
                ("line 7, kind", "exchange.mapping_kind"), ("line 8, ours", "fact.period"),
                ("line 9, ours", "exchange.mapping_frequency"), ("line 11, export", "exchange.mapping_export")])
            bad = place.file("bad.csv", "kind,foreign_id,ours,export\nunit,new1,A,yes\nunit,new2,ZZ,yes\n"
                             "indicator,new3,NO,no\nunit,new1,B,no\n")
            told = place.json("import", "mapping", bad, "--system", "dhis2", expect=1)
            self.assertEqual([(one["field"], one["code"]) for one in told["problems"]], [
                ("line 2, export", "exchange.mapping_exported_twice"), ("line 3, ours", "fact.unit_unknown"),
                ("line 4, ours", "indicator.unknown"), ("line 5, foreign_id", "exchange.mapping_twice")])


class RoundTrip(unittest.TestCase):
    PERIODS = [arg for period in ("2012-01", "2012-02", "2012-Q2", "2012", "2020-01", "2020-02", "2021-Q1", "2021-9M")
               for arg in ("--period", period)]

    def fill(self, place):
        """Months, a quarter, a year, nine months, a negative figure, a remark with everything that is awkward in a file."""
        folder = shared("data", "dhis2")
        for name in ("adx/importA.adx.xml", "dvs/dataValueSetNonStrict.xml"):
            place.run("exchange", "import", folder / name, "--system", "dhis2")
        place.run("import", "facts", place.file("facts.csv", (
            "unit_code,indicator,period,status,value,remark\n"
            "OA,ANA,2012-01,accepted,-5,\"a <b> & \"\"c\"\", d; é = đ\"\nOB,ANA,2012-01,accepted,0,\n"
            "OC,ANE,2021-9M,accepted,123456789012345,\n")))

    def test_what_is_written_is_the_same_when_read_into_an_empty_place(self):
        for kind in databases():
            with Place(kind) as place:
                build(place)
                self.fill(place)
                for form in ("json", "xml", "csv", "adx"):
                    with self.subTest(database=kind, form=form), Place(kind) as other:
                        build(other)
                        # DHIS2 has no nine months: only ADX can say them, unless they are mapped.
                        periods = self.PERIODS if form == "adx" else self.PERIODS[:-2]
                        out = pathlib.Path(place.folder.name) / f"out.{form}"
                        place.run("exchange", "export", "--system", "dhis2", "--unit", "R", "--format", form, "--out", out,
                                  *periods)
                        other.run("exchange", "import", out, "--system", "dhis2")

                        def said(of):
                            return {key: (row["status"], row["value"], row["remark"]) for key, row in stored(of).items()
                                    if form == "adx" or key[2] != "2021-9M"}
                        self.assertGreater(len(said(place)), 12)
                        self.assertEqual(said(other), said(place))

    def test_what_cannot_be_written_is_named(self):
        with Place() as place:
            build(place)
            self.fill(place)
            told = place.run("--lang", "en", "exchange", "export", "--system", "dhis2", "--unit", "R", "--format", "json",
                             "--period", "2021-9M", expect=1)
            self.assertEqual(told, "")
            place.run("import", "mapping", place.file("m.csv", "kind,foreign_id,ours\nunit,OA-none,-\nunit,ouabcdefghA,-\n"),
                      "--system", "dhis2")
            place.run("exchange", "export", "--system", "dhis2", "--unit", "R", "--period", "2012-01", expect=1)
            out = place.run("exchange", "export", "--system", "dhis2", "--unit", "R", "--period", "2012-01", "--mapped-only")
            units = {value["orgUnit"] for value in json.loads(out)["dataValues"]}
            self.assertEqual(units, {"DiszpKrYNg8", "ouabcdefghB"})


if __name__ == "__main__":
    unittest.main()
