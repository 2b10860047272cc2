// Prints the tables of buildkitd's keys and flags, a row a line: `key worker.oci.gc boolean 0.4.0`.
#include <cstdio>

#include <fmt/core.h>

#include "facts/buildkitd_flags.hpp"
#include "facts/buildkitd_keys.hpp"

namespace {

using bkfc::facts::KeyType;

const char* name_of(KeyType type) {
  switch (type) {
    case KeyType::boolean: return "boolean";
    case KeyType::integer: return "integer";
    case KeyType::text: return "text";
    case KeyType::text_list: return "text_list";
    case KeyType::size: return "size";
    case KeyType::duration: return "duration";
    case KeyType::any: return "any";
  }
  return "";
}

void print(const char* what, std::string_view name, std::string_view kind, bkfc::Release since) {
  const std::string line = fmt::format("{} {} {} {}.{}.{}", what, name, kind, since.major_part,
                                       since.minor_part, since.patch);
  std::puts(line.c_str());
}

}  // namespace

int main() {
  for (const auto& key : bkfc::facts::buildkitd_keys()) {
    print("key", key.path, name_of(key.type), key.since);
  }
  for (const auto& flag : bkfc::facts::buildkitd_flags()) {
    print("flag", flag.name, flag.takes_value ? "value" : "nothing", flag.since);
  }
}
