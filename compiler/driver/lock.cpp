#include "driver/lock.hpp"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

namespace bkfc::driver {
namespace {

constexpr std::string_view head =
    "# What bkfc wrote here, and from what: how it tells its own files from edited ones.\n"
    "# Keep it beside the files; bkfc renews it.\n"
    "lock 1\n";

// The next line without its end; CRLF as well, should git have changed the line ends.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_marker(std::string_view line) {
  return line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line == "=======" ||
         line.starts_with("||||||| ");
}

bool is_hash(std::string_view word) {
  return word.size() == 64 && word.find_first_not_of("0123456789abcdef") == word.npos;
}

// `644 HASH PATH`; nothing if it is not that.
std::optional<LockedFile> parse_file(std::string_view line) {
  constexpr std::size_t hash_begin = 4;
  constexpr std::size_t path_begin = hash_begin + 65;
  if (line.size() <= path_begin || line[path_begin - 1] != ' ') return std::nullopt;
  const std::string_view mode = line.substr(0, hash_begin);
  const std::string_view hash = line.substr(hash_begin, 64);
  std::string path = unescaped_path(line.substr(path_begin));
  if ((mode != "644 " && mode != "755 ") || !is_hash(hash) || !is_inner_path(path))
    return std::nullopt;
  return LockedFile{std::move(path), std::string(hash), mode == "755 "};
}

void add_once(std::vector<std::string>& list, std::string_view text) {
  std::string item = unescaped_path(text);
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(std::move(item));
}

void add_lines(std::string& text, std::string_view key, std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  for (const std::string& item : list) text += fmt::format("{} {}\n", key, escaped_path(item));
}

void sort_by_path(std::vector<LockedFile>& files) {
  std::stable_sort(files.begin(), files.end(),
                   [](const LockedFile& a, const LockedFile& b) { return a.path < b.path; });
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::span<const LockedFile> Lock::at(std::string_view path) const {
  const auto begin = std::lower_bound(
      files.begin(), files.end(), path,
      [](const LockedFile& file, std::string_view wanted) { return file.path < wanted; });
  auto end = begin;
  while (end != files.end() && end->path == path) ++end;
  return {begin, end};
}

bool Lock::knows(std::string_view path, std::string_view hash) const {
  const std::span<const LockedFile> there = at(path);
  return std::any_of(there.begin(), there.end(),
                     [&](const LockedFile& file) { return file.hash == hash; });
}

std::string to_text(Lock lock) {
  std::string text(head);
  add_lines(text, "root", std::move(lock.made_from.roots));
  add_lines(text, "set-file", std::move(lock.made_from.set_files));
  add_lines(text, "set", std::move(lock.made_from.values));
  sort_by_path(lock.files);
  for (const LockedFile& file : lock.files)
    text += fmt::format("{} {} {}\n", file.executable ? "755" : "644", file.hash,
                        escaped_path(file.path));
  return text;
}

Lock parse_lock(std::string_view text) {
  Lock lock;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (is_marker(line))
      lock.is_conflicted = true;
    else if (line.starts_with("root "))
      add_once(lock.made_from.roots, line.substr(5));
    else if (line.starts_with("set-file "))
      add_once(lock.made_from.set_files, line.substr(9));
    else if (line.starts_with("set "))
      add_once(lock.made_from.values, line.substr(4));
    else if (std::optional<LockedFile> file = parse_file(line))
      lock.files.push_back(std::move(*file));
  }
  sort_by_path(lock.files);
  return lock;
}

bool has_conflict_markers(std::string_view text) {
  bool has_ours = false;
  bool has_middle = false;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    has_ours = has_ours || line.starts_with("<<<<<<< ");
    has_middle = has_middle || (has_ours && line == "=======");
    if (has_middle && line.starts_with(">>>>>>> ")) return true;
  }
  return false;
}

std::string escaped_path(std::string_view path) {
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 0x7f || c == '%')
      text += fmt::format("%{:02X}", byte);
    else
      text += c;
  }
  return text;
}

std::string unescaped_path(std::string_view text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? digit_of(text[i + 1]) : -1;
    const int low = high < 0 ? -1 : digit_of(text[i + 2]);
    if (low < 0) {
      path += text[i];
      continue;
    }
    path += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return path;
}

bool is_inner_path(std::string_view path) {
  if (path.empty() || path.starts_with(".bkfc-new")) return false;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == path.npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace bkfc::driver
