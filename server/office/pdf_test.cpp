#include "office/pdf.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "office/docx.h"

namespace office {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A program of the test's own in LibreOffice's place.
class Pdf : public ::testing::Test {
 protected:
  Pdf() {
    std::string path = (fs::temp_directory_path() / "thongsuot-test-XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~Pdf() override { fs::remove_all(folder_); }

  PdfPrinter printer(const std::string& script) const {
    const fs::path path = folder_ / "printer";
    std::ofstream(path) << "#!/bin/sh\nfor last; do :; done\nout=$(dirname \"$last\")/out\n"
                        << script;
    chmod(path.c_str(), 0700);
    return {path.string(), 2'000ms, 500ms, 1'000};
  }
  static std::string code_of(const PdfPrinter& printer) {
    const auto made = pdf_of("docx", printer);
    return made ? *made : made.error().front().code;
  }
  std::string said(const char* name) const {
    std::ifstream file(folder_ / name);
    std::string text;
    std::getline(file, text);
    return text;
  }

  fs::path folder_;
};

TEST_F(Pdf, GivesWhatTheProgramMade) {
  EXPECT_EQ(code_of(printer("mkdir $out; printf '%%PDF-x' > $out/van-ban.pdf")), "%PDF-x");
}

TEST_F(Pdf, LeavesNoFolderAndHandsDownNoFile) {
  const std::string here = folder_.string();
  const int kept = ::fcntl(1, F_DUPFD, 50);  // a file of ours, not closed on exec
  (void)code_of(printer("echo $(dirname $out) > " + here +
                        "/where; ls /proc/self/fd | tr '\\n' ' ' > " + here + "/files; env > " +
                        here + "/env"));
  ::close(kept);
  EXPECT_FALSE(said("where").empty());
  EXPECT_FALSE(fs::exists(said("where")));
  EXPECT_EQ(said("files").find(" " + std::to_string(kept) + " "), std::string::npos)
      << said("files");
}

TEST_F(Pdf, SaysThatItIsNotInstalled) {
  EXPECT_EQ(code_of({"thongsuot-no-such-program", 1s, 1s, 1}), "pdf.not_installed");
  EXPECT_FALSE(can_print({"thongsuot-no-such-program", 1s, 1s, 1}));
}

TEST_F(Pdf, KillsWhatTakesTooLongWithItsChildren) {
  PdfPrinter slow = printer("sleep 300 & echo $! > " + folder_.string() + "/child\nwait");
  slow.most = 700ms;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of(slow), "pdf.took_too_long");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  const int child = std::stoi(said("child"));
  for (int i = 0; i < 50 && kill(child, 0) == 0; ++i) std::this_thread::sleep_for(20ms);
  std::ifstream status("/proc/" + std::to_string(child) + "/stat");
  std::string state;
  status >> state >> state >> state;
  EXPECT_TRUE(state.empty() || state == "Z") << state;
}

TEST_F(Pdf, SaysThatNothingCameOut) {
  EXPECT_EQ(code_of(printer("exit 1")), "pdf.failed");
  EXPECT_EQ(code_of(printer("mkdir $out; echo no > $out/van-ban.pdf")), "pdf.failed");
  EXPECT_EQ(code_of(printer("mkdir $out; printf '%%PDF-%2000d' 1 > $out/van-ban.pdf")),
            "pdf.failed")
      << "more than is taken";
}

TEST_F(Pdf, MakesOneAtATime) {
  const PdfPrinter slow = printer("sleep 1.5; mkdir $out; printf '%%PDF-x' > $out/van-ban.pdf");
  std::string first;
  std::thread other([&] { first = code_of(slow); });
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(code_of(slow), "pdf.busy");
  other.join();
  EXPECT_EQ(first, "%PDF-x");
}

TEST_F(Pdf, IsMadeByLibreOffice) {
  if (!can_print()) {
    std::cerr << "*** NOT RUN: soffice is not installed, no PDF was made ***\n";
    GTEST_SKIP() << "soffice is not installed";
  }
  Document document;
  document.header = {Profile::state_nd30_2020,
                     "A",
                     "B",
                     "Số: 05/BC-UBND",
                     "Hà Nội, ngày 05 tháng 01 năm 2022",
                     "BÁO CÁO",
                     "kết quả"};
  PdfPrinter patient;
  patient.most = 120s;
  const auto made = pdf_of(write_docx(document), patient);
  ASSERT_TRUE(made) << made.error().front().code;
  EXPECT_TRUE(made->starts_with("%PDF-"));
  EXPECT_NE(made->find("%%EOF"), std::string::npos);
}

}  // namespace
}  // namespace office
