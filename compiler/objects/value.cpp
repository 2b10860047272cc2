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
  // Of a manifest that was read: each thing that does not fit is reported, where it stands in it.
  const Origins* read_at = nullptr;
  std::string_view kind{};

  Span place(OriginId origin) const {
    return read_at == nullptr || origin == OriginId::nowhere ? at : read_at->at(origin).span;
  }

  // What the API server takes as not said.
  bool is_passed_over(const Node& value) const {
    return read_at != nullptr && value.kind == Node::Kind::null;
  }

  bool refuse(const std::string& path, const Wanted& wanted, const Node& value) {
    report.add(message::wrong_value, place(value.origin), path, facts::to_text(wanted.kind),
               what(value));
    return false;
  }

  bool check(const Node& value, const Wanted& wanted, const std::string& path) {
    if (is_passed_over(value)) return true;
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
    bool fits = true;
    for (const Node& item : value.items) {
      fits &= check(item, {wanted.element, FieldKind::any, wanted.type}, path + "[]");
      if (!fits && read_at == nullptr) break;
    }
    return fits;
  }

  bool check_values(const Node& value, const Wanted& wanted, const std::string& path) {
    bool fits = true;
    for (const emit::Entry& entry : value.entries) {
      fits &= check(entry.value, {wanted.element, FieldKind::any, wanted.type},
                    fmt::format("{}[\"{}\"]", path, entry.key));
      if (!fits && read_at == nullptr) break;
    }
    return fits;
  }

  bool check_object(const Node& value, std::string_view type, const std::string& path) {
    bool fits = true;
    for (const emit::Entry& entry : value.entries) {
      fits &= check_entry(entry, type, path);
      if (!fits && read_at == nullptr) return false;
    }
    return fits && has_required(value, type, path);
  }

  bool check_entry(const emit::Entry& entry, std::string_view type, const std::string& path) {
    // Only the server writes a status, and it drops one that is sent to it.
    if (read_at != nullptr && path.empty() && entry.key == "status") return true;
    const Field* field = facts::find_field(type, entry.key);
    const std::string inner = path.empty() ? entry.key : fmt::format("{}.{}", path, entry.key);
    if (field == nullptr) {
      report.add(message::unknown_field, place(entry.origin), entry.key,
                 path.empty() && !kind.empty() ? std::string(kind) : fmt::format("`{}`", path));
      return false;
    }
    if (!Gate{Product::kubernetes, field->since, field->removed}.open(release)) {
      const bool is_new = field->since.known() && release < field->since;
      report.add(message::not_in_release, place(entry.origin), inner,
                 is_new ? fmt::format("from Kubernetes {} on", to_text(field->since))
                        : fmt::format("before Kubernetes {}", to_text(field->removed)),
                 to_text(release));
      return false;
    }
    return check(entry.value, wanted_by(*field), inner);
  }

  bool has_required(const Node& value, std::string_view type, const std::string& path) {
    for (const Field& field : facts::fields_of(type)) {
      const bool is_open = Gate{Product::kubernetes, field.since, field.removed}.open(release);
      const Node* there = value.find(field.name);
      if (!field.required || !is_open || (there != nullptr && !is_passed_over(*there))) continue;
      report.add(message::incomplete, place(value.origin), path.empty() ? "it" : path, field.name);
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

bool check_manifest(const Node& object, const facts::Kind& kind, const Target& target, Span at,
                    Report& report) {
  Checker checker{at, target.release, report, target.origins, kind.name};
  return checker.check(object, {FieldKind::object, FieldKind::any, kind.type}, "");
}

}  // namespace bkfc::objects
