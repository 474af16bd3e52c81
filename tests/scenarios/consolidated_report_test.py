"""The report the district downloads, opened by programs we did not write."""
import os
import shutil
import subprocess
import tempfile
import unittest

from ground import Client, Place

PASSWORD = "ThongSuot-demo-2022"


def as_pdf_text(file):
    """The pages of a file as LibreOffice prints them, as text."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                        "--outdir", folder, str(file)], check=True, capture_output=True, timeout=180)
        text = subprocess.run(["pdftotext", "-layout", os.path.join(folder, file.stem + ".pdf"), "-"], check=True,
                              capture_output=True, text=True).stdout
    return [" ".join(page.split()) for page in text.split("\f") if page.strip()]


class ConsolidatedReport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Place().__enter__()
        cls.addClassCleanup(cls.place.__exit__)
        cls.place.run("demo")
        with cls.place.serving() as server:
            client = Client(server.port).sign_in("ha", PASSWORD)
            items = client.ok("GET", "/requests?limit=200")["items"]
            year = next(item["id"] for item in items if item["period"] == "2021")
            cls.files = {}
            for kind in ("docx", "xlsx"):
                cls.files[kind] = cls.place.file(f"report.{kind}", client.ok("GET", f"/requests/{year}/documents/{kind}"))
            client.connection.close()

    def need(self, program):
        if shutil.which(program) is None:
            self.fail(f"{program} is not installed: packaging/debian-packages-test.txt lists it")

    def test_the_word_file_prints_as_an_official_report(self):
        self.need("soffice")
        pages = as_pdf_text(self.files["docx"])
        self.assertGreaterEqual(len(pages), 2)
        first = pages[0]
        for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "HUYỆN ỦY THƯỜNG TÍN", "-BC/HU", "BÁO CÁO",
                      "I- TÌNH HÌNH BÁO CÁO", "29/29 đơn vị", "1.716.000.000", "1.655.900.000", "92,29", "Số liệu minh hoạ",
                      "T/M BAN THƯỜNG VỤ", "Nơi nhận:"):
            self.assertIn(words, first)
        self.assertIn("Biểu 02", pages[1])
        self.assertIn("Xã Minh Cường", pages[-1])
        for page in pages:
            self.assertIn("Số liệu minh hoạ", page)

    def test_the_word_file_opens_in_python_docx(self):
        import docx
        document = docx.Document(str(self.files["docx"]))
        table = next(t for t in document.tables if t.rows[0].cells[0].text == "STT")
        figures = {row.cells[1].text: row.cells[3].text for row in table.rows[1:]}
        self.assertEqual(figures["Quỹ Vì người nghèo: số tiền đã nhận"], "1.655.900.000")
        self.assertEqual(len({section.orientation for section in document.sections}), 2)

    def test_the_workbook_holds_numbers(self):
        self.need("soffice")
        import openpyxl
        book = openpyxl.load_workbook(self.files["xlsx"])
        rows = {row[0].value: row for row in book.worksheets[0].iter_rows() if row[0].value}
        self.assertEqual(rows["F14"][3].value, 1655900000)
        self.assertEqual(round(rows["D01"][3].value * 100), 9229)
        self.assertEqual(book.worksheets[1].max_row - next(
            cell.row for cell in book.worksheets[1]["A"] if cell.value == "Mã"), 30)
        self.assertTrue(any("1.716.000.000" in page or "1,716,000,000" in page for page in as_pdf_text(self.files["xlsx"])))


if __name__ == "__main__":
    unittest.main()
