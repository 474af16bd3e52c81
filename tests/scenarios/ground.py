"""A place with data, the program on it, and a client that speaks to it: the ground for the black-box tests."""
import contextlib
import csv
import http.client
import json
import os
import pathlib
import secrets
import select
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 120


def binary():
    found = os.environ.get("THONGSUOT_BIN") or REPOSITORY / "build/release/server/app/thongsuot"
    if not pathlib.Path(found).exists():
        raise unittest.SkipTest(f"the program is not built: {found}")
    return str(found)


def shared(*parts):
    """A file of the shared data, or a loud skip: it is not part of the repository."""
    root = pathlib.Path(os.environ.get("THONGSUOT_SHARED") or REPOSITORY.parent / "shared")
    path = root.joinpath(*parts)
    if not path.exists():
        print(f"\n*** NOT RUN: {path} is not here ***", file=sys.stderr)
        raise unittest.SkipTest(f"{path} is not here")
    return path


def databases():
    if os.environ.get("THONGSUOT_TEST_POSTGRES"):
        return ["sqlite", "postgres"]
    print("\n*** PostgreSQL scenarios did NOT run: THONGSUOT_TEST_POSTGRES is not set ***", file=sys.stderr)
    return ["sqlite"]


class Place:
    """An empty data folder or database of its own, gone at the end."""

    def __init__(self, kind="sqlite"):
        self.kind = kind

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="thongsuot-")
        self.args = ["--data", self.folder.name]
        if self.kind == "postgres":
            self.server = os.environ["THONGSUOT_TEST_POSTGRES"]
            self.name = "scenario_" + secrets.token_hex(6)
            self.psql(f"create database {self.name}")
            head, _, rest = self.server.partition("///")
            self.args += ["--database", f"{head}///{self.name}?{rest.partition('?')[2]}"]
        return self

    def __exit__(self, *_):
        if self.kind == "postgres":
            self.psql(f"drop database {self.name} with (force)")
        self.folder.cleanup()

    def psql(self, statement):
        subprocess.run(["psql", self.server, "-qc", statement], check=True, timeout=PATIENCE, capture_output=True)

    def run(self, *args, expect=0, stdin=None):
        done = subprocess.run([binary(), *self.args, *map(str, args)], input=stdin, capture_output=True, text=True,
                              timeout=PATIENCE)
        if done.returncode != expect:
            raise AssertionError(f"{args} ended with {done.returncode}, not {expect}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *args, expect=0):
        return json.loads(self.run(*args, "--json", expect=expect))

    def file(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    @contextlib.contextmanager
    def serving(self):
        """The server on a free port; stopped by its own process id."""
        server = self.start()
        try:
            yield server
        finally:
            server.stop()

    def start(self):
        return Server([binary(), *self.args, "serve", "--port", "0"])


class Server:
    def __init__(self, command):
        self.errors = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ""
        if "listening on" not in line:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)
            self.errors.seek(0)
            words = self.errors.read()
            self.stop()
            raise AssertionError(f"the server did not start: {line}{words}")
        self.port = int(line.rsplit(":", 1)[1])

    def read_away(self):
        """Its log is read as it comes: each failure writes a line, and a pipe nobody reads would stop it."""
        threading.Thread(target=self.read_all, daemon=True).start()
        return self

    def read_all(self):
        with contextlib.suppress(ValueError, OSError):
            for _ in self.process.stdout:
                pass

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        self.errors.close()


class Client:
    """One person at one browser: keeps the cookie and the connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = None

    def send(self, method, path, body=None, headers=None, raw=None):
        given = {}
        data = raw
        if raw is None and method != "GET":
            data = json.dumps({} if body is None else body).encode() if method != "DELETE" else None
        if data is not None:
            given["Content-Type"] = "application/json"
        if self.cookie:
            given["Cookie"] = self.cookie
        if method != "GET":
            given["Sec-Fetch-Site"] = "same-origin"
        if method == "POST":
            given["Idempotency-Key"] = secrets.token_hex(8)
        given.update(headers or {})
        self.connection.request(method, "/api/v1" + path, data, {k: v for k, v in given.items() if v is not None})
        answer = self.connection.getresponse()
        content = answer.read()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]
        if "json" in (answer.getheader("Content-Type") or ""):
            content = json.loads(content)
        return answer.status, content, dict(answer.getheaders())

    def ok(self, method, path, body=None, revision=None):
        headers = {} if revision is None else {"If-Match": f'"{revision}"'}
        status, content, _ = self.send(method, path, body, headers)
        if status >= 300:
            raise AssertionError(f"{method} {path} → {status} {content}")
        return content

    def sign_in(self, login, password):
        self.ok("POST", "/sessions", {"login": login, "password": password})
        return self


PASSWORD = "con đò sang sông sớm"


def add_person(place, login, name, *posts):
    """An account with posts (unit code, role) from the first of 2021."""
    place.run("user", "add", login, "--name", name, "--password-stdin", stdin=PASSWORD + "\n")
    for unit, role in posts:
        place.run("user", "post", login, "--unit", unit, "--role", role, "--from", "2021-01-01")


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))
