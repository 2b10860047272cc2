#include "base/release.hpp"

#include <charconv>

#include <fmt/core.h>

namespace bkfc {

std::optional<Release> parse_release(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  std::uint16_t parts[3] = {0, 0, 0};
  int count = 0;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (count < 3) {
    const auto [next, error] = std::from_chars(at, end, parts[count]);
    if (error != std::errc{}) return std::nullopt;
    ++count;
    at = next;
    if (at == end || *at != '.') break;
    ++at;
  }
  if (count < 2 || (at != end && *at != '-' && *at != '+')) return std::nullopt;
  return Release{parts[0], parts[1], parts[2]};
}

std::string to_text(Release release) {
  if (release.patch == 0) return fmt::format("{}.{}", release.major_part, release.minor_part);
  return fmt::format("{}.{}.{}", release.major_part, release.minor_part, release.patch);
}

}  // namespace bkfc
