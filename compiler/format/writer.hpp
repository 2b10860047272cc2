// The text that is being written: its lines, the comments that go into it, what is aligned in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"

namespace bkfc::format {

inline constexpr std::size_t widest_line = 100;
inline constexpr std::size_t level = 2;  // blanks of indentation

enum class Gap : std::uint8_t { none, blank };

class Writer {
 public:
  explicit Writer(const syntax::Tree& tree);

  // Text on the line that is being written.
  void add(std::string_view text);
  // Begins a line now.
  void begin_line(std::size_t indent);
  void blank_line() { out_ += '\n'; }
  // Begins a line before what is arrived at next; comments on the way may still join this line.
  void break_line(std::size_t indent);
  // To where the text stands that began at `offset`: behind the comments before it, on the line
  // that is to begin, or after the gap. Lines that comments begin have the indentation `hang`.
  void arrive(std::uint32_t offset, Gap gap, std::size_t hang);
  // The line of a text that has lines of its own: without indentation, and never too long.
  void add_raw_line(std::string_view text);

  bool is_empty() const { return out_.empty(); }
  std::size_t size() const { return out_.size(); }
  std::size_t line_indent() const { return line_indent_; }
  std::string take() { return std::move(out_); }

  // Comments.

  bool has_comment_before(std::uint32_t offset) const {
    return next_ < comments_.size() && comments_[next_].begin < offset;
  }
  // The next comment, if it stands before `offset` and behind something on its line, goes behind
  // what is written. Says where it begins; 0 if there is none.
  std::size_t comment_behind(std::uint32_t offset);
  // The next comment on a line of its own.
  void comment_line(std::size_t indent);
  std::uint32_t next_comment() const { return comments_[next_].begin; }
  // Whether a blank line stands in the source before what begins at `offset`.
  bool has_blank_line_before(std::uint32_t offset) const;

  // Trials: what is written between the two is taken back if it is too long for a line, lest
  // `after` columns fit behind it, or if it said that it cannot stand on one.

  struct Trial {
    std::size_t size = 0;
  };
  Trial begin_flat();
  bool end_flat(Trial trial, std::size_t after);
  bool is_flat() const { return is_flat_; }
  void fail() { has_failed_ = true; }
  bool has_failed() const { return has_failed_ && is_bounded_; }
  bool is_bounded() const { return is_bounded_; }
  // What cannot be broken is written on one line, however long.
  bool begin_unbounded();
  void end_unbounded(bool was_flat) { is_flat_ = was_flat; }

  // Rows: lines that may be aligned with their neighbours.

  struct Row {
    std::size_t begin = 0;       // where the line begins
    std::size_t sign = 0;        // where `=` or `+=` begins; 0 if there is none
    std::size_t sign_width = 0;  // of `=` or `+=`
    std::size_t end = 0;         // where the code ends
    std::size_t comment = 0;     // where the comment begins; 0 if there is none
    bool fits = true;            // on a line, before it is aligned

    // Filled while they are aligned.
    std::size_t sign_pad = 0;
    std::size_t comment_pad = 0;
    bool gets_too_long = false;
  };
  std::size_t line_begin() const { return line_begin_; }
  std::size_t row_count() const { return rows_.size(); }
  void add_row(const Row& row) { rows_.push_back(row); }
  // Aligns the rows from `base` on, and forgets them.
  void align_rows(std::size_t base);

 private:
  std::string_view comment_text() const;
  bool stands_behind_something(std::uint32_t comment) const;
  void flush_comments(std::uint32_t offset, std::size_t hang);
  std::size_t columns(std::size_t begin, std::size_t end) const;
  bool pad_signs(std::size_t begin, std::size_t end);
  void align_signs(std::size_t begin, std::size_t end);
  void align_comments(std::size_t begin, std::size_t end);
  void insert_pads(std::size_t base);

  static constexpr std::size_t no_line = static_cast<std::size_t>(-1);

  std::string_view source_;
  bool is_ascii_ = true;
  std::vector<syntax::Extent> comments_;
  std::size_t next_ = 0;

  std::string out_;
  std::size_t line_begin_ = 0;
  std::size_t line_indent_ = 0;
  std::size_t pending_ = no_line;  // the indentation of the line that is to begin
  bool ends_in_comment_ = false;   // the line, so that nothing may follow on it

  bool is_flat_ = false;
  bool is_bounded_ = false;
  bool has_failed_ = false;

  std::vector<Row> rows_;
};

}  // namespace bkfc::format
