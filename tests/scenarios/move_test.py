"""From SQLite into PostgreSQL: every row and every total the same, nothing half moved, nobody going on with the old file."""
import pathlib
import shutil
import subprocess
import unittest

from ground import PASSWORD, Client, Place, add_person, databases


def totals(place):
    """Totals of the demo's city, of a year and of months."""
    return [place.json("rollup", "--unit", "01", "--period", period, *more)
            for period in ("2021", "2021-12", "2022-03", "2022-04") for more in ([], ["--below", "3"])]


@unittest.skipUnless("postgres" in databases(), "PostgreSQL is not here")
class Move(unittest.TestCase):
    def test_a_place_is_moved_and_every_row_and_total_is_the_same(self):
        with Place("postgres") as place:
            here, there = place.args[:2], place.args
            folder = pathlib.Path(place.folder.name)
            place.args = here
            place.run("demo")
            before = totals(place)
            leaves = place.json("verify")["leaves"]
            journal = place.run("audit", "export")
            shutil.copytree(folder, folder / "kept")

            place.args = there
            told = place.run("move-to-postgres")
            self.assertRegex(told, r"đã chuyển và đối chiếu: \d{4,} dòng, \d{2,} bảng tổng hợp như nhau")
            self.assertEqual(totals(place), before)
            self.assertEqual(place.json("verify"), {"faults": [], "leaves": leaves})
            self.assertEqual(place.run("audit", "export"), journal)
            self.assertFalse((folder / "thongsuot.db").exists())
            self.assertTrue((folder / "moved-to-postgres.db").exists())

            # Ids go on after those that were moved, and people sign in with the passwords they had.
            add_person(place, "moi", "Người Mới", ("01", "clerk"))
            with place.serving() as server:
                Client(server.port).sign_in("lan", "ThongSuot-demo-2022")
                Client(server.port).sign_in("moi", PASSWORD)

            # The file as it was: the database knows more by now, and is not overwritten.
            place.args = ["--data", str(folder / "kept"), *there[2:]]
            told = place.run("move-to-postgres", expect=1)
            self.assertIn("table account:", told)
            self.assertIn("chưa chuyển gì", told)
            self.assertTrue((folder / "kept" / "thongsuot.db").exists())

    def test_a_second_time_is_only_compared_and_a_figure_that_differs_is_named(self):
        with Place("postgres") as place:
            here, there = place.args[:2], place.args
            folder = pathlib.Path(place.folder.name)
            place.args = here
            place.run("demo")
            for name in ("again", "other"):
                shutil.copytree(folder, folder / name)
            place.args = there
            place.run("move-to-postgres")
            place.args = ["--data", str(folder / "again"), *there[2:]]
            self.assertIn("đã chuyển và đối chiếu", place.run("move-to-postgres"))
            subprocess.run(["psql", there[3], "-qc", "update fact set amount = amount + 1 where id = (select min(id) from fact where state = 1)"],
                           check=True, capture_output=True, timeout=60)
            place.args = ["--data", str(folder / "other"), *there[2:]]
            told = place.run("move-to-postgres", expect=1)
            self.assertIn("table fact:", told)
            self.assertNotIn("table report:", told)
            self.assertTrue((folder / "other" / "thongsuot.db").exists())

    def test_nothing_is_moved_from_under_a_server_nor_from_an_unsound_file(self):
        with Place("postgres") as place:
            here, there = place.args[:2], place.args
            place.args = here
            place.run("demo")
            with place.serving():
                place.args = there
                place.run("move-to-postgres", expect=3)
                place.args = here
            data = pathlib.Path(place.folder.name) / "thongsuot.db"
            subprocess.run(["sqlite3", data, "update fact set amount = amount + 1 where id = (select min(id) from fact where state = 1)"],
                           check=True, timeout=60)
            place.args = there
            self.assertIn("a fact's last revision differs", place.run("move-to-postgres", expect=1))
            self.assertTrue(data.exists())
            made = subprocess.run(["psql", there[3], "-Atc", "select to_regclass('journal_leaf') is null"], check=True,
                                  capture_output=True, text=True, timeout=60).stdout.strip()
            self.assertEqual(made, "t", "not even a table was made")


if __name__ == "__main__":
    unittest.main()
