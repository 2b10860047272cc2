// The fields of the Kubernetes kinds that are written here, with the releases that have them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/release.hpp"

namespace bkfc::facts {

enum class FieldKind : std::uint8_t {
  text,
  integer,
  boolean,
  number,
  quantity,
  int_or_text,
  bytes,
  time,
  object,
  list,
  map,
  any
};

// A field of a type, as k8s.io/api declares it.
struct Field {
  std::string_view name;  // as in JSON
  FieldKind kind = FieldKind::text;
  // Of a list or map: the kind of its elements. Of an object, or elements that are objects: the
  // type.
  FieldKind element = FieldKind::text;
  std::string_view type{};
  // Of a list whose elements are known by keys: `name`, or `containerPort,protocol`; empty: atomic.
  std::string_view list_keys{};
  bool is_set = false;    // a list in which each scalar stands once
  bool required = false;  // no `omitempty`, no `+optional`
  Release since{};        // `{}`: no younger than the oldest known release
  Release removed{};
};

// A path's step: a field, or an element of a list or map by its key.
struct Segment {
  enum class Kind : std::uint8_t { field, element };
  Kind kind = Kind::field;
  std::string_view name;
};

// What is known of a field that exists but does nothing unless a feature gate is on.
struct FieldGate {
  std::string_view type;  // of k8s.io/api: `StatefulSetSpec`
  std::string_view field;
  std::string_view gate;  // `MaxUnavailableStatefulSet`
  Release alpha{};        // off
  Release beta_off{};
  Release on{};             // beta and on, or stable
  std::string_view note{};  // what happens when off, where that is not "dropped without an error"
};

struct FieldAnswer {
  enum class Kind : std::uint8_t {
    found,           // it is there
    unknown_kind,    // no such kind here
    unknown_field,   // no release has it: `names` and `nearest` say what there is
    not_in_release,  // `field->since` or `field->removed` say when
    gated,           // there, but dropped by this release: `gate` says until when
    no_element,      // an element was asked of something that is no list with keys, nor a map
  };
  Kind kind = Kind::found;
  const Field* field = nullptr;      // the last one that is known
  FieldKind value = FieldKind::any;  // what stands at the path: of an element, its kind
  std::string_view type{};           // where that is an object
  const FieldGate* gate = nullptr;
  std::size_t known = 0;  // how many segments are known
  std::vector<std::string_view> names;
  std::optional<std::string_view> nearest;
};

// The kinds that are known: `StatefulSet`, `Service`, …, and their `apiVersion`.
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

// What stands at a path of a kind in a release.
FieldAnswer find_field(std::string_view kind, std::span<const Segment> path, Release kubernetes);

std::span<const FieldGate> field_gates();

}  // namespace bkfc::facts
