"""One world for all tests of access: units in three lines, people in every relation to the commune that is looked at, and its things.

Everything is made through the program itself. Names and figures are invented.
"""
import base64
import dataclasses
import json
import os
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenarios"))
from ground import PASSWORD, Client, Place, add_person, databases  # noqa: E402,F401
from operations import BULLETIN, CHECK, DOT, FINDING, GIFT, INSPECTION, MODEL, MOVEMENT, PETITION, REGIME, SESSION  # noqa: E402
from policy import (CITY, COMMUNE, COUSIN, DISTRICT, ENDED, ENDED_BESIDE, FRONT, HAMLET, OTHER_DISTRICT, PARTY, SIBLING,  # noqa: E402
                    Person)

GOVERNMENT = ("level,code,name,type,parent_code\n"
              f"1,{CITY},Thành phố Hà Nội,Thành phố,\n2,{DISTRICT},Huyện Thường Tín,Huyện,{CITY}\n"
              f"2,{OTHER_DISTRICT},Huyện Mê Linh,Huyện,{CITY}\n3,{COMMUNE},Thị trấn Thường Tín,Thị trấn,{DISTRICT}\n"
              f"3,{SIBLING},Xã Ninh Sở,Xã,{DISTRICT}\n3,{ENDED},Xã Nhị Khê,Xã,{DISTRICT}\n"
              f"3,{ENDED_BESIDE},Xã Duyên Thái,Xã,{DISTRICT}\n3,{COUSIN},Xã Đại Thịnh,Xã,{OTHER_DISTRICT}\n"
              f"4,{HAMLET},Tổ dân phố 1,Tổ,{COMMUNE}\n")
PARTY_LINE = (f"level,code,name,type,parent_code\n1,{PARTY},Đảng ủy khối,Đảng ủy,\n3,{COMMUNE},Thị trấn Thường Tín,Thị trấn,{PARTY}\n")
FRONT_LINE = f"level,code,name,type,parent_code\n1,{FRONT},Mặt trận khối,Mặt trận,\n"
INDICATORS = ("code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n"
              "F05,Hồ sơ,hồ sơ,0,none,sum,sum,,,\nF06,Đúng hạn,hồ sơ,0,up,sum,sum,,,\nF09,Điểm,điểm,1,up,sum,sum,,,\n"
              "D02,Tỷ lệ,%,2,up,ratio,ratio,F06,F05,\n")


def post(login, relation, unit, role, **more):
    return Person(login, relation, ((unit, role),), **more)


@dataclasses.dataclass(frozen=True)
class House:
    """A district with a unit of it, and the people who make their things."""
    district: str
    unit: str
    compiler: str
    clerk: str
    writer: str  # clerk of the district
    beside: str  # another unit of it
    planner: str  # compiler of the unit


HOME = House(DISTRICT, COMMUNE, "ha", "lan", "tho", SIBLING, "tuyet")
AWAY = House(OTHER_DISTRICT, COUSIN, "phu", "cau", "tri", COUSIN, "nhan")

#: Who asks. The relation is to the commune; the posts are those held today, whatever was held before.
PEOPLE = [
    *(post(login, "own", COMMUNE, role) for login, role in (
        ("lan", "clerk"), ("tuyet", "compiler"), ("dat", "head"), ("oanh", "administrator"), ("sau", "viewer"))),
    post("ha", "above", DISTRICT, "compiler", team=True),
    *(post(login, "above", DISTRICT, role) for login, role in (
        ("son", "head"), ("tho", "clerk"), ("nga", "administrator"), ("tam", "viewer"))),
    *(post(login, "two above", CITY, role) for login, role in (("vinh", "head"), ("dung", "compiler"), ("quan", "administrator"),
                                                              ("vy", "viewer"), ("bay", "clerk"))),
    *(post(login, "below", HAMLET, role) for login, role in (("to", "clerk"), ("truong", "head"), ("lien", "compiler"))),
    *(post(login, "sibling", SIBLING, role) for login, role in (("minh", "clerk"), ("yen", "head"), ("giang", "administrator"))),
    *(post(login, "other branch", OTHER_DISTRICT, role) for login, role in (("phu", "compiler"), ("kha", "head"), ("tin", "administrator"))),
    post("cau", "other branch", COUSIN, "clerk"),
    post("tri", "other branch", OTHER_DISTRICT, "clerk"),
    post("nhan", "other branch", COUSIN, "compiler"),
    *(post(login, "above in another line", PARTY, role) for login, role in (("dang", "compiler"), ("bi", "head"), ("uy", "administrator"))),
    *(post(login, "other line", FRONT, role) for login, role in (("mat", "head"), ("tran", "administrator"))),
    Person("doan", "inspects it now", lent=(COMMUNE,)),
    Person("rong", "inspects the unit above now", lent=(DISTRICT,)),
    Person("xong", "inspected it once"),
    post("khe", "unit ended, heir is own", COMMUNE, "clerk"),
    post("thai", "unit ended, heir is sibling", SIBLING, "head"),
    post("thay", "delegated", COMMUNE, "clerk"),
    Person("thoi", "delegation over"),
    Person("rut", "delegation taken back"),
    Person("cu", "post over"),
    Person("mai", "post to come"),
    Person("khong", "no post"),
    Person("khoa", "disabled", signed_in=False),
    Person("ra", "logged out", signed_in=False),
    Person("", "nobody", signed_in=False),
]
BY_LOGIN = {person.login: person for person in PEOPLE}
#: Those whose posts of before are not those of today.
FORMER = {"khe": (ENDED, "clerk"), "thai": (ENDED_BESIDE, "head"), "ra": (COMMUNE, "head"), "khoa": (COMMUNE, "head")}


def chosen_databases():
    """SQLite alone, or, with THONGSUOT_ACCESS=full, both."""
    return databases() if os.environ.get("THONGSUOT_ACCESS") == "full" else ["sqlite"]


def told(wrong):
    """What is wrong, a line each."""
    return f"{len(wrong)} mismatches:\n" + "\n".join(map(str, wrong[:200]))


def match(revision):
    return {"If-Match": f'"{revision}"'}


def fill(text, names):
    for name, value in names.items():
        text = text.replace('"{%s}"' % name, str(value)).replace("{%s}" % name, str(value))
    return text


class Caller(Client):
    """A client that also speaks to what stands beside the API, and comes back after a long silence: the server closes what is idle."""
    used = 0.0

    def send(self, method, path, body=None, headers=None, raw=None):
        if time.monotonic() - self.used > 30:
            self.connection.close()  # opened anew by the next request
        self.used = time.monotonic()
        if re.match(r"/(healthz|readyz|cong-khai|robots\.txt)", path):
            self.connection.request(method, path, headers={"Cookie": self.cookie} if self.cookie else {})
            answer = self.connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        return super().send(method, path, body, headers, raw)


def build(place):
    """The tree, the indicators and the people, by the command line."""
    for name, text, line in (("government.csv", GOVERNMENT, "government"), ("party.csv", PARTY_LINE, "party"),
                             ("front.csv", FRONT_LINE, "front")):
        place.run("import", "units", place.file(name, text), "--on", "2021-01-01", "--line", line)
    place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
    for person in PEOPLE:
        if person.login:
            held = [FORMER[person.login]] if person.login in FORMER else person.posts if person.login != "thay" else ()
            add_person(place, person.login, person.login.capitalize(), *held)
    place.run("user", "post", "cu", "--unit", COMMUNE, "--role", "head", "--from", "2021-01-01", "--to", "2021-02-01")
    place.run("user", "post", "mai", "--unit", COMMUNE, "--role", "head", "--from", "2099-01-01")
    place.run("import", "facts", place.file("facts.csv", "unit_code,indicator,period,status,value\n" +
                                                "".join(f"{unit},F09,2021-12,accepted,1.5\n" for unit in (SIBLING, COUSIN))))


def settled(place):
    """The world with its past: names of what the ended unit left, and the cookies of who is signed in."""
    build(place)
    with place.serving() as server:
        past = World(server.port)
        try:
            names = past.settle()
            cookies = {login: client.cookie for login, client in past.clients.items() if login}
        finally:
            past.close()
    place.run("user", "disable", "khoa")  # who has a session
    return names, cookies


class World:
    """The people who make things, signed in, on a running server."""

    def __init__(self, port, cookies=None):
        self.port = port
        self.clients, self.cookies = {}, dict(cookies or {})
        self.words = ""  # said in every text that is made from now on
        self.ids = {one["code"]: one["id"] for one in self.of("quan").ok("GET", "/units?on=2021-06-01&limit=100")["items"]}

    def of(self, login):
        """This person's client; nobody's for the empty name."""
        if login not in self.clients:
            client = self.clients[login] = Caller(self.port)
            client.cookie = self.cookies.get(login)
            if login and not client.cookie:
                client.sign_in(login, PASSWORD)
        return self.clients[login]

    def close(self):
        for client in self.clients.values():
            client.connection.close()

    def settle(self):
        """What was before today: delegations that ended, inspections that run and that ended, units that ended.

        Whom it ends for is signed in before, and stays so.
        """
        for login in ("thoi", "rut", "xong", "khoa"):
            self.of(login)
        own = self.appointment(COMMUNE, "lan")
        for login, to in (("thay", "2099-01-01"), ("thoi", "2021-02-01"), ("rut", "2099-01-01")):
            self.of("lan").ok("POST", f"/appointments/{own}/delegations", {
                "login": login, "from": "2021-01-01", "to": to, "reason": "nghỉ thai sản"})
        self.of("quan").ok("PUT", f"/appointments/{self.appointment(COMMUNE, 'rut')}/end", {"to": "2021-03-01"})
        for unit, login, quarter, cancelled in ((COMMUNE, "doan", 1, False), (DISTRICT, "rong", 2, False), (COMMUNE, "xong", 3, True)):
            self.inspection_by_the_city(unit, login, quarter, cancelled)
        names = self.things("w", dataclasses.replace(HOME, unit=ENDED, clerk="khe"))
        plan = {"title": "Sắp xếp", "document": "1/NQ", "on": "2022-07-01", "events": [
            {"kind": "merge", "from": [ENDED], "to": [COMMUNE]}, {"kind": "merge", "from": [ENDED_BESIDE], "to": [SIBLING]}]}
        made = self.of("quan").ok("POST", "/reorganisations", {"unit": self.ids[DISTRICT], "plan": plan})
        self.of("quan").ok("PUT", f"/reorganisations/{made['id']}/application", {}, made["revision"])
        return names

    def said(self, text):
        return f"{text} {self.words}".strip()

    def appointment(self, unit, login):
        held = self.of("quan").ok("GET", f"/units/{self.ids[unit]}/posts?on=2021-01-15")["items"]
        return next(one["id"] for one in held if one["account"]["login"] == login)

    def inspection_by_the_city(self, unit, login, quarter, cancelled):
        vinh = self.of("vinh")
        programme = vinh.ok("POST", "/programmes", {"unit": self.ids[CITY], "kind": "programme", "number": login, "title": "P",
                                                    "issued_on": "2021-01-01", "addressees": [self.ids[unit]]})
        made = vinh.ok("POST", "/inspections", INSPECTION | {"unit": self.ids[CITY], "units": [self.ids[unit]], "quarter": quarter,
                                                             "programmes": [programme["id"]]})

        def act(what, body):
            path = f"/inspections/{made['id']}"
            return vinh.ok("PUT", path + what, body, vinh.ok("GET", path)["revision"])
        act("/team", {"members": [{"login": login, "role": "head"}], "reason": "đột xuất"})
        act("/decision", {})
        if cancelled:
            act("/cancellation", {"reason": "không còn cần"})

    # ── things of one unit, new for each person who may change them ─────────────────────────────

    def things(self, mark, house=HOME, number=0):
        """The unit's things by their names in the table. `mark` and `number` keep codes and periods apart."""
        names = {code: number for code, number in self.ids.items()}
        names.update(person=mark, system="dhis2", packet="indicator_data", year=1950 + number, letter="petition", paper="decision")
        names.update(self.of_reports(mark, house, f"{2022 + number // 12}-{1 + number % 12:02}"))
        names.update(self.of_programmes(mark, house))
        names.update(self.of_lists(mark, house))
        names.update(self.of_the_tree(mark, house))
        names.update(self.of_the_register(house))
        names.update(self.of_petitions(mark, house))
        names.update(self.of_bulletins(house))
        names.update(self.of_movements(house))
        if house.unit != ENDED:
            names.update(self.of_inspections(house, names["programme"]))
        return names

    def of_reports(self, mark, house, period):
        ha, clerk = self.of(house.compiler), self.of(house.clerk)
        request = ha.ok("POST", "/requests", {
            "unit": self.ids[house.district], "title": self.said("T"), "period": period, "due_on": "2021-08-01", "indicators": ["F05"],
            "units": [self.ids[house.unit]], "sections": [{"code": "1", "title": self.said("Kết quả"), "is_required": False}]})
        report = ha.ok("GET", f"/requests/{request['id']}")["reports"][0]["id"]
        fact = ha.ok("GET", f"/reports/{report}")["cells"][0]["fact"]
        kept = clerk.ok("POST", f"/facts/{fact}/attachments", {"name": self.said("b") + ".txt", "base64": "eGlu"})
        publication = ha.ok("POST", "/publications", {"unit": self.ids[house.district], "period": "2021-12", "indicators": ["F09"], "title": self.said(mark)})
        return {"request": request["id"], "report": report, "fact": fact, "figure": kept["attachments"][0]["id"],
                "publication": publication["id"]}

    def of_programmes(self, mark, house):
        """A programme with a target; a task with evidence, and another whose longer term waits for its decision."""
        ha, clerk = self.of(house.compiler), self.of(house.clerk)
        programme = ha.ok("POST", "/programmes", {
            "unit": self.ids[house.district], "kind": "programme", "number": f"1-{mark}", "title": self.said("P"), "issued_on": "2021-01-01",
            "addressees": [self.ids[house.unit]], "targets": [{"indicator": "F05", "period": "2021", "value": "9"}]})
        made = [ha.ok("POST", "/tasks", {
            "programme": programme["id"], "unit": self.ids[house.district], "title": self.said("Rà soát"), "lead": self.ids[house.unit], "deliverable": self.said("5 bản"),
            "from": "2021-01-01", "due": "2098-01-01"}) for _ in range(2)]
        task = clerk.ok("POST", f"/tasks/{made[0]['id']}/updates", {"kind": "evidence", "text": self.said("đã"), "file": {"name": self.said("a") + ".txt", "base64": "eGlu"}}, 1)
        asked = clerk.ok("POST", f"/tasks/{made[1]['id']}/extensions", {"due": "2099-01-01", "reason": self.said("thiếu người")})
        return {"programme": programme["id"], "target": programme["targets"][0]["id"], "task": made[0]["id"],
                "evidence": task["attachments"][0]["id"], "extension": asked["extensions"][0]["id"]}

    def of_lists(self, mark, house):
        """Lines of lists that everybody reads."""
        ha = self.of(house.compiler)
        competence = ha.ok("POST", "/competences", {"subject": "y-te", "level": "district", "unit": self.ids[house.district],
                                                    "body": f"Phòng {mark}", "days": 5, "from": "2022-01-01"})
        return {"competence": competence["id"], "check": ha.ok("POST", "/checks", CHECK | {"code": f"K-{mark}"})["id"],
                "regime": ha.ok("POST", "/regimes", REGIME | {"unit": self.ids[house.district], "code": f"R-{mark}"})["id"],
                "whole": ha.ok("POST", "/indicators", {
                    "code": f"W-{mark}", "name": "W", "measure_unit": "hồ sơ", "decimals": 0, "direction": "none",
                    "across_units": "sum", "across_time": "sum"})["id"]}

    def of_the_tree(self, mark, house):
        """An appointment to end, the clerk's own one, and two drafts, one of which can be applied."""
        quan = self.of("quan")
        made = quan.ok("POST", f"/units/{self.ids[house.unit]}/appointments", {
            "login": "cu", "role": "viewer", "title": self.said(f"xem giúp {mark}"), "from": "2021-01-01", "to": "2022-06-01"})
        quan.ok("PUT", f"/appointments/{made['id']}/end", {"to": "2022-02-01"})
        drafts = []
        for title in (self.said("Bản thảo"), self.said("Đổi tên")):
            plan = {"title": title, "document": "1/NQ-HĐND", "on": "2022-01-01", "events": [
                {"kind": "rename", "from": [house.beside], "to": [], "name_after": f"Xã đổi tên {mark}"}]}
            drafts.append(quan.ok("POST", "/reorganisations", {"unit": self.ids[house.district], "plan": plan})["id"])
        return {"own": self.appointment(house.unit, house.clerk) if house.unit != ENDED else 0, "appointment": made["id"], "draft": drafts[0], "reorganisation": drafts[1]}

    def of_the_register(self, house):
        """A paper sent to the unit, with a file, and one to refer to."""
        ha, district = self.of(house.compiler), self.ids[house.district]
        ha.ok("PUT", f"/units/{district}/register/mark", {"profile": "state-nd30-2020", "mark": "UBND"})
        papers = [ha.ok("POST", "/documents", {
            "kept_by": district, "unit": district, "profile": "state-nd30-2020", "kind": "KH", "subject": self.said("Kế hoạch"),
            "issued_on": "2021-02-01", "recipients": [self.ids[house.unit]]}) for _ in range(2)]
        file = ha.ok("POST", f"/documents/{papers[0]['id']}/attachments", {"name": self.said("a") + ".txt", "base64": "eGlu"})
        template = ha.ok("GET", f"/units/{district}/templates/BC/file?profile=party-36-2018")
        return {"document": papers[0]["id"], "other": papers[1]["id"], "attachment": file["id"],
                "template": json.dumps(base64.b64encode(template).decode("ascii"))}

    def of_inspections(self, house, programme):
        """An inspection of the commune by the district's compiler, in the midst of its course."""
        ha, lan, commune = self.of(house.compiler), self.of(house.clerk), self.ids[house.unit]
        made = ha.ok("POST", "/inspections", INSPECTION | {
            "unit": self.ids[house.district], "units": [commune], "programmes": [programme], "title": self.said("thực hiện chương trình")})
        path = f"/inspections/{made['id']}"

        def act(method, what, body):
            return ha.ok(method, path + what, body, ha.ok("GET", path)["revision"])
        act("PUT", "/team", {"members": [{"login": house.compiler, "role": "head"}], "reason": "đột xuất"})
        act("PUT", "/outline", {"sections": [{"code": "1", "title": self.said("Kết quả"), "is_required": False}], "period": "2021", "due_on": "2099-01-01"})
        act("PUT", "/decision", {})
        report = act("PUT", "/announcement", {})["self_reports"][0]
        lan.ok("PUT", f"/reports/{report['report']}/submission", {}, report["revision"])
        act("PUT", "/verification", {})
        session = ha.ok("POST", path + "/sessions", SESSION | {"unit": commune, "subject": self.said("T")})
        kept = ha.ok("POST", f"{path}/sessions/{session['id']}/attachments", {"name": "b.txt", "base64": "eGlu"})
        note = ha.ok("POST", path + "/notes", {"text": self.said("ghi"), "is_shared": True})
        found = act("POST", "/findings", FINDING | {"text": self.said("T"), "evidence": [{"kind": "section", "id": report["report"], "section": "1"}]})
        return {"inspection": made["id"], "session": session["id"], "note": note["id"], "finding": found["findings"][0]["id"],
                "picture": kept["attachments"][0]["id"], "followup": 1}

    def of_petitions(self, mark, house):
        """Two petitions of the unit that the district holds, the first with a file."""
        clerk = self.of(house.clerk)
        asked = PETITION | {"unit": self.ids[house.unit], "title": self.said("Thiếu máy tính"), "text": self.said("Hỏng cả hai."),
                            "addressees": [{"unit": self.ids[house.district]}]}
        made, other = (clerk.ok("POST", "/petitions", asked) for _ in range(2))
        kept = clerk.ok("POST", f"/petitions/{made['id']}/attachments", {"name": "b.txt", "base64": "eGlu"})
        return {"petition": made["id"], "other_petition": other["id"], "part": made["parts"][0]["id"],
                "enclosure": kept["attachments"][0]["id"]}

    def of_bulletins(self, house):
        """The clerk's draft with a picture, and one of the district under review that its clerk wrote."""
        clerk, tho = self.of(house.clerk), self.of(house.writer)
        draft = clerk.ok("POST", "/bulletins", BULLETIN | {"unit": self.ids[house.unit], "title": self.said("T")})
        kept = clerk.ok("POST", f"/bulletins/{draft['id']}/pictures", {"base64": DOT, "caption": self.said("C"), "alternative": "A"}, 1)
        waiting = tho.ok("POST", "/bulletins", BULLETIN | {"unit": self.ids[house.district], "title": self.said("T")})
        tho.ok("PUT", f"/bulletins/{waiting['id']}/submission", {}, 1)
        return {"bulletin": draft["id"], "photo": kept["pictures"][0]["id"], "reviewed": waiting["id"]}

    def of_movements(self, house):
        """A campaign of the district that the unit carries, with a contribution and a model of that unit."""
        ha, clerk, unit = self.of(house.compiler), self.of(house.clerk), self.ids[house.unit]
        made = ha.ok("POST", "/movements", MOVEMENT | {"unit": self.ids[house.district], "name": self.said("Quỹ"), "carriers": [unit]})
        path = f"/movements/{made['id']}"
        ha.ok("PUT", path + "/start", {}, 1)
        gift = clerk.ok("POST", path + "/contributions", GIFT | {"unit": unit, "body": unit, "giver": self.said("Công ty A")})
        model = clerk.ok("POST", "/models", MODEL | {"unit": unit, "title": self.said("Mô hình")})
        kept = clerk.ok("POST", f"/models/{model['id']}/attachments", {"name": "b.txt", "base64": "eGlu"})
        praise = ha.ok("POST", "/commendations", {"unit": unit, "giver": self.ids[house.district], "form": self.said("Giấy khen"),
                                                  "number": f"{made['id']}/QĐ", "on": "2021-06-01"})
        return {"movement": made["id"], "praise": praise["id"], "gift": gift["id"], "model": model["id"],
                "poster": kept["attachments"][0]["id"]}
