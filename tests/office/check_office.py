"""Opens our office files with programs we did not write: LibreOffice, python-docx, openpyxl.

    OFFICE_SAMPLES_BIN=build/debug/server/office/office_samples /usr/bin/python3 tests/office/check_office.py

The program writes the samples; LibreOffice turns them into PDF, whose pages and text are checked. Set
OFFICE_SAMPLES_KEEP to a folder to keep the files and a picture of each page, to be looked at.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM = os.environ.get("OFFICE_SAMPLES_BIN", "")
KEEP = os.environ.get("OFFICE_SAMPLES_KEEP", "")
NOTE = "Số liệu minh hoạ"
MEASURES = 19
UNITS = 29

try:
    import docx
except ImportError:
    docx = None
try:
    import openpyxl
except ImportError:
    openpyxl = None


def missing(what, why):
    """Says loudly that a check does not run, and skips it."""
    message = f"*** NOT RUN: {what}: {why} ***"
    print(message, file=sys.stderr)
    raise unittest.SkipTest(message)


def run(*words, timeout=180):
    """Runs a program and returns what it printed; an ending in error is a failed test."""
    done = subprocess.run(words, capture_output=True, timeout=timeout, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8")


def squeezed(text):
    """Without blanks: a line broken elsewhere, as other fonts do, is the same text."""
    return re.sub(r"\s+", "", text)


class Samples(unittest.TestCase):
    """One folder of samples, and of the PDFs made of them, for all checks."""

    folder = None
    _holder = None
    _pdfs = {}

    @classmethod
    def setUpClass(cls):
        if not PROGRAM or not os.access(PROGRAM, os.X_OK):
            missing(cls.__name__, "build office_samples and name it in OFFICE_SAMPLES_BIN")
        if Samples.folder is None:
            Samples._holder = tempfile.TemporaryDirectory(prefix="thongsuot-office-")
            Samples.folder = pathlib.Path(Samples._holder.name)
            run(PROGRAM, str(Samples.folder))

    @classmethod
    def pdf(cls, name):
        """The file as LibreOffice lays it out."""
        for tool in ("soffice", "pdftotext", "pdfinfo"):
            if shutil.which(tool) is None:
                missing(name, f"{tool} is not installed")
        if name not in Samples._pdfs:
            # A folder for each: sample.docx and sample.xlsx would both become sample.pdf.
            out = Samples.folder / ("pdf-" + name.replace(".", "-"))
            run(
                "soffice",
                "--headless",
                f"-env:UserInstallation={(Samples.folder / 'profile').as_uri()}",
                "--convert-to",
                "pdf",
                "--outdir",
                str(out),
                str(Samples.folder / name),
            )
            made = out / (pathlib.Path(name).stem + ".pdf")
            if not made.is_file():
                raise AssertionError(f"LibreOffice made no PDF of {name}")
            Samples._pdfs[name] = made
        return Samples._pdfs[name]

    @classmethod
    def pages(cls, name):
        """The text of each page."""
        pages = run("pdftotext", "-layout", str(cls.pdf(name)), "-").split("\f")
        return pages[:-1] if not pages[-1].strip() else pages

    def sizes(self, name):
        """Width and height of each page, in points."""
        text = run("pdfinfo", "-f", "1", "-l", "99", str(self.pdf(name)))
        return [(float(w), float(h)) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", text)]


class Pages:
    """What every profile's documents must look like in LibreOffice."""

    def test_no_page_is_empty_and_every_page_carries_the_note(self):
        pages = self.pages(self.name)
        self.assertEqual(len(pages), len(self.sizes(self.name)))
        self.assertIn(len(pages), (3, 4))
        for number, page in enumerate(pages, 1):
            self.assertIn(squeezed(NOTE), squeezed(page), f"page {number}")
            self.assertGreater(len(squeezed(page)), 200, f"page {number} is all but empty")

    def test_pages_are_numbered_from_the_second_on(self):
        pages = self.pages(self.name)
        first = [line.strip() for line in pages[0].splitlines()]
        self.assertNotIn("1", first[:3])
        for number, page in enumerate(pages[1:], 2):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            self.assertIn(str(number), lines[:2])

    def test_the_annex_lies_across_and_the_rest_upright(self):
        sizes = self.sizes(self.name)
        self.assertLess(sizes[0][0], sizes[0][1])
        self.assertGreater(sizes[-1][0], sizes[-1][1])
        for short, long in (sorted(size) for size in sizes):
            self.assertAlmostEqual(short, 595.3, delta=1)
            self.assertAlmostEqual(long, 841.9, delta=1)

    def test_all_rows_are_there_and_the_header_row_repeats(self):
        text = squeezed("".join(self.pages(self.name)))
        self.assertIn("Toànhuyện", text)
        self.assertIn("912.345,6", text)
        for unit in ("XãNinhSở", "XãVạnĐiểm", "XãMinhCường"):
            self.assertIn(unit, text)
        upright = "".join(self.pages(self.name)[:2])
        self.assertEqual(len(re.findall(r"Đánh giá", upright)), 2, "header row on both pages of Biểu 01")

    def test_the_words_of_the_format_are_shown(self):
        first = squeezed(self.pages(self.name)[0])
        for words in self.words_of_first_page:
            self.assertIn(squeezed(words), first)
        text = squeezed("".join(self.pages(self.name)))
        for words in self.words_anywhere:
            self.assertIn(squeezed(words), text)
        self.assertNotIn("___", text, "rules are drawn, never typed")


class PartyPages(Pages, Samples):
    name = "sample.docx"
    words_of_first_page = ("ĐẢNG CỘNG SẢN VIỆT NAM", "HUYỆN ỦY THƯỜNG TÍN", "*", "Số 05-BC/HU", "BÁO CÁO", "-----")
    words_anywhere = ("Nơi nhận:", "- Thường trực Thành ủy,", "- Lưu Văn phòng Huyện ủy.", "T/M BAN THƯỜNG VỤ")


class StatePages(Pages, Samples):
    name = "sample_state.docx"
    words_of_first_page = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 05/BC-UBND", "Kính gửi:")
    words_anywhere = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, TH.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


class PartyPagesOf2026(Pages, Samples):
    name = "sample_party_2026.docx"
    words_of_first_page = ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ THƯỜNG TÍN", "Số 03-BC/ĐU", "ngày 05 tháng 02 năm 2026", "-----")
    words_anywhere = ("- Thường trực Thành ủy,", "- Lưu Văn phòng Đảng ủy.", "T/M BAN THƯỜNG VỤ")


class FrontPages(Pages, Samples):
    name = "sample_front.docx"
    words_of_first_page = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẶT TRẬN TỔ QUỐC VIỆT NAM", "BAN THƯỜNG TRỰC",
                           "Số: 15/BC-MTTQ-BTT", "ngày 09 tháng 6 năm 2022", "Kính gửi: Ban Thường trực")
    words_anywhere = ("- Như trên;", "- Lưu: VT.", "TM. BAN THƯỜNG TRỰC")


class YouthPages(Pages, Samples):
    name = "sample_youth.docx"
    words_of_first_page = ("ĐOÀN TNCS HỒ CHÍ MINH", "***", "Số: 29-BC/ĐTN", "ngày 26 tháng 3 năm 2022")
    words_anywhere = ("- Lưu: Văn phòng.", "TM. BAN THƯỜNG VỤ")


class WorkbookPages(Samples):
    def test_each_sheet_is_one_page_wide_and_lies_across(self):
        pages = self.pages("sample.xlsx")
        self.assertEqual(len(pages), 2)
        for page in pages:
            self.assertIn(squeezed(NOTE), squeezed(page))
        for width, height in self.sizes("sample.xlsx"):
            self.assertGreater(width, height)
        self.assertIn("XãMinhCường", squeezed(pages[1]))


class Docx(Samples):
    """The documents as python-docx reads them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if docx is None:
            missing(cls.__name__, "python3-docx is not installed")

    NAMES = ("sample.docx", "sample_state.docx", "sample_party_2026.docx", "sample_front.docx", "sample_youth.docx")

    def each(self):
        for name in self.NAMES:
            yield docx.Document(str(self.folder / name))

    def test_margins_are_those_of_the_profile(self):
        for name, document in zip(self.NAMES, self.each()):
            self.assertEqual(len(document.sections), 2)
            for section in document.sections:
                sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
                for side, wanted in zip(sides, (20, 20, 30, 20 if name == "sample_youth.docx" else 15)):
                    self.assertAlmostEqual(side.mm, wanted, delta=0.1)

    def test_sections_are_portrait_then_landscape_a4(self):
        for document in self.each():
            upright, across = document.sections
            self.assertEqual(upright.orientation, docx.enum.section.WD_ORIENT.PORTRAIT)
            self.assertEqual(across.orientation, docx.enum.section.WD_ORIENT.LANDSCAPE)
            self.assertAlmostEqual(upright.page_width.mm, 210, delta=0.1)
            self.assertAlmostEqual(across.page_width.mm, 297, delta=0.1)
            self.assertTrue(upright.different_first_page_header_footer)
            self.assertFalse(across.different_first_page_header_footer)

    def test_font_is_times_new_roman_fourteen_in_vietnamese(self):
        for document in self.each():
            font = document.styles["Normal"].font
            self.assertEqual(font.name, "Times New Roman")
            self.assertEqual(font.size.pt, 14)
            self.assertIn('w:lang w:val="vi-VN"', document.styles.element.xml)

    def test_body_is_justified_and_indented(self):
        for document in self.each():
            body = next(p for p in document.paragraphs if p.text.startswith("Ban Thường vụ"))
            form = body.paragraph_format
            self.assertEqual(form.alignment, docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY)
            self.assertAlmostEqual(form.first_line_indent.cm, 1.27, delta=0.01)
            self.assertGreaterEqual(form.space_before.pt, 6)
            self.assertTrue(1 <= form.line_spacing <= 1.5)

    def test_tables_repeat_their_header_and_keep_rows_whole(self):
        for document in self.each():
            header, measures, signature, units = document.tables
            self.assertEqual([len(header.rows), len(signature.rows)], [2, 1])
            self.assertEqual(len(measures.rows), MEASURES + 1)
            self.assertEqual(len(units.rows), UNITS + 2)
            for table in (measures, units):
                self.assertEqual(len(table._tbl.xpath(".//w:tblHeader")), 1)
                self.assertEqual(len(table._tbl.xpath(".//w:cantSplit")), len(table.rows))
                self.assertEqual({b.get(b.nsmap["w"].join("{}") + "sz") for b in table._tbl.xpath("./w:tblPr/w:tblBorders/*")}, {"4"})
                sizes = {run.font.size.pt for cell in table.rows[1].cells for p in cell.paragraphs for run in p.runs}
                self.assertTrue(all(10 <= size <= 11.5 for size in sizes), sizes)
                right = table.rows[1].cells[4].paragraphs[0].alignment
                self.assertEqual(right, docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT)
            for table in (header, signature):
                self.assertFalse(table._tbl.xpath("./w:tblPr/w:tblBorders"))
            self.assertEqual([cell.text for cell in measures.rows[0].cells][:3], ["STT", "Chỉ tiêu", "ĐVT"])
            self.assertEqual(measures.rows[14].cells[4].text, "912.345,6")

    def test_the_header_block_says_who_and_where(self):
        party = docx.Document(str(self.folder / "sample.docx")).tables[0]
        self.assertEqual(party.cell(0, 0).text.split("\n"), ["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "HUYỆN ỦY THƯỜNG TÍN", "*"])
        self.assertEqual(party.cell(0, 1).text.strip(), "ĐẢNG CỘNG SẢN VIỆT NAM")
        self.assertEqual(party.cell(1, 0).text, "Số 05-BC/HU")
        self.assertEqual(party.cell(1, 1).text, "Thường Tín, ngày 28 tháng 4 năm 2022")
        state = docx.Document(str(self.folder / "sample_state.docx")).tables[0]
        self.assertEqual(state.cell(1, 0).text, "Số: 05/BC-UBND")
        self.assertIn("Độc lập - Tự do - Hạnh phúc", state.cell(0, 1).text)

    def test_properties_carry_the_title_and_no_time(self):
        for document in self.each():
            self.assertTrue(document.core_properties.title.startswith("BÁO CÁO "))
            self.assertIsNone(document.core_properties.created)

    def test_the_same_document_is_the_same_bytes(self):
        with tempfile.TemporaryDirectory(prefix="thongsuot-office-") as again:
            run(PROGRAM, again)
            for name in self.NAMES:
                self.assertEqual((self.folder / name).read_bytes(), (pathlib.Path(again) / name).read_bytes())
            times = {part.date_time for part in zipfile.ZipFile(self.folder / "sample.docx").infolist()}
            self.assertEqual(times, {(1980, 1, 1, 0, 0, 0)})


class Xlsx(Samples):
    """The workbook as openpyxl reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if openpyxl is None:
            missing(cls.__name__, "python3-openpyxl is not installed")
        cls.book = openpyxl.load_workbook(cls.folder / "sample.xlsx")

    def test_sheets_title_and_note_stand_above_the_table(self):
        self.assertEqual(self.book.sheetnames, ["Biểu 01", "Biểu 02"])
        for sheet in self.book:
            self.assertTrue(sheet["A1"].font.b)
            self.assertEqual(sheet["A2"].value, NOTE)
            self.assertEqual(sheet["A4"].value, "STT")
            self.assertTrue(sheet["A4"].font.b)
            self.assertTrue(sheet["B4"].alignment.wrap_text)
            self.assertEqual(sheet["A4"].fill.fill_type, "solid")
            self.assertEqual(sheet["B6"].font.name, "Times New Roman")
            self.assertEqual(sheet["B6"].font.sz, 11)
            self.assertFalse(sheet.merged_cells.ranges)

    def test_figures_are_numbers_with_their_format(self):
        sheet = self.book["Biểu 01"]
        whole, tenths = sheet["E14"], sheet["E18"]
        self.assertEqual((whole.value, whole.data_type, whole.number_format), (251832, "n", "#,##0"))
        self.assertEqual((tenths.value, tenths.data_type, tenths.number_format), (912345.6, "n", "#,##0.0"))
        self.assertEqual(sheet["E13"].value, 99.34)
        self.assertEqual(sheet["E13"].number_format, "#,##0.00")
        self.assertEqual(sheet["B14"].data_type, "s")

    def test_no_cell_is_a_formula(self):
        for sheet in self.book:
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
            self.assertLessEqual(kinds, {"n", "s"})

    def test_the_total_is_the_sum_of_its_units(self):
        sheet = self.book["Biểu 02"]
        self.assertEqual(sheet["B5"].value, "Toàn huyện")
        self.assertTrue(sheet["C5"].font.b)
        self.assertEqual(sheet.max_row, 5 + UNITS)
        for column in "CDEFGHI":
            units = sum(round(sheet[f"{column}{row}"].value * 10) for row in range(6, 6 + UNITS))
            self.assertEqual(round(sheet[f"{column}5"].value * 10), units, column)

    def test_the_header_stays_on_screen_and_on_paper(self):
        for sheet in self.book:
            self.assertEqual(sheet.freeze_panes, "A5")
            self.assertEqual(sheet.print_title_rows, "$4:$4")
            self.assertEqual(sheet.page_setup.orientation, "landscape")
            self.assertEqual(int(sheet.page_setup.paperSize), 9)
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertIn(sheet.page_setup.fitToHeight, (0, "0"))


def keep():
    """Leaves the files and a picture of each page where a person can look at them."""
    if not KEEP or Samples.folder is None:
        return
    target = pathlib.Path(KEEP)
    target.mkdir(parents=True, exist_ok=True)
    for name, pdf in Samples._pdfs.items():
        stem = name.replace(".", "-")
        shutil.copy(pdf, target / f"{stem}.pdf")
        shutil.copy(Samples.folder / name, target / name)
        run("pdftoppm", "-r", "80", "-png", str(pdf), str(target / stem))


if __name__ == "__main__":
    ran = unittest.main(verbosity=2, exit=False)
    try:
        keep()
    finally:
        if Samples._holder is not None:
            Samples._holder.cleanup()
    sys.exit(not ran.result.wasSuccessful())
