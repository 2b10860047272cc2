// An image reference taken apart, and what its tag tells.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/release.hpp"
#include "source/origin.hpp"

namespace bkfc::model {

struct Image {
  std::string reference;           // whole, as it is written into the manifests
  std::string repository;          // `harbor.example.com/moby/buildkit`
  std::string tag;                 // empty: none, which means `latest` where there is no digest
  std::string digest;              // `sha256:…`, or empty
  std::optional<bool> rootless;    // nothing: only a digest is given, which does not tell
  bool moving = false;             // the same reference may be another image tomorrow
  std::optional<Release> release;  // that the tag tells
  OriginId origin = OriginId::nowhere;
};

// Never fails: what is no reference comes back as a repository.
Image parse_image(std::string_view reference);

}  // namespace bkfc::model
