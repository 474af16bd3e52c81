"""Step 6's brief over the whole district: 29 communes with the scenario's year, faults planted among them. Every one is told
once, with its source; clean units are not spoken of. Figures are invented."""
import csv
import datetime
import io
import statistics
import time
import unittest

from ground import PASSWORD, Client, Place, add_person, databases, rows, shared

TOP = "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n2,279,Huyện Thường Tín,Huyện,01\n"
PEOPLE = {"vinh": ("01", "head"), "ha": ("279", "compiler"), "truong": None}
WORDS = ("Mở lớp bồi dưỡng cho đảng viên mới ở {0}.", "Rà soát hồ sơ tồn đọng tại {0} trong kỳ.", "Tổ chức họp dân về nông thôn mới, {0}.")


def today(days=0):
    """A day by the platform's clock (+07:00)."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date() + datetime.timedelta(days=days)


class Brief(unittest.TestCase):
    def test_planted_faults_are_all_told_and_nothing_else(self):
        self.units = rows(shared("scenario", "units_2021.csv"))
        self.year = today().year - 1
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                self.build(place)
                with place.serving() as server:
                    logins = [*PEOPLE, *(f"xa{unit['code']}" for unit in self.units)]
                    self.who = {login: Client(server.port).sign_in(login, PASSWORD) for login in logins}
                    self.ids = {unit["code"]: unit["id"] for unit in self.who["vinh"].ok("GET", "/units?on=2021-06-01&limit=100")["items"]}
                    try:
                        self.months()
                        self.programme()
                        first = self.inspected(1, None, "Đã giải quyết hồ sơ, còn vài việc chậm vì thiếu người.")
                        self.inspected(2, first, "Bổ sung hai cán bộ một cửa; hồ sơ đất đai vẫn phải chờ đo đạc.")
                        self.told(kind)
                    finally:
                        for client in self.who.values():
                            client.connection.close()

    def build(self, place):
        communes = "\n".join(f'3,{unit["code"]},"{unit["name"]}",,279' for unit in self.units)
        place.run("import", "units", place.file("tree.csv", TOP + communes + "\n"), "--on", "2021-01-01", "--line", "government")
        for login, post in PEOPLE.items():
            add_person(place, login, login.capitalize(), *([post] if post else []))
        for unit in self.units:
            add_person(place, f"xa{unit['code']}", "Cán bộ " + unit["name"], (unit["code"], "clerk"))
        place.run("import", "indicators", shared("scenario", "indicators.csv"))
        self.place_facts = place.file("facts.csv", self.facts())
        place.run("import", "facts", self.place_facts)

    def median(self):
        """What a unit usually reports in a month."""
        series = {}
        for row in rows(shared("scenario", "facts_2021.csv")):
            if row["indicator"] == "F03" and row["value"]:
                series.setdefault(row["unit_code"], []).append(int(row["value"]))
        return {code: str(sorted(values)[len(values) // 2]) for code, values in series.items()}

    def facts(self):
        """The scenario's accepted figures as if of last year, one of them tenfold."""
        made = io.StringIO()
        table = csv.writer(made)
        table.writerow(["unit_code", "indicator", "period", "status", "value", "remark"])
        apart = (self.units[4]["code"], "F05", "2021-10")
        for row in rows(shared("scenario", "facts_2021.csv")):
            value = row["value"]
            if (row["unit_code"], row["indicator"], row["period"]) == apart:
                value = str(int(value) * 10)
                self.apart = value
            table.writerow([row["unit_code"], row["indicator"], row["period"].replace("2021", str(self.year)), row["status"], value, row["remark"]])
        return made.getvalue()

    def far_out(self):
        """Reckoned apart from the program, with floats: by its unit's past and among the steps of all units."""
        self.names = {row["code"]: row["name"] for row in rows(shared("scenario", "indicators.csv"))}
        series, steps, found = {}, {}, set()
        for row in rows(self.place_facts):
            if row["status"] == "accepted" and row["value"].isdigit() and len(row["period"]) == 7 and row["period"][5] in "01":
                series.setdefault((row["indicator"], row["unit_code"]), {})[row["period"]] = int(row["value"])
        for (indicator, unit), values in series.items():
            known = sorted(values)
            for i, period in enumerate(known):
                past = [values[one] for one in known[:i]]
                if len(past) < 6:
                    continue
                usual = statistics.median(past)
                step = (max(values[period], usual) + 1) / (min(values[period], usual) + 1)
                steps.setdefault(indicator, []).append(step)
                spread = statistics.median(abs(one - usual) for one in past)
                off = abs(values[period] - usual)
                mean = sum(abs(one - usual) for one in past) / len(past)
                z = 0.6745 * off / spread if spread else off / (1.2533 * mean) if mean else 0
                if z > 3.5 and 2 * off >= usual:
                    found.add((indicator, unit, period, step))
        fence = {}
        for indicator, all_ in steps.items():
            all_.sort()
            low, high = all_[len(all_) // 4], all_[len(all_) * 3 // 4]
            fence[indicator] = high + 3 * (high - low)
        return {(unit, self.names[indicator], period[5:], str(series[(indicator, unit)][period]))
                for indicator, unit, period, step in found if step > fence[indicator]}

    def months(self):
        """Three requests with words: a unit copies, one is late, one was given back, one is silent."""
        self.usual = self.median()
        ha, communes = self.who["ha"], [self.ids[unit["code"]] for unit in self.units]
        copier, late, returned, silent = (self.units[i]["code"] for i in (7, 11, 13, 17))
        self.planted = {"copied": copier, "late_report": late, "returned_report": returned, "silent_report": silent}

        def ask(period, due, units, title):
            made = ha.ok("POST", "/requests", {
                "unit": self.ids["279"], "title": title, "period": period, "due_on": due.isoformat(), "indicators": ["F03"], "units": units,
                "sections": [{"code": "1", "title": "Kết quả"}], "is_illustrative": True})
            return {one["unit"]["code"]: one["id"] for one in ha.ok("GET", f"/requests/{made['id']}")["reports"]}

        def hand_in(code, report, words, accept=True):
            clerk = self.who["xa" + code]
            path = f"/reports/{report}"
            now = clerk.ok("GET", path)
            now = clerk.ok("PUT", path + "/cells", {"cells": [{"indicator": "F03", "state": "value", "value": self.usual[code]}]}, now["revision"])
            now = clerk.ok("PUT", path + "/sections/1", {"blocks": [{"text": words}]}, now["revision"])
            now = clerk.ok("PUT", path + "/submission", {}, now["revision"])
            return ha.ok("PUT", path + "/acceptance", {}, now["revision"]) if accept else now
        month = today().replace(day=1)
        before = (month - datetime.timedelta(days=1)).replace(day=1)
        names = {unit["code"]: unit["name"] for unit in self.units}
        for n, first in enumerate((before, month)):
            reports = ask(first.strftime("%Y-%m"), today(1), communes, "Báo cáo tháng")
            for i, (code, report) in enumerate(reports.items()):
                words = WORDS[(n + i) % 3].format(names[code]) + f" Kỳ này làm {i + 10 * n} việc."
                if code == copier:
                    words = "Xã tổ chức ra quân vệ sinh môi trường, trồng cây ven đường liên thôn và vận động người dân hiến đất."
                hand_in(code, report, words, accept=not (n == 1 and code == returned))
                if n == 1 and code == returned:
                    now = ha.ok("GET", f"/reports/{report}")
                    ha.ok("PUT", f"/reports/{report}/return", {"remark": "Xem lại số liệu tháng này giúp huyện."}, now["revision"])
                    hand_in(code, report, words + " Đã soát lại.")
        this = (today().replace(day=28) + datetime.timedelta(days=10)).strftime("%Y-%m")
        for code, report in ask(this, today(-1), [self.ids[late], self.ids[silent]], "Báo cáo bổ sung").items():
            if code == late:
                hand_in(code, report, "Bổ sung việc cuối năm.")

    def programme(self):
        """Every unit took it up; nothing is behind."""
        made = self.who["ha"].ok("POST", "/programmes", {
            "unit": self.ids["279"], "kind": "programme", "number": "05-CTr/HU", "title": "Cải cách", "issued_on": f"{self.year}-01-05",
            "from": f"{self.year}-01-05", "to": "2099-01-01", "addressees": [self.ids[unit["code"]] for unit in self.units],
            "objectives": [{"code": "1", "title": "Giải quyết hồ sơ đúng hạn"}], "targets": [], "is_illustrative": True})
        self.number = made["id"]
        for unit in self.units:
            self.who[f"xa{unit['code']}"].ok("PUT", f"/programmes/{made['id']}/adoptions/{self.ids[unit['code']]}", {"state": "adopted"})

    def act(self, login, path, deed, body=None, method="PUT"):
        return self.who[login].ok(method, path + deed, body or {}, self.who["vinh"].ok("GET", path)["revision"])

    def announced(self, quarter, until, figures=(), words=""):
        """From the plan to the district's self-report, handed in."""
        ha = self.who["ha"]
        made = self.who["vinh"].ok("POST", "/inspections", {
            "unit": self.ids["01"], "title": f"Kiểm tra lần {quarter}", "team_name": f"Đoàn số {quarter}", "procedure": "kiem-tra",
            "year": self.year, "quarter": quarter, "from": f"{self.year}-01-01", "to": until.isoformat(), "units": [self.ids["279"]],
            "programmes": [self.number], "reason": "đột xuất", "is_illustrative": True})
        path = f"/inspections/{made['id']}"
        self.act("vinh", path, "/team", {"members": [{"login": "truong", "role": "head"}]})
        self.act("vinh", path, "/outline", {"sections": [{"code": "I", "title": "Kết quả"}], "indicators": [one["indicator"] for one in figures],
                                            "period": f"{self.year}", "due_on": today(5).isoformat()})
        self.act("vinh", path, "/decision", {"days": 30})
        report = f"/reports/{self.act('vinh', path, '/announcement')['self_reports'][0]['report']}"
        now = ha.ok("GET", report)
        if figures:
            now = ha.ok("PUT", report + "/cells", {"cells": [{"state": "value", **one} for one in figures]}, now["revision"])
        now = ha.ok("PUT", report + "/sections/I", {"blocks": [{"text": words}]}, now["revision"])
        ha.ok("PUT", report + "/submission", {}, now["revision"])
        return path

    def inspected(self, quarter, repeats, words):
        """On to the conclusion; the shortcoming of the first is found again by the second."""
        path = self.announced(quarter, today(), (), words)
        self.act("truong", path, "/verification")
        note = self.who["truong"].ok("POST", path + "/notes", {"text": "Hồ sơ chậm", "is_shared": True})
        self.act("truong", path, "/findings", {"kind": "shortcoming", "text": "Hồ sơ đất đai còn chậm", "unit": self.ids["279"],
                                               "evidence": [{"kind": "note", "id": note["id"]}]} | ({"repeats": repeats} if repeats else {}), "POST")
        self.act("truong", path, "/draft", {"summary": "Có cố gắng."})
        self.act("truong", path, "/conference", {"on": today().isoformat(), "text": "Đơn vị nhất trí."})
        finding = self.who["vinh"].ok("GET", path)["findings"][0]["id"]
        self.act("vinh", path, "/conclusion", {"summary": "Có cố gắng.", "demands": [{
            "title": f"Giải quyết dứt điểm lần {quarter}", "finding": finding, "lead": self.ids["279"], "deliverable": "Báo cáo", "due": today(60).isoformat()}]})
        self.act("vinh", path, "/handover")
        return finding

    def told(self, kind):
        truong, ha = self.who["truong"], self.who["ha"]
        totals = ha.ok("GET", f"/rollup?unit={self.ids['279']}&period={self.year}&indicators=F01,F02")["units"][0]["cells"]
        right = {one["indicator"]: one["value"] for one in totals}
        path = self.announced(3, today(2), [{"indicator": "F01", "value": right["F01"]}, {"indicator": "F02", "value": str(int(right["F02"]) + 77)}],
                              "Huyện làm tốt việc được giao trong cả năm.")
        truong.ok("GET", path + "/brief")  # warm
        began = time.monotonic()
        items = truong.ok("GET", path + "/brief")["items"]
        took = time.monotonic() - began
        print(f"\nbrief of 29 units on {kind}: {took * 1000:.0f} ms, {len(items)} lines")
        self.assertEqual([one["kind"] for one in items], sorted((one["kind"] for one in items), key=[
            "earlier_repeated", "earlier_open", "figure_disagrees", "figure_apart", "copied", "silent_report", "late_report", "returned_report",
            "missed_target", "declined_adoption", "silent_adoption", "petition_overdue", "petition_open"].index), "the gravest stands first")
        by = {}
        for one in items:
            by.setdefault(one["kind"], []).append(one)
        self.assertEqual({kind_: [one["unit"]["code"] for one in by.pop(kind_)] for kind_ in self.planted},
                         {kind_: [code] for kind_, code in self.planted.items()})
        self.assertEqual([(one["subject"], one["count"]) for one in by.pop("earlier_repeated")], [("Hồ sơ đất đai còn chậm", 2)], "told once")
        self.assertEqual([one["count"] for one in by.pop("earlier_open")], [1, 1])
        apart = {(one["unit"]["code"], one["subject"], one["period"][5:], one["value"]) for one in by.pop("figure_apart")}
        expected = self.far_out()
        self.assertIn((self.units[4]["code"], self.names["F05"], "10", self.apart), expected)
        self.assertEqual(apart, expected, "the planted figure, and what an own reckoning finds far out in the scenario's figures")
        wrong = by.pop("figure_disagrees")
        self.assertEqual([(one["unit"]["code"], one["value"], one["beside"]) for one in wrong],
                         [("279", str(int(right["F02"]) + 77), right["F02"])])
        self.assertEqual(by, {}, "nothing is said of clean units")
        for one in items:  # each opens to its source, also for the team
            source = {"report": "/reports/{id}", "fact": "/facts/{id}", "inspection": None}[one["source"]["kind"]]
            if source:
                truong.ok("GET", source.format(id=one["source"]["id"]))


if __name__ == "__main__":
    unittest.main()
