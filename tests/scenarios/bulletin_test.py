"""Step 9: a unit tells everybody. A bulletin from its draft to its withdrawal, open figures, and what a stranger finds."""
import base64
import csv
import datetime
import html.parser
import http.client
import io
import json
import re
import struct
import unittest
import urllib.parse
import xml.etree.ElementTree
import zlib

from ground import PASSWORD, Client, Place, Server, add_person, binary, databases

ORIGIN = "https://congkhai.example"
TREE = ("level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n2,279,Huyện Thường Tín,Huyện,01\n"
        "2,250,Huyện Mê Linh,Huyện,01\n3,10183,=Thị trấn Thường Tín,Thị trấn,279\n3,10186,Xã Ninh Sở,Xã,279\n")
INDICATORS = ("code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n"
              "F02,Đảng viên kết nạp,người,0,up,sum,sum,,,\nF03,Mô hình dân vận khéo,mô hình,0,up,sum,sum,,,\n")
PEOPLE = {"ha": ("279", "compiler"), "hieu": ("279", "head"), "nga": ("279", "clerk"), "lan": ("10183", "clerk"),
          "minh": ("10186", "clerk"), "xa": ("250", "head")}
def boundaries(*corners, side=0.02):
    """A square for each unit, from its south-west corner."""
    def square(east, north):
        return [[east, north], [east + side, north], [east + side, north + side], [east, north + side], [east, north]]
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [square(*at)]}}
        for code, at in corners]})


HERE = boundaries(("10183", (105.85, 20.85)), ("10186", (105.88, 20.86)), ("250", (105.7, 21.1)))
ELSEWHERE = boundaries(("10183", (105.85, 20.85)), ("10186", (105.85, 20.95)))
SECRET = "Chuyện chưa ai được biết"
EVIL = "<script>alert('x')</script> & \"Đảng bộ\""
VOID = {"meta", "link", "img", "br", "hr", "input"}


def png(width=40, height=30, chunks=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([x * 3 % 256, 90, 120]) * width for x in range(height))
    extra = chunk(b"eXIf", chunks) if chunks else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + extra
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def as_text(data):
    return base64.b64encode(data).decode()


class Page(html.parser.HTMLParser):
    """A page read strictly: every element closed in order, no scripts, what each reader needs is there."""

    def __init__(self, text):
        super().__init__()
        self.stack, self.ids, self.links, self.sources, self.h1, self.words = [], set(), [], [], 0, []
        self.faults = []
        if not text.startswith("<!DOCTYPE html>"):
            self.faults.append("no doctype")
        self.feed(text)
        self.close()
        if self.stack:
            self.faults.append(f"open at the end: {self.stack}")
        if self.h1 != 1:
            self.faults.append(f"{self.h1} h1")

    def handle_starttag(self, tag, attrs):
        self.look_at(tag, attrs)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.look_at(tag, attrs)
        if tag not in VOID and "svg" not in self.stack:
            self.faults.append(f"<{tag}/> is no element without an end")

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.words.append(data)

    def look_at(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag in ("script", "style", "iframe", "object", "form") or any(n.startswith("on") or n == "style" for n in given):
            self.faults.append(f"<{tag} {given}> may run or dress something")
        if tag == "html" and given.get("lang") != "vi":
            self.faults.append("no language")
        if tag == "img" and not given.get("alt"):
            self.faults.append("a picture without words")
        if tag == "h1":
            self.h1 += 1
        if "id" in given:
            if given["id"] in self.ids:
                self.faults.append(f"id {given['id']} twice")
            self.ids.add(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        if "src" in given:
            self.sources.append(given["src"])


class Stranger:
    """Somebody without an account."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path, headers=None, method="GET"):
        self.connection.request(method, urllib.parse.quote(path, safe="/?=&%-._~"), headers=headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())


class Bulletins(unittest.TestCase):
    def test_from_a_draft_to_a_withdrawn_page(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
                place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
                drawn = ["--on", "2021-01-01", "--source", "Bản đồ <minh hoạ>"]
                place.run("import", "boundaries", place.file("here.geojson", HERE), *drawn)
                # Beside a running server only where several programs may write.
                self.redraws = kind == "postgres"
                self.redraw = lambda: place.run("import", "boundaries", place.file("else.geojson", ELSEWHERE), *drawn)
                for login, post in PEOPLE.items():
                    add_person(place, login, login.capitalize(), post)
                command = [binary(), *place.args, "serve", "--port", "0", "--origin", ORIGIN]
                server = Server(command)
                second = Server(command) if kind == "postgres" else None  # beside the first on one database
                self.others = [Stranger(second.port)] if second else []
                try:
                    self.play(server.port)
                finally:
                    for other in self.others:
                        other.connection.close()
                    if second:
                        second.stop()
                    for client in self.who.values():
                        client.connection.close()
                    self.stranger.connection.close()
                    server.stop()
                place.run("audit", "verify")
                place.run("verify")

    def play(self, port):
        self.who = {login: Client(port).sign_in(login, PASSWORD) for login in PEOPLE}
        self.stranger = Stranger(port)
        self.ids = {unit["code"]: unit["id"] for unit in self.who["ha"].ok("GET", "/units?on=2021-06-01")["items"]}
        self.nothing = self.stranger.get("/cong-khai/ban-tin/khong-co")
        self.publish_figures()
        self.write()
        self.pictures()
        self.bad_pictures()
        self.review()
        self.read_by_everybody()
        self.open_figures()
        self.answer_in_public()
        self.crawl()
        self.scheduled()
        self.correct()
        self.withdraw()

    # --- helpers

    def refused(self, answer, status, *codes):
        self.assertEqual(answer[0], status, answer[1])
        if codes:
            self.assertEqual(sorted(one["code"] for one in answer[1]["problems"]), sorted(codes))
        return answer[1]

    def see(self, login="ha", one=None):
        return self.who[login].ok("GET", f"/bulletins/{one or self.id}")

    def send(self, login, method, path="", body=None, one=None):
        one = one or self.id
        return self.who[login].send(method, f"/bulletins/{one}{path}", body, {"If-Match": f'"{self.see(one=one)["revision"]}"'})

    def do(self, login, method, path="", body=None, one=None):
        status, answer, _ = self.send(login, method, path, body, one)
        self.assertLess(status, 300, answer)
        return answer

    def page(self, path, status=200):
        got, body, headers = self.stranger.get(path)
        self.assertEqual(got, status, path)
        for other in self.others:  # the act was another server's
            self.assertEqual(other.get(path)[:2], (got, body), path)
        text = body.decode()
        page = Page(text)
        self.assertEqual(page.faults, [], path)
        policy = headers["Content-Security-Policy"]
        self.assertTrue(policy.startswith("default-src 'none'"))
        self.assertNotIn("script", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("Set-Cookie", headers)
        return text, page, headers

    def assert_nothing(self, path):
        """Not there, or not public: the same answer, byte for byte, but for its own number and time."""
        status, body, headers = self.stranger.get(path)
        self.assertEqual((status, body), self.nothing[:2], path)
        varying = ("Date", "X-Request-Id")
        self.assertEqual({k: v for k, v in headers.items() if k not in varying},
                         {k: v for k, v in self.nothing[2].items() if k not in varying}, path)

    # --- the course

    def publish_figures(self):
        ha = self.who["ha"]
        request = ha.ok("POST", "/requests", {
            "unit": self.ids["279"], "title": "Báo cáo năm", "period": "2021", "due_on": "2022-01-05",
            "indicators": ["F02", "F03"], "units": [self.ids["10183"], self.ids["10186"]], "is_illustrative": True})
        for one in ha.ok("GET", f"/requests/{request['id']}")["reports"]:
            clerk = self.who["lan" if one["unit"]["code"] == "10183" else "minh"]
            path, value = f"/reports/{one['id']}", "12" if clerk is self.who["lan"] else "1200"
            report = clerk.ok("PUT", path + "/cells", {"cells": [
                {"indicator": "F02", "state": "value", "value": value, "remark": "riêng của xã"},
                {"indicator": "F03", "state": "value", "value": "3"}]}, 1)
            report = clerk.ok("PUT", path + "/submission", {}, report["revision"])
            ha.ok("PUT", path + "/acceptance", {}, report["revision"])
        self.request = request["id"]
        self.publication = ha.ok("POST", f"/requests/{request['id']}/publications", {})["id"]
        self.hidden = ha.ok("POST", "/publications", {"unit": self.ids["279"], "period": "2021", "indicators": ["F03"],
                                                      "title": "Số liệu chưa mở"})["id"]

    def body(self, **more):
        return {"title": f"Kết nạp đảng viên: {EVIL}", "lead": "Số liệu minh hoạ về công tác xây dựng Đảng.",
                "dated_on": "2022-01-10", "category": "tin-hoat-dong", "is_illustrative": True,
                "body": [{"kind": "heading", "text": "Kết quả"}, {"text": EVIL}, {"text": "Đoạn thứ hai."}],
                "figures": [{"publication": self.publication, "indicator": "F02", "unit": self.ids["279"]}],
                "source": {"kind": "publication", "id": self.publication, "text": "Báo cáo năm 2021 của huyện"}, **more}

    def write(self):
        nga = self.who["nga"]
        new = {"unit": self.ids["279"], **self.body()}
        self.refused(self.who["xa"].send("POST", "/bulletins", new), 404, "unit.not_found")
        wrong = {**new, "category": "khac", "body": [{"text": ""}], "source": {"kind": "session", "id": 99, "text": "T"},
                 "figures": [{"publication": self.publication, "indicator": "F02", "unit": self.ids["250"]},
                             {"publication": 999, "indicator": "F02", "unit": self.ids["279"]},
                             {"publication": self.publication, "indicator": "F99", "unit": self.ids["279"]}]}
        problems = self.refused(nga.send("POST", "/bulletins", wrong), 422, "bulletin.category", "bulletin.paragraph_empty",
                                "bulletin.source_unknown", *["bulletin.figure_unpublished"] * 3)["problems"]
        self.assertEqual({one["field"] for one in problems}, {"/category", "/body/0/text", "/source/id", "/figures/0",
                                                              "/figures/1", "/figures/2"})
        movement = {"kind": "movement", "text": "Phong trào"}
        self.refused(nga.send("POST", "/bulletins", {**new, "source": {**movement, "id": 99}}), 422, "bulletin.source_unknown")
        made = nga.ok("POST", "/bulletins", new)
        self.id = made["id"]
        self.assertEqual((made["state"], made["path"], made["deeds"]), ("draft", None, ["write", "submit"]))
        self.assertEqual([(one["label"], one["value"], one["unit_name"]) for one in made["figures"]],
                         [("Đảng viên kết nạp", "1212", "Huyện Thường Tín")])
        self.refused(self.who["xa"].send("GET", f"/bulletins/{self.id}"), 404, "bulletin.not_found")
        self.refused(nga.send("PUT", f"/bulletins/{self.id}", self.body()), 422, "bulletin.revision_missing")
        self.refused(nga.send("PUT", f"/bulletins/{self.id}", self.body(), {"If-Match": '"9"'}), 412, "bulletin.changed")
        self.do("nga", "PUT", "", self.body(lead=""))
        self.refused(self.send("nga", "PUT", "/submission", {}), 409, "bulletin.no_lead")
        self.assertEqual(self.do("nga", "PUT", "", self.body())["lead"], self.body()["lead"])
        status, preview, headers = nga.send("GET", f"/bulletins/{self.id}/preview")
        self.assertEqual(status, 200)
        self.assertEqual(Page(preview.decode()).faults, [])
        self.assertIn("Bản xem trước", preview.decode())
        self.assertTrue(headers["Content-Security-Policy"].startswith("default-src 'none'; style-src"))
        self.refused(self.who["xa"].send("GET", f"/bulletins/{self.id}/preview"), 404)
        status, preview, _ = nga.send("POST", f"/bulletins/{self.id}/preview", self.body(title="Tên chưa lưu"))
        self.assertEqual((status, Page(preview.decode()).faults), (200, []))
        self.assertIn("Tên chưa lưu", preview.decode())
        self.assertEqual(self.see()["title"], self.body()["title"])
        self.refused(nga.send("POST", f"/bulletins/{self.id}/preview", self.body(category="khac")), 422, "bulletin.category")

    def pictures(self):
        exif = b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0GPS-21.0278N"
        made = self.do("nga", "POST", "/pictures", {"base64": as_text(png(2000, 500, exif)), "caption": "Lễ kết nạp, 3/2/2022",
                                                    "alternative": "Ba người đứng trước cờ"})
        (self.picture,) = made["pictures"]
        self.assertEqual((self.picture["full"]["width"], self.picture["full"]["height"]), (500, 2000))
        self.assertEqual(self.picture["thumbnail"]["height"], 720)
        status, data, _ = self.who["ha"].send("GET", f"/bulletins/{self.id}/pictures/{self.picture['id']}/full")
        self.assertEqual((status, data[:3]), (200, b"\xff\xd8\xff"))
        self.assertNotIn(b"GPS", data)
        self.refused(self.who["xa"].send("GET", f"/bulletins/{self.id}/pictures/{self.picture['id']}/full"), 404)
        more = self.do("nga", "POST", "/pictures", {"base64": as_text(png()), "caption": "A", "alternative": "B"})
        second = more["pictures"][1]["id"]
        words = {"caption": "Chú thích", "alternative": "Chú thích"}
        self.refused(self.send("nga", "PUT", f"/pictures/{second}", words), 422, "picture.alternative_is_caption")
        self.do("nga", "PUT", f"/pictures/{second}", {**words, "alternative": "Tả ảnh"})
        self.assertEqual(len(self.do("nga", "DELETE", f"/pictures/{second}")["pictures"]), 1)
        self.refused(self.send("nga", "DELETE", f"/pictures/{second}"), 404, "picture.not_found")

    def bad_pictures(self):
        claims = bytearray(png())
        claims[16:24] = struct.pack(">II", 50000, 50000)
        claims[29:33] = struct.pack(">I", zlib.crc32(bytes(claims[12:29])))
        for data, code in [(b"x", "picture.not_a_picture"), (b"<svg onload='alert(1)'/>", "picture.svg"),
                           (b"\0\0\0\x18ftypheic\0\0\0\0", "picture.heic"), (b"RIFF\0\0\0\0WEBPVP8 ", "picture.webp"),
                           (b"GIF89a\1\0", "picture.gif"), (bytes(claims), "picture.too_many_pixels"),
                           (png()[:-40], "picture.truncated"), (png().replace(b"IDAT", b"IDAU", 1), "picture.damaged")]:
            with self.subTest(code=code):
                self.refused(self.send("nga", "POST", "/pictures", {"base64": as_text(data), "caption": "C", "alternative": "A"}),
                             422, code)
        self.refused(self.send("nga", "POST", "/pictures", {"base64": "!!", "caption": "C", "alternative": "A"}), 422,
                     "attachment.base64")
        self.refused(self.send("nga", "POST", "/pictures", {"base64": as_text(b"x")}), 422, "picture.caption_missing",
                     "picture.alternative_missing", "picture.not_a_picture")
        picture = {"base64": as_text(png()), "caption": "C", "alternative": "A"}
        self.refused(self.who["xa"].send("POST", f"/bulletins/{self.id}/pictures", picture, {"If-Match": '"1"'}), 404)

    def review(self):
        self.refused(self.send("ha", "PUT", "/publishing", {}), 409, "bulletin.state")
        self.assertEqual(self.do("nga", "PUT", "/submission", {})["state"], "in_review")
        self.refused(self.send("nga", "PUT", "/publishing", {}), 403, "authority.not_yours")
        self.refused(self.send("nga", "PUT", "", self.body()), 409, "bulletin.state")
        self.refused(self.send("ha", "PUT", "/return", {"remark": "sửa"}), 422, "bulletin.remark")
        back = self.do("ha", "PUT", "/return", {"remark": "Ghi rõ nguồn số liệu hơn."})
        self.assertEqual((back["state"], back["review_remark"]), ("draft", "Ghi rõ nguồn số liệu hơn."))
        self.do("ha", "PUT", "", self.body())  # now she wrote on it too
        self.do("nga", "PUT", "/submission", {})
        self.refused(self.send("ha", "PUT", "/publishing", {}), 403, "bulletin.own_review")
        self.refused(self.send("hieu", "PUT", "/publishing", {"on": "2021-01-01"}), 422, "bulletin.moment_past")
        self.refused(self.send("hieu", "PUT", "/publishing", {"on": "2999-01-01"}), 422, "bulletin.moment_far")
        self.refused(self.send("hieu", "PUT", "/publishing", {"on": "2999-01-01", "time": "8h"}), 422, "bulletin.time")
        for path in ("/cong-khai/anh/" + self.picture["full"]["hash"] + ".jpg", "/cong-khai/muc/tin-hoat-dong",
                     f"/cong-khai/so-lieu/{self.publication}", f"/cong-khai/so-lieu/{self.publication}/csv"):
            self.assert_nothing(path)
        done = self.do("hieu", "PUT", "/publishing", {})
        self.assertEqual((done["state"], done["published_by"], done["deeds"]), ("published", "Hieu", ["withdraw"]))
        self.path = done["path"]
        self.assertEqual(self.path, "/cong-khai/ban-tin/ket-nap-dang-vien-script-alert-x-script-dang-bo")
        self.refused(self.send("nga", "PUT", "", self.body()), 409, "bulletin.state")

    def read_by_everybody(self):
        text, page, headers = self.page(self.path)
        words = "".join(page.words)
        self.assertIn(EVIL, words)
        self.assertNotIn("<script", text)
        for part in ("1.212", "Đảng viên kết nạp (người)", "năm 2021", "Lễ kết nạp, 3/2/2022", "Số liệu minh hoạ",
                     "Nguồn: Báo cáo năm 2021 của huyện", "10/1/2022", "Huyện Thường Tín"):
            self.assertIn(part, words)
        self.assertIn(f'<link rel="canonical" href="{ORIGIN}{self.path}"/>', text)
        self.assertIn(f'<meta property="og:url" content="{ORIGIN}{self.path}"/>', text)
        self.assertIn(f'{ORIGIN}/cong-khai/anh/{self.picture["full"]["hash"]}.jpg', text)
        self.assertTrue(any(link.startswith("mailto:?subject=") for link in page.links))
        self.assertTrue(any(link.startswith("https://www.facebook.com/sharer/") for link in page.links))
        self.assertIn("Mã QR", text)
        for name in ("Nga", "Ha", "Hieu", "riêng của xã"):
            self.assertNotRegex(words, rf"\b{name}\b")
        status, body, again = self.stranger.get(self.path, {"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body, again["ETag"]), (304, b"", headers["ETag"]))
        self.assertIn("max-age=30", headers["Cache-Control"])
        self.assertEqual(self.stranger.get(self.path, method="HEAD")[:2], (200, b""))
        self.assertEqual(self.stranger.get(self.path, method="POST")[0], 405)
        status, data, headers = self.stranger.get(f"/cong-khai/anh/{self.picture['thumbnail']['hash']}.jpg")
        self.assertEqual((status, data[:3], headers["Content-Type"]), (200, b"\xff\xd8\xff", "image/jpeg"))
        home, _, _ = self.page("/cong-khai")
        self.assertIn(self.path, home)
        self.assertIn("/cong-khai/muc/tin-hoat-dong", home)
        self.assertIn("Chưa có số liệu nào được mở", home)

    def open_figures(self):
        one = f"/publications/{self.publication}/opening"
        self.refused(self.who["nga"].send("PUT", one), 403, "authority.not_yours")
        self.refused(self.who["xa"].send("PUT", one), 404, "publication.not_found")
        self.assertFalse(self.who["nga"].ok("GET", one)["is_open"])
        preview = self.who["ha"].send("GET", one + "/preview")[1].decode()
        self.assertEqual(Page(preview).faults, [])
        self.assert_nothing(f"/cong-khai/so-lieu/{self.publication}")
        self.assertTrue(self.who["ha"].ok("PUT", one)["is_open"])
        self.refused(self.who["ha"].send("PUT", one), 409, "opening.is_open")
        path = f"/cong-khai/so-lieu/{self.publication}"
        text, page, _ = self.page(path)
        self.assertIn('class="bars"', text)
        for part in ("1.212", "1.200", "Xã Ninh Sở", "Báo cáo năm"):
            self.assertIn(part, "".join(page.words))
        status, data, headers = self.stranger.get(path + "/csv")
        self.assertEqual(status, 200)
        self.assertIn("attachment", headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        self.assertEqual({(row["unit"], row["indicator"], row["value"]) for row in rows if row["unit"] != "10186"},
                         {("279", "F02", "1212"), ("279", "F03", "6"), ("10183", "F02", "12"), ("10183", "F03", "3")})
        self.assertTrue(all(row["unit_name"] != "=Thị trấn Thường Tín" for row in rows), "a formula got into the table")
        told = json.loads(self.stranger.get(path + "/json")[1])
        self.assertEqual([row["cells"][0]["value"] for row in told["rows"]], ["1212", "12", "1200"])
        everything = json.dumps(told, ensure_ascii=False)
        self.read_map(text, page)
        self.assertIn('class="map"', preview)
        for hidden in ("riêng của xã", "Lan", "Minh", '"by"', "fact"):
            self.assertNotIn(hidden, everything)
        self.assertIn(f'href="{path}"', self.page(self.path)[0])
        self.assertIn(f'href="{path}"', self.page("/cong-khai")[0])
        units, _, _ = self.page("/cong-khai/don-vi")
        self.assertIn("Huyện Thường Tín", units)
        self.assertIn("Thành phố Hà Nội", units)
        self.assertNotIn("Mê Linh", units)
        self.assert_nothing(f"/cong-khai/so-lieu/{self.hidden}")
        self.assert_nothing(f"/cong-khai/so-lieu/{self.hidden}/json")

    def read_map(self, text, page):
        """Each unit of the table lies where its boundary of that day says, with its figure; nobody else's is there."""
        self.outlines = re.findall(r'<path id="o\d+" d="([^"]*)"', text)
        corners = [[tuple(map(int, point.split())) for point in path.strip("MZ").split("L")] for path in self.outlines]
        self.assertEqual([len(set(path)) for path in corners], [4, 4])
        middles = sorted((min(x for x, _ in path) + max(x for x, _ in path), sum(y for _, y in path)) for path in corners)
        self.assertLess(middles[1][1], middles[0][1], "east of it and north of it")
        words = "".join(page.words)
        for part in ("=Thị trấn Thường Tín: 12", "Xã Ninh Sở: 1.200", "địa giới ngày 31/12/2021", "Nguồn: Bản đồ <minh hoạ>", "12 – "):
            self.assertIn(part, words)
        self.assertNotIn("biết của", words)
        self.assertEqual(text.count('class="map"'), 2, "each indicator has its own")
        if self.redraws:
            self.redraw()

    def answer_in_public(self):
        """What a unit asked and another answered is open in the answerer's own words, from its act on and no longer."""
        lan, ha = self.who["lan"], self.who["ha"]
        self.assertIn("Chưa có trả lời nào", self.page("/cong-khai/kien-nghi")[0])
        asked = {"unit": self.ids["10183"], "kind": "obstacle", "subject": "khac", "title": SECRET, "text": SECRET,
                 "addressees": [{"unit": self.ids["279"]}], "is_illustrative": True}
        one, other = (lan.ok("POST", "/petitions", asked) for _ in range(2))
        for petition in (one, other):
            petition = ha.ok("PUT", f"/petitions/{petition['id']}/parts/{petition['parts'][0]['id']}/answer",
                             {"outcome": "explained", "text": SECRET}, petition["revision"])
        path = f"/cong-khai/kien-nghi/{one['id']}"
        self.assert_nothing(path)
        before = self.stranger.get("/cong-khai/sitemap.xml")[1].decode()
        version = {"title": f"Máy tính một cửa {EVIL}", "question": "Hỏng thì thay thế nào?\nBao lâu?", "answer": "Thay trong tháng."}
        self.refused(lan.send("PUT", f"/petitions/{one['id']}/public-version", version,
                              {"If-Match": f'"{ha.ok("GET", "/petitions/" + str(one["id"]))["revision"]}"'}), 403)
        ha.ok("PUT", f"/petitions/{one['id']}/public-version", version, ha.ok("GET", f"/petitions/{one['id']}")["revision"])
        text, page, _ = self.page(path)
        words = "".join(page.words)
        for part in (EVIL, "Hỏng thì thay thế nào?", "Bao lâu?", "Thay trong tháng.", "Câu hỏi của =Thị trấn Thường Tín",
                     "Trả lời của Huyện Thường Tín", "Số liệu minh hoạ"):
            self.assertIn(part, words)
        for text in (text, self.page("/cong-khai/kien-nghi")[0]):
            self.assertNotIn(SECRET, text)
            self.assertNotIn("<script", text)
        self.assertNotIn(path, before)
        self.assertIn(path, self.stranger.get("/cong-khai/sitemap.xml")[1].decode())
        self.assertIn(path, self.page("/cong-khai/kien-nghi")[0])
        self.assert_nothing(f"/cong-khai/kien-nghi/{other['id']}")
        self.petition = path
        revision = ha.ok("GET", f"/petitions/{one['id']}")["revision"]
        status, answer, _ = ha.send("DELETE", f"/petitions/{one['id']}/public-version", None, {"If-Match": f'"{revision}"'})
        self.assertLess(status, 300, answer)
        self.assert_nothing(path)
        self.assertNotIn(path, self.page("/cong-khai/kien-nghi")[0])
        ha.ok("PUT", f"/petitions/{one['id']}/public-version", version, revision + 1)

    def crawl(self):
        """A stranger follows every link, and finds nothing that was not opened by an act."""
        allowed = re.compile(r"^/cong-khai(/don-vi|/kien-nghi|/muc/tin-hoat-dong|/feed\.xml|/sitemap\.xml|/kieu/[0-9a-f]{16}\.css)?$")
        opened = {self.path, self.petition, f"/cong-khai/so-lieu/{self.publication}", f"/cong-khai/so-lieu/{self.publication}/csv",
                  f"/cong-khai/so-lieu/{self.publication}/json",
                  *(f"/cong-khai/anh/{self.picture[size]['hash']}.jpg" for size in ("full", "thumbnail"))}
        left, seen = ["/cong-khai", "/cong-khai/sitemap.xml", "/cong-khai/feed.xml"], set()
        while left:
            path = left.pop()
            if path in seen:
                continue
            seen.add(path)
            status, body, headers = self.stranger.get(path)
            self.assertEqual(status, 200, path)
            self.assertTrue(allowed.match(path) or path in opened, path)
            links = []
            if headers["Content-Type"].startswith("text/html"):
                page = Page(body.decode())
                self.assertEqual(page.faults, [], path)
                links = page.links + page.sources
            if "xml" in headers["Content-Type"]:
                tree = xml.etree.ElementTree.fromstring(body)
                links = [one.get("href") or "" for one in tree.iter()] + [(one.text or "").strip() for one in tree.iter()]
            for link in links:
                link = link.removeprefix(ORIGIN).split("#")[0]
                if link.startswith("/"):
                    left.append(link)
        self.assertTrue(opened <= seen, opened - seen)
        robots = self.stranger.get("/robots.txt")[1].decode()
        self.assertIn("Disallow: /\n", robots)
        self.assertIn(f"Sitemap: {ORIGIN}/cong-khai/sitemap.xml", robots)
        for slashed in ("/cong-khai/", self.path + "/", "/cong-khai/khong-co/"):
            status, body, headers = self.stranger.get(slashed)
            self.assertEqual((status, body, headers["Location"]), (301, b"", slashed.rstrip("/")), slashed)
        for guess in ("/cong-khai/kien-nghi/0", "/cong-khai/kien-nghi/x", "/cong-khai/x/y/z", "/cong-khai/ban-tin", "/cong-khai/ban-tin/%00", "/cong-khai/anh/a.jpg",
                      "/cong-khai/so-lieu/0", "/cong-khai/so-lieu/999", "/cong-khai/so-lieu/x", "/cong-khai/muc/phong-trao",
                      "/cong-khai/muc/khong", "/cong-khai/kieu/0.css", "/cong-khai/index.html", f"/cong-khai/ban-tin/{self.id}"):
            with self.subTest(guess=guess):
                if "%00" in guess:
                    self.assertIn(self.stranger.get(guess)[0], (400, 404))
                else:
                    self.assert_nothing(guess)

    def scheduled(self):
        """Ready and waiting for its moment: nobody can tell that it is there."""
        nga = self.who["nga"]
        made = nga.ok("POST", "/bulletins", {"unit": self.ids["279"], **self.body(title=SECRET, category="phong-trao", figures=[])})
        one = made["id"]
        with_picture = self.do("nga", "POST", "/pictures", {"base64": as_text(png(60, 60)), "caption": "A", "alternative": "B"}, one)
        before = {path: self.stranger.get(path)[1] for path in ("/cong-khai", "/cong-khai/feed.xml", "/cong-khai/sitemap.xml")}
        self.do("nga", "PUT", "/submission", {}, one)
        tomorrow = (datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))) + datetime.timedelta(days=1)).date()
        done = self.do("ha", "PUT", "/publishing", {"on": tomorrow.isoformat(), "time": "08:30"}, one)
        self.assertEqual(done["path"], "/cong-khai/ban-tin/chuyen-chua-ai-duoc-biet")
        self.assertTrue(done["shown_at"].startswith(f"{tomorrow.isoformat()}T01:30"), done["shown_at"])
        self.assert_nothing(done["path"])
        self.assert_nothing("/cong-khai/muc/phong-trao")
        self.assert_nothing(f"/cong-khai/anh/{with_picture['pictures'][0]['full']['hash']}.jpg")
        for path, text in before.items():
            self.assertEqual(self.stranger.get(path)[1], text, path)
        withdrawn = self.do("ha", "PUT", "/withdrawal", {"reason": "Chưa đến lúc công bố"}, one)
        self.assertEqual(withdrawn["state"], "withdrawn")
        self.assert_nothing(done["path"])  # it was never open, so there is nothing to tell

    def correct(self):
        """A correction of open figures is told where the old ones stand, once it is open itself."""
        ha, lan, old = self.who["ha"], self.who["lan"], f"/cong-khai/so-lieu/{self.publication}"
        (report,) = [one for one in ha.ok("GET", f"/requests/{self.request}")["reports"] if one["unit"]["code"] == "10183"]
        report = ha.ok("GET", f"/reports/{report['id']}")
        ha.ok("PUT", f"/reports/{report['id']}/exclusions/F02", {"reason": "nhập nhầm hàng đơn vị"}, report["revision"])
        newer = ha.ok("POST", f"/requests/{self.request}/publications", {
            "replaces": self.publication, "reason": "Một xã nhập nhầm số liệu."})["id"]
        self.assertNotIn("đính chính", self.page(old)[0])
        self.assertNotIn("đính chính", self.page(self.path)[0])
        self.refused(self.who["xa"].send("PUT", f"/publications/{newer}/opening"), 404)
        ha.ok("PUT", f"/publications/{newer}/opening")
        for path in (old, self.path):
            text = self.page(path)[0]
            self.assertIn("đính chính", text)
            self.assertIn(f'href="/cong-khai/so-lieu/{newer}"', text)
            self.assertIn("1.212", text)  # what was frozen stays
        outlines = [re.findall(r'<path id="o\d+" d="([^"]*)"', self.page(path)[0]) for path in (old, f"/cong-khai/so-lieu/{newer}")]
        self.assertEqual(outlines[0], self.outlines, "the boundaries were frozen too")
        self.assertEqual(outlines[1] != self.outlines, self.redraws)
        self.assertIn("1.200", self.page(f"/cong-khai/so-lieu/{newer}")[0])
        ha.ok("PUT", f"/publications/{newer}/opening/withdrawal", {"reason": "Chỉ thử đính chính"})
        self.assertNotIn("đính chính", self.page(self.path)[0])
        self.refused(ha.send("PUT", f"/publications/{self.publication}/opening"), 409, "opening.superseded")

    def withdraw(self):
        self.refused(self.send("nga", "PUT", "/withdrawal", {"reason": "Có sai sót trong số liệu"}), 403, "authority.not_yours")
        self.refused(self.send("ha", "PUT", "/withdrawal", {"reason": "sai"}), 422, "bulletin.reason")
        self.do("ha", "PUT", "/withdrawal", {"reason": "Ảnh chụp nhầm người <b>"})
        text, page, _ = self.page(self.path, 410)
        words = "".join(page.words)
        for part in ("đã được rút", "Ha, Huyện Thường Tín", "Ảnh chụp nhầm người <b>"):
            self.assertIn(part, words)
        self.assertNotIn("Đoạn thứ hai", words)
        self.assert_nothing(f"/cong-khai/anh/{self.picture['full']['hash']}.jpg")
        self.assertNotIn(self.path, self.page("/cong-khai")[0])
        self.assertNotIn(self.path, self.stranger.get("/cong-khai/feed.xml")[1].decode())
        self.assertEqual(self.do("nga", "PUT", "/redraft", {})["state"], "draft")
        self.page(self.path, 410)
        self.do("nga", "PUT", "", self.body(title="Tên khác"))
        self.do("nga", "PUT", "/submission", {})
        self.refused(self.send("ha", "PUT", "/publishing", {}), 403, "bulletin.own_review")
        self.assertEqual(self.do("hieu", "PUT", "/publishing", {})["path"], self.path)
        self.assertIn("Tên khác", self.page(self.path)[0])
        again = self.who["nga"].ok("POST", "/bulletins", {"unit": self.ids["279"], **self.body()})["id"]
        self.do("nga", "PUT", "/submission", {}, again)
        self.assertEqual(self.do("ha", "PUT", "/publishing", {}, again)["path"], self.path + "-2")
        self.assertIn(self.path + "-2", self.page(self.path)[0])  # related
        one = f"/publications/{self.publication}/opening"
        self.refused(self.who["ha"].send("PUT", one + "/withdrawal", {"reason": "x"}), 422, "opening.reason")
        self.assertFalse(self.who["ha"].ok("PUT", one + "/withdrawal", {"reason": "Đang đối chiếu lại"})["is_open"])
        for path in ("", "/csv", "/json"):
            self.assertIn("Đang đối chiếu lại", self.page(f"/cong-khai/so-lieu/{self.publication}{path}", 410)[0])
        self.assertNotIn(f"/so-lieu/{self.publication}", self.page("/cong-khai")[0])
        self.assertEqual([one["state"] for one in self.who["ha"].ok("GET", "/bulletins")["items"]],
                         ["published", "withdrawn", "published"])
        asked = [self.who["ha"].ok("GET", f"/bulletins?category={one}")["items"] for one in ("phong-trao", "so-lieu")]
        self.assertEqual([[one["title"] for one in items] for items in asked], [[SECRET], []])
        self.refused(self.who["ha"].send("GET", "/bulletins?category=khac"), 422, "bulletin.category")
        self.assertEqual(self.who["xa"].ok("GET", "/bulletins")["items"], [])


if __name__ == "__main__":
    unittest.main()
