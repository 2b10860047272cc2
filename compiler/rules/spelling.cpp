#include "rules/spelling.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace bkfc::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_plain(char c) { return is_small(c) || is_capital(c) || is_digit(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::optional<std::string> too_long(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::nullopt;
  return fmt::format("it has {} characters, and {} are allowed", text.size(), limit);
}

// The character that must not be there, as it is shown.
std::string shown(char c) {
  if (c == ' ') return "a blank";
  if (c < ' ' || c == 0x7f) return "a character that cannot be seen";
  return static_cast<unsigned char>(c) < 0x80 ? fmt::format("`{}`", c)
                                              : std::string("a letter beyond a to z");
}

// Letters, digits and some more, with a letter or digit at both ends.
template <class Inside>
std::optional<std::string> refuse_name(std::string_view text, const Inside& inside,
                                       std::string_view allowed) {
  for (const char c : text)
    if (!inside(c)) return fmt::format("it has {}, and only {} are allowed", shown(c), allowed);
  for (const char c : {text.front(), text.back()})
    if (!is_plain(c))
      return fmt::format("it {} with `{}`",
                         c == text.front() && !is_plain(text.front()) ? "begins" : "ends", c);
  return std::nullopt;
}

template <class Visit>
std::optional<std::string> each_part(std::string_view text, char between, const Visit& visit) {
  for (;;) {
    const std::size_t end = text.find(between);
    if (auto refusal = visit(text.substr(0, end))) return refusal;
    if (end == text.npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
}

bool is_ipv4(std::string_view text) {
  int parts = 0;
  const auto refusal = each_part(text, '.', [&](std::string_view part) {
    ++parts;
    const bool good =
        !part.empty() && part.size() <= 3 && std::all_of(part.begin(), part.end(), is_digit) &&
        (part.size() == 1 || part.front() != '0') && (part.size() < 3 || part <= "255");
    return good ? std::optional<std::string>() : "no number";
  });
  return !refusal && parts == 4;
}

bool is_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap != text.npos && text.find("::", gap + 1) != text.npos) return false;
  if (text.find(':') == text.npos) return false;
  int groups = 0;
  bool well_formed = true;
  const auto count = [&](std::string_view half, bool is_last) {
    if (half.empty()) return;
    each_part(half, ':', [&](std::string_view group) -> std::optional<std::string> {
      const bool ends = group.data() + group.size() == half.data() + half.size();
      if (is_last && ends && group.find('.') != group.npos) {
        groups += 2;
        well_formed = well_formed && is_ipv4(group);
      } else {
        ++groups;
        well_formed = well_formed && !group.empty() && group.size() <= 4 &&
                      std::all_of(group.begin(), group.end(), is_hex);
      }
      return std::nullopt;
    });
  };
  if (gap == text.npos) {
    count(text, true);
    return well_formed && groups == 8;
  }
  count(text.substr(0, gap), false);
  count(text.substr(gap + 2), true);
  return well_formed && groups < 8;
}

std::optional<std::string> refuse_repository(std::string_view text) {
  if (text.empty()) return "it names no repository";
  // The host, before the first `/`, may have capitals and a port.
  const std::size_t slash = text.find('/');
  const std::string_view path = slash == text.npos ? text : text.substr(slash + 1);
  for (const char c : path)
    if (!is_small(c) && !is_digit(c) && c != '.' && c != '_' && c != '-' && c != '/')
      return fmt::format(
          "its repository has {}, and only a to z, 0 to 9, `.`, `_`, `-` and `/` "
          "are allowed",
          shown(c));
  return each_part(text, '/', [](std::string_view part) {
    return part.empty() ? std::optional<std::string>("its repository has an empty part")
                        : std::nullopt;
  });
}

}  // namespace

std::optional<std::string> refuse_label(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (auto refusal = too_long(text, 63)) return refusal;
  return refuse_name(
      text, [](char c) { return is_small(c) || is_digit(c) || c == '-'; },
      "a to z, 0 to 9 and `-`");
}

std::optional<std::string> refuse_subdomain(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (auto refusal = too_long(text, 253)) return refusal;
  return each_part(text, '.', [](std::string_view part) -> std::optional<std::string> {
    if (part.empty()) return "it has an empty part between dots";
    return refuse_name(
        part, [](char c) { return is_small(c) || is_digit(c) || c == '-'; },
        "a to z, 0 to 9, `-` and `.`");
  });
}

std::optional<std::string> refuse_label_key(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash != text.npos) {
    if (auto refusal = refuse_subdomain(text.substr(0, slash))) return "before its `/` " + *refusal;
    text.remove_prefix(slash + 1);
  }
  if (text.empty()) return "its name is empty";
  if (auto refusal = too_long(text, 63)) return refusal;
  return refuse_name(
      text, [](char c) { return is_plain(c) || c == '-' || c == '_' || c == '.'; },
      "letters, digits, `-`, `_` and `.`");
}

std::optional<std::string> refuse_label_value(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (auto refusal = too_long(text, 63)) return refusal;
  return refuse_name(
      text, [](char c) { return is_plain(c) || c == '-' || c == '_' || c == '.'; },
      "letters, digits, `-`, `_` and `.`");
}

std::optional<std::string> refuse_certificate_name(std::string_view text) {
  if (text.starts_with("*.")) text.remove_prefix(2);
  if (text.find('*') != text.npos)
    return "a `*` stands only for the whole first part: `*.example.com`";
  if (text.find("://") != text.npos || text.find(':') != text.npos)
    return "it is a name alone, without a scheme or a port";
  return refuse_subdomain(text);
}

bool is_address(std::string_view text) { return is_ipv4(text) || is_ipv6(text); }

std::optional<std::string> refuse_image(std::string_view text) {
  if (const std::size_t at = text.find('@'); at != text.npos) {
    const std::string_view digest = text.substr(at + 1);
    text = text.substr(0, at);
    constexpr std::string_view algorithm = "sha256:";
    const bool good = digest.starts_with(algorithm) && digest.size() == algorithm.size() + 64 &&
                      std::all_of(digest.begin() + algorithm.size(), digest.end(),
                                  [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
    if (!good) return "its digest is not `sha256:` and 64 hexadecimal digits";
  }
  const std::size_t colon = text.rfind(':');
  const std::size_t slash = text.rfind('/');
  if (colon != text.npos && (slash == text.npos || colon > slash)) {
    const std::string_view tag = text.substr(colon + 1);
    text = text.substr(0, colon);
    if (tag.empty()) return "its tag is empty";
    if (auto refusal = too_long(tag, 128)) return "its tag is too long: " + *refusal;
    for (const char c : tag)
      if (!is_plain(c) && c != '.' && c != '_' && c != '-')
        return fmt::format("its tag has {}", shown(c));
  }
  return refuse_repository(text);
}

}  // namespace bkfc::rules
