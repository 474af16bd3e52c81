"""Steps 3 to 5 and 11 by regimes: asked by rule, entered by typing, by block and by returned workbook, looked over,
returned, accepted, rolled up; the year's words made into the district's; and asked again a year later."""
import base64
import collections
import io
import unittest
import zipfile

import openpyxl

import program_2021_test as base

FREQUENCY = {"2021": "year", "2021-H1": "half", "2021-Q1": "quarter", "2021-01": "month"}
#: Who answers how: one unit by its workbook, one by typing as people do, the others by a block.
BY_WORKBOOK, BY_TYPING = "10183", "10186"
OUTLINE = [{"code": "1", "title": "Kết quả nổi bật", "guidance": "Nêu ngắn gọn"}, {"code": "2", "title": "Khó khăn", "is_required": False}]


def kind_of(period):
    return FREQUENCY["2021" if len(period) == 4 else "2021-H1" if "H" in period else "2021-Q1" if "Q" in period else "2021-01"]


def typed(value):
    """A figure as a person writes it."""
    whole, _, part = value.partition(".")
    groups = f"{int(whole):,}".replace(",", ".") if len(whole) > 6 else whole
    return groups + ("," + part if part else "")


class Regimes2021(unittest.TestCase):
    define_indicators = base.Program2021.define_indicators
    compare = base.Program2021.compare
    total = base.Program2021.total

    @base.with_year
    def test_the_year_by_regimes(self, year, kind):
        self.define_indicators(year)
        self.check(year)
        self.define(year)
        self.doubted = collections.Counter()
        requests = {period: self.ask_and_answer(year, period, facts) for period, facts in sorted(year.facts.items())}
        self.assertEqual(self.compare(year), 4890)
        self.assertEqual(self.doubted, {"check:KT-01": 1}, "no false alarm in the whole year")
        self.words(year, requests["2021"])
        self.a_year_later(year)
        print(f"\n{kind}: 19 requests by four regimes, 4890 expected answers equal")

    def check(self, year):
        """Two conditions; the second is broken once, on purpose."""
        for code, formula in (("KT-01", "[F06] <= [F05]"), ("KT-02", "[F02] <= [F01]")):
            year.district.ok("POST", "/checks", {
                "code": code, "formula": formula, "words_vi": "Số bộ phận lớn hơn tổng", "words_en": "A part is more than its whole",
                "severity": "explain", "from": "2021-01-01"})

    def define(self, year):
        self.regimes = {}
        asked = collections.defaultdict(set)
        for period, facts in year.facts.items():
            asked[kind_of(period)] |= {indicator for _, indicator in facts}
        for frequency, indicators in asked.items():
            made = year.district.ok("POST", "/regimes", {
                "unit": year.ids["279"], "code": frequency, "name": "Báo cáo Chương trình 01", "content": "Kết quả thực hiện",
                "method": "Qua hệ thống", "frequency": frequency, "window": {"kind": "decree_09"},
                "addressees": [year.ids[unit["code"]] for unit in year.units], "deadlines": [{"level": 3, "working_days": 2}],
                "cells": [{"indicator": one} for one in sorted(indicators)], "sections": OUTLINE if frequency == "year" else [],
                "from": "2021-01-01", "is_illustrative": True})
            self.regimes[frequency] = made["id"]

    def ask_and_answer(self, year, period, facts):
        regime, indicators = self.regimes[kind_of(period)], sorted({indicator for _, indicator in facts})
        cost = year.district.ok("POST", "/burdens", {"regime": regime, "period": period})
        self.assertEqual({(one["known"], one["pending"], one["new"]) for one in cost["units"]}, {(0, 0, len(indicators))})
        made = year.district.ok("POST", f"/regimes/{regime}/requests", {"period": period})
        if period == "2021-07":  # from the 15th of June to the 14th of July, a Wednesday
            self.assertEqual((made["window"], made["due_on"]), ({"from": "2021-06-15", "to": "2021-07-15"}, "2021-07-16"))
        reports = {r["unit"]["code"]: r["id"] for r in year.district.ok("GET", f"/requests/{made['id']}")["reports"]}
        for unit in year.units:
            code = unit["code"]
            if any(c == code for c, _ in facts):
                self.answer(year, period, reports[code], code, {i: facts[code, i] for i in indicators})
        if period in ("2021-11", "2021-12"):
            silent = {code for code in reports if not any(c == code for c, _ in facts)}
            reminded = year.district.ok("POST", f"/requests/{made['id']}/reminders", {"words": "Đề nghị gửi sớm"})
            self.assertEqual(reminded["reminded"], len(silent))
        return made["id"]

    def answer(self, year, period, report, code, facts):
        clerk = year.clerks[code]
        if code == BY_WORKBOOK:
            revision = self.by_workbook(clerk, report, facts)
        else:
            cells = [{"indicator": i, "state": "not_applicable"} if fact["status"] == "not_applicable"
                     else {"indicator": i, "typed": typed(fact["value"])} if code == BY_TYPING
                     else {"indicator": i, "value": fact["value"]} for i, fact in facts.items()]
            if code == "10198" and period == "2021-05":
                cells = self.break_a_rule(clerk, report, cells, facts)
            revision = clerk.ok("PUT", f"/reports/{report}/cells", {"cells": cells},
                                clerk.ok("GET", f"/reports/{report}")["revision"])["revision"]
        if period == "2021":
            body = {"blocks": [{"text": f"Kết nạp {{{{F03@2021-12}}}} đảng viên trong tháng 12, {self.name(year, code)} hoàn thành kế hoạch"}]}
            revision = clerk.ok("PUT", f"/reports/{report}/sections/1", body, revision)["revision"]
        sent = clerk.ok("PUT", f"/reports/{report}/submission", {}, revision)
        self.doubted.update(one["code"] for one in sent["doubts"] if one["severity"] != "note")
        done = year.district.ok("PUT", f"/reports/{report}/acceptance", {}, sent["revision"])
        for indicator, fact in facts.items():
            if fact["status"] == "excluded":
                done = year.district.ok("PUT", f"/reports/{report}/exclusions/{indicator}", {"reason": base.REASON}, done["revision"])

    @staticmethod
    def name(year, code):
        return next(unit["name"] for unit in year.units if unit["code"] == code)

    def break_a_rule(self, clerk, report, cells, facts):
        """More in time than there are: not taken, then explained, then mended, and the explanation holds no longer."""
        wrong = [cell | ({"value": str(int(facts["F05"]["value"]) + 5)} if cell["indicator"] == "F06" else {}) for cell in cells]
        entered = clerk.ok("PUT", f"/reports/{report}/cells", {"cells": wrong}, 1)
        [doubt] = [one for one in entered["doubts"] if one["severity"] == "explain"]
        self.assertEqual(doubt["code"], "check:KT-01")
        status, problem, _ = clerk.send("PUT", f"/reports/{report}/submission", {}, {"If-Match": '"2"'})
        self.assertEqual((status, problem["code"]), (422, "report.doubt_unexplained"))
        self.doubted.update([doubt["code"]])
        said = clerk.ok("PUT", f"/reports/{report}/explanations",
                        {"explanations": [{"doubt": doubt["code"], "text": "gồm cả hồ sơ của kỳ trước"}]}, 2)
        self.assertEqual(said["doubts"][0]["explanation"], "gồm cả hồ sơ của kỳ trước")
        return cells

    def by_workbook(self, clerk, report, facts):
        status, content, _ = clerk.send("GET", f"/reports/{report}/workbook")
        self.assertEqual(status, 200)
        book = openpyxl.load_workbook(io.BytesIO(content))
        page = book["Biểu số liệu"]
        for row in page.iter_rows(min_row=9):
            fact = facts.get(row[0].value)
            if fact:
                row[7].value = ("không áp dụng" if fact["status"] == "not_applicable"
                                else float(fact["value"]) if "." in fact["value"] else int(fact["value"]))
        kept = io.BytesIO()
        book.save(kept)
        reading = clerk.ok("POST", f"/reports/{report}/workbook-readings", {"base64": base64.b64encode(kept.getvalue()).decode()})
        self.assertEqual({one["verdict"] for one in reading["cells"]}, {"new"}, reading["cells"])
        cells = [{"indicator": one["indicator"], "kind": one["kind"], "state": one["state"]}
                 | ({"value": one["value"]} if one["state"] == "value" else {}) for one in reading["cells"]]
        return clerk.ok("PUT", f"/reports/{report}/cells", {"cells": cells}, reading["revision"])["revision"]

    def words(self, year, request):
        """Step 5: the units' paragraphs, alike but for their names, become the district's with their sources."""
        section = year.district.ok("GET", f"/requests/{request}/narrative/1")
        sources = [one for group in section["groups"] for one in group["blocks"]]
        self.assertEqual(len(sources), 29)
        year.district.ok("PUT", f"/requests/{request}/narrative/1", {"blocks": [
            {"text": "Toàn huyện kết nạp {{F03@2021-12:total}} đảng viên trong tháng 12", "sources": [
                {"block": one["id"], "revision": one["revision"]} for one in sources]}]}, section["revision"])
        status, content, _ = year.district.send("GET", f"/requests/{request}/documents/docx?sources=true")
        self.assertEqual(status, 200)
        text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        total = self.total(year, "279", "2021-12", "F03")["value"]
        self.assertIn(f"Toàn huyện kết nạp {total} đảng viên", text)
        self.assertIn("Nguồn của phần lời", text)

    def a_year_later(self, year):
        """Step 11: the same report; what stood there a year ago stands beside, and nothing known is asked again."""
        made = year.district.ok("POST", f"/regimes/{self.regimes['year']}/requests", {"period": "2022"})
        reports = {r["unit"]["code"]: r["id"] for r in year.district.ok("GET", f"/requests/{made['id']}")["reports"]}
        for code in ("10183", "10198"):
            for cell in year.clerks[code].ok("GET", f"/reports/{reports[code]}")["cells"]:
                fact = year.facts["2021"][code, cell["indicator"]["code"]]
                self.assertEqual(cell["year_before"], fact["value"], (code, fact))
        again = year.district.ok("POST", "/burdens", {"regime": self.regimes["year"], "period": "2023"})
        self.assertEqual(again["over_budget"], 0)
        spent = year.district.ok("GET", f"/units/{year.ids['10183']}/burdens/2021")
        self.assertEqual(sum(line["reports"] for line in spent["lines"]), 19)


if __name__ == "__main__":
    unittest.main()
