#include "app/doctor.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "app/admin_socket.h"
#include "app/care_state.h"
#include "http/json.h"
#include "store/migrate.h"

namespace app {
namespace {

constexpr std::int64_t kBackupHours = 26;  // a nightly copy and two hours of grace
constexpr std::uintmax_t kLargeLog = std::uintmax_t{256} << 20;

std::string mebibytes(std::uintmax_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

class Doctor {
 public:
  explicit Doctor(const Place& place) : place_(place) {}

  std::vector<Finding> look() {
    if (place_.database.empty()) folder();
    database();
    room();
    clock();
    backups();
    converter();
    return std::move(found_);
  }

 private:
  void tell(const char* about, Health health, std::string vi, std::string en) {
    found_.push_back({about, health, std::move(vi), std::move(en)});
  }

  /// Whoever reads the data folder or a key reads everything.
  void folder() {
    const auto open_to_others = [](const std::filesystem::path& path) {
      struct stat seen{};
      return ::stat(path.c_str(), &seen) == 0 && (seen.st_mode & 077) != 0;
    };
    for (const char* name : {"journal.key", "sealing.key"}) {
      const auto key = place_.data / name;
      if (open_to_others(key))
        tell("keys", Health::at_fault,
             key.string() + " mở cho người khác đọc. Chạy: chmod 600 " + key.string(),
             key.string() + " can be read by others. Run: chmod 600 " + key.string());
    }
    if (open_to_others(place_.data))
      tell("folder", Health::doubtful,
           place_.data.string() + " mở cho người khác. Chạy: chmod 700 " + place_.data.string(),
           place_.data.string() + " is open to others. Run: chmod 700 " + place_.data.string());
    const auto log = bytes_of((place_.data / "thongsuot.db").string() + "-wal");
    if (log > kLargeLog)
      tell("log", Health::doubtful,
           "Nhật ký ghi trước dài " + mebibytes(log) +
               ": có phiên đọc treo lâu. Khởi động lại máy chủ.",
           "The write-ahead log is " + mebibytes(log) +
               " long: some reader hangs. Restart the server.");
  }

  void database() {
    try {
      const auto db = open_for_reading(place_);
      const auto faults = db->faults();
      newest_ = db->read([](store::Tx& tx) {
        static constexpr store::Sql kNewest{
            "doctor.newest",
            "select coalesce((select l.at from journal_leaf l join journal_head h on h.sequence = "
            "l.sequence where h.id = 1), 0)"};
        return tx.integer(kNewest);
      });
      if (faults.empty())
        tell("database", Health::well, "Cơ sở dữ liệu nguyên vẹn, đúng phiên bản.",
             "The database is sound and of this version.");
      for (const std::string& fault : faults) damaged(fault);
    } catch (const store::Unusable& failure) {
      tell("database", Health::at_fault, std::string("Không mở được: ") + failure.what(),
           std::string("It cannot be opened: ") + failure.what());
    } catch (const store::Failure& failure) {
      damaged(failure.what());
    }
    if (!place_.database.empty()) return;
    try {
      const bool is_running =
          ask_server(place_.data, http::json::object{{"do", "ping"}}).has_value();
      tell("server", Health::well, is_running ? "Máy chủ đang chạy." : "Máy chủ không chạy.",
           is_running ? "The server runs." : "The server does not run.");
    } catch (const store::Failure&) {
      tell("server", Health::well, "Máy chủ đang chạy.", "The server runs.");
    }
  }

  void damaged(const std::string& fault) {
    tell("database", Health::at_fault,
         "Cơ sở dữ liệu hỏng: " + fault + ". Dừng máy chủ, giữ nguyên thư mục, khôi phục bản sao.",
         "The database is damaged: " + fault +
             ". Stop the server, leave the folder as it is, restore a copy.");
  }

  void room() {
    const Room room = room_of(place_.data);
    const bool is_enough = room.free >= room.least();
    tell("room", is_enough ? Health::well : Health::at_fault,
         "Đĩa còn " + mebibytes(room.free) +
             (is_enough ? "." : ", cần ít nhất " + mebibytes(room.least()) + ". Dọn đĩa hoặc nới."),
         mebibytes(room.free) + " left on the disk" +
             (is_enough ? "."
                        : ", " + mebibytes(room.least()) + " at least are wanted. Make room."));
  }

  /// A clock that is behind the newest act went back: times of new acts would lie.
  void clock() {
    const std::int64_t now = clock_of(place_)->now().microseconds;
    const bool is_behind = newest_ > now + 60'000'000;
    tell("clock", is_behind ? Health::at_fault : Health::well,
         is_behind
             ? "Đồng hồ máy chậm hơn việc mới nhất trong nhật ký. Chỉnh đồng hồ (NTP) rồi mới "
               "cho làm việc."
             : "Đồng hồ đi sau nhật ký như phải thế.",
         is_behind
             ? "The clock is behind the newest act of the journal. Set it (NTP) before anybody "
               "works."
             : "The clock goes on from the journal.");
  }

  void backups() {
    const auto age = backup_age(place_);
    if (!age) {
      tell("backup", Health::doubtful,
           "Chưa có bản sao nào bằng `thongsuot backup`. Đặt lịch hằng đêm, chép ra máy khác.",
           "No copy was made by `thongsuot backup` yet. Plan one each night, kept on another "
           "machine.");
      return;
    }
    const std::int64_t hours = *age / 3600;
    tell("backup", hours > kBackupHours ? Health::doubtful : Health::well,
         "Bản sao gần nhất cách đây " + std::to_string(hours) + " giờ" +
             (hours > kBackupHours ? ". Xem lịch sao lưu." : "."),
         "The last copy is " + std::to_string(hours) + " hours old" +
             (hours > kBackupHours ? ". Look at its schedule." : "."));
  }

  /// PDFs are made by LibreOffice where it is installed.
  void converter() {
    const char* path = std::getenv("PATH");
    std::string_view left = path == nullptr ? "" : path;
    bool is_there = false;
    while (!left.empty() && !is_there) {
      const auto colon = left.find(':');
      const std::string file = std::string(left.substr(0, colon)) + "/soffice";
      is_there = ::access(file.c_str(), X_OK) == 0;
      left = colon == std::string_view::npos ? std::string_view{} : left.substr(colon + 1);
    }
    tell("pdf", is_there ? Health::well : Health::doubtful,
         is_there ? "Có LibreOffice để làm PDF."
                  : "Chưa có LibreOffice: văn bản chỉ có .docx. Cài gói libreoffice-writer-nogui.",
         is_there ? "LibreOffice is there for PDFs."
                  : "LibreOffice is missing: papers are .docx only. Install "
                    "libreoffice-writer-nogui.");
  }

  const Place& place_;
  std::int64_t newest_ = 0;
  std::vector<Finding> found_;
};

}  // namespace

const char* name(Health health) {
  static constexpr std::array<const char*, 3> kNames{"well", "doubtful", "at_fault"};
  return kNames[static_cast<std::size_t>(health)];
}

std::vector<Finding> look_over(const Place& place) { return Doctor(place).look(); }

}  // namespace app
