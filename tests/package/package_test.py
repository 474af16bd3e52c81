"""The Debian package: what it holds runs by itself, nothing in it breaks Debian's rules, and it is the same bytes each time."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests/scenarios"))
from ground import PATIENCE, Server, binary  # noqa: E402

WEB = REPOSITORY / "web/build"


def made(folder):
    command = [REPOSITORY / "packaging/debian/package.sh", folder, binary(), WEB]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=os.environ | {"SOURCE_DATE_EPOCH": "1650000000"})
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return pathlib.Path(done.stdout.strip())


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (WEB / "index.html").exists():
            print("\n*** The package was NOT tried: the web client is not built ***", file=sys.stderr)
            raise unittest.SkipTest("the web client is not built")
        scratch = tempfile.TemporaryDirectory(prefix="thongsuot-package-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.package = made(cls.folder)
        cls.tree = cls.folder / "tree"
        subprocess.run(["dpkg-deb", "-R", cls.package, cls.tree], check=True, timeout=PATIENCE)

    def test_holds_what_a_machine_needs_to_run_it(self):
        for name in ("usr/bin/thongsuot", "usr/share/thongsuot/web/index.html", "usr/lib/systemd/system/thongsuot.service", "usr/lib/systemd/system/thongsuot.socket", "etc/default/thongsuot",
                     "usr/share/doc/thongsuot/operations/install.md", "usr/share/doc/thongsuot/copyright", "usr/share/man/man1/thongsuot.1.gz"):
            self.assertTrue((self.tree / name).exists(), name)
        control = (self.tree / "DEBIAN/control").read_text()
        for library in ("libsqlite3-0", "libpq5", "libsodium23", "libicu72", "adduser"):
            self.assertIn(library, control)
        self.assertEqual((self.tree / "DEBIAN/conffiles").read_text(), "/etc/default/thongsuot\n")

    def test_its_program_serves_its_client(self):
        program = self.tree / "usr/bin/thongsuot"
        data = self.folder / "data"
        subprocess.run([program, "--data", data, "demo"], check=True, capture_output=True, timeout=PATIENCE)
        server = Server([str(program), "--data", str(data), "serve", "--port", "0", "--web", str(self.tree / "usr/share/thongsuot/web")])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=PATIENCE) as answer:
                self.assertIn(b"Th\xc3\xb4ng Su\xe1\xbb\x91t", answer.read())
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/readyz", timeout=PATIENCE) as answer:
                self.assertEqual(answer.read(), b"ready\n")
        finally:
            server.stop()

    def test_breaks_no_rule_of_debian(self):
        done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error", self.package], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_its_scripts_can_be_read_and_never_touch_the_data(self):
        for name in ("postinst", "prerm", "postrm"):
            script = self.tree / "DEBIAN" / name
            subprocess.run(["sh", "-n", script], check=True, timeout=PATIENCE)
            self.assertNotIn("rm ", script.read_text())

    def test_its_service_is_confined(self):
        if not shutil.which("systemd-analyze"):
            print("\n*** The service's confinement was NOT rated: no systemd-analyze ***", file=sys.stderr)
            self.skipTest("no systemd-analyze")
        unit = self.tree / "usr/lib/systemd/system/thongsuot.service"
        done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)

    def test_is_the_same_bytes_each_time(self):
        again = self.folder / "again"
        again.mkdir()
        digests = [hashlib.sha256(one.read_bytes()).hexdigest() for one in (self.package, made(again))]
        self.assertEqual(*digests)


if __name__ == "__main__":
    unittest.main()
