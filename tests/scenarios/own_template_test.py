"""A unit's own template, edited by programs we did not write, and the report and its PDF made with it."""
import base64
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from ground import Client, Place

DEMO_PASSWORD = "ThongSuot-demo-2022"
TEMPLATES = "/units/{}/templates/BC"


def rewritten_by_libreoffice(content):
    """The same document as LibreOffice saves it: other runs, other parts, other styles."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "in.docx")
        source.write_bytes(content)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
                        "docx:MS Word 2007 XML", "--outdir", f"{folder}/out", str(source)], check=True, capture_output=True,
                       timeout=180)
        return pathlib.Path(folder, "out", "in.docx").read_bytes()


def pdf_pages(content):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "a.pdf")
        path.write_bytes(content)
        text = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return [" ".join(page.split()) for page in text.split("\f") if page.strip()]


class OwnTemplate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for program in ("soffice", "pdftotext"):
            if shutil.which(program) is None:
                print(f"\n*** NOT RUN: {program} is not installed ***", file=sys.stderr)
                raise unittest.SkipTest(f"{program} is not installed")
        cls.place = Place().__enter__()
        cls.addClassCleanup(cls.place.__exit__)
        cls.place.run("demo")
        cls.serving = cls.place.serving()
        server = cls.serving.__enter__()
        cls.addClassCleanup(cls.serving.__exit__, None, None, None)
        cls.head = Client(server.port).sign_in("son", DEMO_PASSWORD)
        cls.clerk = Client(server.port).sign_in("lan", DEMO_PASSWORD)
        items = cls.head.ok("GET", "/requests?limit=200")["items"]
        asked = next(item for item in items if item["period"] == "2021")
        cls.report = f"/requests/{asked['id']}/documents/"
        cls.unit = asked["unit"]["id"]
        cls.templates = TEMPLATES.format(cls.unit)

    def keep(self, profile, content, client=None):
        path = f"{self.templates}?profile={profile}"
        known = self.head.ok("GET", self.templates)["profiles"]
        revision = next(one["revision"] for one in known if one["profile"] == profile)
        return (client or self.head).send("PUT", path, {"name": "mau.docx", "base64": base64.b64encode(content).decode()},
                                          {"If-Match": f'"{revision}"'})

    def remove(self, profile):
        known = self.head.ok("GET", self.templates)["profiles"]
        revision = next(one["revision"] for one in known if one["profile"] == profile)
        return self.head.send("DELETE", f"{self.templates}?profile={profile}", None, {"If-Match": f'"{revision}"'})

    def default(self, profile):
        return self.head.ok("GET", f"{self.templates}/file?profile={profile}&version=0")

    def written(self, profile, more=""):
        import docx
        return docx.Document(io.BytesIO(self.head.ok("GET", f"{self.report}docx?profile={profile}{more}")))

    def test_a_template_edited_in_another_program_serves_until_it_is_removed(self):
        import docx
        profile = "party-36-2018"
        document = docx.Document(io.BytesIO(self.default(profile)))
        added = document.paragraphs[0].insert_paragraph_before()
        for piece in ("Kỳ: {", "{ky_", "bao_cao}", "}"):
            added.add_run(piece).italic = True
        edited = io.BytesIO()
        document.save(edited)
        status, kept, headers = self.keep(profile, edited.getvalue())
        self.assertEqual((status, headers["ETag"]), (200, '"2"'))
        self.assertTrue(next(one for one in kept["profiles"] if one["profile"] == profile)["is_own"])
        paper = self.written(profile)
        line = next(p for p in paper.paragraphs if p.text.startswith("Kỳ: "))
        self.assertEqual(line.text, "Kỳ: năm 2021")
        self.assertTrue(line.runs[0].italic)
        self.assertIn("HUYỆN ỦY THƯỜNG TÍN", paper.tables[0].cell(0, 0).text)
        self.assertEqual(paper.core_properties.author, "HUYỆN ỦY THƯỜNG TÍN")
        self.assertIn("Số liệu minh hoạ", paper.sections[0].first_page_header.paragraphs[-1].text)
        passed_over = self.written(profile, "&template=default")
        self.assertFalse([p for p in passed_over.paragraphs if p.text.startswith("Kỳ: ")])
        self.assertFalse([p for p in self.written("state-nd30-2020").paragraphs if p.text.startswith("Kỳ: ")])
        self.assertEqual(self.remove(profile)[0], 200)
        self.assertFalse([p for p in self.written(profile).paragraphs if p.text.startswith("Kỳ: ")])
        self.assertEqual(self.remove(profile)[1]["code"], "template.not_kept")
        first = self.head.ok("GET", f"{self.templates}/file?profile={profile}&version=1")
        self.assertEqual(first, edited.getvalue(), "a version stays as it was given")

    def test_every_default_template_survives_libreoffice(self):
        for profile in ("party-05-2026", "state-nd30-2020", "front", "youth-union"):
            with self.subTest(profile=profile):
                status, answer, _ = self.keep(profile, rewritten_by_libreoffice(self.default(profile)))
                self.assertEqual(status, 200, answer)
                ours, own = self.written(profile, "&template=default"), self.written(profile)
                # The place of a name that is not known yet is left out in a template.
                self.assertEqual([[c.text.strip() for c in row.cells] for t in ours.tables for row in t.rows],
                                 [[c.text.strip() for c in row.cells] for t in own.tables for row in t.rows])
                self.assertEqual([p.text for p in ours.paragraphs if p.text.strip()],
                                 [p.text for p in own.paragraphs if p.text.strip()])
                self.assertEqual(self.remove(profile)[0], 200)

    def test_the_pdf_shows_the_pages_of_the_paper(self):
        pages = pdf_pages(self.head.ok("GET", f"{self.report}pdf?profile=state-nd30-2020"))
        self.assertGreaterEqual(len(pages), 2)
        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "/BC-UBND", "BÁO CÁO"):
            self.assertIn(words, pages[0])
        for page in pages:
            self.assertIn("Số liệu minh hoạ", page)

    def test_what_is_no_template_is_refused_with_its_places(self):
        import docx
        document = docx.Document(io.BytesIO(self.default("front")))
        document.add_paragraph("Số: {{so_van_ban}}")
        document.add_paragraph("{{#don_vi}}")
        edited = io.BytesIO()
        document.save(edited)
        status, answer, _ = self.keep("front", edited.getvalue())
        self.assertEqual(status, 422)
        self.assertEqual([(one["code"], one["field"]) for one in answer["problems"]],
                         [("template.unknown_field", "Số: {{so_van_ban}}"), ("template.unclosed_block", "{{#don_vi}}")])
        self.assertIn("so_ky_hieu", answer["problems"][0]["detail_vi"])
        status, answer, _ = self.keep("front", b"%PDF-1.7")
        self.assertEqual((status, answer["code"]), (400, "docx.not_a_document"))
        self.assertEqual(self.keep("front", self.default("front"), self.clerk)[0], 404, "out of the clerk's sight")
        status, answer, _ = self.head.send("GET", f"{self.report}docx?profile=khac")
        self.assertEqual((status, answer["code"]), (422, "paper.profile"))

    def test_without_libreoffice_the_refusal_says_what_to_do(self):
        with Place() as place:
            place.run("demo")
            path = os.environ["PATH"]
            os.environ["PATH"] = "/nonexistent"
            try:
                with place.serving() as server:
                    os.environ["PATH"] = path
                    client = Client(server.port).sign_in("ha", DEMO_PASSWORD)
                    status, answer, _ = client.send("GET", f"{self.report}pdf")
                    client.connection.close()
            finally:
                os.environ["PATH"] = path
        self.assertEqual((status, answer["code"]), (503, "pdf.not_installed"))


if __name__ == "__main__":
    unittest.main()
