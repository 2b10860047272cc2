// The fields of the Kubernetes kinds that are written here, with the releases that have them; those
// of custom resources are as one pinned release of their operator has them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/release.hpp"

namespace bkfc::facts {

// What stands in a field. What only the server writes, a kind's status, is no field here.
enum class FieldKind : std::uint8_t {
  text,
  integer,
  boolean,
  number,
  quantity,     // `500Gi`; also a number
  int_or_text,  // a port's number or name, a count or a percentage
  bytes,        // base64
  time,
  object,
  list,
  map,
  any,
};

std::string_view to_text(FieldKind kind);

// A field of a type, as k8s.io/api or an operator's module declares it.
struct Field {
  std::string_view name;  // as in JSON
  FieldKind kind = FieldKind::text;
  FieldKind element = FieldKind::text;  // of a list's items or a map's values
  std::string_view type{};              // where it, or its elements, are objects
  // Of a list whose elements are known by keys: `name`, or `containerPort,protocol`; else empty.
  std::string_view list_keys{};
  bool is_set = false;  // a list in which each scalar stands once
  bool required = false;
  Release since{};  // `{}`: no younger than the oldest release that is known
  Release removed{};
};

// The kinds that are known: `StatefulSet`, `Certificate`, …, and their `apiVersion`.
struct Kind {
  std::string_view name;
  std::string_view api_version;
  std::string_view type;
};
std::span<const Kind> kinds();
const Kind* find_kind(std::string_view name);

// The fields of a type in any release; empty if there is no such type.
std::span<const Field> fields_of(std::string_view type);
const Field* find_field(std::string_view type, std::string_view name);

// A field that a release knows but drops, without an error, while a feature gate is off.
struct FieldGate {
  std::string_view type;
  std::string_view field;
  std::string_view gate;
  Release on{};  // the first release in which the gate is on by default; `{}`: none that is known
};
std::span<const FieldGate> field_gates();
// The gate that is off in a release for a field of a type; null: none is.
const FieldGate* find_gate(std::string_view type, std::string_view field, Release kubernetes);

// A path's step: a field, or an element of a list or map by its key. A map's entry may be said as
// a field too.
struct Segment {
  enum class Kind : std::uint8_t { field, element };
  Kind kind = Kind::field;
  std::string_view name;
};

struct FieldAnswer {
  enum class Kind : std::uint8_t {
    found,
    unknown_kind,    // `names` and `nearest` say which kinds there are
    unknown_field,   // no release has it: `names` and `nearest` say what stands there
    not_in_release,  // `field` says since when, or until when
    needs_element,   // a list was entered without saying which element
    no_element,      // an element was asked of what is no map, nor a list with keys
    gated,           // it is there, and dropped: `gate` says why
  };
  Kind kind = Kind::found;
  const Field* field = nullptr;         // the last one that is known
  FieldKind value = FieldKind::object;  // what stands at the path, or where it could not go on
  std::string_view type{};              // where that is an object
  const FieldGate* gate = nullptr;
  std::size_t known = 0;  // how many segments, from the front, are known
  std::vector<std::string_view> names;
  std::optional<std::string_view> nearest;
};

// What stands at a path of a kind in a release.
FieldAnswer find_field(std::string_view kind, std::span<const Segment> path, Release kubernetes);

}  // namespace bkfc::facts
