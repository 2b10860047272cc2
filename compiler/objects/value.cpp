#include "objects/value.hpp"

#include <fmt/core.h>

#include "objects/messages.hpp"

namespace bkfc::objects {
namespace {

using emit::Node;
using facts::Field;
using facts::FieldKind;

// What a check of a value needs wherever it is in it.
struct Checker {
  Span at;
  Release release;
  Report& report;

  bool refuse(const std::string& path, const Wanted& wanted, const Node& value) {
    report.add(message::wrong_value, at, path, facts::to_text(wanted.kind), what(value));
    return false;
  }

  bool check(const Node& value, const Wanted& wanted, const std::string& path) {
    switch (wanted.kind) {
      case FieldKind::any: return true;
      case FieldKind::object:
        return value.kind == Node::Kind::map ? check_object(value, wanted.type, path)
                                             : refuse(path, wanted, value);
      case FieldKind::list:
        return value.kind == Node::Kind::list ? check_items(value, wanted, path)
                                              : refuse(path, wanted, value);
      case FieldKind::map:
        return value.kind == Node::Kind::map ? check_values(value, wanted, path)
                                             : refuse(path, wanted, value);
      default: return is_scalar_of(value, wanted.kind) || refuse(path, wanted, value);
    }
  }

  static bool is_scalar_of(const Node& value, FieldKind kind) {
    switch (kind) {
      case FieldKind::boolean: return value.kind == Node::Kind::boolean;
      case FieldKind::integer: return value.kind == Node::Kind::integer;
      case FieldKind::number:
        return value.kind == Node::Kind::integer || value.kind == Node::Kind::other;
      case FieldKind::quantity:
      case FieldKind::int_or_text:
        return value.kind == Node::Kind::integer || value.kind == Node::Kind::text;
      default: return value.kind == Node::Kind::text;
    }
  }

  bool check_items(const Node& value, const Wanted& wanted, const std::string& path) {
    for (const Node& item : value.items)
      if (!check(item, {wanted.element, FieldKind::any, wanted.type}, path + "[]")) return false;
    return true;
  }

  bool check_values(const Node& value, const Wanted& wanted, const std::string& path) {
    for (const emit::Entry& entry : value.entries)
      if (!check(entry.value, {wanted.element, FieldKind::any, wanted.type},
                 fmt::format("{}[\"{}\"]", path, entry.key)))
        return false;
    return true;
  }

  bool check_object(const Node& value, std::string_view type, const std::string& path) {
    for (const emit::Entry& entry : value.entries) {
      const Field* field = facts::find_field(type, entry.key);
      const std::string inner = path.empty() ? entry.key : fmt::format("{}.{}", path, entry.key);
      if (field == nullptr) {
        report.add(message::unknown_field, at, entry.key, fmt::format("`{}`", path));
        return false;
      }
      if (!Gate{Product::kubernetes, field->since, field->removed}.open(release)) {
        const bool is_new = field->since.known() && release < field->since;
        report.add(message::not_in_release, at, inner,
                   is_new ? fmt::format("from Kubernetes {} on", to_text(field->since))
                          : fmt::format("before Kubernetes {}", to_text(field->removed)),
                   to_text(release));
        return false;
      }
      if (!check(entry.value, wanted_by(*field), inner)) return false;
    }
    return has_required(value, type, path);
  }

  bool has_required(const Node& value, std::string_view type, const std::string& path) {
    for (const Field& field : facts::fields_of(type)) {
      const bool is_open = Gate{Product::kubernetes, field.since, field.removed}.open(release);
      if (!field.required || !is_open || value.find(field.name) != nullptr) continue;
      report.add(message::incomplete, at, path.empty() ? "it" : path, field.name);
      return false;
    }
    return true;
  }
};

}  // namespace

Wanted wanted_by(const Field& field) { return {field.kind, field.element, field.type}; }

bool check_value(const Node& value, const Wanted& wanted, const std::string& path, Span at,
                 Release kubernetes, Report& report) {
  return Checker{at, kubernetes, report}.check(value, wanted, path);
}

}  // namespace bkfc::objects
