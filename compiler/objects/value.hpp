// A value that a patch sets, held against the type of its field.
#pragma once

#include <string>

#include "emit/document.hpp"
#include "facts/kubernetes_fields.hpp"
#include "objects/entry.hpp"

namespace bkfc::objects {

// What may stand somewhere: a kind, of what for lists and maps, and the type of objects.
struct Wanted {
  facts::FieldKind kind = facts::FieldKind::any;
  facts::FieldKind element = facts::FieldKind::any;
  std::string_view type{};
};

Wanted wanted_by(const facts::Field& field);

// Reports the first thing that does not fit; says whether all did. `path` is how the value's place
// is called, `at` where it stands.
bool check_value(const emit::Node& value, const Wanted& wanted, const std::string& path, Span at,
                 Release kubernetes, Report& report);

// The same of a manifest that was read: reports everything that does not fit, each where it stands.
// `at` is the place of what has none.
bool check_manifest(const emit::Node& object, const facts::Kind& kind, const Target& target,
                    Span at, Report& report);

}  // namespace bkfc::objects
