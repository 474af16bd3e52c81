"""Published, corrected, and the difference of two explained: every answer is reckoned apart, as fractions."""
import csv
import hashlib
import io
import json
import unittest
from fractions import Fraction

from bad_input_http_test import World, cells
from ground import PASSWORD, Client, Place, databases


def rounded(number, decimals):
    """Half away from zero, as a canonical decimal."""
    scaled = abs(number) * 10 ** decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = str(whole).rjust(decimals + 1, "0")
    text = text if decimals == 0 else f"{text[:-decimals]}.{text[-decimals:]}"
    return text if number >= 0 or whole == 0 else "-" + text


def reckoned(reports):
    """What the district's totals must be, of {commune: (F05, F06) or less}; a commune counts with what it needs."""
    totals = {}
    for code, at in (("F05", 0), ("F06", 1)):
        there = [Fraction(r[at]) for r in reports.values() if r[at] is not None]
        totals[code] = (sum(there), 0, bool(there))
    both = [r for r in reports.values() if r[0] is not None and r[1] is not None]
    above, below = sum(Fraction(r[1]) for r in both), sum(Fraction(r[0]) for r in both)
    totals["D02"] = (above / below * 100, 2, True)
    totals["D03"] = ((below - above) / below * 1000, 1, True)
    return {code: (exact, rounded(exact, decimals)) for code, (exact, decimals, there) in totals.items() if there}


class Publications(unittest.TestCase):
    def raw(self, client, path):
        client.connection.request("GET", "/api/v1" + path, headers={"Cookie": client.cookie})
        answer = client.connection.getresponse()
        body = answer.read()
        self.assertEqual(answer.status, 200, body[:300])
        return body

    def refused(self, answer, status, code):
        self.assertEqual((answer[0], [one["code"] for one in answer[1]["problems"]]), (status, [code]), answer[1])

    def values(self, publication):
        line = publication["frozen"]["content"]["lines"][0]
        return {total["indicator"]: total["value"] for total in line["totals"]}

    def check_totals(self, publication, reports):
        values = self.values(publication)
        for code, (_, text) in reckoned(reports).items():
            self.assertEqual(values[code], text, code)

    def check_differences(self, made, before, after):
        """Every difference equals that of the totals reckoned apart, and its steps add up to it."""
        then, now = reckoned(before), reckoned(after)
        seen = {}
        for total in made["totals"]:
            code = total["indicator"]
            change = Fraction(total["change"])
            self.assertEqual(change, Fraction(now[code][1]) - Fraction(then[code][1]), code)
            self.assertEqual(sum(Fraction(step["change"]) for step in total["steps"]), change, code)
            rest = sum(Fraction(step["change"]) for step in total["steps"] if step["kind"] == "rounding")
            self.assertEqual(change - rest, now[code][0] - then[code][0], f"{code} before rounding")
            seen[code] = total
        for code in then:
            if then[code] != now[code]:
                self.assertIn(code, seen)
        return seen

    def enter(self, client, report, revision, **figures):
        client.ok("PUT", f"/reports/{report}/cells", cells(**figures), revision)
        client.ok("PUT", f"/reports/{report}/submission", {}, revision + 1)
        self.world.compiler.ok("PUT", f"/reports/{report}/acceptance", {}, revision + 2)

    def test_a_month_published_and_corrected(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                World.build(place)
                with place.serving() as server:
                    self.publish_and_correct(World(server.port), server)
                with place.serving() as server:
                    reader = Client(server.port).sign_in("ha", PASSWORD)
                    for publication, (body, _) in self.frozen.items():
                        self.assertEqual(self.raw(reader, f"/publications/{publication}/documents/json"), body)
                    reader.connection.close()
                place.run("audit", "verify")

    def publish_and_correct(self, world, server):
        self.world, self.frozen = world, {}
        compiler = world.compiler
        compiler.ok("POST", "/indicators", {
            "code": "D03", "name": "Hồ sơ trễ hạn trên một nghìn", "measure_unit": "‰", "decimals": 1, "direction": "down",
            "across_units": "ratio", "across_time": "ratio", "formula": "([F05] - [F06]) / [F05] * 1000"})
        minh = Client(server.port).sign_in("minh", PASSWORD)
        request = world.request()[1]["id"]
        reports = world.reports(request)
        path = f"/requests/{request}/publications"
        self.refused(compiler.send("POST", path, {}), 409, "publication.nothing")
        self.enter(world.clerk, reports["10183"], 1, F05="300", F06="277", F09="80")
        self.enter(minh, reports["10186"], 1, F05="71", F06="70", F09="90")
        first_figures = {"10183": ("300", "277"), "10186": ("71", "70")}

        first = compiler.ok("POST", path, {})
        self.assertEqual((first["version"], first["replaces"], first["changed_since"], first["title"]), (1, None, 0, "Báo cáo tháng"))
        self.check_totals(first, first_figures)
        self.check_frozen(compiler, first)
        content = first["frozen"]["content"]
        missing = content["lines"][0]["totals"][0]["missing"]
        self.assertEqual(missing, [world.ids["10189"]], "who is missing stays in the publication")
        self.assertEqual([line["unit"] for line in content["lines"]], [world.ids[c] for c in ("279", "10183", "10186", "10189")])
        self.assertEqual(next(i["formula"] for i in content["indicators"] if i["code"] == "D02"), "[F06] / [F05] * 100")
        facts = {(c["unit"], c["indicator"]): (c["fact"], c["revision"]) for c in content["cells"] if c["state"] == "value"}
        for unit, report in (("10183", reports["10183"]), ("10186", reports["10186"])):
            for cell in compiler.ok("GET", f"/reports/{report}")["cells"]:
                self.assertEqual(facts[(world.ids[unit], cell["indicator"]["code"])], (cell["fact"], cell["revision"]))

        # The commune reports again; what was published does not move, and says so.
        compiler.ok("PUT", f"/reports/{reports['10183']}/return", {"remark": "xem lại hồ sơ đúng hạn",
                                                                   "cells": [{"indicator": "F06", "remark": "đếm lại hồ sơ đúng hạn"}]}, 4)
        self.enter(world.clerk, reports["10183"], 5, F06="283")
        now = compiler.ok("GET", f"/publications/{first['id']}")
        self.assertEqual((now["changed_since"], self.values(now)), (1, self.values(first)))
        self.assertEqual(self.raw(compiler, f"/publications/{first['id']}/documents/json"), self.frozen[first["id"]][0])
        self.refused(compiler.send("POST", path, {}), 409, "publication.exists")
        self.refused(compiler.send("POST", path, {"replaces": first["id"], "reason": "ngắn"}), 422, "publication.reason")

        second = compiler.ok("POST", path, {"replaces": first["id"], "reason": "Thị trấn báo cáo lại hồ sơ đúng hạn"})
        second_figures = first_figures | {"10183": ("300", "283")}
        self.assertEqual((second["version"], second["replaces"]), (2, first["id"]))
        self.check_totals(second, second_figures)
        self.check_frozen(compiler, second)
        self.assertEqual(compiler.ok("GET", f"/publications/{first['id']}")["replaced_by"], second["id"])
        self.refused(compiler.send("POST", path, {"replaces": first["id"], "reason": "đính chính lần nữa"}), 409,
                     "publication.superseded")
        made = compiler.ok("GET", f"/publications/{second['id']}/differences?from={first['id']}")
        seen = self.check_differences(made, first_figures, second_figures)
        step = seen["F06"]["steps"][0]
        self.assertEqual((step["kind"], step["unit"]["code"], step["change"]), ("changed", "10183", "6"))
        before, after = step["cells"][0]["before"], step["cells"][0]["after"]
        self.assertEqual((before["value"], after["value"], after["act"], after["by"]), ("277", "283", "report.accepted", "Đỗ Thu Hà"))
        self.assertNotIn("F05", seen, "nothing of it changed")

        # One figure is excluded: it is out of its total, and out of the ratios with its pair.
        compiler.ok("PUT", f"/reports/{reports['10186']}/exclusions/F06", {"reason": "nhập nhầm đơn vị"}, 4)
        third_figures = second_figures | {"10186": ("71", None)}
        third = compiler.ok("POST", path, {"replaces": second["id"], "reason": "loại một số liệu nhập nhầm"})
        self.check_totals(third, third_figures)
        made = compiler.ok("GET", f"/publications/{third['id']}/differences?from={first['id']}")
        seen = self.check_differences(made, first_figures, third_figures)
        kinds = {step["unit"]["code"]: (step["kind"], step["why_after"]) for step in seen["F06"]["steps"]}
        self.assertEqual(kinds, {"10183": ("changed", ""), "10186": ("counted_no_more", "excluded")})
        own = compiler.ok("GET", f"/publications/{third['id']}/differences?from={first['id']}&unit={world.ids['10186']}")
        self.assertEqual([t["indicator"] for t in own["totals"] if t["after"] is None], ["F06", "D02", "D03"])
        self.check_files(compiler, third)
        self.check_readers(server, third)
        listed = compiler.ok("GET", f"/publications?request={request}")["items"]
        self.assertEqual([one["version"] for one in listed], [3, 2, 1])
        minh.connection.close()
        world.close()

    def check_frozen(self, client, publication):
        """The bytes bear their hash, and stand unchanged inside the answer."""
        body = self.raw(client, f"/publications/{publication['id']}/documents/json")
        self.assertEqual(hashlib.sha256(body).hexdigest(), publication["sha256"])
        self.assertIn(b',"frozen":' + body + b"}", self.raw(client, f"/publications/{publication['id']}"))
        self.assertEqual(json.loads(body), publication["frozen"])
        self.frozen[publication["id"]] = (body, publication["sha256"])

    def check_files(self, client, publication):
        text = self.raw(client, f"/publications/{publication['id']}/documents/csv").decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(len(rows) - 1, 4 * 5, "four lines, five indicators")
        values = {row[2]: row[5] for row in rows[1:] if row[0] == "279"}
        self.assertEqual(values["D02"], self.values(publication)["D02"])
        import openpyxl
        book = openpyxl.load_workbook(io.BytesIO(self.raw(client, f"/publications/{publication['id']}/documents/xlsx")))
        words = [str(cell.value) for row in book.active.iter_rows(max_row=6) for cell in row if cell.value]
        self.assertTrue(any(publication["sha256"] in word for word in words))
        self.assertTrue(any("loại một số liệu nhập nhầm" in word for word in words))

    def check_readers(self, server, publication):
        for login, status in (("vy", 200), ("lan", 404), ("minh", 404)):
            client = Client(server.port).sign_in(login, PASSWORD)
            for path in ("", "/documents/csv", f"/differences?from={publication['id']}"):
                self.assertEqual(client.send("GET", f"/publications/{publication['id']}{path}")[0], status, (login, path))
            self.assertEqual(len(client.ok("GET", "/publications")["items"]), 3 if status == 200 else 0)
            client.connection.close()


if __name__ == "__main__":
    unittest.main()
