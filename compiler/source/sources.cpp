#include "source/sources.hpp"

#include <algorithm>

#include "base/index.hpp"
#include "base/text.hpp"

namespace bkfc {
namespace {

std::vector<std::uint32_t> line_begins_of(std::string_view text) {
  std::vector<std::uint32_t> begins{0};
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
    begins.push_back(static_cast<std::uint32_t>(at + 1));
  return begins;
}

}  // namespace

FileId Sources::add(std::string path, std::string text) {
  std::vector<std::uint32_t> begins = line_begins_of(text);
  files_.push_back({std::move(path), std::move(text), std::move(begins)});
  return id_at<FileId>(files_.size() - 1);
}

std::string_view Sources::path(FileId file) const { return files_[bkfc::position(file)].path; }

std::string_view Sources::text(FileId file) const { return files_[bkfc::position(file)].text; }

std::string_view Sources::text(Span span) const {
  return text(span.file).substr(span.begin, span.end - span.begin);
}

Position Sources::position(FileId file, std::uint32_t offset) const {
  const File& in = files_[bkfc::position(file)];
  offset = std::min(offset, static_cast<std::uint32_t>(in.text.size()));
  const auto after = std::upper_bound(in.line_begins.begin(), in.line_begins.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - in.line_begins.begin());
  const std::uint32_t begin = in.line_begins[line - 1];
  const std::string_view before = std::string_view(in.text).substr(begin, offset - begin);
  return {line, static_cast<std::uint32_t>(count_code_points(before) + 1),
          static_cast<std::uint32_t>(count_utf16(before) + 1)};
}

std::uint32_t Sources::line_count(FileId file) const {
  return static_cast<std::uint32_t>(files_[bkfc::position(file)].line_begins.size());
}

std::uint32_t Sources::line_begin(FileId file, std::uint32_t number) const {
  return files_[bkfc::position(file)].line_begins[number - 1];
}

std::string_view Sources::line(FileId file, std::uint32_t number) const {
  const std::uint32_t begin = line_begin(file, number);
  std::string_view rest = text(file).substr(begin);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

}  // namespace bkfc
