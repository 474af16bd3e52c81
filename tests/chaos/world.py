"""Many people at work on one server, and an oracle outside of it that knows what was acknowledged.

Each worker owns one commune's reports and plays its clerk and its compiler in turn: figures, hand in, send back, hand in,
accept. What the server acknowledged is written to a file outside the data folder, and only after the whole answer was read. After a
crash each report must stand exactly as last acknowledged, or exactly as the one act in flight would leave it; that act is then
sent again under its own idempotency key and must be answered as done, once. The totals must equal a sum made from the oracle alone.
"""
import dataclasses
import hashlib
import http.client
import json
import os
import pathlib
import random
import secrets
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenarios"))
from ground import PASSWORD, Client, Place, add_person  # noqa: E402,F401

COMMUNES = [str(code) for code in range(10183, 10183 + 24, 3)]
HEAD = "01,Thành phố Hà Nội,1,thành phố,\n279,Huyện Thường Tín,2,huyện,01\n"
TREE = "code,name,level,type,parent_code\n" + HEAD + "".join(f"{code},Xã số {n},3,xã,279\n" for n, code in enumerate(COMMUNES, 1))
INDICATORS = ("code,name,measure_unit,decimals,direction,across_units,across_time,frequency\n"
              "F05,Hồ sơ tiếp nhận,hồ sơ,0,none,sum,sum,month\n")
FIRST_YEAR = 2021


def build(place):
    place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
    place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
    add_person(place, "ha", "Đỗ Thu Hà", ("279", "compiler"))
    for code in COMMUNES:
        add_person(place, f"cb{code}", f"Cán bộ {code}", (code, "clerk"))


def period_of(number):
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02}"


@dataclasses.dataclass
class Standing:
    """A report as acknowledged."""
    revision: int = 1
    state: str = "draft"
    value: int | None = None


@dataclasses.dataclass
class Act:
    """One request on one report, and how it leaves the report."""
    report: int
    method: str
    path: str
    body: dict
    revision: int
    after: Standing
    key: str = dataclasses.field(default_factory=lambda: secrets.token_hex(8))

    def send(self, client):
        return client.send(self.method, self.path, self.body, {"If-Match": f'"{self.revision}"', "Idempotency-Key": self.key})


class Oracle:
    """What was acknowledged, in memory and, appended line by line, in a file outside the system."""

    def __init__(self, path):
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.reports, self.periods, self.acknowledged = {}, {}, 0
        self.lock = threading.Lock()

    def close(self):
        os.close(self.file)

    def note(self, act):
        line = f"{act.key} {act.report} {act.after.revision} {hashlib.sha256(json.dumps(act.body).encode()).hexdigest()}\n"
        os.write(self.file, line.encode())
        with self.lock:
            self.reports[act.report] = act.after
            self.acknowledged += 1

    def total(self, period):
        held = [self.reports[report] for report in self.periods[period]]
        return sum(one.value for one in held if one.state == "accepted")


class Cut(Exception):
    """The server went away before the whole answer was read."""


class Worker:
    """One commune's clerk and compiler. Keeps its cookies across restarts."""
    client = Client

    def __init__(self, code, oracle, seed, may_answer):
        self.may_answer = may_answer  # when the ground goes away under the server
        self.code, self.oracle, self.random = code, oracle, random.Random(f"{seed}-{code}")
        self.cookies, self.clients, self.reports, self.flight = {}, {}, [], None
        self.failure, self.acts = None, 0

    def connect(self, port):
        self.close()
        for role, login in (("clerk", f"cb{self.code}"), ("compiler", "ha")):
            client = self.client(port)
            client.cookie = self.cookies.get(role)
            if client.cookie is None:
                self.cookies[role] = client.sign_in(login, PASSWORD).cookie
            self.clients[role] = client

    def close(self):
        for client in self.clients.values():
            client.connection.close()

    def perform(self, role, act):
        self.flight = role, act
        try:
            status, body, _ = act.send(self.clients[role])
        except (OSError, http.client.HTTPException) as cut:
            raise Cut(str(cut)) from cut
        if status in self.may_answer:
            raise Cut(str(status))
        if status == 422 and body["code"] == "report.doubt_unexplained":
            return self.perform(role, self.explanation(act))
        if status != 200:
            raise AssertionError(f"{act.method} {act.path} at {act.revision} → {status} {body}")
        self.oracle.note(act)
        self.flight, self.acts = None, self.acts + 1

    def explanation(self, refused):
        """A figure far from the commune's past holds up the handing in until it is explained."""
        doubts = self.clients["clerk"].ok("GET", f"/reports/{refused.report}")["doubts"]
        body = {"explanations": [{"doubt": one["code"], "text": "đã đối chiếu, số liệu đúng"} for one in doubts]}
        held, step = self.oracle.reports[refused.report], refused.revision
        return Act(refused.report, "PUT", f"/reports/{refused.report}/explanations", body, step, Standing(step + 1, held.state, held.value))

    def next_act(self, report):
        held = self.oracle.reports.setdefault(report, Standing())
        step = held.revision
        if held.state in ("draft", "returned"):
            if held.value is None or self.random.random() < 0.7:
                value = self.random.randint(900, 1100)
                body = {"cells": [{"indicator": "F05", "state": "value", "value": str(value)}]}
                return "clerk", Act(report, "PUT", f"/reports/{report}/cells", body, step, Standing(step + 1, held.state, value))
            return "clerk", Act(report, "PUT", f"/reports/{report}/submission", {}, step, Standing(step + 1, "submitted", held.value))
        if held.state == "submitted":
            if self.random.random() < 0.8:
                body = {"remark": "đối chiếu lại với sổ tiếp nhận"}
                return "compiler", Act(report, "PUT", f"/reports/{report}/return", body, step, Standing(step + 1, "returned", held.value))
            return "compiler", Act(report, "PUT", f"/reports/{report}/acceptance", {}, step, Standing(step + 1, "accepted", held.value))
        return None

    def settle(self):
        """After a restart: the act in flight is whole or absent, and sent again it is done once."""
        if self.flight is None:
            return
        role, act = self.flight
        before, held = self.oracle.reports[act.report], standing(self.clients["compiler"], act.report)
        if held not in (before, act.after):
            raise AssertionError(f"report {act.report}: {held} is neither {before} nor {act.after}")
        self.perform(role, act)
        held = standing(self.clients["compiler"], act.report)
        if held != act.after:
            raise AssertionError(f"report {act.report}: sent again it became {held}, not {act.after}")

    def work(self, until):
        try:
            while not until.is_set():
                report = next((one for one in self.reports if self.oracle.reports.setdefault(one, Standing()).state != "accepted"), None)
                if report is None:
                    return
                self.perform(*self.next_act(report))
        except Cut:
            pass
        except BaseException as failure:  # told by the test's own thread
            self.failure = failure


def standing(client, report):
    body = client.ok("GET", f"/reports/{report}")
    cell = body["cells"][0]
    return Standing(body["revision"], body["state"], int(cell["value"]) if cell["state"] == "value" else None)


class Town:
    """All of it: requests, workers and the checks after each crash."""

    worker = Worker

    def __init__(self, place, folder, seed, may_answer=(503,)):
        self.place, self.oracle = place, Oracle(pathlib.Path(folder) / "acknowledged.log")
        self.workers = [self.worker(code, self.oracle, seed, may_answer) for code in COMMUNES]
        self.asked = 0

    def close(self):
        for worker in self.workers:
            worker.close()
        self.oracle.close()

    def connect(self, port):
        for worker in self.workers:
            worker.connect(port)
        compiler = self.workers[0].clients["compiler"]
        self.ids = {unit["code"]: unit["id"] for unit in compiler.ok("GET", "/units?on=2021-06-01")["items"]}

    def settle(self):
        for worker in self.workers:
            worker.settle()

    def ask(self, months=1):
        """New requests, one a month, so that nobody runs out of work."""
        compiler = self.workers[0].clients["compiler"]
        for _ in range(months):
            period = period_of(self.asked)
            self.asked += 1
            made = compiler.ok("POST", "/requests", {
                "unit": self.ids["279"], "title": f"Báo cáo {period}", "period": period, "due_on": f"{int(period[:4]) + 1}-06-01",
                "indicators": ["F05"], "units": [self.ids[code] for code in COMMUNES]})
            held = {one["unit"]["code"]: one["id"] for one in compiler.ok("GET", f"/requests/{made['id']}")["reports"]}
            self.oracle.periods[period] = list(held.values())
            for worker in self.workers:
                worker.reports.append(held[worker.code])
                self.oracle.reports[held[worker.code]] = Standing()

    def ask_when_short(self):
        left = min(sum(self.oracle.reports[one].state != "accepted" for one in worker.reports) for worker in self.workers)
        if left < 6:
            self.ask(6)

    def run(self, seconds=None, crash=None):
        """All work at once until `seconds` are over, or until `crash(…)` has happened."""
        until = threading.Event()
        threads = [threading.Thread(target=worker.work, args=(until,)) for worker in self.workers]
        for thread in threads:
            thread.start()
        if crash:
            crash()
        elif seconds:
            time.sleep(seconds)
        if not crash:
            until.set()
        for thread in threads:
            thread.join(timeout=120)
        for worker in self.workers:
            worker.close()
            if worker.failure:
                raise worker.failure

    def check(self, reports=None, periods=None):
        """Every report (or a sample) stands as acknowledged, and every total is the oracle's."""
        compiler = self.workers[0].clients["compiler"]
        for report in reports if reports is not None else self.oracle.reports:
            held = standing(compiler, report)
            if held != self.oracle.reports[report]:
                raise AssertionError(f"report {report}: {held}, acknowledged was {self.oracle.reports[report]}")
        for period in periods if periods is not None else self.oracle.periods:
            if not any(self.oracle.reports[one].state == "accepted" for one in self.oracle.periods[period]):
                continue
            answer = compiler.ok("GET", f"/rollup?unit={self.ids['279']}&period={period}&indicator=F05&line=government")
            said = int(answer["units"][0]["cells"][0]["value"])
            if said != self.oracle.total(period):
                raise AssertionError(f"{period}: the total is {said}, acknowledged was {self.oracle.total(period)}")
