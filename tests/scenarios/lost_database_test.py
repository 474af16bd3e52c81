"""PostgreSQL goes away under the running server and comes back: 503 with its reason meanwhile, and everything goes on after."""
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

from ground import PASSWORD, REPOSITORY, Client, Place, add_person, databases

CLUSTER = REPOSITORY / "tools/postgres_cluster.sh"
TREE = "level,code,name,type,parent_code\n1,01,Hà Nội,Thành phố,\n"


@unittest.skipUnless("postgres" in databases(), "PostgreSQL is not here")
class LostDatabase(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="ts-", dir="/tmp")  # a socket's name must be short
        self.addCleanup(scratch.cleanup)
        os.chmod(scratch.name, 0o711)
        self.folder = pathlib.Path(scratch.name) / "pg"
        self.start()
        self.addCleanup(self.stop)

    def start(self):
        return subprocess.run([CLUSTER, "start", self.folder], check=True, capture_output=True, text=True, timeout=120).stdout.strip()

    def stop(self):
        subprocess.run([CLUSTER, "stop", self.folder], check=False, capture_output=True, timeout=120)

    def test_it_is_told_and_goes_on_when_it_is_back(self):
        with Place() as place:
            place.args += ["--database", self.start()]
            place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
            add_person(place, "lan", "Lan", ("01", "administrator"))
            with place.serving() as server:
                server.read_away()
                client = Client(server.port).sign_in("lan", PASSWORD)
                self.assertEqual(self.ready(client), 200)
                self.stop()
                status, problem, _ = client.send("GET", "/units?on=2021-06-01")
                self.assertEqual((status, problem["code"]), (503, "storage.unavailable"))
                status, problem, _ = client.send("POST", "/sessions", {"login": "lan", "password": PASSWORD})
                self.assertEqual((status, problem["code"]), (503, "storage.unavailable"))
                self.assertEqual(self.ready(client), 503)
                self.start()
                end = time.monotonic() + 60
                while self.ready(client) != 200:
                    self.assertLess(time.monotonic(), end, "it never came back")
                    time.sleep(0.2)
                client.ok("GET", "/units?on=2021-06-01")
                client.connection.close()

    def ready(self, client):
        client.connection.request("GET", "/readyz")
        answer = client.connection.getresponse()
        answer.read()
        return answer.status


if __name__ == "__main__":
    unittest.main()
