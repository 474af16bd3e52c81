"""Step 7: a district asks the centre and the city; thirteen units ask for one thing and are answered once. All invented."""
import datetime
import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import zipfile

from ground import PASSWORD, Client, Place, add_person, databases, rows, shared

TOP = "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n2,279,Huyện Thường Tín,Huyện,01\n2,250,Huyện Mê Linh,Huyện,01\n"
PEOPLE = {"truong": None, "vinh": ("01", "head"), "dung": ("01", "compiler"), "son": ("279", "head"), "ha": ("279", "compiler"), "khac": ("250", "head")}
POST = "Bố trí cán bộ chuyên trách văn phòng cấp ủy ở xã"
CENTRE = "Ban Tuyên giáo Trung ương"
ANSWER = "Thành phố bố trí mỗi xã một cán bộ chuyên trách văn phòng cấp ủy từ quý sau."


def today(days=0):
    """A day by the platform's clock (+07:00)."""
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7)))
    return (now.date() + datetime.timedelta(days=days)).isoformat()


class Petitions(unittest.TestCase):
    def test_twelve_communes_and_their_district_are_answered_once(self):
        self.units = rows(shared("scenario", "units_2021.csv"))
        self.assertEqual(len(self.units), 29)
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                self.build(place)
                with place.serving() as server:
                    self.who = {login: Client(server.port).sign_in(login, PASSWORD) for login in [*PEOPLE, *self.clerks]}
                    self.ids = {unit["code"]: unit["id"] for unit in
                                self.who["vinh"].ok("GET", "/units?on=2021-06-01&limit=100")["items"]}
                    try:
                        self.competences()
                        self.communes_ask()
                        self.the_district_is_not_competent_any_more()
                        self.the_district_asks()
                        self.merged()
                        self.bad_input()
                        self.asked_back_and_answered()
                        self.all_thirteen_see_it()
                        self.in_parts()
                        self.afterwards()
                        self.papers(kind)
                        self.brief()
                    finally:
                        for client in self.who.values():
                            client.connection.close()
                place.run("audit", "verify")

    def build(self, place):
        communes = "\n".join(f'3,{unit["code"]},"{unit["name"]}",,279' for unit in self.units)
        place.run("import", "units", place.file("tree.csv", TOP + communes + "\n"), "--on", "2021-01-01", "--line", "government")
        for login, post in PEOPLE.items():
            add_person(place, login, login.capitalize(), *([post] if post else []))
        self.clerks = []
        for unit in self.units[:14]:
            self.clerks.append("xa" + unit["code"])
            add_person(place, self.clerks[-1], "Cán bộ " + unit["name"], (unit["code"], "clerk"))

    def refused(self, answer, status, *codes):
        self.assertEqual(answer[0], status, answer[1])
        self.assertEqual([one["code"] for one in answer[1]["problems"]], list(codes))
        return answer[1]["problems"]

    def commune(self, i):
        return self.ids[self.units[i]["code"]]

    def send(self, login, method, petition, path, body, revision=None):
        at = revision or self.who["vinh" if login == "khac" else login].ok("GET", f"/petitions/{petition}")["revision"]
        return self.who[login].send(method, f"/petitions/{petition}{path}", body, {"If-Match": f'"{at}"'})

    def do(self, login, method, petition, path, body):
        status, answer, _ = self.send(login, method, petition, path, body)
        self.assertLess(status, 300, answer)
        return answer

    def asked(self, unit, *to, title=POST, subject="to-chuc", text="Cán bộ kiêm nhiệm không kịp tham mưu, tổng hợp, lưu trữ."):
        return {"unit": unit, "kind": "recommendation", "subject": subject, "title": title, "text": text,
                "addressees": [{"unit": one} if isinstance(one, int) else {"unit": one[0], "body": one[1]} for one in to],
                "is_illustrative": True}

    def competences(self):
        city, district = self.ids["01"], self.ids["279"]
        for subject, level, unit, body, days in (("to-chuc", "district", district, "", 10), ("to-chuc", "province", city, "", 15),
                                                 ("dao-tao", "province", city, "", 15), ("dao-tao", "centre", city, CENTRE, 30)):
            made = self.who["dung"].ok("POST", "/competences", {"subject": subject, "level": level, "unit": unit, "body": body,
                                                                "days": days, "from": "2021-01-01", "basis": "Số liệu minh hoạ"})
            if unit == district:
                self.of_the_district = made["id"]
        self.refused(self.who["dung"].send("POST", "/competences", {
            "subject": "to-chuc", "level": "district", "unit": district, "days": 5, "from": "2022-01-01"}), 422, "competence.overlaps")

    def communes_ask(self):
        """Four ask the district, seven the city; the twelfth sees while typing that others do, and joins one of them."""
        city, district = self.ids["01"], self.ids["279"]
        self.own = []
        for i in range(11):
            made = self.who[self.clerks[i]].ok("POST", "/petitions", self.asked(self.commune(i), district if i < 4 else city,
                                                                                text=f"Xã {i}: cán bộ kiêm nhiệm, việc dồn."))
            self.own.append(made["id"])
        twelfth = self.who[self.clerks[11]]
        found = twelfth.ok("GET", f"/units/{self.commune(11)}/similar-petitions?q={urllib.parse.quote(POST)}")
        self.assertGreaterEqual(len(found["items"]), 10)
        self.assertTrue(all(one["unit"] is None and not one["is_seen"] and one["likeness"] >= 50 for one in found["items"]), found)
        of_the_city = next(one for one in found["items"] if one["id"] == self.own[5])
        self.assertEqual([one["unit"]["code"] for one in of_the_city["holders"]], ["01"])
        self.refused(twelfth.send("GET", f"/petitions/{self.own[5]}"), 404, "petition.not_found")
        joined = twelfth.ok("POST", f"/petitions/{self.own[5]}/raisers", {"unit": self.commune(11), "text": "Xã chúng tôi cũng vậy."})
        self.assertEqual(joined["raisers"], 2)
        self.refused(twelfth.send("POST", f"/petitions/{self.own[5]}/raisers", {"unit": self.commune(11)}), 409, "petition.raised_already")
        self.refused(self.send(self.clerks[5], "PUT", self.own[5], "/withdrawal", {"reason": "thôi"}), 409, "petition.others_joined")

    def the_district_is_not_competent_any_more(self):
        self.who["dung"].ok("PUT", f"/competences/{self.of_the_district}/ending", {"on": today()})
        problem = self.refused(self.who[self.clerks[12]].send("POST", "/petitions", self.asked(self.commune(12), self.ids["279"])),
                               422, "petition.not_competent")[0]
        self.assertEqual((problem["field"], problem["args"][0]), ("/addressees/0", "Huyện Thường Tín"))
        self.assertIn("Hà Nội", problem["args"][1])
        proposed = self.who[self.clerks[12]].ok("GET", f"/units/{self.commune(12)}/competent-bodies?subject=to-chuc")["items"]
        self.assertEqual([(one["unit"]["code"], one["days"]) for one in proposed], [("01", 15)])

    def the_district_asks(self):
        ha, city = self.who["ha"], self.ids["01"]
        self.training = ha.ok("POST", "/petitions", self.asked(
            self.ids["279"], city, (city, CENTRE), subject="dao-tao", title="Tập huấn nghiệp vụ cho Ban Chỉ đạo 35",
            text="Đề nghị Trung ương và thành phố mở lớp bồi dưỡng nghiệp vụ cho Ban Chỉ đạo 35 các cấp."))["id"]
        self.post = ha.ok("POST", "/petitions", self.asked(self.ids["279"], city))["id"]

    def merged(self):
        """The four that the district holds go on to who is competent; then all of them become one."""
        ha, city = "ha", self.ids["01"]
        for petition in self.own[:4]:
            part = self.who[ha].ok("GET", f"/petitions/{petition}")["parts"][0]["id"]
            self.refused(self.send(ha, "PUT", petition, "/merging", {"into": self.post}), 409, "petition.merge_leaves_part")
            self.do(ha, "PUT", petition, f"/parts/{part}/forwarding", {"to": {"unit": city}})
            self.refused(self.send("dung", "PUT", petition, f"/parts/{part}/forwarding", {"to": {"unit": self.ids["279"]}}), 409,
                         "petition.circular")
        self.refused(self.send(ha, "PUT", self.own[0], "/merging", {"into": self.training}), 409,
                     "petition.merge_subject")
        self.refused(self.send("dung", "PUT", self.own[0], "/merging", {"into": self.own[0]}), 409, "petition.merge_itself")
        self.refused(self.send(self.clerks[0], "PUT", self.own[0], "/merging", {"into": self.post}), 422, "petition.not_found")
        for petition in self.own:
            self.do(ha, "PUT", petition, "/merging", {"into": self.post})
        whole = self.who["dung"].ok("GET", f"/petitions/{self.post}")
        self.assertEqual(whole["raisers"], 13)
        self.assertEqual(whole["raised_by"][1]["text"], f"{POST}. Xã 0: cán bộ kiêm nhiệm, việc dồn.", "its own words are kept")
        left = self.who["dung"].ok("GET", f"/petitions?holder={city}&state=open")["items"]
        self.assertEqual({one["id"] for one in left}, {self.post, self.training})

    def bad_input(self):
        part = self.who["dung"].ok("GET", f"/petitions/{self.post}")["parts"][0]
        self.part = part["id"]
        self.assertEqual(part["days"], 15)
        at = f"/parts/{self.part}"
        self.refused(self.send("dung", "PUT", self.post, at + "/extension", {"days": 16, "reason": "bận"}), 422,
                     "petition.extension_too_long")
        self.refused(self.send("dung", "PUT", self.post, at + "/dispatch", {"body": "Bộ", "on": today(2)}), 422, "petition.dispatch_day")
        self.refused(self.send("ha", "PUT", self.post, at + "/answer", {"outcome": "settled", "text": "Rồi"}), 403, "authority.not_yours")
        self.refused(self.send("khac", "PUT", self.post, at + "/answer", {"outcome": "settled", "text": "Rồi"}), 404, "petition.not_found")
        self.refused(self.send("dung", "PUT", self.post, at + "/answer", {"outcome": "settled", "text": "Rồi"}, revision=1), 412,
                     "petition.changed")
        self.refused(self.send("dung", "PUT", self.post, "/public-version", {"title": "T", "question": "H", "answer": "Đ"}), 409,
                     "petition.unanswered")
        wrong = self.asked(self.commune(12)) | {"kind": "wish", "addressees": []}
        self.refused(self.who[self.clerks[12]].send("POST", "/petitions", wrong), 422, "json.not_one_of")
        self.refused(self.who[self.clerks[12]].send("POST", "/petitions", wrong | {"kind": "obstacle"}), 422, "petition.no_addressee")
        self.refused(self.who[self.clerks[12]].send("POST", "/petitions", self.asked(self.commune(12), self.ids["01"], subject="x")), 422,
                     "petition.subject_unknown")

    def asked_back_and_answered(self):
        at = f"/parts/{self.part}"
        self.do("dung", "PUT", self.post, at + "/question", {"text": "Mỗi xã có bao nhiêu đảng viên?"})
        self.refused(self.send("dung", "PUT", self.post, at + "/extension", {"days": 3, "reason": "bận"}), 409, "petition.state")
        self.do(self.clerks[3], "PUT", self.post, at + "/supply", {"text": "Xã có 210 đảng viên."})
        made = self.do("dung", "PUT", self.post, at + "/extension", {"days": 5, "reason": "Chờ ý kiến Ban Thường vụ"})
        self.assertEqual((made["parts"][0]["state"], made["parts"][0]["extended_days"]), ("held", 5))
        self.refused(self.send("dung", "PUT", self.post, at + "/extension", {"days": 1, "reason": "nữa"}), 409, "petition.extended")
        made = self.do("dung", "PUT", self.post, at + "/answer", {"outcome": "accepted", "text": ANSWER})
        self.assertEqual((made["state"], made["answered_on"]), ("answered", today()))
        self.refused(self.send("dung", "PUT", self.post, at + "/answer", {"outcome": "declined", "text": "Không"}), 409, "petition.answered")

    def all_thirteen_see_it(self):
        for i in range(14):
            client = self.who[self.clerks[i]]
            if i >= 12:
                self.refused(client.send("GET", f"/petitions/{self.post}"), 404, "petition.not_found")
                self.assertEqual(client.ok("GET", "/petitions")["items"], [])
                continue
            seen = client.ok("GET", f"/petitions/{self.post}")
            self.assertEqual((seen["state"], seen["parts"][0]["answer"]), ("answered", ANSWER))
            raised = client.ok("GET", f"/petitions?unit={self.commune(i)}&state=answered")["items"]
            self.assertEqual([one["id"] for one in raised], [self.post], "one answer, where the unit looks for it")
        self.assertEqual(self.who["ha"].ok("GET", f"/petitions/{self.post}")["parts"][0]["answer"], ANSWER)
        self.refused(self.who["khac"].send("GET", f"/petitions/{self.post}"), 404, "petition.not_found")
        old = self.who[self.clerks[0]].ok("GET", f"/petitions/{self.own[0]}")
        self.assertEqual((old["state"], old["merged_into"]), ("merged", self.post))

    def in_parts(self):
        """The city answers for itself and for the centre; the whole is answered when both are."""
        parts = {one["body"]: one["id"] for one in self.who["dung"].ok("GET", f"/petitions/{self.training}")["parts"]}
        self.assertEqual(set(parts), {"", CENTRE})
        made = self.do("dung", "PUT", self.training, f"/parts/{parts['']}/answer",
                       {"outcome": "accepted", "text": "Thành phố mở hai lớp."})
        self.assertEqual(made["state"], "open")
        sent = self.do("dung", "PUT", self.training, f"/parts/{parts[CENTRE]}/dispatch",
                       {"body": CENTRE, "on": today(), "text": "Công văn gửi Trung ương"})
        self.assertEqual(next(one for one in sent["parts"] if one["body"] == CENTRE)["sent_on"], today())
        made = self.do("dung", "PUT", self.training, f"/parts/{parts[CENTRE]}/answer",
                       {"outcome": "explained", "text": "Trung ương sẽ có kế hoạch chung."})
        self.assertEqual(made["state"], "answered")

    def afterwards(self):
        dung, city = self.who["dung"], self.ids["01"]
        programme = dung.ok("POST", "/programmes", {
            "unit": city, "kind": "programme", "number": "02-CTr/TU", "title": "Kiện toàn văn phòng cấp ủy", "issued_on": "2021-03-17",
            "from": "2021-01-01", "to": "2100-01-01", "is_illustrative": True})
        self.programme = programme["id"]
        task = {"programme": programme["id"], "title": "Bố trí cán bộ chuyên trách", "deliverable": "Quyết định điều động",
                "lead": self.ids["279"], "from": today(), "due": today(60)}
        made = self.do("dung", "POST", self.post, f"/parts/{self.part}/task", task)
        self.assertEqual(self.who["ha"].ok("GET", f"/tasks/{made['parts'][0]['task']}")["title"], "Bố trí cán bộ chuyên trách")
        self.refused(self.send("dung", "POST", self.post, f"/parts/{self.part}/task", task), 409, "petition.task_made")
        self.refused(self.send("ha", "PUT", self.post, "/public-version", {"title": "T", "question": "H", "answer": "Đ"}), 403,
                     "authority.not_yours")
        opened = self.do("dung", "PUT", self.post, "/public-version", {
            "title": "Cán bộ văn phòng cấp ủy ở xã", "question": "Các xã đề nghị bố trí cán bộ chuyên trách.", "answer": ANSWER})
        self.assertTrue(opened["is_public"])
        rows_ = {one["subject"]: one for one in dung.ok("GET", f"/units/{city}/petition-overview")["subjects"]}
        self.assertEqual((rows_["to-chuc"]["raised"], rows_["to-chuc"]["units"], rows_["to-chuc"]["answered"], rows_["to-chuc"]["open"]),
                         (1, 13, 1, 0))
        self.assertEqual((rows_["dao-tao"]["answered_parts"], rows_["dao-tao"]["answered_late"]), (2, 0))
        said = self.who[self.clerks[7]].ok("POST", f"/petitions/{self.post}/statements", {"text": "Xin cảm ơn."})
        self.assertEqual(said["steps"][-1]["text"], "Xin cảm ơn.")
        self.assertEqual(self.who[self.clerks[2]].ok("GET", f"/petitions/{self.post}")["steps"][-1]["unit"]["id"], self.commune(7))

    def papers(self, kind):
        ha, dung = self.who["ha"], self.who["dung"]
        for client, code, mark in ((dung, "01", "TU"), (ha, "279", "HU")):
            client.ok("PUT", f"/units/{self.ids[code]}/register/mark", {"profile": "party-36-2018", "mark": mark})
            client.ok("POST", f"/units/{self.ids[code]}/terms", {"name": "XVII", "from": "2020-10-01", "to": "2099-01-01"})
        issued = ha.ok("POST", f"/petitions/{self.training}/papers", {"paper": "petition", "profile": "party-36-2018"})
        letter = next(one for one in issued["papers"] if one["paper"] == "petition")
        self.assertTrue(letter["number"].endswith("/HU"), letter)
        self.refused(ha.send("POST", f"/petitions/{self.training}/papers", {"paper": "petition", "profile": "party-36-2018"}), 409, "paper.issued")
        answered = dung.ok("POST", f"/petitions/{self.post}/papers", {"paper": "answer", "part": self.part, "profile": "party-36-2018"})
        self.assertEqual(answered["parts"][0]["document"]["number"],
                         next(one for one in answered["papers"] if one["paper"] == "answer")["number"])
        with tempfile.TemporaryDirectory(prefix="thongsuot-letters-") as folder:
            names = []
            for petition, path, words in ((self.training, "petition", "Ban Chỉ đạo 35"), (self.post, f"answer?part={self.part}", ANSWER)):
                content = ha.ok("GET", f"/petitions/{petition}/papers/{path}")
                with zipfile.ZipFile(io.BytesIO(content)) as package:
                    self.assertIn(words, package.read("word/document.xml").decode())
                names.append(pathlib.Path(folder) / f"{petition}.docx")
                names[-1].write_bytes(content)
            if kind == "sqlite":
                self.opened(folder, names)

    def opened(self, folder, names):
        office = shutil.which("soffice")
        if office is None:
            print("\n*** NOT RUN: LibreOffice is not here; letters were read but not opened by it ***", file=sys.stderr)
            return
        subprocess.run([office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
                        folder, *map(str, names)], check=True, capture_output=True, timeout=120)
        for one in names:
            self.assertGreater(one.with_suffix(".pdf").stat().st_size, 5_000)

    def brief(self):
        """A team at the district is told what is open there: what it holds once, with who asks counted."""
        first = self.who[self.clerks[12]].ok("POST", "/petitions", self.asked(
            self.commune(12), self.ids["279"], subject="khac", title="Sửa đường vào trường"))["id"]
        second = self.who[self.clerks[13]].ok("POST", "/petitions", self.asked(
            self.commune(13), self.ids["01"], subject="khac", title="Mở thêm tuyến xe"))["id"]
        vinh = self.who["vinh"]
        made = vinh.ok("POST", "/inspections", {
            "unit": self.ids["01"], "procedure": "kiem-tra", "title": "Kiểm tra huyện", "team_name": "Đoàn số 2", "year": int(today()[:4]),
            "quarter": 4, "from": f"{int(today()[:4]) - 1}-01-01", "to": today()[:4] + "-01-01", "units": [self.ids["279"]], "programmes": [self.programme]})
        path = f"/inspections/{made['id']}"

        def act(deed, body):
            vinh.ok("PUT", path + deed, body, vinh.ok("GET", path)["revision"])
        truong = self.who["truong"]
        act("/team", {"members": [{"login": "truong", "role": "head"}]})
        act("/outline", {"sections": [{"code": "I", "title": "Kết quả"}], "indicators": [], "period": today()[:4], "due_on": today(9)})
        for one in (first, second):
            self.refused(truong.send("GET", f"/petitions/{one}"), 404, "petition.not_found")
        act("/decision", {"days": 20})
        for one in (first, second):  # a line opens to its source for who is on the team, to be read only
            self.assertEqual(truong.ok("GET", f"/petitions/{one}")["acts"], [])
        part = truong.ok("GET", f"/petitions/{first}")["parts"][0]["id"]
        self.refused(self.send("truong", "PUT", first, f"/parts/{part}/answer", {"outcome": "settled", "text": "Rồi"}), 403, "authority.not_yours")
        self.refused(self.who["khac"].send("GET", path + "/brief"), 404, "inspection.not_found")
        self.refused(self.who["ha"].send("GET", path + "/brief"), 404, "inspection.not_found")
        lines = [one for one in truong.ok("GET", path + "/brief")["items"] if one["kind"].startswith("petition_")]
        self.assertEqual(sorted((one["kind"], one["source"]["id"], one["unit"]["code"], one["count"]) for one in lines),
                         sorted([("petition_open", first, "279", 1), ("petition_open", second, self.units[13]["code"], 1)]))


if __name__ == "__main__":
    unittest.main()
