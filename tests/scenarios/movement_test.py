"""Step 9: the Front and the mass organisations run one campaign together; pledged and received equal answers computed
elsewhere, along every line, and no gift is counted twice. Figures, givers and people are invented."""
import collections
import csv
import fractions
import io
import threading
import unittest

from ground import PASSWORD, Client, Place, add_person, databases, rows, shared

#: code, name, its line, who works there.
BODIES = [("279-MT", "Ủy ban Mặt trận Tổ quốc huyện", "front", "mai"), ("279-CD", "Công đoàn huyện", "trade_union", "doan"),
          ("279-ND", "Hội Nông dân huyện", "farmers", "non"), ("279-PN", "Hội Liên hiệp Phụ nữ huyện", "women", "phu"),
          ("279-TN", "Đoàn Thanh niên Cộng sản Hồ Chí Minh huyện", "youth", "thanh"),
          ("279-CCB", "Hội Cựu chiến binh huyện", "veterans", "binh")]
TOP = "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n2,279,Huyện Thường Tín,Huyện,01\n"
HEAD = "level,code,name,type,parent_code\n"
KEYS = ("stage", "kind", "quantity", "giver", "on", "ref")


def build(place, units):
    """The district in its government's and Party's lines, and each body over the communes in its own."""
    communes = [f'3,{unit["code"]},"{unit["name"]}",,' for unit in units]

    def load(name, line, text):
        place.run("import", "units", place.file(name, text), "--on", "2021-01-01", "--line", line)
    load("government.csv", "government", TOP + "2,250,Huyện Mê Linh,Huyện,01\n" + "\n".join(one + "279" for one in communes))
    load("party.csv", "party", TOP + "\n".join(one + "279" for one in communes))
    for code, name, line, login in BODIES:
        load(line + ".csv", line, TOP + f'2,{code},"{name}",,279\n' + "\n".join(one + code for one in communes))
        add_person(place, login, login.capitalize(), (code, "head"))
    add_person(place, "hieu", "Hiếu", ("279", "head"))
    add_person(place, "khac", "Khác", ("250", "head"))
    add_person(place, "lan", "Lan", (units[0]["code"], "clerk"))
    add_person(place, "minh", "Minh", (units[1]["code"], "clerk"))
    place.run("import", "indicators", shared("scenario", "indicators.csv"))
    place.run("import", "facts", place.file("reform.csv", reform_facts()))


def reform_facts():
    """The year's figures of administrative reform; a unit says why its dossiers were late."""
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(["unit_code", "indicator", "period", "status", "value", "remark"])
    for row in rows(shared("scenario", "facts_2021.csv")):
        if row["indicator"] in ("F05", "F06", "F07", "F08", "F09"):
            reason = row["remark"] or (f"Thiếu người tháng {row['period']}" if row["indicator"] == "F06" else "")
            table.writerow([row[key] for key in ("unit_code", "indicator", "period", "status", "value")] + [reason])
    return made.getvalue()


def parts(total, count):
    """A sum in whole đồng, divided into unequal parts."""
    each = [total // count] * count
    each[0] += total - sum(each)
    for i in range(count // 2):
        each[i] += (i + 1) * 1000
        each[-1 - i] -= (i + 1) * 1000
    return each


class Movement(unittest.TestCase):
    def test_six_bodies_and_one_fund(self):
        self.units = rows(shared("scenario", "units_2021.csv"))
        self.facts = {(row["unit_code"], row["indicator"], row["period"]): int(row["value"])
                      for row in rows(shared("scenario", "facts_2021.csv"))
                      if row["indicator"] in ("F13", "F14", "F05", "F06") and row["status"] == "accepted" and row["value"]}
        self.expected = {(row["unit_code"], row["indicator"], row["period"]): row["value"]
                         for row in rows(shared("scenario", "expected_2021.csv"))}
        self.assertEqual(len(self.units), 29)
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                build(place, self.units)
                with place.serving() as server:
                    logins = [body[3] for body in BODIES] + ["hieu", "khac", "lan", "minh"]
                    self.port = server.port
                    self.who = {login: Client(server.port).sign_in(login, PASSWORD) for login in logins}
                    listed = self.who["hieu"].ok("GET", "/units?on=2021-06-01&limit=100")["items"]
                    self.ids = {unit["code"]: unit["id"] for unit in listed}
                    for _, _, line, _ in BODIES:
                        listed = self.who["hieu"].ok("GET", f"/units?on=2021-06-01&limit=100&line={line}")["items"]
                        self.ids |= {unit["code"]: unit["id"] for unit in listed}
                    try:
                        self.begin()
                        self.two_at_one_plan()
                        self.everybody_reports()
                        self.double_counts()
                        self.two_at_one_gift()
                        self.totals()
                        self.lineage()
                        self.bad_input()
                        self.corrections()
                        self.years()
                        self.carried()
                        self.reform()
                        self.closed()
                    finally:
                        for client in self.who.values():
                            client.connection.close()
                place.run("audit", "verify")

    def refused(self, answer, status, *codes):
        self.assertEqual(answer[0], status, answer[1])
        if codes:
            self.assertEqual([one["code"] for one in answer[1]["problems"]], list(codes))
        return answer[1]["problems"]

    def begin(self):
        mai = self.who["mai"]
        body = {"kind": "campaign", "name": 'Quỹ "Vì người nghèo"', "from": "2021-01-01", "to": "2022-01-01",
                "carriers": [self.ids[code] for code, *_ in BODIES],
                "indicators": [{"code": "F13", "stage": "pledged", "kind": "money"},
                               {"code": "F14", "stage": "received", "kind": "money"}], "is_illustrative": True}
        self.refused(self.who["khac"].send("POST", "/movements", body | {"unit": self.ids["279-MT"]}), 404, "unit.not_found")
        wrong = body | {"unit": self.ids["279-MT"], "to": "2021-01-01", "fields": ["sport"],
                        "indicators": [{"code": "F13", "stage": "given", "kind": "money"}]}
        self.refused(mai.send("POST", "/movements", wrong), 422, "json.not_one_of", "json.not_one_of")
        made = mai.ok("POST", "/movements", body | {"unit": self.ids["279-MT"]})
        self.path = f"/movements/{made['id']}"
        self.refused(self.who["lan"].send("GET", self.path), 404, "movement.not_found")
        self.refused(self.send("phu", self.gift(self.units[0]["code"], 5)), 409, "movement.state")
        mai.ok("PUT", self.path + "/start", {}, made["revision"])
        self.refused(self.who["khac"].send("GET", self.path), 404, "movement.not_found")
        self.assertEqual(self.who["lan"].ok("GET", self.path)["state"], "running")

    def two_at_one_plan(self):
        """Both saw the same plan: one is taken, the other is told who was first, and nothing is lost."""
        revision = self.who["mai"].ok("GET", self.path)["revision"]

        def line(code, text):
            return {"carrier": self.ids[code], "text": text, "due_on": "2021-10-17"}
        lines = {"phu": line("279-PN", "Vận động hội viên"), "non": line("279-ND", "Giúp ngày công sửa nhà")}
        answers = self.together({login: lambda client, login=login: client.send(
            "PUT", self.path + "/plan", {"lines": [lines[login]]}, {"If-Match": f'"{revision}"'}) for login in lines})
        self.assertEqual(sorted(answer[0] for answer in answers.values()), [200, 412])
        first, second = sorted(answers, key=lambda login: answers[login][0])
        problem = self.refused(answers[second], 412, "movement.changed")[0]
        self.assertEqual(problem["args"], [str(revision), str(revision + 1), first.capitalize()])
        only_mine = {"lines": [lines[second]]}
        self.refused(self.who[second].send("PUT", self.path + "/plan", only_mine, {"If-Match": f'"{revision + 1}"'}), 403,
                     "plan.line_of_another")
        plan = self.who[second].ok("PUT", self.path + "/plan", {"lines": [lines[first], lines[second]]}, revision + 1)["plan"]
        self.assertEqual([one["text"] for one in plan], [lines[first]["text"], lines[second]["text"]])

    def together(self, acts):
        """Runs each person's act at the same moment, on connections of their own."""
        answers, ready = {}, threading.Barrier(len(acts))

        def run(login, act):
            client = Client(self.port)
            client.cookie = self.who[login].cookie
            ready.wait()
            answers[login] = act(client)
            client.connection.close()
        threads = [threading.Thread(target=run, args=one) for one in acts.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def gift(self, unit, quantity, **more):
        return {"unit": self.ids[unit], "stage": "received", "kind": "money", "quantity": str(quantity), "on": "2021-05-19"} | more

    def send(self, login, body, of=None):
        code = of or next((one[0] for one in BODIES if one[3] == login), None)
        return self.who[login].send("POST", self.path + "/contributions", {"body": self.ids[code]} | body)

    def told(self, login, body, of=None):
        status, answer, _ = self.send(login, body, of)
        self.assertEqual(status, 201, answer)
        return answer

    def everybody_reports(self):
        """Each commune's year, divided among six bodies and over the months."""
        self.by_quarter = collections.Counter()
        self.by_body = collections.Counter()
        self.kept = {}
        for unit in self.units:
            code = unit["code"]
            for indicator, stage in (("F13", "pledged"), ("F14", "received")):
                amounts = parts(self.facts[code, indicator, "2021"], len(BODIES))
                for number, ((body, _, _, login), amount) in enumerate(zip(BODIES, amounts)):
                    month = 1 + 2 * number + (0 if stage == "pledged" else 1)
                    made = self.told(login, self.gift(
                        code, amount, stage=stage, on=f"2021-{month:02}-15", ref=f"PT {code}/{number}",
                        giver=f"Hợp tác xã minh hoạ số {number + 1} {unit['name']}"))
                    self.kept[code, body, stage] = made
                    self.by_quarter[stage, (month + 2) // 3] += amount
                    self.by_body[body, stage] += amount

    def double_counts(self):
        """Planted: what one body reported another reports too, spelt otherwise, on another day or of another amount."""
        self.same = 0
        for number, unit in enumerate(self.units[::4]):
            code = unit["code"]
            first = self.kept[code, "279-PN", "received"]
            again = {key: first[key] for key in KEYS} | {"unit": self.ids[code]}
            again["giver"] = again["giver"].upper().replace("HOẠ", "HỌA")
            again |= ({"on": "2021-11-30"}, {"quantity": str(int(again["quantity"]) + 500), "on": "2021-08-20"})[number % 2]
            asked = self.refused(self.send("non", again), 409, "contribution.may_be_same")[0]
            self.assertEqual(asked["args"][:4], [str(first["id"]), first["giver"], first["quantity"], first["on"]])
            self.assertEqual(asked["field"], "/is_same_as")
            joined = self.told("non", again | {"is_same_as": first["id"]})
            self.assertEqual((joined["id"], joined["quantity"]), (first["id"], first["quantity"]))
            self.assertEqual([one["quantity"] for one in joined["bodies"]], [first["quantity"], again["quantity"]])
            self.by_body["279-ND", "received"] += int(first["quantity"])
            self.same += 1
        # Households are counts, of nobody by name; two bodies looked after the same twelve.
        code = self.units[2]["code"]
        counted = self.told("mai", self.gift(code, 12, kind="households", ref="danh sách 3"))
        self.assertEqual(counted["giver"], self.units[2]["name"])
        self.refused(self.send("binh", self.gift(code, 12, kind="households", on="2021-09-02")), 409,
                     "contribution.may_be_same")
        self.told("binh", self.gift(code, 12, kind="households", on="2021-09-02", is_same_as=counted["id"]))
        self.same += 1
        # And five others, which look alike and are not.
        other = self.gift(code, 5, kind="households", on="2021-05-20")
        self.refused(self.send("doan", other), 409, "contribution.may_be_same")
        told = self.told("doan", other | {"is_other": "năm hộ của thôn khác"})
        self.assertEqual(told["is_other"], "năm hộ của thôn khác")

    def two_at_one_gift(self):
        """Two bodies report one gift at the same moment: one is taken, the other is asked."""
        code = self.units[3]["code"]
        body = self.gift(code, 40, kind="work_days", giver="Trường minh hoạ")
        answers = self.together({login: lambda client, of=of: client.send(
            "POST", self.path + "/contributions", body | {"body": self.ids[of]}) for login, of in (("thanh", "279-TN"), ("phu", "279-PN"))})
        self.assertEqual(sorted(answer[0] for answer in answers.values()), [201, 409])
        second = max(answers, key=lambda login: answers[login][0])
        asked = self.refused(answers[second], 409, "contribution.may_be_same")[0]
        self.told(second, body | {"is_same_as": int(asked["args"][0])})
        self.same += 1

    def ask(self, unit="279", line="party", login="hieu", more=""):
        return self.who[login].ok("GET", f"{self.path}/totals?unit={self.ids[unit]}&line={line}{more}")

    def money(self, figures, kind="money"):
        found = [one for one in figures if one["kind"] == kind]
        return (int(found[0]["pledged"]), int(found[0]["received"])) if found else (0, 0)

    def totals(self):
        """Along the Front's line, the Party's and every other the same, and what was computed elsewhere."""
        whole = tuple(int(self.expected["DISTRICT", indicator, "2021"]) for indicator in ("F13", "F14"))
        for line in ["government", "party"] + [one[2] for one in BODIES]:
            told = self.ask(line=line)
            self.assertEqual(self.money(told["units"][0]["figures"]), whole, line)
            self.assertEqual(self.money(told["units"][0]["figures"], "households"), (0, 17))
            self.assertEqual(self.money(told["units"][0]["figures"], "work_days"), (0, 40))
            self.assertEqual(told["repeats"], self.same)
            self.assertEqual(told["tree_on"], "2021-12-31")
        told = self.ask()
        self.assertEqual(len(told["units"]), 30)
        for one in told["units"][1:]:
            code = one["unit"]["code"]
            self.assertEqual(self.money(one["figures"]), (self.facts[code, "F13", "2021"], self.facts[code, "F14", "2021"]))
        for one in told["bodies"]:
            code = one["unit"]["code"]
            self.assertEqual(self.money(one["figures"]), (self.by_body[code, "pledged"], self.by_body[code, "received"]))
        self.assertGreater(sum(self.money(one["figures"])[1] for one in told["bodies"]), whole[1], "each body tells the shared ones")
        for quarter in range(1, 5):
            told = self.ask(line="front", more=f"&period=2021-Q{quarter}")
            self.assertEqual(self.money(told["units"][0]["figures"]),
                             (self.by_quarter["pledged", quarter], self.by_quarter["received", quarter]))
        self.refused(self.who["lan"].send("GET", f"{self.path}/totals?unit={self.ids['279']}"), 404, "unit.not_found")
        own = self.ask(self.units[0]["code"], login="lan")["units"]
        self.assertEqual(self.money(own[0]["figures"])[1], self.facts[self.units[0]["code"], "F14", "2021"])

    def opened(self, query, login="hieu"):
        made, cursor = [], ""
        while cursor is not None:
            page = self.who[login].ok("GET", f"{self.path}/contributions?{query}&limit=50{cursor}")
            made += page["items"]
            cursor = page["next"] and f"&cursor={page['next']}"
        return made

    def lineage(self):
        """Every total opens to its contributions, page by page, each once."""
        for line in ("party", "front"):
            found = self.opened(f"unit={self.ids['279']}&line={line}&kind=money&stage=received")
            self.assertEqual(len({one["id"] for one in found}), len(found))
            self.assertEqual((len(found), sum(int(one["quantity"]) for one in found)),
                             (29 * 6, int(self.expected["DISTRICT", "F14", "2021"])))
        code = self.units[4]["code"]
        found = self.opened(f"unit={self.ids[code]}&line=women&stage=pledged")
        self.assertEqual(sum(int(one["quantity"]) for one in found), self.facts[code, "F13", "2021"])
        found = self.opened(f"body={self.ids['279-ND']}&stage=received&kind=money")
        self.assertEqual(sum(int(one["quantity"]) for one in found), self.by_body["279-ND", "received"])
        mine = self.opened("stage=received", "lan")
        self.assertEqual({one["unit"]["code"] for one in mine}, {self.units[0]["code"]}, "a clerk sees the own commune's")

    def bad_input(self):
        code = self.units[0]["code"]
        self.refused(self.send("phu", self.gift(code, 5, on="2022-01-01")), 422, "contribution.outside_period")
        self.refused(self.send("phu", self.gift(code, -5)), 422, "contribution.quantity")
        self.refused(self.send("phu", self.gift(code, 0)), 422, "contribution.quantity")
        self.refused(self.send("phu", self.gift(code, "1.5")), 422, "figure.too_many_decimals")
        self.refused(self.send("phu", self.gift(code, 10**16)), 422, "contribution.quantity")
        self.refused(self.send("phu", self.gift(code, 3, kind="in_kind")), 422, "contribution.what_missing")
        self.refused(self.send("phu", self.gift("250", 5)), 422, "contribution.unit_not_carried")
        self.refused(self.send("hieu", self.gift(code, 5), "279"), 422, "contribution.not_a_carrier")
        self.refused(self.send("minh", self.gift(code, 5), "279-PN"), 403, "authority.not_yours")
        self.refused(self.send("khac", self.gift(code, 5), "250"), 404, "movement.not_found")
        self.refused(self.send("phu", self.gift(code, 5, on="2021-02-30", kind="gold")), 422, "json.not_one_of", "json.expected_date")
        self.refused(self.send("phu", self.gift(code, 5, person="Ông A")), 422, "json.unknown_field")
        self.refused(self.who["hieu"].send("GET", f"{self.path}/totals?line=nowhere"), 422, "movement.line_unknown")
        self.refused(self.who["hieu"].send("GET", f"{self.path}/totals?period=2021-13"), 422, "json.expected_period")
        self.assertEqual(self.money(self.ask()["units"][0]["figures"])[1], int(self.expected["DISTRICT", "F14", "2021"]))

    def corrections(self):
        """A figure is mended with its reason, and mended back: the total follows, the trace stays."""
        code = self.units[5]["code"]
        first = self.kept[code, "279-TN", "received"]
        path = f"{self.path}/contributions/{first['id']}"
        whole = int(self.expected["DISTRICT", "F14", "2021"])
        right = {key: first[key] for key in KEYS} | {"unit": self.ids[code], "reason": "đối chiếu sổ quỹ"}
        wrong = right | {"quantity": str(int(first["quantity"]) + 7)}
        self.refused(self.who["non"].send("PUT", path, wrong, {"If-Match": '"1"'}), 403, "authority.not_yours")
        self.who["thanh"].ok("PUT", path, wrong, 1)
        self.assertEqual(self.money(self.ask()["units"][0]["figures"])[1], whole + 7)
        self.refused(self.who["thanh"].send("PUT", path, right, {"If-Match": '"1"'}), 412, "contribution.changed")
        seen = self.who["thanh"].ok("PUT", path, right, 2)
        self.assertEqual([(one["act"], one["quantity"], one["reason"], one["by"]) for one in seen["history"]],
                         [("corrected", first["quantity"], "đối chiếu sổ quỹ", "Thanh"),
                          ("corrected", wrong["quantity"], "đối chiếu sổ quỹ", "Thanh")])
        self.assertEqual(self.money(self.ask()["units"][0]["figures"])[1], whole)

    def years(self):
        """A body's year on one page, with a model and a commendation of a collective."""
        code = self.units[0]["code"]
        model = self.who["lan"].ok("POST", "/models", {
            "unit": self.ids[code], "field": "economy", "title": "Tổ tiết kiệm", "story": "Mỗi tháng một phần nhỏ.", "on": "2021-04-01"})
        path = f"/models/{model['id']}"
        kept = self.who["lan"].ok("POST", path + "/attachments", {"name": "anh.txt", "base64": "eGlu"})["attachments"][0]
        self.assertEqual(self.who["hieu"].ok("GET", f"{path}/attachments/{kept['id']}"), b"xin")
        self.refused(self.who["minh"].send("GET", path), 404, "model.not_found")
        done = self.who["hieu"].ok("PUT", path + "/recognition", {"by": self.ids["279"], "on": "2021-10-20"}, model["revision"])
        self.assertEqual((done["state"], done["recogniser"]["code"]), ("recognised", "279"))
        praise = {"unit": self.ids[code], "giver": self.ids["279-MT"], "movement": int(self.path.split("/")[-1]),
                  "form": "Giấy khen", "number": "15/QĐ-MTTQ", "on": "2021-12-20"}
        self.who["mai"].ok("POST", "/commendations", praise)
        self.refused(self.who["mai"].send("POST", "/commendations", praise), 409, "commendation.twice")
        self.refused(self.who["mai"].send("POST", "/commendations", praise | {"person": "Bà B"}), 422, "json.unknown_field")
        year = self.who["lan"].ok("GET", f"/units/{self.ids[code]}/mobilisation?year=2021")
        self.assertEqual(([one["title"] for one in year["models"]], [one["number"] for one in year["commendations"]]),
                         (["Tổ tiết kiệm"], ["15/QĐ-MTTQ"]))
        year = self.who["non"].ok("GET", f"/units/{self.ids['279-ND']}/mobilisation?year=2021")
        told = year["movements"][0]
        self.assertEqual(self.money(told["figures"]), (self.by_body["279-ND", "pledged"], self.by_body["279-ND", "received"]))
        shared_ones = sum(int(self.kept[unit["code"], "279-PN", "received"]["quantity"]) for unit in self.units[::4])
        self.assertEqual(self.money(told["shared"]), (0, shared_ones))
        self.assertEqual([one["text"] for one in told["plan"]], ["Giúp ngày công sửa nhà"])
        self.refused(self.who["khac"].send("GET", f"/units/{self.ids['279-ND']}/mobilisation?year=2021"), 404, "unit.not_found")

    def carried(self):
        """What a commune received goes into its report, and from there up."""
        code = self.units[0]["code"]
        asked = self.who["hieu"].ok("POST", "/requests", {
            "unit": self.ids["279"], "title": "Báo cáo năm", "period": "2021", "due_on": "2022-01-10", "indicators": ["F13", "F14"],
            "units": [self.ids[code]], "is_illustrative": True})
        report = self.who["hieu"].ok("GET", f"/requests/{asked['id']}")["reports"][0]["id"]
        self.refused(self.who["minh"].send("PUT", f"{self.path}/figures/{report}", {}, {"If-Match": '"1"'}), 404)
        self.assertEqual(self.who["lan"].ok("PUT", f"{self.path}/figures/{report}", {}, 1)["cells"], 2)
        cells = self.who["lan"].ok("GET", f"/reports/{report}")["cells"]
        self.assertEqual([int(one["value"]) for one in cells], [self.facts[code, "F13", "2021"], self.facts[code, "F14", "2021"]])

    def reform(self):
        """Who is behind month by month, with the reason it gave; the district's rates are those computed elsewhere."""
        least = fractions.Fraction(97, 100)
        rates = {}
        for (code, indicator, period), value in self.facts.items():
            if indicator == "F06" and self.facts.get((code, "F05", period)):
                rates[code, period] = fractions.Fraction(value, self.facts[code, "F05", period])
        behind = {key for key, rate in rates.items() if rate < least}
        self.assertTrue(behind)
        query = "handled=F05&on_time=F06&online=F07&satisfaction=F09&from=2021-01&to=2021-12&before=2021-Q1&after=2021-Q4&least=97"
        page = self.who["hieu"].ok("GET", f"/units/{self.ids['279']}/administrative-reform?{query}")
        whole = page["units"][0]
        for cell in whole["months"]:
            self.assertEqual(cell["on_time_rate"], self.expected["DISTRICT", "D02", cell["period"]])
            self.assertEqual(cell["online_rate"], self.expected["DISTRICT", "D03", cell["period"]])
            self.assertIsNone(cell["satisfaction"], "asked of people once a quarter")
        for side, period in (("before", "2021-Q1"), ("after", "2021-Q4")):
            self.assertEqual(whole[side]["on_time_rate"], self.expected["DISTRICT", "D02", period])
            self.assertEqual(whole[side]["satisfaction"], self.expected["DISTRICT", "F09", period])
        self.assertEqual(whole["change"]["satisfaction"], "2.4")
        told = {(one["unit"]["code"], one["period"]): one for one in page["behind"] if one["standing"] == "behind"}
        self.assertEqual(set(told), behind)
        for (code, period), one in told.items():
            self.assertIn(period, one["reason"], code)
        silent = [one for one in page["behind"] if one["standing"] == "no_data"]
        self.assertTrue({one["period"] for one in silent} >= {"2021-11", "2021-12"}, "the silent units are named")
        wrong = "handled=F05&from=2021&to=2021-12&least=101"
        self.refused(self.who["hieu"].send("GET", f"/units/{self.ids['279']}/administrative-reform?{wrong}"), 422,
                     "reform.indicator_missing", "reform.month", "reform.least")

    def closed(self):
        revision = self.who["mai"].ok("GET", self.path)["revision"]
        self.refused(self.who["phu"].send("PUT", self.path + "/closing", {}, {"If-Match": f'"{revision}"'}), 403)
        self.who["mai"].ok("PUT", self.path + "/closing", {}, revision)
        self.refused(self.send("phu", self.gift(self.units[0]["code"], 5)), 409, "movement.state")


if __name__ == "__main__":
    unittest.main()
