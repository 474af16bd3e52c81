"""Start to first answer and idle memory of the server on the demo's data. Usage: start_bench.py PROGRAM"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

ROUNDS = 5
SETTLE_SECONDS = 2


def resident_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise SystemExit("WRONG ANSWER: no VmRSS")


def start(program, data):
    begun = time.monotonic()
    server = subprocess.Popen([program, "--data", data, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().split()[-1]
        with urllib.request.urlopen(address + "/readyz", timeout=10) as answer:
            if answer.read() != b"ready\n":
                raise SystemExit("WRONG ANSWER: not ready")
        first = (time.monotonic() - begun) * 1000
        time.sleep(SETTLE_SECONDS)
        return first, resident_kib(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


program = sys.argv[1]
with tempfile.TemporaryDirectory() as data:
    subprocess.run([program, "--data", data, "demo"], check=True, stdout=subprocess.DEVNULL)
    asked = subprocess.run([program, "--data", data, "rollup", "--unit", "279", "--period", "2021", "--json"],
                           check=True, capture_output=True, text=True).stdout
    cells = {c["indicator"]: c["value"] for c in json.loads(asked)["units"][0]["cells"]}
    if cells["D02"] != "98.57":
        raise SystemExit("WRONG ANSWER: D02 of 2021")
    rounds = [start(program, data) for _ in range(ROUNDS)]
print(f"start to first answer          {sorted(r[0] for r in rounds)[ROUNDS // 2]:9.0f} ms (median of {ROUNDS})")
print(f"idle memory                    {max(r[1] for r in rounds) / 1024:9.1f} MiB resident")
