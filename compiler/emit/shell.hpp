// Shell scripts in which every value is a quoted word: no string is ever joined into their text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bkfc::emit {

// A word as the shell reads it back, byte for byte: bare where that is safe, else in single quotes.
// Invariant: the word has no NUL byte, which no shell can hold.
std::string quoted(std::string_view word);

// Words of one command, each quoted, a space between.
std::string command_line(std::span<const std::string> words);

// A text that stands in the compiler's own source: what was computed is refused when it is
// compiled.
struct Literal {
  std::string_view text;
  consteval Literal(const char* literal) : text(literal) {}
};

// A script: `#!`, a comment, values as variables and arrays, and the text that uses them.
// Values come in by `assign` and `assign_array` alone; `text` takes literals only.
class Script {
 public:
  enum class Shell { posix, bash };

  // Begins with `#!` and, so that no failure passes unseen, `set -eu` (`-euo pipefail` in bash)
  // after the comment. The comment may hold values: each of its lines stays a comment.
  explicit Script(Shell shell, std::string_view comment = {});

  // `name=word`. The comment stands above it.
  Script& assign(Literal name, std::string_view word, std::string_view comment = {});

  // `name=(word word)`, in bash only. On one line where it fits, else a word a line.
  Script& assign_array(Literal name, std::span<const std::string> words,
                       std::string_view comment = {});

  // Text as it stands. A line break at its beginning is dropped, so a raw string may begin on a
  // line of its own; one at its end is added where there is none.
  Script& text(Literal raw);

  const std::string& str() const { return text_; }

 private:
  // Puts a blank line between values and text.
  void begin(bool is_value);

  Shell shell_;
  bool after_value_ = false;
  std::string text_;
};

}  // namespace bkfc::emit
