// Every key of buildkitd.toml: its type, the release that brought it, and what surprises about it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/release.hpp"

namespace bkfc::facts {

enum class KeyType : std::uint8_t {
  boolean,
  integer,
  text,
  text_list,
  size,      // bytes: an integer, or since 0.12 a text with a unit or `%`
  duration,  // seconds: an integer, or since 0.12 a text of Go's
  any,       // decided by somebody else: a runtime's own options
};

std::string_view to_text(KeyType type);

struct BuildkitdKey {
  // Names apart by dots; `*` is any name, a last `**` any names below, and `[]` behind a name says
  // an array of tables: `registry.*.mirrors`, `worker.oci.gcpolicy[].filters`. A name with a dot is
  // between `"`.
  std::string_view path;
  KeyType type = KeyType::text;
  Release since{};
  std::string_view source{};   // the file of moby/buildkit that says so
  std::string_view note{};     // what surprises about it, or nothing
  Release deprecated{};        // `{}`: it is not
  std::string_view instead{};  // the key to write instead of a deprecated one
};

std::span<const BuildkitdKey> buildkitd_keys();

// What stands at a path. Array indices are no part of a path: each tier's `all` is
// `worker`, `oci`, `gcpolicy`, `all`.
struct KeyAnswer {
  enum class Kind : std::uint8_t { unknown, key, table, table_array };
  Kind kind = Kind::unknown;
  const BuildkitdKey* key = nullptr;  // of a key
  std::size_t known = 0;              // how many names of the path, from the front, are known
  // Of an unknown path: what may stand where its first unknown name stands, and what is nearest.
  std::vector<std::string_view> names;
  std::optional<std::string_view> nearest;
};
KeyAnswer find_buildkitd_key(std::span<const std::string_view> path);

}  // namespace bkfc::facts
