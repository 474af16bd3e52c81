"""A support bundle says how a place is, and nothing of who works there or what they wrote."""
import io
import json
import pathlib
import unittest
import zipfile

from ground import PASSWORD, Client, Place, add_person, databases

NAMES = ["Nguyễn Thị Dấu Vết", "dauvet", "dau.vet@example.org", "Xã Dấu Vết Một", "Yêu cầu Dấu Vết", "918273645", "Ghi chú dấu vết"]
TREE = "level,code,name,type,parent_code\n1,01,Hà Nội,Thành phố,\n3,10001,Xã Dấu Vết Một,Xã,01\n"


class Support(unittest.TestCase):
    def test_it_says_how_the_place_is_and_names_nobody(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                self.fill(place)
                folder = pathlib.Path(place.folder.name)
                secrets = [(folder / key).read_bytes() for key in ("journal.key", "sealing.key")]
                log = place.file("server.log", '[2022-04-14 08:00:00.000] [warning] a sign-in from 203.0.113.7 was refused\n'
                                               '[2022-04-14 08:00:01.000] [error] request r1 GET /x failed: key "dauvet" 2001:db8::7 dau.vet@example.org\n'
                                               f'token {"a1B2" * 10}\n')
                target = folder / "bundle.zip"
                place.run("support-bundle", target, "--log", log)
                with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as bundle:
                    parts = {name: bundle.read(name) for name in bundle.namelist()}
                self.assertEqual(sorted(parts), ["about.json", "database.json", "doctor.json", "files.json", "log.txt"])
                whole = b"\n".join(parts.values())
                for name in [*NAMES, "203.0.113.7", "2001:db8::7", "a1B2a1B2"]:
                    self.assertNotIn(name.encode(), whole, name)
                for secret in secrets:
                    self.assertNotIn(secret.strip(), whole)
                if kind == "postgres":
                    self.assertNotIn(place.name.encode(), whole, "the address of the database")

                database = json.loads(parts["database.json"])
                self.assertEqual(database["rows"]["account"], 1)
                self.assertEqual(database["steps"][0], "0001_accounts_and_journal.sql")
                self.assertIn("version" if kind == "sqlite" else "server_version", database["settings"])
                self.assertEqual(json.loads(parts["about.json"])["database"], "sqlite" if kind == "sqlite" else "postgresql")
                self.assertEqual(json.loads(parts["files.json"])["journal.key"]["mode"], 0o600)
                self.assertIn("database", [one["about"] for one in json.loads(parts["doctor.json"])])
                self.assertIn(b"a sign-in from [address] was refused", parts["log.txt"])

    def fill(self, place):
        place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
        place.run("import", "indicators", place.file("indicators.csv", "code,name,measure_unit,decimals,direction,across_units,across_time\nD1,Chỉ số,người,0,up,sum,sum\n"))
        add_person(place, "dauvet", "Nguyễn Thị Dấu Vết", ("01", "compiler"), ("10001", "clerk"))
        with place.serving() as server:
            person = Client(server.port).sign_in("dauvet", PASSWORD)
            posts = {post["unit"]["code"]: post["unit"]["id"] for post in person.ok("GET", "/session")["posts"]}
            request = person.ok("POST", "/requests", {"unit": posts["01"], "title": "Yêu cầu Dấu Vết", "period": "2022-01", "due_on": "2022-02-05",
                                                      "indicators": ["D1"], "units": [posts["10001"]]})
            report = person.ok("GET", f"/requests/{request['id']}")["reports"][0]["id"]
            person.ok("PUT", f"/reports/{report}/cells", {"cells": [{"indicator": "D1", "state": "value", "typed": "918273645", "remark": "Ghi chú dấu vết"}]}, revision=1)
            person.connection.close()

    def test_a_place_that_cannot_be_opened_still_gives_one(self):
        with Place() as place:
            data = pathlib.Path(place.folder.name) / "thongsuot.db"
            data.write_bytes(b"no database at all" * 1000)
            target = pathlib.Path(place.folder.name) / "bundle.zip"
            place.run("support-bundle", target)
            with zipfile.ZipFile(target) as bundle:
                self.assertIn("failure", json.loads(bundle.read("database.json")))


if __name__ == "__main__":
    unittest.main()
