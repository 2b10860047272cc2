// The texts of one compile, pinned: what points into them stays true until the compile is over.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace bkfc {

enum class FileId : std::uint32_t {};

// A piece of a source text: bytes [begin, end) of one file.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Span&) const = default;
};

// A place as people count: line and column from 1; columns in code points and in UTF-16 units.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t utf16_column = 1;
};

class Sources {
 public:
  // Takes a text in. `path` is how the user named the file; it is shown as it is.
  FileId add(std::string path, std::string text);

  std::string_view path(FileId file) const;
  std::string_view text(FileId file) const;
  std::string_view text(Span span) const;
  std::size_t size() const { return files_.size(); }

  // Where an offset lies. An offset beyond the end is the end.
  Position position(FileId file, std::uint32_t offset) const;
  std::uint32_t line_count(FileId file) const;
  // The text of a line, counted from 1, without its end.
  std::string_view line(FileId file, std::uint32_t number) const;
  // The offset at which a line, counted from 1, begins.
  std::uint32_t line_begin(FileId file, std::uint32_t number) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::vector<std::uint32_t> line_begins;  // sorted, first is 0
  };
  std::deque<File> files_;  // never moves its elements
};

}  // namespace bkfc
