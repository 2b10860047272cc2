#include "format/writer.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace bkfc::format {
namespace {

// A code point has at most four bytes: what has more bytes has surely too many columns.
constexpr std::size_t hopeless_line = widest_line * 4;

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

}  // namespace

Writer::Writer(const syntax::Tree& tree) : source_(tree.text), is_ascii_(is_ascii(tree.text)) {
  for (const syntax::Node& node : tree.nodes)
    if (node.kind == syntax::Kind::comment) comments_.push_back({node.begin, node.end});
  out_.reserve(source_.size() + source_.size() / 4 + 16);
}

// Text.

void Writer::add(std::string_view text) {
  if (is_bounded_ && out_.size() - line_begin_ + text.size() > hopeless_line) {
    has_failed_ = true;
    return;
  }
  out_ += text;
}

void Writer::begin_line(std::size_t indent) {
  if (!out_.empty()) out_ += '\n';
  line_begin_ = out_.size();
  line_indent_ = indent;
  out_.append(indent, ' ');
  pending_ = no_line;
  ends_in_comment_ = false;
}

void Writer::break_line(std::size_t indent) {
  if (is_flat_)
    has_failed_ = true;
  else
    pending_ = indent;
}

void Writer::arrive(std::uint32_t offset, Gap gap, std::size_t hang) {
  if (has_comment_before(offset)) flush_comments(offset, hang);
  if (pending_ != no_line)
    begin_line(pending_);
  else if (gap == Gap::blank)
    out_ += ' ';
}

void Writer::add_raw_line(std::string_view text) {
  out_ += '\n';
  line_begin_ = out_.size();
  out_ += text;
}

// Comments.

std::string_view Writer::comment_text() const {
  const syntax::Extent& comment = comments_[next_];
  const std::string_view text = source_.substr(comment.begin, comment.end - comment.begin);
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

bool Writer::stands_behind_something(std::uint32_t comment) const {
  while (comment > 0 && (source_[comment - 1] == ' ' || source_[comment - 1] == '\t')) --comment;
  return comment > 0 && source_[comment - 1] != '\n';
}

std::size_t Writer::comment_behind(std::uint32_t offset) {
  if (!has_comment_before(offset) || ends_in_comment_ || !stands_behind_something(next_comment()))
    return 0;
  out_ += "  ";
  const std::size_t begin = out_.size();
  out_ += comment_text();
  ++next_;
  ends_in_comment_ = true;
  return begin;
}

void Writer::comment_line(std::size_t indent) {
  begin_line(indent);
  out_ += comment_text();
  ++next_;
  ends_in_comment_ = true;
}

// Those that stand where no line of their own is foreseen.
void Writer::flush_comments(std::uint32_t offset, std::size_t hang) {
  const std::size_t indent = pending_ == no_line ? hang : pending_;
  while (has_comment_before(offset))
    if (comment_behind(offset) == 0) comment_line(indent);
  pending_ = indent;
}

bool Writer::has_blank_line_before(std::uint32_t offset) const {
  int line_ends = 0;
  for (; offset > 0; --offset) {
    const char c = source_[offset - 1];
    if (c == '\n')
      ++line_ends;
    else if (c != ' ' && c != '\t' && c != '\r')
      break;
  }
  return line_ends > 1;
}

// Trials.

Writer::Trial Writer::begin_flat() {
  is_flat_ = true;
  is_bounded_ = true;
  has_failed_ = false;
  return {out_.size()};
}

bool Writer::end_flat(Trial trial, std::size_t after) {
  is_flat_ = false;
  is_bounded_ = false;
  if (!has_failed_ && columns(line_begin_, out_.size()) + after <= widest_line) return true;
  out_.resize(trial.size);
  return false;
}

bool Writer::begin_unbounded() {
  const bool was_flat = is_flat_;
  is_flat_ = true;
  return was_flat;
}

// Rows.

std::size_t Writer::columns(std::size_t begin, std::size_t end) const {
  if (is_ascii_) return end - begin;
  return count_code_points(std::string_view(out_).substr(begin, end - begin));
}

// Says whether all lines still fit when their `=` stand below each other.
bool Writer::pad_signs(std::size_t begin, std::size_t end) {
  std::size_t widest = 0;
  for (std::size_t i = begin; i < end; ++i) {
    Row& row = rows_[i];
    row.sign_pad = columns(row.begin, row.sign) + row.sign_width;
    widest = std::max(widest, row.sign_pad);
  }
  bool all_fit = true;
  for (std::size_t i = begin; i < end; ++i) {
    Row& row = rows_[i];
    row.sign_pad = widest - row.sign_pad;
    row.gets_too_long =
        row.sign_pad > 0 && row.fits && columns(row.begin, row.end) + row.sign_pad > widest_line;
    all_fit &= !row.gets_too_long;
  }
  return all_fit;
}

// A run of settings. What gets too long stands by itself, and the rest are the runs around it; if
// that is not enough, they stay as they are.
void Writer::align_signs(std::size_t begin, std::size_t end) {
  if (pad_signs(begin, end)) return;
  std::vector<std::size_t> ends;
  for (std::size_t i = begin; i < end; ++i)
    if (rows_[i].gets_too_long) ends.push_back(i);
  ends.push_back(end);
  for (const std::size_t part_end : ends) {
    if (!pad_signs(begin, part_end))
      for (std::size_t i = begin; i < part_end; ++i) rows_[i].sign_pad = 0;
    if (part_end < end) rows_[part_end].sign_pad = 0;
    begin = part_end + 1;
  }
}

void Writer::align_comments(std::size_t begin, std::size_t end) {
  std::size_t widest = 0;
  for (std::size_t i = begin; i < end; ++i) {
    Row& row = rows_[i];
    row.comment_pad = columns(row.begin, row.end) + row.sign_pad;
    widest = std::max(widest, row.comment_pad);
  }
  for (std::size_t i = begin; i < end; ++i) rows_[i].comment_pad = widest - rows_[i].comment_pad;
}

void Writer::align_rows(std::size_t base) {
  const std::size_t count = rows_.size();
  if (count - base > 1) {
    for (std::size_t begin = base, end = base; begin < count; begin = end + 1) {
      for (end = begin; end < count && rows_[end].sign > 0;) ++end;
      align_signs(begin, end);
    }
    for (std::size_t begin = base, end = base; begin < count; begin = end + 1) {
      for (end = begin; end < count && rows_[end].comment > 0;) ++end;
      align_comments(begin, end);
    }
    insert_pads(base);
  }
  rows_.resize(base);
}

// From the back, so that every byte moves once.
void Writer::insert_pads(std::size_t base) {
  std::size_t total = 0;
  for (std::size_t i = base; i < rows_.size(); ++i)
    total += rows_[i].sign_pad + rows_[i].comment_pad;
  if (total == 0) return;
  std::size_t from = out_.size();
  out_.resize(out_.size() + total);
  std::size_t to = out_.size();
  const auto insert = [&](std::size_t at, std::size_t pad) {
    if (pad == 0) return;
    const std::size_t size = from - at;
    std::copy_backward(out_.begin() + static_cast<std::ptrdiff_t>(at),
                       out_.begin() + static_cast<std::ptrdiff_t>(from),
                       out_.begin() + static_cast<std::ptrdiff_t>(to));
    to -= size + pad;
    std::fill_n(out_.begin() + static_cast<std::ptrdiff_t>(to), pad, ' ');
    from = at;
  };
  for (std::size_t i = rows_.size(); i-- > base;) {
    insert(rows_[i].comment, rows_[i].comment_pad);
    insert(rows_[i].sign, rows_[i].sign_pad);
  }
  line_begin_ = out_.rfind('\n') + 1;
}

}  // namespace bkfc::format
