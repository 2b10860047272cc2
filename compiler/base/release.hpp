// Releases of BuildKit and Kubernetes, and from when to when something exists.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bkfc {

// `{}` is no release: earlier than all, and what `since` and `removed` are where nothing is known.
struct Release {
  std::uint16_t major_part = 0;
  std::uint16_t minor_part = 0;
  std::uint16_t patch = 0;

  auto operator<=>(const Release&) const = default;
  constexpr bool known() const { return major_part != 0 || minor_part != 0 || patch != 0; }
};

// `1.31`, `v0.24.0`, `0.34.2-rootless`: up to three components; what follows a `-` or `+` is not
// compared. Nothing if it does not begin with two numbers.
std::optional<Release> parse_release(std::string_view text);

// `1.31`; the patch only where it is not 0.
std::string to_text(Release release);

// Which product a release is of.
enum class Product : std::uint8_t { buildkit, kubernetes };

// When something exists: in [since, removed), either end open where it is not known.
struct Gate {
  Product product = Product::buildkit;
  Release since{};
  Release removed{};

  constexpr bool open(Release at) const {
    return !(since.known() && at < since) && !(removed.known() && at >= removed);
  }
  constexpr bool always() const { return !since.known() && !removed.known(); }
};

constexpr Gate buildkit(std::uint16_t major, std::uint16_t minor, std::uint16_t patch = 0) {
  return {Product::buildkit, {major, minor, patch}, {}};
}

constexpr Gate kubernetes(std::uint16_t major, std::uint16_t minor) {
  return {Product::kubernetes, {major, minor, 0}, {}};
}

}  // namespace bkfc
