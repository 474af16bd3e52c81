"""The article's year, steps 1 to 4, through the HTTP API: programmes down, figures up, every total as expected."""
import collections
import csv
import decimal
import io
import unittest

from ground import PASSWORD, Client, Place, add_person, databases, rows, shared

TEN = ["Xây dựng Đảng và hệ thống chính trị; cải cách hành chính", "Tăng trưởng, cơ cấu lại kinh tế", "Phát triển đô thị",
       "Xây dựng nông thôn mới", "Quy hoạch, đất đai, môi trường", "Phát triển văn hóa, nguồn nhân lực", "Khoa học, công nghệ",
       "An sinh xã hội", "Quốc phòng, an ninh", "Phòng, chống tham nhũng"]
#: 14 targets, figures invented: indicator, value.
TARGETS = [("D01", "90.00"), ("F03", "360"), ("F02", "480"), ("F04", "300"), ("D02", "98.50"), ("D03", "50.00"),
           ("F09", "85.0"), ("F12", "80"), ("F13", "1700000000"), ("F14", "1600000000"), ("D04", "1.00"), ("F11", "530"),
           ("F07", "50000"), ("F15", "5")]
ITEMS_55 = [("55.1", "Không lợi dụng gặp mặt, chúc mừng để vụ lợi", "Số vụ vi phạm phát hiện trong kỳ"),
            ("55.2", "Cưới, tang, giỗ, tết tiết kiệm", "Số đám cưới, đám tang văn minh"),
            ("55.3", "Không biếu, tặng quà vụ lợi", "Số trường hợp nộp lại quà"),
            ("55.4", "Đoàn công tác đúng chế độ", "Chi tiếp khách so cùng kỳ"),
            ("55.5", "Phát huy giám sát của nhân dân, Mặt trận, đoàn thể", "Số cuộc giám sát")]
ITEMS_37 = [(f"37.{n}", f"Điều {n} (nội dung theo Quy định)", "Số đảng viên bị xem xét") for n in range(1, 20)]
REASON = "Số liệu nhập nhầm đơn vị, chờ đính chính"


class Year:
    """The world of the scenario on one running server, with its people signed in."""

    def __init__(self, place, server):
        self.units = rows(shared("scenario", "units_2021.csv"))
        self.facts = collections.defaultdict(dict)
        for row in rows(shared("scenario", "facts_2021.csv")):
            self.facts[row["period"]][row["unit_code"], row["indicator"]] = row
        self.city = Client(server.port).sign_in("thanh-uy", PASSWORD)
        self.district = Client(server.port).sign_in("ha", PASSWORD)
        self.clerks = {unit["code"]: Client(server.port).sign_in("xa" + unit["code"], PASSWORD) for unit in self.units}
        found = self.city.ok("GET", "/units?on=2021-06-01&limit=100")["items"]
        self.ids = {unit["code"]: unit["id"] for unit in found}

    @staticmethod
    def people(place):
        place.run("import", "units", place.file("top.csv", "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n"
                                                           "2,279,Huyện Thường Tín,Huyện,01\n"),
                  "--on", "2021-01-01", "--line", "government")
        place.run("import", "units", shared("scenario", "units_2021.csv"), "--on", "2021-01-01", "--line", "government",
                  "--parent", "279")
        add_person(place, "thanh-uy", "Trần Thu Thủy", ("01", "compiler"))
        add_person(place, "ha", "Đỗ Thu Hà", ("279", "compiler"))
        for unit in rows(shared("scenario", "units_2021.csv")):
            add_person(place, "xa" + unit["code"], "Cán bộ " + unit["name"], (unit["code"], "clerk"))


def with_year(test):
    """Runs the test on each database, in a fresh world with a running server."""

    def run(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                Year.people(place)
                with place.serving() as server:
                    year = Year(place, server)
                    try:
                        test(self, year, kind)
                    finally:
                        for client in (year.city, year.district, *year.clerks.values()):
                            client.connection.close()
                place.run("verify")
                place.run("audit", "verify")

    run.__doc__ = test.__doc__
    return run


class Program2021(unittest.TestCase):
    @with_year
    def test_the_year_from_programme_to_totals(self, year, kind):
        self.define_indicators(year)
        self.direct(year)
        self.concretise(year)
        requests = self.report(year)
        compared = self.compare(year)
        self.explain(year, requests)
        self.follow(year)
        print(f"\n{kind}: {compared} of 4890 expected answers compared over HTTP, all equal")

    def define_indicators(self, year):
        order = sorted(rows(shared("scenario", "indicators.csv")), key=lambda r: bool(r["numerator"] or r["weight"]))
        for row in order:
            body = {k: row[k] or None for k in ("numerator", "denominator", "weight")}
            body.update({k: row[k] for k in ("code", "name", "measure_unit", "direction", "across_units", "across_time")})
            made = year.district.ok("POST", "/indicators", {**body, "decimals": int(row["decimals"]), "is_illustrative": True})
            self.assertEqual(made["code"], row["code"])

    def direct(self, year):
        """Step 1: the city's ten programmes and two regulations."""
        self.programmes = []
        for number, title in enumerate(TEN, 1):
            body = {"unit": year.ids["01"], "kind": "programme", "number": f"{number:02}-CTr/TU", "title": title,
                    "issued_on": "2021-03-17", "from": "2021-03-17", "to": "2099-01-01", "is_illustrative": True,
                    "addressees": [year.ids["279"]]}
            if number == 1:
                body["objectives"] = [{"code": "1", "title": "Xây dựng Đảng"}, {"code": "2", "title": "Cải cách hành chính"}]
                body["targets"] = [{"objective": "1" if n < 4 else "2", "indicator": code, "period": "2021", "value": value}
                                   for n, (code, value) in enumerate(TARGETS)]
            self.programmes.append(year.city.ok("POST", "/programmes", body))
        self.assertEqual(len(self.programmes[0]["targets"]), 14)
        for number, items in (("55-QĐ/TW", ITEMS_55), ("37-QĐ/TW", ITEMS_37)):
            made = year.city.ok("POST", "/programmes", {
                "unit": year.ids["01"], "kind": "regulation", "number": number, "title": "Quy định " + number,
                "issued_on": "2021-03-17", "addressees": [year.ids["279"]],
                "items": [dict(zip(("code", "text", "question"), item)) for item in items]})
            self.assertEqual(len(made["items"]), len(items))

    def concretise(self, year):
        """Step 2: the district takes over, writes nine of its own, allocates; two units stay silent, one declines."""
        own = []
        for number in range(1, 10):
            body = {"unit": year.ids["279"], "kind": "programme", "number": f"{number:02}-CTr/HU",
                    "title": f"Chương trình {number} của huyện (tên minh hoạ)", "issued_on": "2021-04-20",
                    "implements": self.programmes[number - 1]["id"], "is_illustrative": True,
                    "addressees": [year.ids[unit["code"]] for unit in year.units]}
            if number == 1:
                body["targets"] = [{"indicator": code, "period": "2021", "value": value}
                                   for code, value in (("F03", "348"), ("F12", "60"), ("F04", "290"))]
            own.append(year.district.ok("POST", "/programmes", body))
        for number, programme in enumerate(self.programmes):
            year.district.ok("PUT", f"/programmes/{programme['id']}/adoptions/{year.ids['279']}",
                             {"state": "adopted", "programme": own[min(number, 8)]["id"]})
        seen = year.city.ok("GET", f"/programmes/{self.programmes[0]['id']}/coverage")
        self.assertEqual(seen["units"][0]["state"], "adopted")
        year.district.ok("POST", "/tasks", {
            "programme": own[0]["id"], "unit": year.ids["279"], "title": "Rà soát hương ước", "lead": year.ids["10198"],
            "supporting": [year.ids["10201"]], "deliverable": "5 bản hương ước đã thông qua", "from": "2021-05-01",
            "due": "2021-06-30"})
        party, models, checks = own[0]["targets"]
        answers = {}
        for target, each in ((party, 12), (models, 2), (checks, 11)):
            answers[target["id"]] = year.district.ok("PUT", f"/targets/{target['id']}/allocations", {
                "items": [{"unit": year.ids[unit["code"]], "value": str(each)} for unit in year.units]})
        self.assertEqual(answers[party["id"]]["difference"], str(12 * 29 - 348))
        self.assertEqual(answers[checks["id"]]["difference"], str(11 * 29 - 290))
        silent = {"10258", "10264"}
        counts = collections.Counter()
        for target in own[0]["targets"]:
            for unit in year.units:
                code = unit["code"]
                state = "declined" if code == "10189" and target is models else "adopted"
                if code in silent:
                    state = "silent"
                else:
                    year.clerks[code].ok("PUT", f"/targets/{target['id']}/adoptions/{year.ids[code]}",
                                         {"state": state, "reason": "chưa có mô hình đăng ký" if state == "declined" else ""})
                counts[state] += 1
        coverage = year.district.ok("GET", f"/programmes/{own[0]['id']}/coverage")
        self.assertEqual(coverage["counts"], dict(counts))
        off = [target for target in coverage["targets"] if target["difference"] not in (None, "0")]
        self.assertEqual([target["indicator"]["code"] for target in off], ["F12", "F04"])
        self.assertEqual(counts["silent"], 6)
        self.own = own
        self.one_page(year, silent)

    def one_page(self, year, silent):
        """Who took up what, on one page, against answers counted here; and the same from a commune's side."""
        matrix = year.district.ok("GET", f"/programmes/{self.own[0]['id']}/matrix")
        letters = {unit["code"]: "s" if unit["code"] in silent else "d" if unit["code"] == "10189" else "a"
                   for unit in year.units}
        [row] = matrix["rows"]
        # 10189 took up two of three targets and declined one: every one is answered
        self.assertEqual(dict(zip((code for _, code, _ in matrix["units"]), row["states"])), letters)
        counted = collections.Counter(letters.values())
        self.assertEqual((row["targets"], row["adopted"], row["declined"], row["partly"], row["silent"]),
                         (3, counted["a"], counted["d"], 0, counted["s"]))
        self.assertEqual((counted["a"], counted["d"], counted["s"]), (26, 1, 2))
        for code, adopted, declined in (("10198", 3, 0), ("10189", 2, 1), ("10258", 0, 0)):
            duties = year.clerks[code].ok("GET", f"/units/{year.ids[code]}/duties")
            states = collections.Counter(target["state"] for target in duties["targets"])
            self.assertEqual((len(duties["programmes"]), len(duties["targets"])), (9, 3), code)
            self.assertEqual((states["adopted"], states["declined"], states["silent"]),
                             (adopted, declined, 3 - adopted - declined), code)
            self.assertEqual([task["title"] for task in duties["tasks"]],
                             ["Rà soát hương ước"] if code == "10198" else [], code)

    def report(self, year):
        """Step 3: nineteen requests, silent units, one cell returned, three figures left out."""
        requests = {}
        for period, facts in sorted(year.facts.items()):
            indicators = sorted({indicator for _, indicator in facts})
            made = year.district.ok("POST", "/requests", {
                "unit": year.ids["279"], "title": "Báo cáo Chương trình 01", "line": "government", "period": period,
                "due_on": "2022-01-15", "indicators": indicators, "is_illustrative": True,
                "units": [year.ids[unit["code"]] for unit in year.units]})
            requests[period] = made["id"]
            reports = {r["unit"]["code"]: r["id"] for r in year.district.ok("GET", f"/requests/{made['id']}")["reports"]}
            running = 0
            for unit in year.units:
                code = unit["code"]
                if (code, indicators[0]) not in facts and not any(c == code for c, _ in facts):
                    continue  # a silent unit
                revision = self.enter(year, reports[code], code, {i: facts[code, i] for i in indicators})
                if period == "2021-05" and code == "10198":
                    revision = self.return_and_mend(year, reports[code], facts, revision)
                year.district.ok("PUT", f"/reports/{reports[code]}/acceptance", {}, revision)
                revision += 1
                for indicator in indicators:
                    if facts[code, indicator]["status"] == "excluded":
                        year.district.ok("PUT", f"/reports/{reports[code]}/exclusions/{indicator}", {"reason": REASON}, revision)
                        revision += 1
                if period == "2021-07":
                    running += int(facts[code, "F03"]["value"])
                    total = self.total(year, "279", period, "F03")
                    self.assertEqual(total["value"], str(running), "the total is right at once")
            if period == "2021-05":
                acts = [leaf["act"] for leaf in
                        year.district.ok("GET", f"/journal?object=report:{reports['10198']}")["items"]]
                self.assertEqual(acts[::-1], ["report.entered", "report.submitted", "report.returned", "report.entered",
                                              "report.submitted", "report.accepted"])
        self.assertEqual(len(requests), 19)
        return requests

    def enter(self, year, report, code, facts):
        cells = [{"indicator": indicator, "state": "not_applicable"} if fact["status"] == "not_applicable"
                 else {"indicator": indicator, "state": "value", "value": fact["value"]} for indicator, fact in facts.items()]
        year.clerks[code].ok("PUT", f"/reports/{report}/cells", {"cells": cells}, 1)
        year.clerks[code].ok("PUT", f"/reports/{report}/submission", {}, 2)
        return 3

    def return_and_mend(self, year, report, facts, revision):
        year.district.ok("PUT", f"/reports/{report}/return",
                         {"cells": [{"indicator": "F06", "remark": "lệch với sổ một cửa, xem lại"}]}, revision)
        clerk = year.clerks["10198"]
        status, problem, _ = clerk.send("PUT", f"/reports/{report}/cells",
                                        {"cells": [{"indicator": "F05", "state": "value", "value": "1"}]},
                                        {"If-Match": f'"{revision + 1}"'})
        self.assertEqual((status, problem["code"]), (409, "report.cell_not_returned"))
        clerk.ok("PUT", f"/reports/{report}/cells",
                 {"cells": [{"indicator": "F06", "state": "value", "value": facts["10198", "F06"]["value"], "remark": "đã đối chiếu"}]},
                 revision + 1)
        clerk.ok("PUT", f"/reports/{report}/submission", {}, revision + 2)
        return revision + 3

    def total(self, year, unit, period, indicator):
        answer = year.district.ok("GET", f"/rollup?unit={year.ids[unit]}&period={period}&indicator={indicator}")
        return answer["units"][0]["cells"][0]

    def compare(self, year):
        """Step 4: every expected answer, at the district and at each unit."""
        expected = rows(shared("scenario", "expected_2021.csv"))
        answers = {}
        for period in {row["period"] for row in expected}:
            whole = year.district.ok("GET", f"/rollup?unit={year.ids['279']}&period={period}&below=3")
            for unit in whole["units"]:
                for cell in unit["cells"]:
                    answers["DISTRICT" if unit["code"] == "279" else unit["code"], cell["indicator"], period] = cell
        for row in expected:
            cell = answers[row["unit_code"], row["indicator"], row["period"]]
            self.assertEqual((cell["value"] or "", str(cell["cells_counted"]), str(cell["cells_expected"])),
                             (row["value"], row["cells_counted"], row["cells_expected"]), row)
        self.assertEqual(len(expected), 4890)
        return len(expected)

    def explain(self, year, requests):
        """Every total opens down to the revision, the person and the time; the report downloads."""
        why = year.district.ok("GET", f"/rollup/contributions?unit={year.ids['279']}&period=2021-03&indicator=F05")
        counted = [item for item in why["items"] if item["counted"]]
        self.assertEqual(sum(int(item["value"]) for item in counted), int(why["value"]))
        for item in counted:
            self.assertTrue(item["revision"] == 3 and item["by"] == "Đỗ Thu Hà" and item["at"], item)
        left_out = [item for item in why["items"] if item["why"] == "excluded"]
        self.assertEqual([item["unit"]["code"] for item in left_out], ["10246"])
        fact = year.district.ok("GET", f"/facts/{left_out[0]['fact']}")
        self.assertEqual(fact["history"][0]["remark"], REASON)
        missing = self.total(year, "279", "2021-11", "F03")["missing"]
        self.assertEqual(sorted(missing), ["10195", "10234"])
        for kind in ("docx", "xlsx"):
            status, content, headers = year.district.send("GET", f"/requests/{requests['2021']}/documents/{kind}")
            self.assertEqual((status, content[:2]), (200, b"PK"))
            self.assertIn("attachment", headers["Content-Disposition"])

    def follow(self, year):
        """Targets beside the figures: actual and word of each equal to what the expected totals say."""
        down = {row["code"] for row in rows(shared("scenario", "indicators.csv")) if row["direction"] == "down"}
        totals = {(row["unit_code"], row["indicator"]): row["value"]
                  for row in rows(shared("scenario", "expected_2021.csv")) if row["period"] == "2021"}

        def word(indicator, value, actual):
            if not actual:
                return "no_data"
            actual, value = decimal.Decimal(actual), decimal.Decimal(value)
            if actual == value:
                return "completed"
            return "exceeded" if (actual < value) == (indicator in down) else "behind"

        for client, programme, targets in (
                (year.city, self.programmes[0], TARGETS),
                (year.district, self.own[0], [("F03", "348"), ("F12", "60"), ("F04", "290")])):
            standing = client.ok("GET", f"/programmes/{programme['id']}/standing")
            expected = [(code, value, totals["DISTRICT", code], word(code, value, totals["DISTRICT", code]))
                        for code, value in targets]
            self.assertEqual([(target["indicator"]["code"], target["value"], target["actual"] or "", target["status"])
                              for target in standing["targets"]], expected)
            words = collections.Counter(row[3] for row in expected)
            self.assertEqual({k: v for k, v in standing["counts"].items() if v}, dict(words))
        heat = year.district.ok("GET", f"/programmes/{self.own[0]['id']}/heatmap")
        self.assertEqual(len(heat["units"]), 29)
        for unit in heat["units"]:
            code = unit["code"]
            expected = [word(indicator, each, totals[code, indicator])[0]
                        for indicator, each in (("F03", "12"), ("F12", "2"), ("F04", "11"))]
            self.assertEqual(unit["statuses"], "".join(expected), code)
        self.ways(year, standing["targets"][0])
        self.lists_as_files(year)

    def ways(self, year, target):
        """Month by month, the units' ways add to the district's, each as the facts themselves add up."""
        page = year.district.ok("GET", f"/targets/{target['id']}")
        sums = {unit["code"]: 0 for unit in page["units"]}
        for at, point in enumerate(page["trend"]):
            for unit in page["units"]:
                fact = year.facts[point["period"]].get((unit["code"], target["indicator"]["code"]))
                if fact and fact["status"] == "accepted":
                    sums[unit["code"]] += int(fact["value"])
                self.assertEqual(int(unit["way"][at] or 0), sums[unit["code"]], (unit["code"], point["period"]))
            self.assertEqual(int(point["actual"]), sum(sums.values()), point["period"])
        self.assertEqual([len(page["trend"]), page["actual"]], [12, page["trend"][-1]["actual"]])

    def lists_as_files(self, year):
        """Every list has its .csv and .xlsx, with as many rows as the list."""
        own, clerk, unit = self.own[0]["id"], year.clerks["10198"], year.ids["10198"]
        for client, path, count in ((year.district, "/programmes", 21), (year.district, "/tasks", 1),
                                    (year.district, "/documents", None), (clerk, f"/units/{unit}/duties", 9 + 3 + 1),
                                    (year.district, f"/programmes/{own}/standing", 3),
                                    (year.district, f"/programmes/{own}/heatmap", 29)):
            if count is None:
                count = len(client.ok("GET", path + "?limit=500")["items"])
            status, text, headers = client.send("GET", path + "?format=csv")
            self.assertEqual((status, headers["Content-Type"].split(";")[0]), (200, "text/csv"), path)
            lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
            self.assertEqual(len(lines), count + 1, path)
            self.assertEqual({len(line) for line in lines}, {len(lines[0])}, path)
            status, content, _ = client.send("GET", path + "?format=xlsx")
            self.assertEqual((status, content[:2]), (200, b"PK"), path)
            self.assertEqual(client.send("GET", path + "?format=pdf")[0], 422, path)


if __name__ == "__main__":
    unittest.main()
