"""A report goes out as a workbook, is edited by programs we did not write, and comes back: exactly the edits are
read, every doubt is told, and nothing is stored before somebody says so."""
import base64
import io
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import zipfile

import openpyxl

from ground import PASSWORD, Client, Place, add_person, databases

TREE = ("level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n2,279,Huyện Thường Tín,Huyện,01\n"
        "3,10183,Thị trấn Thường Tín,Thị trấn,279\n3,10186,Xã Ninh Sở,Xã,279\n3,10189,Xã Nhị Khê,Xã,279\n")
#: code, name, measure, decimals
ASKED = [("F03", "Đảng viên mới kết nạp", "người", 0), ("F05", "Hồ sơ đã giải quyết", "hồ sơ", 0),
         ("F06", "Hồ sơ giải quyết đúng hạn", "hồ sơ", 0), ("F07", "Đơn thư đã tiếp nhận", "đơn", 0),
         ("F08", "Tỷ lệ hài lòng", "%", 1), ("F09", "Điểm cải cách hành chính", "điểm", 2),
         ("F10", "Diện tích rừng trồng mới", "ha", 3), ("F11", "Thu ngân sách", "triệu đồng", 0)]
FIGURE, REMARK = 8, 9
FIRST = 9  # row of the first cell


def encoded(data):
    return base64.b64encode(data).decode()


class World:
    """A district that asks three communes, on a running server."""

    @staticmethod
    def build(place):
        place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
        head = "code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n"
        place.run("import", "indicators", place.file("indicators.csv", head + "".join(
            f"{code},{name},{measure},{decimals},none,sum,sum,,,\n" for code, name, measure, decimals in ASKED)))
        add_person(place, "ha", "Đỗ Thu Hà", ("279", "compiler"))
        add_person(place, "lan", "Ngô Thị Lan", ("10183", "clerk"))
        add_person(place, "minh", "Phan Văn Minh", ("10186", "clerk"))

    def __init__(self, port):
        self.compiler = Client(port).sign_in("ha", PASSWORD)
        self.clerk = Client(port).sign_in("lan", PASSWORD)
        self.other = Client(port).sign_in("minh", PASSWORD)
        self.ids = {u["code"]: u["id"] for u in self.compiler.ok("GET", "/units?on=2021-06-01")["items"]}

    def request(self, period="2022-04"):
        asked = self.compiler.ok("POST", "/requests", {
            "unit": self.ids["279"], "title": "Báo cáo tháng", "period": period, "due_on": "2022-05-05",
            "indicators": [one[0] for one in ASKED], "units": [self.ids[c] for c in ("10183", "10186", "10189")]})
        reports = self.compiler.ok("GET", f"/requests/{asked['id']}")["reports"]
        return asked["id"], {one["unit"]["code"]: one["id"] for one in reports}

    def workbook(self, report, client=None):
        status, content, headers = (client or self.clerk).send("GET", f"/reports/{report}/workbook")
        assert status == 200, content
        assert re.search(r"UTF-8''[0-9A-Za-z.-]+\.xlsx$", headers["Content-Disposition"]), headers
        return content

    def reading(self, report, data, client=None):
        return (client or self.clerk).send("POST", f"/reports/{report}/workbook-readings", {"base64": encoded(data)})

    def read(self, report, data):
        status, content, _ = self.reading(report, data)
        assert status == 200, content
        return content

    def take(self, report, reading, verdicts=("new",)):
        """What the page sends when a person confirms."""
        cells = []
        for one in reading["cells"]:
            if one["verdict"] not in verdicts:
                continue
            cell = {"indicator": one["indicator"], "state": one["state"]}
            if one["state"] == "value":
                cell["value"] = one["value"]
            if one["remark"] is not None:
                cell["remark"] = one["remark"]
            cells.append(cell)
        return self.clerk.send("PUT", f"/reports/{report}/cells", {"cells": cells}, {"If-Match": f'"{reading["revision"]}"'})

    def held(self, report):
        return {one["indicator"]["code"]: (one["state"], one["value"], one["remark"])
                for one in self.compiler.ok("GET", f"/reports/{report}")["cells"]}

    def close(self):
        for client in (self.compiler, self.clerk, self.other):
            client.connection.close()


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def edited(data, cells):
    """The workbook with {row or code: figure} put in."""
    book = opened(data)
    page = book["Biểu số liệu"]
    rows = {page.cell(row, 1).value: row for row in range(FIRST, FIRST + len(ASKED))}
    for code, value in cells.items():
        page.cell(rows[code], FIGURE).value = value
    return saved(book)


def verdicts(reading):
    return {one["indicator"]: one["verdict"] for one in reading["cells"]}


def reasons(reading, code):
    return [one["code"] for cell in reading["cells"] if cell["indicator"] == code for one in cell["reasons"]]


def with_part(data, name, change):
    """The zip with one part put otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            new.writestr(item.filename, change(part) if item.filename == name else part)
    return made.getvalue()


class OnEachDatabase(unittest.TestCase):
    def worlds(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                World.build(place)
                with place.serving() as server:
                    world = World(server.port)
                    world.place, world.server = place, server
                    try:
                        yield world
                    finally:
                        world.close()


class RoundTrip(OnEachDatabase):
    def test_a_clerk_fills_it_in_and_exactly_that_is_taken(self):
        for world in self.worlds():
            request, reports = world.request()
            report = reports["10183"]
            sent = world.workbook(report)
            page = opened(sent)["Biểu số liệu"]
            self.assertTrue(page.protection.sheet)
            self.assertEqual([cell.value for cell in page[FIRST - 1]][:9], [
                "Mã", "Chỉ số", "Loại", "ĐVT", "Số lẻ", "Kỳ trước", "Cùng kỳ năm trước", "Số kỳ này", "Ghi chú"])
            self.assertFalse(page.cell(FIRST, FIGURE).protection.locked)
            self.assertTrue(page.cell(FIRST, 1).protection.locked)
            self.assertEqual(page.freeze_panes, f"A{FIRST}")
            rule = page.data_validations.dataValidation[0]
            self.assertEqual((str(rule.sqref), rule.type), (f"H{FIRST}:H{FIRST + len(ASKED) - 1}", "custom"))
            untouched = world.read(report, sent)
            self.assertEqual(untouched["counts"], {"same": 8, "new": 0, "doubtful": 0, "refused": 0})

            book = opened(sent)
            page = book["Biểu số liệu"]
            for row, value in enumerate([4, "không áp dụng", "chưa có", 0, 98.5, "1.234,5", 12.125, -7]):
                page.cell(FIRST + row, FIGURE).value = value
            page.cell(FIRST, REMARK).value = "=HYPERLINK(\"http://x\")"
            page.cell(FIRST, REMARK).data_type = "s"
            reading = world.read(report, saved(book))
            self.assertEqual(reading["counts"], {"same": 0, "new": 8, "doubtful": 0, "refused": 0}, reading)
            self.assertEqual(set(state for state, _, _ in world.held(report).values()), {"blank"}, "reading stores nothing")
            self.assertEqual(world.take(report, reading)[0], 200)
            self.assertEqual(world.held(report), {
                "F03": ("value", "4", "=HYPERLINK(\"http://x\")"), "F05": ("not_applicable", None, ""), "F06": ("not_yet", None, ""),
                "F07": ("value", "0", ""), "F08": ("value", "98.5", ""), "F09": ("value", "1234.50", ""),
                "F10": ("value", "12.125", ""), "F11": ("value", "-7", "")})
            self.assertEqual(world.take(report, reading)[0], 412, "somebody saved since")
            again = world.read(report, saved(book))
            self.assertEqual(again["counts"]["same"], 8)
            self.assertEqual([one["code"] for one in again["told"]], ["workbook.older"])
            fresh = opened(world.workbook(report))["Biểu số liệu"]
            self.assertEqual([fresh.cell(FIRST + row, FIGURE).value for row in range(3)], [4, "không áp dụng", "chưa có"])
            self.assertEqual(fresh.cell(FIRST, REMARK).data_type, "s", "a remark never becomes a formula")

    def test_earlier_figures_stand_beside(self):
        figures = "unit_code,indicator,period,status,value\n10183,F03,2022-03,accepted,7\n10183,F03,2021-04,accepted,5\n"
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                World.build(place)
                place.run("import", "facts", place.file("facts.csv", figures))
                with place.serving() as server:
                    world = World(server.port)
                    _, reports = world.request()
                    page = opened(world.workbook(reports["10183"]))["Biểu số liệu"]
                    self.assertEqual([page.cell(FIRST, column).value for column in (6, 7)], [7, 5])
                    self.assertEqual([page.cell(FIRST + 1, column).value for column in (6, 7)], [None, None])
                    world.close()

    def test_random_edits_come_back_exactly(self):
        for world in self.worlds():
            _, reports = world.request()
            report = reports["10183"]
            sent = world.workbook(report)
            for seed in range(40):
                with self.subTest(seed=seed):
                    data, expected = self.random_edit(random.Random(seed), sent)
                    reading = world.read(report, data)
                    found = {one["indicator"]: (one["state"], one["value"], one["remark"]) for one in reading["cells"]
                             if one["verdict"] == "new"}
                    self.assertEqual(found, expected)
                    self.assertEqual(reading["counts"]["doubtful"] + reading["counts"]["refused"], 0, reading)
            self.assertEqual({state for state, _, _ in world.held(report).values()}, {"blank"})

    @staticmethod
    def random_edit(chance, sent):
        """Legal edits by somebody at a spreadsheet, and what must come back of them."""
        book = opened(sent)
        page = book["Biểu số liệu"]
        expected = {}
        for row, (code, _, _, decimals) in enumerate(ASKED, FIRST):
            kind = chance.choice(["leave", "leave", "number", "comma", "word", "remark"])
            amount = chance.randrange(-10**6, 10**9)
            canonical = f"{amount / 10**decimals:.{decimals}f}"
            state, value, remark = "blank", None, None
            if kind == "number":
                page.cell(row, FIGURE).value = amount / 10**decimals if decimals else amount
                state, value = "value", canonical
            elif kind == "comma" and decimals != 3:  # three digits after one comma may be thousands
                page.cell(row, FIGURE).value = canonical.replace(".", ",")
                state, value = "value", canonical
            elif kind == "word":
                state, words = chance.choice([("not_applicable", "Không áp dụng"), ("not_yet", "chưa có"),
                                              ("not_applicable", "KAD"), ("not_yet", "Chưa có số liệu")])
                page.cell(row, FIGURE).value = words
            if chance.random() < 0.2:
                remark = chance.choice(["theo sổ một cửa", "=1+1", "@lan xem lại", "Đợt 2; số liệu minh hoạ"])
                page.cell(row, REMARK).value = remark
                page.cell(row, REMARK).data_type = "s"
            if state != "blank" or remark is not None:
                expected[code] = (state, value, remark)
        rows = [[page.cell(row, column).value for column in range(1, 10)] for row in range(FIRST, FIRST + len(ASKED))]
        if chance.random() < 0.5:
            chance.shuffle(rows)
        for row, values in enumerate(rows, FIRST):
            for column, value in enumerate(values, 1):
                cell = page.cell(row, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        if chance.random() < 0.5:
            page.insert_cols(chance.randrange(1, 9))
        if chance.random() < 0.5:
            page.insert_rows(1, chance.randrange(1, 4))
        if chance.random() < 0.5:
            page.title = "Sheet1"
        if chance.random() < 0.5:
            book.move_sheet(page, 1)
        if chance.random() < 0.3:
            book.create_sheet("Ghi chép")["A1"] = "của tôi"
        return saved(book), expected

    def test_libreoffice_keeps_what_it_is(self):
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if not office:
            self.skipTest("LibreOffice is not here")
        for world in self.worlds():
            _, reports = world.request()
            report = reports["10183"]
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder, "in", "x.xlsx")
                path.parent.mkdir()
                path.write_bytes(edited(world.workbook(report), {"F03": 4, "F08": 98.5, "F05": "không áp dụng"}))
                subprocess.run([office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                                "--outdir", folder, str(path)], check=True, capture_output=True, timeout=180)
                reading = world.read(report, pathlib.Path(folder, "x.xlsx").read_bytes())
            self.assertEqual(reading["counts"], {"same": 5, "new": 3, "doubtful": 0, "refused": 0}, reading)
            self.assertEqual(reading["told"], [])


class Doubts(OnEachDatabase):
    def test_every_doubtful_cell_is_told_and_marked_in_the_copy(self):
        for world in self.worlds():
            _, reports = world.request()
            report = reports["10183"]
            book = opened(world.workbook(report))
            page = book["Biểu số liệu"]
            page.cell(FIRST, FIGURE).value = "=2+2"           # openpyxl stores no result
            page.cell(FIRST + 1, FIGURE).value = "1,234.5"    # too fine for hồ sơ
            page.cell(FIRST + 2, FIGURE).value = "1.234"
            page.cell(FIRST + 3, FIGURE).value = 7
            page.row_dimensions[FIRST + 3].hidden = True
            page.cell(FIRST + 4, FIGURE).value = 0.985
            page.cell(FIRST + 4, FIGURE).number_format = "0.0%"
            page.cell(FIRST + 5, FIGURE).value = 12
            page.cell(FIRST + 5, FIGURE).number_format = "dd/mm/yyyy"
            page.cell(FIRST + 6, FIGURE).value = "#DIV/0!"
            page.cell(FIRST + 6, FIGURE).data_type = "e"
            page.cell(FIRST + 7, FIGURE).value = 15
            page.merge_cells(start_row=FIRST + 7, end_row=FIRST + 8, start_column=FIGURE, end_column=FIGURE)
            page.cell(FIRST + 9, 1).value = "F99"
            page.cell(FIRST + 9, FIGURE).value = 3
            data = saved(book)
            reading = world.read(report, data)
            self.assertEqual(verdicts(reading), {
                "F03": "refused", "F05": "refused", "F06": "doubtful", "F07": "doubtful", "F08": "doubtful",
                "F09": "refused", "F10": "refused", "F11": "doubtful"})
            self.assertEqual([reasons(reading, code) for code, *_ in ASKED], [
                ["workbook.formula_empty"], ["figure.too_many_decimals"], ["figure.ambiguous"], ["workbook.hidden_row"],
                ["workbook.percent"], ["workbook.date"], ["workbook.error_value"], ["workbook.merged"]])
            self.assertIn("workbook.row_unknown", [one["code"] for one in reading["told"]])
            by_code = {one["indicator"]: one for one in reading["cells"]}
            self.assertEqual(by_code["F08"]["value"], "98.5")
            self.assertEqual(by_code["F06"]["readings"], ["1234"])
            self.assertEqual({state for state, _, _ in world.held(report).values()}, {"blank"})

            status, copy, headers = world.clerk.send("POST", f"/reports/{report}/workbook-copies", {"base64": encoded(data)})
            self.assertEqual(status, 200)
            self.assertIn("nhan-xet-", headers["Content-Disposition"])
            page = opened(copy)["Biểu số liệu"]
            head = next(row for row in range(1, 40) if page.cell(row, 1).value == "Mã")
            self.assertEqual([page.cell(head, column).value for column in (10, 11)], ["Kết quả đọc", "Lý do"])
            for row, (code, *_) in enumerate(ASKED, head + 1):
                words = page.cell(row, 10).value
                self.assertEqual(words, {"refused": "Không nhận được", "doubtful": "Nghi ngờ, cần xem lại"}[by_code[code]["verdict"]])
                self.assertIn(by_code[code]["reasons"][0]["detail_vi"], page.cell(row, FIGURE).comment.text)
                self.assertNotIn(page.cell(row, FIGURE).fill.fgColor.rgb, ("FFFFFFFF", "00000000"))
            # mended in the copy itself and sent back
            book = opened(copy)
            page = book["Biểu số liệu"]
            for row in range(head + 1, head + 9):
                page.cell(row, FIGURE).value = 5
                page.cell(row, FIGURE).number_format = "0"
            again = world.read(report, saved(book))
            self.assertEqual(again["counts"], {"same": 0, "new": 8, "doubtful": 0, "refused": 0}, again)

    def test_what_changed_since_the_download_is_told(self):
        for world in self.worlds():
            _, reports = world.request()
            report = reports["10183"]
            sent = world.workbook(report)
            world.clerk.ok("PUT", f"/reports/{report}/cells", {"cells": [
                {"indicator": "F03", "value": "8"}, {"indicator": "F05", "value": "9"}]}, 1)
            reading = world.read(report, edited(sent, {"F05": 10, "F06": 11}))
            self.assertEqual([one["code"] for one in reading["told"]], ["workbook.older"])
            self.assertEqual(reading["told"][0]["args"], ["1", "2"])
            self.assertEqual({code: v for code, v in verdicts(reading).items() if code in ("F03", "F05", "F06")},
                             {"F03": "same", "F05": "doubtful", "F06": "new"})
            self.assertEqual(reasons(reading, "F03"), ["workbook.changed_since"])
            self.assertEqual(reasons(reading, "F05"), ["workbook.both_changed"])
            self.assertEqual(world.take(report, reading)[0], 200)
            self.assertEqual([world.held(report)[code][1] for code in ("F03", "F05", "F06")], ["8", "9", "11"])

    def test_a_locked_report_takes_nothing(self):
        for world in self.worlds():
            _, reports = world.request()
            report = reports["10183"]
            world.clerk.ok("PUT", f"/reports/{report}/cells", {"cells": [
                {"indicator": code, "state": "not_applicable"} for code, *_ in ASKED]}, 1)
            world.clerk.ok("PUT", f"/reports/{report}/submission", {}, 2)
            sent = world.workbook(report)
            self.assertTrue(opened(sent)["Biểu số liệu"].cell(FIRST, FIGURE).protection.locked)
            reading = world.read(report, edited(sent, {"F05": 10}))
            self.assertEqual(verdicts(reading)["F05"], "refused")
            self.assertEqual(reasons(reading, "F05"), ["report.locked"])
            self.assertEqual(world.take(report, reading, ("new", "refused"))[0], 409)


class Wrong(OnEachDatabase):
    def refused(self, world, report, data, code):
        status, body, _ = world.reading(report, data)
        self.assertIn(status, (400, 413, 422), body)
        self.assertEqual(body["problems"][0]["code"], code, body)
        self.assertTrue(body["detail_vi"] and body["detail_en"])

    def test_another_units_another_periods_another_places_and_forged_ones(self):
        for world in self.worlds():
            _, april = world.request()
            _, year_before = world.request("2021-04")
            report = april["10183"]
            theirs = world.workbook(april["10186"], world.other)
            self.refused(world, report, theirs, "workbook.other_unit")
            self.refused(world, report, world.workbook(year_before["10183"]), "workbook.other_period")
            self.refused(world, report, world.workbook(world.request()[1]["10183"]), "workbook.other_report")
            own = world.workbook(report)
            forged = with_part(theirs, "xl/sharedStrings.xml",
                               lambda part: part.replace(f"TS1|{april['10186']}|".encode(), f"TS1|{report}|".encode()))
            self.refused(world, report, forged, "workbook.tampered")
            moved = with_part(own, "xl/sharedStrings.xml", lambda part: re.sub(rb"(\|[0-9a-f]{32})\|[\w-]{8}\|", rb"\1|otherone|", part))
            self.refused(world, report, moved, "workbook.other_place")
            book = opened(own)
            del book["Nhận dạng"]
            book["Biểu số liệu"]["A6"].value = None
            self.refused(world, report, saved(book), "workbook.no_identity")
            book = opened(own)
            other = book.copy_worksheet(book["Biểu số liệu"])
            other.title = "Bản sao"
            self.refused(world, report, saved(book), "workbook.two_tables")
            with Place() as elsewhere:
                World.build(elsewhere)
                with elsewhere.serving() as server:
                    second = World(server.port)
                    _, reports = second.request()
                    foreign = second.workbook(reports["10183"])
                    second.close()
            self.refused(world, report, foreign, "workbook.other_place")
            status, body, _ = world.reading(report, own, world.other)
            self.assertEqual((status, body["code"]), (404, "report.not_found"), "out of sight it does not exist")
            self.assertEqual({state for state, _, _ in world.held(report).values()}, {"blank"})

    def test_hostile_files_are_refused_fast_and_small_and_store_nothing(self):
        with Place() as place:
            World.build(place)
            with place.serving() as server:
                world = World(server.port)
                _, reports = world.request()
                report = reports["10183"]
                sent = world.workbook(report)
                world.read(report, sent)
                before = self.memory(server)
                for name, data, code in self.hostile(sent):
                    with self.subTest(name):
                        begun = time.monotonic()
                        self.refused(world, report, data, code)
                        self.assertLess(time.monotonic() - begun, 1.0)
                        self.assertLess(self.memory(server) - before, 64 * 1024, "kB of growth")
                self.assertEqual({state for state, _, _ in world.held(report).values()}, {"blank"})
                self.assertEqual(world.compiler.ok("GET", f"/reports/{report}")["revision"], 1)
                world.close()

    @staticmethod
    def memory(server):
        """The most this server has held, in kB."""
        text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", text).group(1))

    @staticmethod
    def hostile(sent):
        sheet, strings = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
        wide = b"".join(b'<c r="%s9"><v>1</v></c>' % one.encode() for one in (
            openpyxl.utils.get_column_letter(column) for column in range(1, 16385)))
        yield "a bomb of blanks", with_part(sent, sheet, lambda part: part + b" " * (300 << 20)), "xlsx.too_large"
        yield "16,384 columns", with_part(sent, sheet, lambda part: re.sub(
            rb"<sheetData>.*</sheetData>", b'<sheetData><row r="9">' + wide + b"</row></sheetData>", part, flags=re.S)), "xlsx.too_many_columns"
        yield "ten million texts", with_part(sent, strings, lambda part: b"<sst>" + b"<si><t>a</t></si>" * 10_000_000 + b"</sst>"), "xlsx.too_many_strings"
        chance = random.Random(1)
        many = b"".join(b"<si><t>%d</t></si>" % chance.randrange(10**9) for _ in range(300_000))
        yield "texts that do not pack", with_part(sent, strings, lambda part: b"<sst>" + many + b"</sst>"), "xlsx.too_many_strings"
        entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>'
        yield "an external entity", with_part(sent, strings, lambda part: entity), "xlsx.doctype"
        yield "not a number", with_part(sent, sheet, lambda part: re.sub(rb"<v>0</v></c><c r=\"F9\"", b'<v>NaN</v></c><c r="F9"', part, count=1)
                                        .replace(b'<c r="E9" s="9" t="s">', b'<c r="E9">')), "xlsx.bad_number"
        yield "no zip", b"xin chao", "xlsx.not_a_workbook"
        yield "half a file", sent[: len(sent) // 2], "xlsx.truncated"
        yield "an old .xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xlsx.old_xls"
        nested = io.BytesIO()
        with zipfile.ZipFile(nested, "w") as zip_file:
            zip_file.writestr("a.xlsx", sent)
        yield "a zip of workbooks", nested.getvalue(), "xlsx.not_a_workbook"
        leaving = io.BytesIO()
        with zipfile.ZipFile(leaving, "w") as zip_file:
            zip_file.writestr("../../etc/cron.d/x", "x")
        yield "a path that leaves", leaving.getvalue(), "xlsx.bad_part_name"
        yield "more than four megabytes", sent + bytes(4 << 20), "workbook.file_large"


class Bulk(OnEachDatabase):
    def zip_of(self, files):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as zip_file:
            for name, data in files.items():
                zip_file.writestr(name, data)
        return made.getvalue()

    def test_a_whole_request_goes_out_and_comes_back_as_a_zip(self):
        for world in self.worlds():
            request, reports = world.request()
            status, data, headers = world.compiler.send("GET", f"/requests/{request}/workbooks")
            self.assertEqual((status, headers["Content-Type"]), (200, "application/zip"))
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                sent = {name: packed.read(name) for name in packed.namelist()}
            self.assertEqual(sorted(sent), ["10183-thi-tran-thuong-tin-2022-04.xlsx", "10186-xa-ninh-so-2022-04.xlsx",
                                            "10189-xa-nhi-khe-2022-04.xlsx"])
            names = sorted(sent)
            back = {names[0]: edited(sent[names[0]], {"F03": 1, "F05": 2}),
                    "con/" + names[1]: edited(sent[names[1]], {"F03": 3, "F05": "1.234"}),
                    names[2]: b"hong", "con/~$tam.xlsx": b"x", "them.zip": self.zip_of({"a": b"b"})}
            body = {"base64": encoded(self.zip_of(back))}
            status, read, _ = world.clerk.send("POST", f"/requests/{request}/workbook-readings", body)
            self.assertEqual(status, 200, read)
            by_name = {one["name"]: one for one in read["items"]}
            self.assertEqual(len(by_name), 4)
            self.assertEqual(by_name[names[0]]["counts"]["new"], 2)
            self.assertEqual(by_name["con/" + names[1]]["refusals"][0]["code"], "report.not_found", "not this clerk's")
            self.assertEqual(by_name[names[2]]["refusals"][0]["code"], "xlsx.not_a_workbook")
            self.assertEqual(by_name["them.zip"]["refusals"][0]["code"], "workbook.nested_zip")
            _, seen, _ = world.compiler.send("POST", f"/requests/{request}/workbook-readings", {**body, "take": "clear_files"})
            mine = next(one for one in seen["items"] if one["name"] == names[0])
            self.assertEqual((mine["is_taken"], mine["refusals"][0]["code"]), (False, "authority.not_yours"),
                             "who asks does not type")
            key = {"Idempotency-Key": "workbooks-1"}
            first = world.clerk.send("POST", f"/requests/{request}/workbook-readings", {**body, "take": "clear_files"}, key)
            again = world.clerk.send("POST", f"/requests/{request}/workbook-readings", {**body, "take": "clear_files"}, key)
            self.assertEqual((first[0], first[1]["taken"]), (200, 1))
            self.assertEqual(again[1], first[1], "done once")
            self.assertEqual(world.held(reports["10183"])["F03"], ("value", "1", ""))
            self.assertEqual(world.compiler.ok("GET", f"/reports/{reports['10183']}")["state"], "draft")
            self.assertEqual({state for state, _, _ in world.held(reports["10186"]).values()}, {"blank"})

    def test_the_command_line_reads_folders_and_zips_and_enters_what_is_clear(self):
        for kind in databases():
            with self.subTest(database=kind), Place(kind) as place:
                World.build(place)
                with place.serving() as server:
                    world = World(server.port)
                    request, reports = world.request()
                    world.close()
                folder = pathlib.Path(place.folder.name, "ra")
                self.assertEqual(place.json("workbook", "export", "--request", request, "--to", folder), {"written": 3})
                names = sorted(path.name for path in folder.iterdir())
                self.assertEqual(len(names), 3)
                for number, name in enumerate(names):
                    path = folder / name
                    path.write_bytes(edited(path.read_bytes(), {"F03": number + 1, "F05": "1.234" if number == 1 else 7}))
                copies = pathlib.Path(place.folder.name, "nhan-xet")
                read = place.json("workbook", "read", folder, "--copies", copies)
                self.assertEqual((read["files"], read["clear"], read["taken"]), (3, 2, 0))
                self.assertEqual([path.name for path in copies.iterdir()], ["nhan-xet-" + names[1]])
                taken = place.json("workbook", "read", folder, "--accept")
                self.assertEqual((taken["taken"], [one["is_taken"] for one in taken["items"]]), (2, [True, False, True]))
                zipped = pathlib.Path(place.folder.name, "ve.zip")
                with zipfile.ZipFile(zipped, "w") as zip_file:
                    for name in names:
                        zip_file.write(folder / name, name)
                cells = place.json("workbook", "read", zipped, "--accept-cells")
                self.assertEqual(cells["taken"], 1)
                self.assertEqual(place.json("workbook", "read", zipped, "--accept-cells")["taken"], 0, "a second time changes nothing")
                twice = place.json("workbook", "read", zipped, folder, "--accept", expect=1)
                self.assertEqual({one["refusals"][0]["code"] for one in twice["items"]}, {"workbook.twice"})
                with place.serving() as server:
                    world = World(server.port)
                    held = [world.held(reports[code])["F03"][1] for code in ("10183", "10186", "10189")]
                    self.assertEqual(held, ["1", "2", "3"])
                    self.assertEqual(world.held(reports["10186"])["F05"], ("blank", None, ""), "a doubt is never taken unasked")
                    world.close()
                place.run("verify")


if __name__ == "__main__":
    unittest.main()
