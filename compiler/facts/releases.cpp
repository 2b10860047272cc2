#include "facts/releases.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace bkfc::facts {
namespace {

// From the Go module proxy, as it lists github.com/moby/buildkit.
constexpr KnownRelease buildkit_known[] = {
    {{0, 12, 5}, "2024-01-31"}, {{0, 14, 1}, "2024-06-18"}, {{0, 17, 0}, "2024-10-29"},
    {{0, 17, 3}, "2024-12-04"}, {{0, 20, 2}, "2025-03-24"}, {{0, 22, 0}, "2025-05-19"},
    {{0, 23, 0}, "2025-06-16"}, {{0, 23, 2}, "2025-07-01"}, {{0, 24, 0}, "2025-09-03"},
    {{0, 25, 0}, "2025-09-30"}, {{0, 25, 1}, "2025-10-07"}, {{0, 25, 2}, "2025-11-05"},
    {{0, 26, 0}, "2025-11-11"}, {{0, 26, 3}, "2025-12-16"}, {{0, 27, 0}, "2026-01-21"},
    {{0, 27, 1}, "2026-01-28"}, {{0, 28, 0}, "2026-03-03"}, {{0, 28, 1}, "2026-03-25"},
    {{0, 29, 0}, "2026-03-31"}, {{0, 30, 0}, "2026-05-13"}, {{0, 31, 0}, "2026-06-16"},
    {{0, 31, 1}, "2026-06-24"}, {{0, 31, 2}, "2026-07-16"}, {{0, 32, 0}, "2026-07-27"},
    {{0, 32, 1}, "2026-08-03"}, {{0, 32, 2}, "2026-08-04"}, {{0, 33, 0}, "2026-09-01"},
    {{0, 33, 1}, "2026-09-30"}, {{0, 34, 0}, "2026-10-07"}, {{0, 34, 1}, "2026-10-07"},
    {{0, 34, 2}, "2026-11-03"},
};

// A minor's first tag, from the Go module proxy, as it lists k8s.io/api. Where that is not listed
// there is no date.
constexpr KnownRelease kubernetes_known[] = {
    {{1, 25}, ""},           {{1, 26}, "2022-12-09"}, {{1, 27}, ""},
    {{1, 28}, ""},           {{1, 29}, "2023-12-13"}, {{1, 30}, "2024-04-17"},
    {{1, 31}, "2024-08-13"}, {{1, 32}, "2024-12-11"}, {{1, 33}, "2025-04-23"},
    {{1, 34}, "2025-08-27"}, {{1, 35}, "2025-12-17"}, {{1, 36}, "2026-04-22"},
    {{1, 37}, "2026-08-26"},
};

constexpr auto moving_tags = std::to_array<std::string_view>(
    {"latest", "master", "nightly", "rootless", "buildx-stable-0", "buildx-stable-1"});

// Whether `rootless` is one of the parts that dashes set apart.
bool says_rootless(std::string_view tag) {
  while (true) {
    const std::string_view part = tag.substr(0, tag.find('-'));
    if (part == "rootless") return true;
    if (part.size() == tag.size()) return false;
    tag.remove_prefix(part.size() + 1);
  }
}

bool has_patch(std::string_view tag) {
  return std::count(tag.begin(),
                    tag.begin() + static_cast<std::ptrdiff_t>(std::min(tag.find('-'), tag.size())),
                    '.') >= 2;
}

}  // namespace

std::span<const KnownRelease> buildkit_releases() { return buildkit_known; }
std::span<const KnownRelease> kubernetes_releases() { return kubernetes_known; }

Release newest_buildkit() { return buildkit_releases().back().release; }
Release newest_kubernetes() { return kubernetes_releases().back().release; }
Release oldest_kubernetes() { return kubernetes_releases().front().release; }

ImageTag read_image_tag(std::string_view tag) {
  const bool rootless = says_rootless(tag);
  ImageTag out;
  out.release = parse_release(tag);
  if (out.release) {
    out.moves = !has_patch(tag);
    out.flavour = rootless ? Flavour::rootless : Flavour::rootful;
    return out;
  }
  // `master-rootless`, `buildx-stable-1-rootless`: the moving tag of the flavour.
  constexpr std::string_view suffix = "-rootless";
  const std::string_view base =
      tag.ends_with(suffix) ? tag.substr(0, tag.size() - suffix.size()) : tag;
  out.moves =
      tag.empty() || std::find(moving_tags.begin(), moving_tags.end(), base) != moving_tags.end();
  if (rootless || out.moves) out.flavour = rootless ? Flavour::rootless : Flavour::rootful;
  return out;
}

std::string image_tag(Release release, Flavour flavour) {
  return fmt::format("v{}.{}.{}{}", release.major_part, release.minor_part, release.patch,
                     flavour == Flavour::rootless ? "-rootless" : "");
}

}  // namespace bkfc::facts
