"""Public pages while clerks write: wrk reads, 50 clerks each save a cell every half second. Usage: public_bench.py PROGRAM

What the pages say is looked at all the while; a wrong one ends it non-zero. Needs wrk (Debian).
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/scenarios"))
os.environ["THONGSUOT_BIN"] = sys.argv[1]

from ground import PASSWORD, Client, Place, add_person  # noqa: E402

CLERKS, BULLETINS, SECONDS, PAUSE = 50, 30, 8, 0.5
TREE = "level,code,name,type,parent_code\n1,01,Thành phố,Thành phố,\n2,279,Huyện,Huyện,01\n" + "".join(
    f"3,{10000 + n},Xã {n},Xã,279\n" for n in range(CLERKS))
INDICATORS = ("code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n"
              + "".join(f"B{n:02},Chỉ tiêu {n},hồ sơ,0,up,sum,sum,,,\n" for n in range(20)))


def wrong(what):
    raise SystemExit(f"WRONG ANSWER: {what}")


class Clerk(threading.Thread):
    """Saves one cell every half second in a report of 20, and checks what comes back."""

    def __init__(self, port, login, report, stop):
        super().__init__(daemon=True)
        self.client, self.report, self.stop, self.waits, self.fault = Client(port).sign_in(login, PASSWORD), report, stop, [], None

    def run(self):
        revision, value = self.client.ok("GET", f"/reports/{self.report}")["revision"], 0
        while not self.stop.is_set():
            value += 1
            begun = time.monotonic()
            status, told, _ = self.client.send("PUT", f"/reports/{self.report}/cells", {"cells": [
                {"indicator": "B00", "state": "value", "value": str(value)}]}, {"If-Match": f'"{revision}"'})
            self.waits.append(time.monotonic() - begun)
            if status != 200 or told["cells"][0]["value"] != str(value):
                self.fault = f"a clerk was told {status} {told}"
                return
            revision = told["revision"]
            self.stop.wait(max(0, PAUSE - self.waits[-1]))


class Reader(threading.Thread):
    """Looks ten times a second at what one page says."""

    def __init__(self, port, path, words, stop):
        super().__init__(daemon=True)
        self.client, self.path, self.words, self.stop, self.looks, self.fault = Client(port), path, words, stop, 0, None

    def run(self):
        while not self.stop.wait(0.1):
            self.client.connection.request("GET", self.path)
            answer = self.client.connection.getresponse()
            text = answer.read().decode()
            self.looks += 1
            if answer.status != 200 or self.words not in text:
                self.fault = f"{self.path} says {answer.status}"


def millis(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def wrk(port, path):
    """Requests a second, p50 and p99 in milliseconds."""
    told = subprocess.run(["wrk", "-t1", "-c32", f"-d{SECONDS}s", "--latency", f"http://127.0.0.1:{port}{path}"],
                          capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        wrong(told)
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), millis(re.search(r"50%\s+(\S+)", told)[1]),
            millis(re.search(r"99%\s+(\S+)", told)[1]))


def build(place):
    place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
    place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
    for login, role in (("viet", "clerk"), ("duyet", "head")):
        add_person(place, login, login, ("279", role))
    for n in range(CLERKS):
        add_person(place, f"c{n}", f"Cán bộ {n}", (str(10000 + n), "clerk"))


def publish(writer, head, ids, title):
    made = writer.ok("POST", "/bulletins", {
        "unit": ids["279"], "title": title, "lead": "Số liệu minh hoạ.", "dated_on": "2022-01-01", "category": "thong-bao",
        "is_illustrative": True, "body": [{"text": f"{title}: " + "một đoạn văn bình thường. " * 20}] * 6})
    made = writer.ok("PUT", f"/bulletins/{made['id']}/submission", {}, made["revision"])
    return head.ok("PUT", f"/bulletins/{made['id']}/publishing", {}, made["revision"])


def measure(place):
    with place.serving() as server:
        port = server.port
        writer, head = (Client(port).sign_in(login, PASSWORD) for login in ("viet", "duyet"))
        ids = {unit["code"]: unit["id"] for unit in head.ok("GET", "/units?on=2021-06-01&limit=500")["items"]}
        paths = [publish(writer, head, ids, f"Bản tin số {n}")["path"] for n in range(BULLETINS)]
        request = head.ok("POST", "/requests", {
            "unit": ids["279"], "title": "Báo cáo", "period": "2021-12", "due_on": "2022-01-05",
            "indicators": [f"B{n:02}" for n in range(20)], "units": [ids[str(10000 + n)] for n in range(CLERKS)]})
        reports = {one["unit"]["code"]: one["id"] for one in head.ok("GET", f"/requests/{request['id']}")["reports"]}
        page, home = paths[0], "/cong-khai"
        quiet = {path: wrk(port, path) for path in (page, home)}
        stop = threading.Event()
        clerks = [Clerk(port, f"c{n}", reports[str(10000 + n)], stop) for n in range(CLERKS)]
        readers = [Reader(port, page, "Bản tin số 0: một đoạn văn", stop), Reader(port, home, paths[-1], stop)]
        for one in clerks:
            one.start()
        time.sleep(2)
        alone = sorted(wait for one in clerks for wait in list(one.waits))
        marks = [len(one.waits) for one in clerks]
        for one in readers:
            one.start()
        busy = {path: wrk(port, path) for path in (page, home)}
        beside = sorted(wait for one, mark in zip(clerks, marks) for wait in list(one.waits)[mark:])
        # Something is opened or closed each second: every page is made anew.
        changing = threading.Event()

        def change():
            while not changing.wait(1):
                made = publish(writer, head, ids, "Tin chen ngang")
                head.ok("PUT", f"/bulletins/{made['id']}/withdrawal", {"reason": "chỉ để đo tốc độ"}, made["revision"])
        changer = threading.Thread(target=change, daemon=True)
        changer.start()
        changed = wrk(port, page)
        changing.set()
        changer.join()
        stop.set()
        for one in clerks + readers:
            one.join(30)
            if one.fault:
                wrong(one.fault)
            one.client.connection.close()
        saved = sum(len(one.waits) for one in clerks)
        if saved < CLERKS * SECONDS or min(one.looks for one in readers) < SECONDS:
            wrong("too little was done meanwhile")
        return quiet, busy, changed, alone, beside, saved


if not shutil.which("wrk"):
    raise SystemExit("*** NOT RUN: wrk is not installed ***")
with Place() as here:
    build(here)
    quiet, busy, changed, alone, beside, saved = measure(here)
    here.run("verify")
for what, path in (("a bulletin", next(iter(quiet))), ("the first page", "/cong-khai")):
    (rate, p50, p99), (busy_rate, busy_p50, busy_p99) = quiet[path], busy[path]
    print(f"{what:16} quiet        {rate:8.0f}/s  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms")
    print(f"{what:16} {CLERKS} clerks    {busy_rate:8.0f}/s  p50 {busy_p50:6.2f} ms  p99 {busy_p99:6.2f} ms   ratio of rates "
          f"{busy_rate / rate:.2f}, of p99 {busy_p99 / p99:.2f}")
print(f"a bulletin       changing     {changed[0]:8.0f}/s  p50 {changed[1]:6.2f} ms  p99 {changed[2]:6.2f} ms   "
      f"ratio of rates {changed[0] / quiet[next(iter(quiet))][0]:.2f}")


def part(waits, share):
    return waits[int(len(waits) * share)] * 1000


print(f"a saved cell     alone        p50 {part(alone, .5):6.1f} ms  p99 {part(alone, .99):6.1f} ms (of {len(alone)})")
print(f"a saved cell     beside 32 readers without pause  p50 {part(beside, .5):6.1f} ms  p99 {part(beside, .99):6.1f} ms "
      f"({saved} saved in all)")
