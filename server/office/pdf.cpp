#include "office/pdf.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace office {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using Clock = std::chrono::steady_clock;

/// A folder that only we can enter, gone with what it holds.
class Folder {
 public:
  Folder() : path_((fs::temp_directory_path() / "thongsuot-pdf-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), "mkdtemp");
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path path() const { return path_; }

 private:
  std::string path_;
};

std::string found(const std::string& program) {
  if (program.find('/') != std::string::npos)
    return access(program.c_str(), X_OK) == 0 ? program : std::string();
  const char* const along = getenv("PATH");
  const std::string all = along == nullptr ? "/usr/bin:/bin" : along;
  for (std::size_t from = 0; from <= all.size();) {
    const std::size_t colon = std::min(all.find(':', from), all.size());
    const std::string path = all.substr(from, colon - from) + "/" + program;
    if (path.front() == '/' && access(path.c_str(), X_OK) == 0) return path;
    from = colon + 1;
  }
  return {};
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> made;
  for (std::string& word : words) made.push_back(word.data());
  made.push_back(nullptr);
  return made;
}

/// A program in a process group of its own; killed with the whole group when this goes.
class Running {
 public:
  Running(std::vector<std::string> words, std::vector<std::string> environment) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);  // no connection, no database
    sigset_t none, usual;
    sigemptyset(&none);
    sigfillset(&usual);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(
        &how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error = posix_spawn(&pid_, words.front().c_str(), &files, &how,
                                  pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    if (error != 0) throw std::system_error(error, std::generic_category(), words.front());
  }
  ~Running() {
    kill(-pid_, SIGKILL);  // also what it left behind when it ended by itself
    waitpid(pid_, nullptr, 0);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// False when it has not ended by then.
  bool ends_before(Clock::time_point deadline) {
    for (;;) {
      // Looked at without being reaped, so that its group cannot become somebody else's.
      siginfo_t info{};
      if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        return true;
      if (info.si_pid == pid_) return true;
      if (Clock::now() >= deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

 private:
  pid_t pid_ = 0;
};

std::string bytes_of(const fs::path& path, std::size_t most) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > most) return {};
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  return file ? bytes : std::string();
}

}  // namespace

bool can_print(const PdfPrinter& printer) { return !found(printer.program).empty(); }

base::Result<std::string> pdf_of(std::string_view docx, const PdfPrinter& printer) {
  static std::timed_mutex one_at_a_time;
  const std::string program = found(printer.program);
  if (program.empty()) return base::refuse(ProblemKind::unavailable, "pdf.not_installed");
  const std::unique_lock turn(one_at_a_time, printer.queue);
  if (!turn) return base::refuse(ProblemKind::unavailable, "pdf.busy", "", {"30"});
  const Folder folder;
  const fs::path source = folder.path() / "van-ban.docx";
  std::ofstream file(source, std::ios::binary);
  file.write(docx.data(), static_cast<std::streamsize>(docx.size()));
  file.close();
  if (!file) throw std::system_error(errno, std::generic_category(), source.string());
  const std::string place = folder.path().string();
  {
    Running printing({program, "-env:UserInstallation=file://" + place + "/profile", "--headless",
                      "--norestore", "--nolockcheck", "--nodefault", "--convert-to",
                      "pdf:writer_pdf_Export", "--outdir", place + "/out", source.string()},
                     {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + place, "TMPDIR=" + place,
                      "LANG=C.UTF-8", "SAL_USE_VCLPLUGIN=svp"});
    if (!printing.ends_before(Clock::now() + printer.most)) {
      return base::refuse(
          ProblemKind::unavailable, "pdf.took_too_long", "",
          {std::to_string(std::chrono::ceil<std::chrono::seconds>(printer.most).count())});
    }
  }
  std::string made = bytes_of(folder.path() / "out" / "van-ban.pdf", printer.most_bytes);
  if (!made.starts_with("%PDF-")) return base::refuse(ProblemKind::invalid, "pdf.failed");
  return made;
}

}  // namespace office
