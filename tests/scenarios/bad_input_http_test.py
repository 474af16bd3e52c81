"""What a server meets: broken bodies, wrong people, two at once, retries, slow clients, a full disk, a kill in mid-act."""
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
import unittest

from ground import PASSWORD, Client, Place, Server, add_person, binary, databases, shared

TREE = ("level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n2,279,Huyện Thường Tín,Huyện,01\n"
        "3,10183,Thị trấn Thường Tín,Thị trấn,279\n3,10186,Xã Ninh Sở,Xã,279\n3,10189,Xã Nhị Khê,Xã,279\n")
INDICATORS = ("code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n"
              "F05,Hồ sơ,hồ sơ,0,none,sum,sum,,,\nF06,Đúng hạn,hồ sơ,0,up,sum,sum,,,\nF09,Điểm,điểm,1,up,sum,sum,,,\n"
              "D02,Tỷ lệ,%,2,up,ratio,ratio,F06,F05,\n")


class World:
    """A city, a district, three communes and their people on a running server."""

    @staticmethod
    def build(place):
        place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
        place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
        add_person(place, "ha", "Đỗ Thu Hà", ("279", "compiler"))
        add_person(place, "lan", "Ngô Thị Lan", ("10183", "clerk"))
        add_person(place, "minh", "Phan Văn Minh", ("10186", "clerk"))
        add_person(place, "vy", "Lý Khánh Vy", ("01", "viewer"))

    def __init__(self, port):
        self.port = port
        self.compiler = Client(port).sign_in("ha", PASSWORD)
        self.clerk = Client(port).sign_in("lan", PASSWORD)
        self.ids = {u["code"]: u["id"] for u in self.compiler.ok("GET", "/units?on=2021-06-01")["items"]}

    def request(self, period="2021-07", client=None, **headers):
        body = {"unit": self.ids["279"], "title": "Báo cáo tháng", "period": period, "due_on": "2021-08-04",
                "indicators": ["F05", "F06", "F09"], "units": [self.ids[c] for c in ("10183", "10186", "10189")]}
        return (client or self.compiler).send("POST", "/requests", body, headers)

    def reports(self, request):
        return {r["unit"]["code"]: r["id"] for r in self.compiler.ok("GET", f"/requests/{request}")["reports"]}

    def close(self):
        self.compiler.connection.close()
        self.clerk.connection.close()


def cells(**values):
    return {"cells": [{"indicator": code, "state": "value", "value": value} for code, value in values.items()]}


def match(revision):
    return {"If-Match": f'"{revision}"'}


class Refusals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = Place().__enter__()  # hashing passwords is slow on purpose, so the people are made once
        cls.addClassCleanup(cls.template.__exit__)
        World.build(cls.template)

    def setUp(self):
        self.place = Place().__enter__()
        self.addCleanup(self.place.__exit__)
        shutil.copytree(self.template.folder.name, self.place.folder.name, dirs_exist_ok=True)
        self.server = self.place.start()
        self.addCleanup(self.server.stop)
        self.world = World(self.server.port)
        self.addCleanup(self.world.close)
        _, request, _ = self.world.request()
        self.request = request["id"]
        self.report = self.world.reports(self.request)["10183"]

    def put(self, body=None, revision=1, client=None, raw=None, path=None, **headers):
        client = client or self.world.clerk
        return client.send("PUT", path or f"/reports/{self.report}/cells", body, {**match(revision), **headers}, raw=raw)

    def assertRefused(self, answer, status, *codes):
        got, body, headers = answer
        self.assertEqual(got, status, body)
        self.assertEqual(headers["Content-Type"].split(";")[0], "application/problem+json")
        for problem in body["problems"]:
            self.assertTrue(problem["detail_vi"] and problem["detail_en"] and problem["detail_vi"] != problem["detail_en"])
        if codes:
            self.assertEqual(sorted(problem["code"] for problem in body["problems"]), sorted(codes))
        return body

    def test_bodies_that_are_not_what_they_claim(self):
        self.assertRefused(self.put(raw=b"{"), 400, "json.malformed")
        self.assertRefused(self.put(raw=b'{"cells":[],"cells":[]}'), 422, "json.duplicate_key")
        self.assertRefused(self.put(raw=b'{"cells":[]}', **{"Content-Type": "text/plain"}), 400, "json.content_type")
        self.assertRefused(self.put({"cells": [{"indicator": "F05", "value": "1", "colour": "red"}], "more": 1}), 422,
                           "json.unknown_field", "json.unknown_field")
        body = {"unit": 3.99, "title": "", "period": "2021-13", "due_on": "5/5/2021", "indicators": "F05", "units": [True]}
        answer = self.world.compiler.send("POST", "/requests", body)
        self.assertEqual(answer[0], 422)
        pointers = {problem["field"] for problem in answer[1]["problems"]}
        self.assertIn("/unit", pointers)

    def test_every_fault_of_a_form_at_once(self):
        body = {"unit": "x", "period": "2021-13", "due_on": "5/5/2021", "indicators": "F05", "units": [True]}
        problems = self.assertRefused(self.world.compiler.send("POST", "/requests", body), 422)["problems"]
        self.assertEqual({problem["field"] for problem in problems},
                         {"/unit", "/title", "/period", "/due_on", "/indicators", "/units/0"})

    def test_figures_as_people_write_them(self):
        def typed(code, text):
            return self.put({"cells": [{"indicator": code, "state": "value", "typed": text}]}, self.revision())
        self.assertRefused(typed("F05", "1,234"), 422, "figure.ambiguous")
        self.assertRefused(typed("F05", "1.234"), 422, "figure.ambiguous")
        self.assertRefused(typed("F05", "13,75"), 422, "figure.too_many_decimals")
        self.assertRefused(typed("F05", "mười"), 422, "figure.not_a_number")
        self.assertEqual(typed("F09", "1.234,5")[1]["cells"][2]["value"], "1234.5")
        self.assertEqual(typed("F05", "1 234")[1]["cells"][0]["value"], "1234")
        self.assertRefused(self.put({"cells": [{"indicator": "F05", "state": "value", "value": 3.99}]}, self.revision()), 422)

    def revision(self):
        return self.world.clerk.ok("GET", f"/reports/{self.report}")["revision"]

    def test_names_with_marks_apart_are_composed(self):
        title = unicodedata.normalize("NFD", "Chương trình về Đảng")
        made = self.world.compiler.ok("POST", "/programmes", {"unit": self.world.ids["279"], "kind": "programme",
                                                              "number": "01", "title": title, "issued_on": "2021-01-01"})
        self.assertEqual(made["title"], unicodedata.normalize("NFC", title))

    def test_a_locked_report_two_writers_and_a_missing_revision(self):
        self.assertRefused(self.world.clerk.send("PUT", f"/reports/{self.report}/cells", cells(F05="1")), 422,
                           "report.revision_missing")
        self.assertEqual(self.put(cells(F05="10", F06="9", F09="1.5"))[0], 200)
        self.assertRefused(self.put(cells(F05="11")), 412, "report.changed")
        self.assertEqual(self.put({}, 2, path=f"/reports/{self.report}/submission")[0], 200)
        self.assertRefused(self.put(cells(F05="12"), 3), 409, "report.locked")

    def test_two_people_at_once_one_wins(self):
        answers = []
        clients = [Client(self.server.port).sign_in("lan", PASSWORD) for _ in range(8)]
        threads = [threading.Thread(target=lambda c=c, n=n: answers.append(self.put(cells(F05=str(n)), 1, c)[0]))
                   for n, c in enumerate(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for client in clients:
            client.connection.close()
        self.assertEqual(sorted(answers), [200] + [412] * 7)

    def test_blank_cells_are_all_named(self):
        body = self.assertRefused(self.put({}, 1, path=f"/reports/{self.report}/submission"), 422, *["report.cell_blank"] * 3)
        self.assertEqual([problem["field"] for problem in body["problems"]], ["/cells/0", "/cells/1", "/cells/2"])

    def test_a_retried_post_has_one_effect(self):
        key = {"Idempotency-Key": "retry-0001"}
        first = self.world.request("2021-08", **key)
        again = self.world.request("2021-08", **key)
        self.assertEqual((first[0], first[1]), (again[0], again[1]))
        listed = self.world.compiler.ok("GET", "/requests?period=2021-08")["items"]
        self.assertEqual(len(listed), 1)
        self.assertRefused(self.world.request("2021-09", **key), 422, "idempotency.key_reused")
        self.assertRefused(self.world.request("2021-09", **{"Idempotency-Key": None}), 400, "idempotency.key_missing")

    def test_a_clerk_does_not_decide_and_a_compiler_does_not_type(self):
        self.put(cells(F05="10", F06="9", F09="1.5"))
        self.put({}, 2, path=f"/reports/{self.report}/submission")
        self.assertRefused(self.put({}, 3, path=f"/reports/{self.report}/acceptance"), 403, "authority.not_yours")
        self.assertRefused(self.put(cells(F05="1"), 3, self.world.compiler), 403, "authority.not_yours")

    def test_another_units_report_looks_like_none(self):
        other = self.world.reports(self.request)["10186"]
        hidden = self.assertRefused(self.world.clerk.send("GET", f"/reports/{other}"), 404)
        missing = self.assertRefused(self.world.clerk.send("GET", "/reports/999999"), 404)
        for body in (hidden, missing):
            body.pop("request_id", None)
        self.assertEqual(hidden, missing)
        seen = self.world.clerk.ok("GET", f"/requests/{self.request}")
        self.assertEqual([r["unit"]["code"] for r in seen["reports"]], ["10183"])
        self.assertEqual(seen["counts"]["total"], 1)

    def test_another_site_and_nobody_are_refused(self):
        self.assertRefused(self.put(cells(F05="1"), 1, **{"Sec-Fetch-Site": "cross-site"}), 403)
        self.assertRefused(self.put(cells(F05="1"), 1, **{"Sec-Fetch-Site": None, "Origin": "https://evil.example"}), 403)
        self.assertRefused(Client(self.server.port).send("GET", "/work"), 401, "auth.sign_in")

    def test_a_body_over_the_limit_and_a_slow_client(self):
        head = f"PUT /api/v1/reports/{self.report}/cells HTTP/1.1\r\nHost: localhost\r\nContent-Length: {3 << 20}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as large:
            large.sendall(head.encode())  # refused by what it announces, before it is read
            self.assertIn(b" 413 ", large.recv(4096).split(b"\r\n")[0])
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as slow:
            slow.sendall(b"GET /api/v1/work HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            begun = time.monotonic()
            slow.recv(4096)  # a 408 or a close, by the server's own clock
            self.assertLess(time.monotonic() - begun, 20)

    def test_the_probe_of_bad_http_gets_a_safe_answer_each_time(self):
        probe = shared("tools", "h1_probe.py")
        lines = subprocess.run([sys.executable, probe, str(self.server.port), "/api/v1/work"], capture_output=True, text=True,
                               timeout=120).stdout.splitlines()
        self.assertEqual(len(lines), 20)
        for line in lines:
            self.assertRegex(line[24:], r"HTTP/1.[01] (4\d\d|501|505)", line)

    def test_indicators_of_themselves_and_ratios_over_zero(self):
        body = {"code": "Z", "name": "Z", "measure_unit": "%", "decimals": 2, "direction": "up", "across_units": "ratio",
                "across_time": "ratio", "numerator": "Z", "denominator": "F05"}
        self.assertRefused(self.world.compiler.send("POST", "/indicators", body), 422, "indicator.own_part")
        self.put(cells(F05="0", F06="0", F09="1.5"))
        self.put({}, 2, path=f"/reports/{self.report}/submission")
        self.put({}, 3, self.world.compiler, path=f"/reports/{self.report}/acceptance")
        answer = self.world.compiler.ok("GET", f"/rollup?unit={self.world.ids['279']}&period=2021-07&indicator=D02")
        cell = answer["units"][0]["cells"][0]
        self.assertEqual((cell["value"], cell["cells_counted"]), (None, 1))


class Misfortune(unittest.TestCase):
    def test_a_data_folder_of_a_newer_version_is_left_alone(self):
        with Place() as place:
            World.build(place)
            database = sqlite3.connect(os.path.join(place.folder.name, "thongsuot.db"))
            database.execute("insert into schema_migration (name, sha256, applied_at) values ('9999_future.sql', 'x', 0)")
            database.commit()
            database.close()
            for command in (["serve", "--port", "0"], ["rollup", "--unit", "279", "--period", "2021"], ["user", "list"]):
                done = subprocess.run([binary(), *place.args, *command], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 3, command)
                self.assertIn("9999_future.sql", done.stderr)

    def test_a_second_server_on_the_same_folder_is_refused(self):
        with Place() as place:
            World.build(place)
            with place.serving():
                done = subprocess.run([binary(), *place.args, "serve", "--port", "0"], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 3)
                self.assertTrue(done.stderr.strip())

    @unittest.skipUnless(os.geteuid() == 0 and sys.platform == "linux", "*** NOT RUN: a full disk needs root to mount one ***")
    def test_a_full_disk_refuses_and_recovers(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=True)
            try:
                self.fill_and_free(folder)
            finally:
                subprocess.run(["umount", folder], check=True)

    def fill_and_free(self, folder):
        with Place() as place:
            place.args = ["--data", folder]
            World.build(place)
            server = Server([binary(), *place.args, "serve", "--port", "0"])
            try:
                world = World(server.port)
                _, request, _ = world.request()
                report = world.reports(request["id"])["10183"]
                world.clerk.ok("PUT", f"/reports/{report}/cells", cells(F05="1"), 1)
                ballast = os.path.join(folder, "ballast")
                with open(ballast, "wb", buffering=0) as file:
                    try:
                        while file.write(b"\0" * 4096):
                            pass
                    except OSError:
                        pass
                seen = set()
                revision, full = 2, None
                for number in range(400):  # the log may have room left inside for some
                    status, body, _ = world.clerk.send("PUT", f"/reports/{report}/cells", cells(F05=str(number + 2)), match(revision))
                    seen.add(status)
                    if status != 200:
                        full = status, body
                        break
                    revision += 1
                self.assertIsNotNone(full, seen)
                self.assertEqual((full[0], full[1]["code"]), (507, "storage.full"))
                held = world.clerk.ok("GET", f"/reports/{report}")
                self.assertEqual(held["revision"], revision)
                os.remove(ballast)
                world.clerk.ok("PUT", f"/reports/{report}/cells", cells(F05="777"), revision)
                self.assertEqual(world.clerk.ok("GET", f"/reports/{report}")["cells"][0]["value"], "777")
                world.close()
            finally:
                server.stop()
            place.run("verify")

    def test_what_was_acknowledged_survives_a_kill(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                World.build(place)
                acknowledged = {}
                for round_number in range(3):
                    self.submit_until_killed(place, acknowledged, round_number)
                with place.serving() as server:
                    world = World(server.port)
                    for report, (value, revision) in acknowledged.items():
                        held = world.compiler.ok("GET", f"/reports/{report}")
                        self.assertGreaterEqual(held["revision"], revision)
                        self.assertGreaterEqual(int(held["cells"][0]["value"]), value)
                    world.close()
                place.run("verify")
                place.run("audit", "verify")
                self.assertGreater(len(acknowledged), 0)

    def submit_until_killed(self, place, acknowledged, round_number):
        server = place.start()
        world = World(server.port)
        _, request, _ = world.request(f"2021-0{round_number + 1}")
        report = world.reports(request["id"])["10183"]
        killer = threading.Timer(0.3 + 0.2 * round_number, lambda: server.process.send_signal(signal.SIGKILL))
        killer.start()
        revision = 1
        try:
            for value in range(1, 100000):
                status, _, _ = world.clerk.send("PUT", f"/reports/{report}/cells", cells(F05=str(value)), match(revision))
                self.assertEqual(status, 200)
                revision += 1
                acknowledged[report] = (value, revision)  # only after the answer was read
        except OSError:
            pass
        except Exception as failure:  # the connection was cut inside an answer
            self.assertIn(type(failure).__name__, ("RemoteDisconnected", "BadStatusLine", "IncompleteRead"))
        killer.join()
        world.close()
        server.stop()


if __name__ == "__main__":
    unittest.main()
