"""Exchange over HTTP: who may take what for whom, packets of our own there and back, and files meant to do harm."""
import contextlib
import hashlib
import json
import pathlib
import re
import time
import unittest

from bad_input_http_test import INDICATORS, TREE
from ground import PASSWORD, Client, Place, add_person, databases

MAPPING = ("kind,foreign_id,option_id,ours,export\nunit,ou1,,10183,yes\nunit,ou2,,10186,yes\nunit,ou3,,10189,yes\n"
           "unit,town,,01,yes\nindicator,de5,,F05,yes\nindicator,de6,,F06,yes\nindicator,de9,,F09,yes\n"
           "dataset,monthly,,month,yes\n")


def values(*rows, **head):
    return {**head, "dataValues": [
        dict(zip(("dataElement", "period", "orgUnit", "value"), row)) for row in rows]}


def packet(kind, body, **head):
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {"packet": {"id": "p-1", "kind": kind, "version": "1", "sender": "", "receiver": "", "at": "2021-09-01T00:00:00Z",
                       "sha256": hashlib.sha256(text.encode()).hexdigest(), **head}, "body": body}


def codes(answer):
    status, body, _ = answer
    return status, sorted(problem["code"] for problem in body["problems"])


class World:
    def __init__(self, place):
        place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
        place.run("import", "indicators", place.file("indicators.csv", INDICATORS))
        place.run("import", "mapping", place.file("mapping.csv", MAPPING), "--system", "dhis2")
        add_person(place, "ha", "Đỗ Thu Hà", ("279", "compiler"))
        add_person(place, "lan", "Ngô Thị Lan", ("10183", "clerk"))

    def open(self, port):
        self.compiler, self.clerk = (Client(port).sign_in(login, PASSWORD) for login in ("ha", "lan"))
        self.ids = {u["code"]: u["id"] for u in self.compiler.ok("GET", "/units?on=2021-06-01")["items"]}
        return self

    def close(self):
        self.compiler.connection.close()
        self.clerk.connection.close()


class OverHttp(unittest.TestCase):
    def run_on_each(self, check):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                world = World(place)
                with place.serving() as server:
                    world.open(server.port)
                    try:
                        check(place, world)
                    finally:
                        world.close()

    def test_who_may_take_what_for_whom(self):
        self.run_on_each(self.check_who)

    def check_who(self, place, world):
        district = world.ids["279"]
        take = f"/exchange/systems/dhis2/imports?unit={district}"
        two = values(("de5", "202107", "ou1", "5"), ("de5", "202107", "ou2", "6"))
        self.assertEqual(codes(world.compiler.send("POST", "/exchange/systems/dhis2/imports", two)),
                         (422, ["exchange.unit_missing"]))
        told = world.compiler.ok("POST", take + "&dry_run=true", two)
        self.assertEqual((told["imported"], told["is_dry_run"]), (2, True))
        self.assertEqual(world.compiler.ok("POST", take, two)["imported"], 2)
        # The city is in nobody's sight here: it looks as if it were not mapped.
        self.assertEqual(codes(world.compiler.send("POST", take, values(("de5", "202107", "town", "7")))),
                         (422, ["exchange.unknown_unit"]))
        self.assertEqual(codes(world.clerk.send("POST", take, two)), (404, ["unit.not_found"]))
        own = "/exchange/systems/dhis2/imports?status=submitted"
        self.assertEqual(codes(world.clerk.send("POST", own, values(("de6", "202107", "ou2", "7")))),
                         (422, ["exchange.unknown_unit"]))
        self.assertEqual(codes(world.clerk.send("POST", own, values(("de5", "202107", "ou1", "9")))),
                         (422, ["fact.accepted_before"]))
        self.assertEqual(world.clerk.ok("POST", own, values(("de6", "202107", "ou1", "4")))["imported"], 1)
        # The compiler sees the clerk's unit but does not enter for it.
        self.assertEqual(codes(world.compiler.send("POST", own, values(("de6", "202107", "ou3", "7"))))[0], 403)
        listed = world.clerk.ok("GET", "/exchange/systems/dhis2/mapping")["items"]
        self.assertEqual([row["foreign_id"] for row in listed if row["kind"] == "unit"], ["ou1"])
        out = world.compiler.ok("GET", f"/exchange/systems/dhis2/values?unit={district}&period=2021-07")
        self.assertEqual({(v["dataElement"], v["orgUnit"], v["value"]) for v in out["dataValues"]},
                         {("de5", "ou1", "5"), ("de5", "ou2", "6")})
        out = world.compiler.ok("GET", f"/exchange/systems/dhis2/values?unit={district}&period=2021-07&status=all")
        self.assertIn(("de6", "ou1", "4"), {(v["dataElement"], v["orgUnit"], v["value"]) for v in out["dataValues"]})
        self.assertEqual(world.clerk.send("GET", f"/exchange/systems/dhis2/values?unit={district}&period=2021-07")[0], 404)
        gaps = world.compiler.ok("POST", "/exchange/systems/dhis2/gaps", values(("deX", "202107", "ou1", "1"),
                                                                                ("deX", "202107", "ouX", "1")))["items"]
        self.assertEqual([(g["kind"], g["foreign_id"], g["values"]) for g in gaps],
                         [("unit", "ouX", 1), ("indicator", "deX", 2)])

    def test_what_a_report_made_here_holds_is_not_changed(self):
        self.run_on_each(self.check_report)

    def check_report(self, place, world):
        made = world.compiler.ok("POST", "/requests", {
            "unit": world.ids["279"], "title": "Báo cáo tháng", "period": "2021-07", "due_on": "2021-08-04",
            "indicators": ["F05", "F09"], "units": [world.ids["10183"]]})
        (report,) = world.compiler.ok("GET", f"/requests/{made['id']}")["reports"]
        path = f"/reports/{report['id']}"
        world.clerk.ok("PUT", path + "/cells", {"cells": [
            {"indicator": "F05", "state": "value", "value": "5"}, {"indicator": "F09", "state": "not_yet"}]}, 1)
        world.clerk.ok("PUT", path + "/submission", {}, 2)
        world.compiler.ok("PUT", path + "/acceptance", {}, 3)
        take = f"/exchange/systems/dhis2/imports?unit={world.ids['279']}"
        self.assertEqual(codes(world.compiler.send("POST", take, values(("de5", "202107", "ou1", "6")))),
                         (422, ["fact.in_report"]))
        self.assertEqual(world.compiler.ok("POST", take, values(("de5", "202107", "ou1", "5")))["unchanged"], 1)
        status = world.compiler.ok("GET", f"/exchange/packets/report_status?request={made['id']}")
        self.assertEqual([(r["unit"]["code"], r["state"]) for r in status["body"]["reports"]], [("10183", "accepted")])
        told = world.compiler.ok("POST", "/exchange/packets", status)
        self.assertEqual((told["agreed"], told["differences"]), (1, []))
        status["body"]["reports"][0]["state"] = "draft"
        told = world.compiler.ok("POST", "/exchange/packets", packet("report_status", status["body"]))
        self.assertEqual([d["args"] for d in told["differences"]], [["10183", "draft", "accepted"]])
        figures = world.compiler.ok("GET", f"/exchange/packets/figures?report={report['id']}")
        self.assertEqual([(c["indicator"], c["state"], c["value"]) for c in figures["body"]["cells"]],
                         [("F05", "value", "5"), ("F09", "not_yet", None)])
        told = world.compiler.ok("POST", f"/exchange/packets?unit={world.ids['279']}", figures)
        self.assertEqual(told["values"]["unchanged"], 2)
        form = world.compiler.ok("GET", f"/exchange/packets/form?request={made['id']}")
        self.assertEqual([cell["indicator"] for cell in form["body"]["cells"]], ["F05", "F09"])


class Packets(unittest.TestCase):
    FACTS = ("unit_code,indicator,period,status,value,remark\n10183,F05,2021-07,accepted,5,\"ghi chú, có dấu phẩy\"\n"
             "10186,F05,2021-07,not_applicable,,\n10189,F05,2021-07,not_yet,,\n10183,F09,2021-9M,accepted,-1.5,\n"
             "10186,F06,2021-07,excluded,9,nhập nhầm\n")

    def test_catalogue_and_data_make_the_same_place_elsewhere(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place, Place(kind) as other:
                World(place)
                place.run("import", "facts", place.file("facts.csv", self.FACTS))
                other.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
                names = place.file("names.csv", "packet,field,name\n*,id,MaGoiTin\nindicator_data,data,DuLieu\n"
                                   "indicator_data,data.indicator,MaChiTieu\nindicator_data,data.unit,Ma\n"
                                   "indicator_data,data.value,GiaTri\n")
                for which in (place, other):
                    which.run("import", "names", names, "--system", "tinh")
                for what in (("indicator_catalogue",), ("indicator_data", "--unit", "01", "--period", "2021-07",
                                                        "--period", "2021-9M", "--system", "tinh")):
                    file = pathlib.Path(place.folder.name) / "packet.json"
                    place.run("exchange", "give", *what, "--out", file)
                    system = ("--system", "tinh") if "--system" in what else ()
                    trial = other.json("exchange", "take", file, "--dry-run", *system)
                    done = other.json("exchange", "take", file, *system)
                    self.assertTrue(trial.pop("is_dry_run"))
                    self.assertFalse(done.pop("is_dry_run"))
                    for told in (trial, done):
                        told.get("values", {}).pop("is_dry_run", None)
                    self.assertEqual(trial, done)
                self.assertIn("GiaTri", file.read_text(encoding="utf-8"))
                self.assertEqual(done["values"]["imported"], 4)  # what is excluded is not given

                def said(of):
                    return sorted(line.rsplit(",", 1)[0] for line in of.run("export", "facts").splitlines()
                                  if "excluded" not in line)
                self.assertEqual(said(other), said(place))
                self.assertEqual(len(said(other)), 5)

    def test_a_packet_changed_on_its_way_is_refused(self):
        with Place() as place:
            World(place)
            file = pathlib.Path(place.folder.name) / "packet.json"
            place.run("exchange", "give", "period_catalogue", "--year", "2021", "--out", file)
            told = place.json("exchange", "take", file)
            self.assertEqual((told["agreed"], told["differences"]), (12 + 4 + 2 + 1 + 1, []))
            file.write_text(file.read_text().replace("2021-07-31", "2021-07-30"))
            told = place.json("exchange", "take", file, expect=1)
            self.assertEqual([p["code"] for p in told["problems"]], ["packet.sha256"])
            body = json.loads(file.read_text())["body"]
            file.write_text(json.dumps(packet("period_catalogue", body)))
            told = place.json("exchange", "take", file)
            self.assertEqual([d["args"] for d in told["differences"]], [["2021-07"]])
            file.write_text(json.dumps(packet("regime", {}, version="2")))
            told = place.json("exchange", "take", file, expect=1)
            self.assertEqual([p["code"] for p in told["problems"]], ["packet.kind", "packet.version"])
            place.run("exchange", "give", "regime", expect=1)
            place.run("exchange", "give", "indicator_data", "--unit", "01", expect=1)

    def test_every_fault_of_a_packet_at_once(self):
        with Place() as place:
            World(place)
            rows = [{"unit": u, "indicator": i, "period": p, "state": s, "status": "accepted", "value": v, "remark": ""}
                    for u, i, p, s, v in (("99999", "F05", "2021-07", "value", "1"), ("10183", "NO", "2021-07", "value", "1"),
                                          ("10183", "D02", "2021-07", "value", "1"), ("10183", "F05", "2021-13", "value", "1"),
                                          ("10183", "F05", "2021-07", "value", "1.5"), ("10183", "F06", "2021-07", "not_yet", "1"),
                                          ("10183", "F09", "2021-07", "value", "1e300"))]
            file = place.file("packet.json", json.dumps(packet("indicator_data", {"data": rows})))
            told = place.json("exchange", "take", file, expect=1)
            self.assertEqual([(p["field"], p["code"]) for p in told["problems"]], [
                ("/body/data/0/unit", "fact.unit_unknown"), ("/body/data/1/indicator", "indicator.unknown"),
                ("/body/data/2/indicator", "fact.derived"), ("/body/data/3/period", "fact.period"),
                ("/body/data/4/value", "figure.too_many_decimals"), ("/body/data/5/value", "fact.value_unwanted"),
                ("/body/data/6/value", "figure.not_a_number")])


def value_xml(text):
    return ("<dataValueSet>" + text + "</dataValueSet>").encode()


ROW = b'<dataValue dataElement="de5" period="202107" orgUnit="ou1" value="%s"/>'
LAUGHS = "<!DOCTYPE lolz [<!ENTITY lol 'lol'>" + "".join(
    f"<!ENTITY lol{n} '" + f"&lol{n - 1 or ''};" * 10 + "'>" for n in range(1, 10)) + "]><dataValueSet dataSet='&lol9;'/>"
JSON_ROW = b'{"dataElement":"de5","period":"202107","orgUnit":"ou1","value":%s}'
#: (media type, body, status, one of the codes it must be refused with)
HOSTILE = {
    "an entity of its own": ("application/xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><dataValueSet dataSet='&x;'/>",
                             400, "xml.doctype"),
    "a billion laughs": ("application/xml", LAUGHS.encode(), 400, "xml.doctype"),
    "laughs in ADX": ("application/adx+xml", LAUGHS.encode(), 400, "xml.doctype"),
    "an unknown entity": ("application/xml", value_xml("<dataValue dataElement='&lol;'/>"), 400, "xml.malformed"),
    "elements without end": ("application/xml", b"<a>" * 200_000, 400, "exchange.xml_root"),
    "depth without end": ("application/xml", b"<dataValueSet>" * 200_000, 422, "xml.malformed"),
    "an attribute without end": ("application/xml", b"<dataValueSet dataSet='" + b"x" * 15_000_000, 400, "xml.malformed"),
    "a comment without end": ("application/xml", b"<!--" + b"x" * 15_000_000, 400, "xml.malformed"),
    "text between the values": ("application/xml", b"<dataValueSet>" + b"x " * 7_000_000 + b"</dataValueSet", 400, "xml.malformed"),
    "UTF-16": ("application/xml", "<dataValueSet/>".encode("utf-16"), 400, "xml.encoding"),
    "Latin-1": ("application/xml", "<?xml version='1.0' encoding='ISO-8859-1'?><dataValueSet dataSet='é'/>".encode("latin-1"),
                400, "xml.encoding"),
    "TCVN3 without saying so": ("application/xml", b"<dataValueSet dataSet='\xb5\xb8'/>", 400, "xml.encoding"),
    "NaN": ("application/json", b'{"dataValues":[' + JSON_ROW % b"NaN" + b"]}", 400, "json.malformed"),
    "NaN as a text": ("application/json", b'{"dataValues":[' + JSON_ROW % b'"NaN"' + b"]}", 422, "figure.not_a_number"),
    "Infinity": ("application/xml", value_xml((ROW % b"Infinity").decode()), 422, "figure.not_a_number"),
    "1e300": ("application/json", b'{"dataValues":[' + JSON_ROW % b"1e300" + b"]}", 422, "figure.not_a_number"),
    "a figure of forty digits": ("application/json", b'{"dataValues":[' + JSON_ROW % (b"9" * 40) + b"]}", 422, "figure.out_of_range"),
    "half a dossier": ("application/json", b'{"dataValues":[' + JSON_ROW % b"0.5" + b"]}", 422, "figure.too_many_decimals"),
    "a key twice": ("application/json", b'{"dataValues":[{"value":"1","value":"2"}]}', 422, "json.duplicate_key"),
    "the list twice": ("application/json", b'{"dataValues":[],"dataValues":[]}', 422, "json.duplicate_key"),
    "brackets without end": ("application/json", b"[" * 15_000_000, 422, "exchange.json_shape"),
    "objects without end": ("application/json", b'{"dataValues":[' + b'{"a":' * 2_000_000, 422, "exchange.json_shape"),
    "keys without end": ("application/json", b"{" + b",".join(b'"k%d":1' % n for n in range(1_000_000)) + b"}", 422,
                         "exchange.unknown_field"),
    "a text without end": ("application/json", b'{"dataSet":"' + b"x" * 15_000_000 + b'"}', 400, "json.malformed"),
    "empty values without end": ("application/json", b'{"dataValues":[' + b"{}," * 5_000_000 + b"{}]}", 413, "exchange.too_many_values"),
    "not UTF-8": ("application/json", b'{"dataValues":[{"orgUnit":"\xff"}]}', 400, "json.malformed"),
    "csv in UTF-16": ("text/csv", "dataelement,period\n".encode("utf-16"), 422, "csv.not_utf8"),
    "csv of commas": ("text/csv", b"dataelement" + b"," * 10_000_000, 422, "csv.duplicate_column"),
    "a row of commas": ("text/csv", b"dataelement,period,orgunit,value\n" + b"," * 15_000_000 + b"x\n", 422, "csv.row_width"),
    "csv of short rows": ("text/csv", b"dataelement,period,orgunit,value\n" + b"a,b,c,d\n" * 1_800_000, 413, "csv.too_large"),
    "an open quote": ("text/csv", b'dataelement,period\n"' + b"x" * 15_000_000, 422, "csv.open_quote"),
    "another type": ("image/png", b"\x89PNG", 400, "exchange.content_type"),
}


class Hostile(unittest.TestCase):
    """Each is refused within a second, and the server does not grow by more than 64 MB over the body it had to read."""

    def memory(self, server):
        status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024

    @contextlib.contextmanager
    def connected(self, server, world):
        """A connection of its own, so that one that is cut off does not spoil the next."""
        client = Client(server.port)
        client.cookie = world.compiler.cookie
        try:
            yield client
        finally:
            client.connection.close()

    def forget(self, server):
        pathlib.Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")

    def refuses_a_hundred_megabytes(self, server, world, path):
        """By what the request says of itself, before it is sent."""
        began = time.monotonic()
        line = Client(server.port).connection
        line.putrequest("POST", "/api/v1" + path)
        for header in (("Content-Type", "text/csv"), ("Content-Length", "100000000"), ("Cookie", world.compiler.cookie),
                       ("Sec-Fetch-Site", "same-origin"), ("Idempotency-Key", "a-hundred")):
            line.putheader(*header)
        line.endheaders()
        answer = line.getresponse()
        self.assertEqual(answer.status, 413)
        self.assertLess(time.monotonic() - began, 1.0)
        line.close()

    def test_each_is_refused_quickly_and_in_little_memory(self):
        with Place() as place:
            world = World(place)
            with place.serving() as server:
                world.open(server.port)
                path = f"/exchange/systems/dhis2/imports?unit={world.ids['279']}"
                for name, (kind, body, status, code) in HOSTILE.items():
                    with self.subTest(name), self.connected(server, world) as client:
                        self.forget(server)
                        before = self.memory(server)
                        began = time.monotonic()
                        got, told, _ = client.send("POST", path, raw=body, headers={"Content-Type": kind})
                        took = time.monotonic() - began
                        self.assertEqual(got, status, told if len(str(told)) < 3000 else str(told)[:3000])
                        self.assertIn(code, {problem["code"] for problem in told["problems"]})
                        self.assertLess(took, 1.0)
                        self.assertLess(self.memory(server) - before, 64 + 2 * len(body) / 1e6)
                self.refuses_a_hundred_megabytes(server, world, path)
                self.assertEqual(world.compiler.ok("GET", f"/exchange/systems/dhis2/values?unit={world.ids['279']}"
                                                   "&period=2021-07")["dataValues"], [])
                world.close()


if __name__ == "__main__":
    unittest.main()
