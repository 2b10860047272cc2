// The releases of BuildKit and Kubernetes that are known, and the tags of BuildKit's images.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/release.hpp"

namespace bkfc::facts {

struct KnownRelease {
  Release release{};
  std::string_view date;  // of the tagged commit, as in 2026-11-03
};

// Oldest first. Pre-releases are not listed.
std::span<const KnownRelease> buildkit_releases();
std::span<const KnownRelease> kubernetes_releases();

Release newest_buildkit();
Release newest_kubernetes();  // a minor: 1.37
Release oldest_kubernetes();  // the oldest whose fields are known: 1.25

// The image's two flavours: `v0.34.2` is started as root, `v0.34.2-rootless` as uid 1000.
enum class Flavour : std::uint8_t { rootful, rootless };

// What a tag of moby/buildkit says.
struct ImageTag {
  std::optional<Release> release;  // nothing: a moving tag, or one that is not upstream's
  std::optional<Flavour> flavour;
  bool moves = false;  // points to something else tomorrow: `master`, `rootless`, `v0.34`
};
ImageTag read_image_tag(std::string_view tag);
// `v0.34.2-rootless`
std::string image_tag(Release release, Flavour flavour);

}  // namespace bkfc::facts
