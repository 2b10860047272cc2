// Prints the tables of buildkitd's keys and flags, a row a line: `key worker.oci.gc boolean 0.4.0`;
// with the argument `fields`, that of the Kubernetes kinds and fields, its columns apart by tabs.
#include <cstdio>
#include <string_view>

#include <fmt/core.h>

#include "facts/buildkitd_flags.hpp"
#include "facts/buildkitd_keys.hpp"
#include "facts/kubernetes_field_rows.hpp"

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

const char* name_of(bkfc::facts::FieldKind kind) {
  using enum bkfc::facts::FieldKind;
  switch (kind) {
    case text: return "text";
    case integer: return "integer";
    case boolean: return "boolean";
    case number: return "number";
    case quantity: return "quantity";
    case int_or_text: return "int_or_text";
    case bytes: return "bytes";
    case time: return "time";
    case object: return "object";
    case list: return "list";
    case map: return "map";
    case any: return "any";
  }
  return "";
}

std::string minor(bkfc::Release release) {
  return fmt::format("{}.{}", release.major_part, release.minor_part);
}

void print_fields() {
  for (const auto& kind : bkfc::facts::kinds())
    std::puts(fmt::format("kind\t{}\t{}\t{}", kind.name, kind.api_version, kind.type).c_str());
  for (const auto& type : bkfc::facts::type_rows())
    for (const auto& field : bkfc::facts::fields_of(type.name))
      std::puts(fmt::format("field\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", type.name, field.name,
                            name_of(field.kind), name_of(field.element), field.type,
                            field.list_keys, field.is_set, field.required, minor(field.since),
                            minor(field.removed))
                    .c_str());
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1 && std::string_view(arguments[1]) == "fields") {
    print_fields();
    return 0;
  }
  for (const auto& key : bkfc::facts::buildkitd_keys()) {
    print("key", key.path, name_of(key.type), key.since);
  }
  for (const auto& flag : bkfc::facts::buildkitd_flags()) {
    print("flag", flag.name, flag.takes_value ? "value" : "nothing", flag.since);
  }
}
