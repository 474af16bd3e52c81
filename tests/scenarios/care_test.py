"""How a place is watched: what `doctor` says of it, and what Prometheus reads on the loopback address, never on the public one."""
import http.client
import os
import pathlib
import socket
import time
import unittest

from ground import PASSWORD, Client, Place, Server, add_person, binary, databases


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def read(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def figures(text):
    made = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            made[name] = float(value)
    return made


class Care(unittest.TestCase):
    def test_the_doctor_names_what_is_not_well_and_what_to_do(self):
        with Place() as place:
            self.assertEqual(self.found(place, expect=1)["database"], "at_fault", "nothing is there yet")
            place.run("import", "units", place.file("tree.csv", "level,code,name,type,parent_code\n1,01,Hà Nội,Thành phố,\n"),
                      "--on", "2021-01-01", "--line", "government")
            add_person(place, "lan", "Lan", ("01", "clerk"))
            os.chmod(place.folder.name, 0o700)
            found = self.found(place)
            self.assertEqual((found["database"], found["clock"], found["backup"]), ("well", "well", "doubtful"))
            self.assertNotIn("folder", found)
            place.run("backup", pathlib.Path(place.folder.name) / "copy.db")
            self.assertEqual(self.found(place)["backup"], "well")
            note = pathlib.Path(place.folder.name) / "last-backup"
            note.write_text(str(int(time.time()) - 3 * 86400))
            self.assertEqual(self.found(place)["backup"], "doubtful")
            with place.serving():
                said = place.json("doctor")["items"]
                self.assertEqual(next(one["en"] for one in said if one["about"] == "server"), "The server runs.")
            key = pathlib.Path(place.folder.name) / "journal.key"
            os.chmod(key, 0o644)
            os.chmod(place.folder.name, 0o755)
            found = self.found(place, expect=1)
            self.assertEqual((found["keys"], found["folder"]), ("at_fault", "doubtful"))
            self.assertIn("chmod 600", place.run("doctor", expect=1))
            os.chmod(key, 0o600)
            os.chmod(place.folder.name, 0o700)
            data = pathlib.Path(place.folder.name) / "thongsuot.db"
            with open(data, "r+b") as file:  # a page in the middle is overwritten
                file.seek(4096 * 20)
                file.write(b"\xff" * 4096)
            self.assertEqual(self.found(place, expect=1)["database"], "at_fault")

    def found(self, place, expect=0):
        return {one["about"]: one["health"] for one in place.json("doctor", expect=expect)["items"]}

    def test_metrics_are_read_on_loopback_and_count_what_was_asked(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                place.run("import", "units", place.file("tree.csv", "level,code,name,type,parent_code\n1,01,Hà Nội,Thành phố,\n"),
                          "--on", "2021-01-01", "--line", "government")
                add_person(place, "lan", "Lan", ("01", "clerk"))
                port = free_port()
                server = Server([binary(), *place.args, "serve", "--port", "0", "--metrics-port", str(port)])
                try:
                    before = figures(read(port, "/metrics")[1])
                    self.assertEqual(before["thongsuot_ready"], 1)
                    self.assertNotIn("thongsuot_backup_age_seconds", before)
                    client = Client(server.port).sign_in("lan", PASSWORD)
                    for _ in range(5):
                        client.ok("GET", "/units")
                    self.assertEqual(client.send("GET", "/units/99999999")[0], 404)
                    client.connection.close()
                    self.assertEqual(read(server.port, "/metrics")[0], 404, "never where browsers reach")
                    self.assertEqual(read(server.port, "/api/v1/nowhere")[0], 404)
                    status, text = read(port, "/metrics")
                    self.assertEqual(status, 200)
                    self.assertNotIn("lan", text)
                    now = figures(text)
                    self.assertEqual(now['thongsuot_requests_total{operation="listUnits",status="2xx"}'], 5)
                    self.assertEqual(now['thongsuot_requests_total{operation="getUnit",status="4xx"}'], 1)
                    self.assertEqual(now['thongsuot_requests_total{operation="none",status="4xx"}'], 1)
                    self.assertEqual(now['thongsuot_request_seconds_count{operation="listUnits"}'], 5)
                    self.assertEqual(now['thongsuot_request_seconds_bucket{operation="listUnits",le="+Inf"}'], 5)
                    self.assertGreater(now["thongsuot_journal_leaves"], before["thongsuot_journal_leaves"])
                    self.assertEqual("thongsuot_database_bytes" in now, kind == "sqlite")
                finally:
                    server.stop()

    def test_a_taken_port_is_said(self):
        with Place() as place, socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            place.run("import", "units", place.file("tree.csv", "level,code,name,type,parent_code\n1,01,Hà Nội,Thành phố,\n"),
                      "--on", "2021-01-01", "--line", "government")
            with self.assertRaisesRegex(AssertionError, "--metrics-port"):
                Server([binary(), *place.args, "serve", "--port", "0", "--metrics-port", str(taken.getsockname()[1])])


if __name__ == "__main__":
    unittest.main()
