"""The words of 29 units (steps 5 and 6): written, copied, returned, resubmitted, made into one text with its sources."""
import io
import unittest
import zipfile

from ground import rows, shared
from program_2021_test import with_year

SECTIONS = [{"code": "I", "title": "Kết quả lãnh đạo, chỉ đạo", "guidance": "Nêu kết quả, gắn với số liệu."},
            {"code": "II", "title": "Hạn chế, nguyên nhân"},
            {"code": "III", "title": "Kiến nghị, đề xuất", "is_required": False}]
CODES = ["F05", "F06"]
OWN = ["đường liên thôn xuống cấp", "nhà văn hóa chưa có sân", "bãi rác quá tải từ mùa mưa", "trạm bơm cũ hay hỏng",
       "chợ dân sinh thiếu chỗ đỗ xe"]


def result(code, month, meetings):
    return (f"Trong tháng {month} năm 2021, Đảng ủy xã tiếp nhận {{{{F05}}}} hồ sơ, đúng hạn {{{{F06+unit}}}}; "
            f"mở {meetings} hội nghị quán triệt Quy định số 37-QĐ/TW tại đơn vị {code}.")


def limits(number):
    """Twelve units write nearly the same; the rest say something of their own."""
    if number < 12:
        return f"Tỷ lệ hồ sơ trực tuyến toàn trình còn thấp, mới đạt {30 + number}%; nguyên nhân chủ yếu do người cao tuổi chưa quen thao tác."
    return f"Tại địa bàn {number} còn khó khăn riêng: {OWN[number % 5]}, {OWN[(number * 3 + 1) % 5]} chưa có kinh phí năm nay."


class Narrative(unittest.TestCase):
    @with_year
    def test_words_from_the_clerk_to_the_district(self, year, kind):
        self.year = year
        for row in rows(shared("scenario", "indicators.csv")):
            if row["code"] in CODES:
                body = {k: row[k] for k in ("code", "name", "measure_unit", "direction", "across_units", "across_time")}
                year.district.ok("POST", "/indicators", {**body, "decimals": int(row["decimals"]), "is_illustrative": True})
        self.codes = [unit["code"] for unit in year.units]
        march = self.ask("2021-03", "Báo cáo công tác tháng 3/2021")
        self.write(march, 3)
        april = self.ask("2021-04", "Báo cáo công tác tháng 4/2021")
        self.copy(april)
        self.write(april, 4)
        self.return_and_resubmit(april)
        self.compile(april)

    def ask(self, period, title):
        year = self.year
        made = year.district.ok("POST", "/requests", {
            "unit": year.ids["279"], "title": title, "period": period, "due_on": "2021-05-01", "indicators": CODES,
            "units": [year.ids[code] for code in self.codes], "sections": SECTIONS, "is_illustrative": True})
        self.assertEqual([one["code"] for one in made["sections"]], ["I", "II", "III"])
        self.reports = {one["unit"]["code"]: one["id"]
                        for one in year.district.ok("GET", f"/requests/{made['id']}")["reports"]}
        return made

    def put(self, code, section, blocks):
        report = self.report(code)
        return self.year.clerks[code].ok("PUT", f"/reports/{report['id']}/sections/{section}", {"blocks": blocks},
                                         report["revision"])

    def report(self, code):
        return self.year.clerks[code].ok("GET", f"/reports/{self.reports[code]}")

    def write(self, request, month):
        """Every unit fills its cells and sections and hands up; the district accepts all."""
        for number, code in enumerate(self.codes):
            clerk, report = self.year.clerks[code], self.report(code)
            facts = [{"indicator": one, "state": "value", "value": self.year.facts[request["period"]][code, one]["value"]}
                     for one in CODES]
            report = clerk.ok("PUT", f"/reports/{report['id']}/cells", {"cells": facts}, report["revision"])
            if not report["sections"][0]["blocks"]:
                self.put(code, "I", [{"text": result(code, month, 2 + (number + month) % 7)}])
            if month == 4 and number == 28:  # one forgets a section that must be written
                status, refused, _ = clerk.send("PUT", f"/reports/{report['id']}/submission", {},
                                                {"If-Match": f'"{self.report(code)["revision"]}"'})
                self.assertEqual((status, [one["code"] for one in refused["problems"]]), (422, ["narrative.section_empty"]))
                self.assertEqual(refused["problems"][0]["field"], "/sections/1")
            report = self.put(code, "II", [{"text": limits(number if month == 4 else number + 50)}])
            report = clerk.ok("PUT", f"/reports/{report['id']}/submission", {}, report["revision"])
            self.year.district.ok("PUT", f"/reports/{report['id']}/acceptance", {}, report["revision"])

    def copy(self, april):
        """The planted one: a unit takes March over, changes its date and nothing else, and everybody sees it."""
        code = self.codes[4]
        clerk, report = self.year.clerks[code], self.report(code)
        earlier = clerk.ok("GET", f"/reports/{report['id']}/sections/I/previous")
        self.assertEqual(earlier["period"], "2021-03")
        [block] = earlier["blocks"]
        self.put(code, "I", [{"text": block["text"].replace("tháng 3", "tháng 4"), "from": block["from"]}])
        hidden = clerk.send("GET", f"/reports/{self.reports[self.codes[5]]}/sections/I/previous")
        self.assertEqual(hidden[0], 404)
        self.copied = code

    def return_and_resubmit(self, request):
        for code, id in self.reports.items():
            report = self.year.district.ok("GET", f"/reports/{id}")
            sameness = report["sections"][0]["same_as_previous"]
            self.assertEqual(sameness, "dates" if code == self.copied else "figures", code)
            self.assertTrue(report["sections"][0]["has_figure"])
            self.assertFalse(report["sections"][1]["has_figure"])
            shown = "".join(part["text"] for part in report["sections"][0]["blocks"][0]["parts"])
            value = {cell["indicator"]["code"]: cell["value"] for cell in report["cells"]}
            self.assertIn(f"tiếp nhận {int(value['F05']):,} hồ sơ".replace(",", "."), shown)
        told = self.year.district.ok("GET", f"/requests/{request['id']}/narrative")["copied"]
        self.assertEqual([(one["unit"]["code"], one["section"], one["same_as_previous"]) for one in told],
                         [(self.copied, "I", "dates")])
        code = self.codes[4]
        clerk = self.year.clerks[code]
        report = self.report(code)
        self.year.district.ok("PUT", f"/reports/{report['id']}/return", {
            "cells": [{"indicator": "F06", "remark": "kiểm lại với sổ một cửa"}],
            "sections": [{"section": "I", "remark": "viết lại, đừng chép tháng 3"}]}, report["revision"])
        report = self.report(code)
        self.assertEqual([one["is_locked"] for one in report["sections"]], [False, True, True])
        self.assertEqual(report["sections"][0]["returned"], "viết lại, đừng chép tháng 3")
        status, refused, _ = clerk.send("PUT", f"/reports/{report['id']}/sections/II", {"blocks": []},
                                        {"If-Match": f'"{report["revision"]}"'})
        self.assertEqual((status, refused["code"]), (409, "narrative.section_not_returned"))
        before = {cell["indicator"]["code"]: cell["value"] for cell in report["cells"]}
        mended = str(int(before["F06"]) - 1)
        report = clerk.ok("PUT", f"/reports/{report['id']}/cells",
                          {"cells": [{"indicator": "F06", "state": "value", "value": mended}]}, report["revision"])
        old = report["sections"][0]["blocks"][0]
        report = self.put(code, "I", [{"id": old["id"], "text": old["text"].replace("mở", "tổ chức")}])
        report = clerk.ok("PUT", f"/reports/{report['id']}/submission", {}, report["revision"])
        self.assertEqual(report["round"], 2)
        told = self.year.district.ok("GET", f"/reports/{report['id']}/differences")
        self.assertEqual([(one["indicator"], one["before"]["value"], one["after"]["value"])
                          for one in told["differences"]["cells"]], [("F06", before["F06"], mended)])
        [section] = told["differences"]["sections"]
        changed = [(one["kind"], one["text"]) for one in section["spans"] if one["kind"] != "same"]
        vi = [f"{int(one):,}".replace(",", ".") for one in (before["F06"], mended)]
        self.assertEqual(changed, [("removed", vi[0]), ("added", vi[1]), ("removed", "mở"), ("added", "tổ chức")])
        self.assertEqual([one["returned_at"] is None for one in told["rounds"]], [False, True])
        self.year.district.ok("PUT", f"/reports/{report['id']}/acceptance", {}, report["revision"])

    def compile(self, request):
        district, path = self.year.district, f"/requests/{request['id']}/narrative"
        overview = district.ok("GET", path)
        self.assertEqual([(one["units"], one["sources"], one["used"]) for one in overview["sections"]],
                         [(29, 29, 0), (29, 29, 0), (0, 0, 0)])
        self.assertEqual(overview["copied"], [])  # the copied one was returned and written anew
        limits_now = district.ok("GET", path + "/II")
        largest = max(limits_now["groups"], key=lambda one: len(one["blocks"]))["blocks"]
        self.assertEqual({one["unit"]["code"] for one in largest}, set(self.codes[:12]))
        others = [one["blocks"][0] for one in limits_now["groups"] if one["blocks"] is not largest]
        self.assertEqual(sum(len(one["blocks"]) for one in limits_now["groups"]), 29)
        picked, unused = others[0], others[1]
        mark = lambda one: {"block": one["id"], "revision": one["revision"]}
        total = self.year.district.ok("GET", f"/rollup?unit={self.year.ids['279']}&period=2021-04&indicators=F05")
        value = next(cell["value"] for cell in total["units"][0]["cells"] if cell["indicator"] == "F05")
        written = district.ok("PUT", path + "/II", {
            "blocks": [{"text": "Trong {{F05:total+unit}} của huyện, hồ sơ trực tuyến còn thấp ở 12 xã.",
                        "sources": [mark(one) for one in largest]},
                       {"text": picked["text"], "sources": [mark(picked)]},
                       {"text": "Ý riêng của huyện."}],
            "left_out": [{"block": unused["id"], "reason": "đã nêu ở báo cáo quý"}]}, limits_now["revision"])
        shown = "".join(part["text"] for part in written["blocks"][0]["parts"])
        self.assertIn(f"{int(value):,}".replace(",", "."), shown)
        self.assertEqual(len(written["blocks"][0]["sources"]), 12)
        self.assertEqual(written["counts"]["left_out"], 29 - 13)
        reasons = {one["block"]: one["reason"] for one in written["left_out"]}
        self.assertEqual(reasons[unused["id"]], "đã nêu ở báo cáo quý")
        self.assertEqual(len(reasons), 16)
        self.assertNotIn(picked["id"], reasons)

        first = district.ok("GET", path + "/I")
        block = first["groups"][0]["blocks"][0]
        self.assertIn("!F05@2021-04}}", block["text"])  # anchored to its unit, so that it says the same in the district's text
        again = district.ok("PUT", path + "/I", {"blocks": [{"text": block["text"], "sources": [mark(block)]}]}, first["revision"])
        self.assertEqual([one["text"] for one in again["blocks"][0]["parts"]], [one["text"] for one in block["parts"]])

        own = self.year.clerks[self.codes[3]].ok("GET", path + "/II")
        self.assertEqual((own["may_edit"], own["counts"]["sources"], own["blocks"], own["left_out"]), (False, 1, [], []))
        self.assertEqual(self.year.clerks[self.codes[3]].send("PUT", path + "/II", {"blocks": []}, {"If-Match": '"2"'})[0], 403)

        for query, has_annex in (("", False), ("?sources=true", True)):
            status, content, _ = district.send("GET", f"/requests/{request['id']}/documents/docx{query}")
            self.assertEqual(status, 200)
            text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
            self.assertIn("Ý riêng của huyện.", text)
            self.assertNotIn("{{", text)
            self.assertEqual("Nguồn của phần lời" in text, has_annex)


if __name__ == "__main__":
    unittest.main()
