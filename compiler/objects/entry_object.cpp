#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "base/text.hpp"
#include "objects/entry.hpp"
#include "objects/messages.hpp"
#include "objects/value.hpp"

namespace bkfc::objects {
namespace {

using emit::Node;
using facts::FieldAnswer;
using facts::FieldKind;
using facts::Segment;
using Steps = std::vector<ir::PathStep>;

// The first of the keys by which a list's elements are known: the one that a path names.
std::string_view first_key(std::string_view list_keys) {
  return list_keys.substr(0, list_keys.find(','));
}

bool has_text(const Node& node, std::string_view text) {
  if (node.kind == Node::Kind::integer) return std::to_string(node.integer) == text;
  return node.kind == Node::Kind::text && node.text == text;
}

Node* element_of(Node& list, std::string_view key, std::string_view name) {
  for (Node& item : list.items) {
    const Node* value = item.find(key);
    if (value != nullptr && has_text(*value, name)) return &item;
  }
  return nullptr;
}

bool has_all_keys_of(const Node& element, const Node& other, std::string_view list_keys) {
  for (std::string_view rest = list_keys; !rest.empty();) {
    const std::string_view key = first_key(rest);
    rest = key.size() == rest.size() ? std::string_view{} : rest.substr(key.size() + 1);
    const Node* a = element.find(key);
    const Node* b = other.find(key);
    if ((a == nullptr) != (b == nullptr) || (a != nullptr && !same_data(*a, *b))) return false;
  }
  return true;
}

class Application {
 public:
  Application(const Target& target, const ir::PatchEntry& entry, std::vector<MadeElement>& made,
              Report& report)
      : target_(target), entry_(entry), made_(made), report_(report) {
    for (const ir::PathStep& step : entry.path)
      segments_.push_back(
          {step.element ? Segment::Kind::element : Segment::Kind::field, step.name});
  }

  Effect run(Node& object) {
    if (entry_.kind == ir::PatchEntry::Kind::erase && names_text_of_list())
      return erase_text(object);
    const FieldAnswer answer = answer_to(entry_.path.size());
    if (!is_possible(answer)) return Effect::refused;
    if (is_identity()) {
      report_.add(message::fixed_field, place_of(entry_.path.size() - 1), whole_path());
      return Effect::refused;
    }
    switch (entry_.kind) {
      case ir::PatchEntry::Kind::set: return set(object, answer);
      case ir::PatchEntry::Kind::append: return append(object, answer);
      case ir::PatchEntry::Kind::erase: return erase(object);
    }
    return Effect::none;
  }

 private:
  Span span_of(OriginId origin) const { return target_.origins->at(origin).span; }

  // Where a step is written; the line where that is not known.
  Span place_of(std::size_t step) const {
    if (step < entry_.path.size() && entry_.path[step].origin != OriginId::nowhere)
      return span_of(entry_.path[step].origin);
    return span_of(entry_.origin);
  }

  Span place_of_value() const {
    return span_of(entry_.value.origin != OriginId::nowhere ? entry_.value.origin : entry_.origin);
  }

  std::string path(std::size_t steps) const { return spell(entry_.path, steps); }
  std::string whole_path() const { return path(entry_.path.size()); }

  FieldAnswer answer_to(std::size_t steps) const {
    return facts::find_field(target_.kind, std::span(segments_).first(steps), target_.release);
  }

  // What an object is known by, here and in everything that refers to it.
  bool is_identity() const {
    const std::string path = whole_path();
    constexpr std::string_view fixed[] = {"apiVersion", "kind", "metadata", "metadata.name",
                                          "metadata.namespace"};
    return std::find(std::begin(fixed), std::end(fixed), path) != std::end(fixed);
  }

  bool is_possible(const FieldAnswer& answer) {
    const Span at = place_of(answer.known);
    switch (answer.kind) {
      case FieldAnswer::Kind::found: return true;
      case FieldAnswer::Kind::gated:
        report_.add(message::gated_field, span_of(entry_.origin), to_text(target_.release),
                    whole_path(), answer.gate->gate);
        return true;
      case FieldAnswer::Kind::unknown_kind:
        report_.add(message::no_such_kind, at, target_.kind);
        break;
      case FieldAnswer::Kind::unknown_field: report_unknown(answer, at); break;
      case FieldAnswer::Kind::not_in_release: report_release(answer, at); break;
      case FieldAnswer::Kind::needs_element:
        report_.add(message::which_element, at, path(answer.known),
                    fmt::format("{}[\"…\"]", path(answer.known)));
        break;
      case FieldAnswer::Kind::no_element:
        report_.add(message::no_elements, at, path(answer.known));
        break;
    }
    return false;
  }

  void report_unknown(const FieldAnswer& answer, Span at) {
    const std::string owner =
        answer.known == 0 ? std::string(target_.kind) : fmt::format("`{}`", path(answer.known));
    Report::Draft draft =
        report_.add(message::unknown_field, at, entry_.path[answer.known].name, owner);
    if (answer.nearest) draft.here(fmt::format("did you mean `{}`?", *answer.nearest));
    if (!answer.names.empty() && answer.names.size() <= 40)
      draft.note("known here: " + listed(answer.names));
  }

  void report_release(const FieldAnswer& answer, Span at) {
    const facts::Field& field = *answer.field;
    const bool is_new = field.since.known() && target_.release < field.since;
    report_.add(message::not_in_release, at, path(answer.known + 1),
                is_new ? fmt::format("from Kubernetes {} on", to_text(field.since))
                       : fmt::format("before Kubernetes {}", to_text(field.removed)),
                to_text(target_.release));
  }

  // `delete args["--debug"]`: the last step is no key, but a text of a list of texts.
  bool names_text_of_list() const {
    if (entry_.path.size() < 2 || !entry_.path.back().element) return false;
    const FieldAnswer list = answer_to(entry_.path.size() - 1);
    return list.kind == FieldAnswer::Kind::found && list.value == FieldKind::list &&
           list.field->list_keys.empty() && list.field->element == FieldKind::text;
  }

  Effect erase_text(Node& object) {
    Node* list = walk(object, entry_.path.size() - 1);
    if (list == nullptr) return Effect::none;
    const std::size_t gone = std::erase_if(
        list->items, [&](const Node& item) { return has_text(item, entry_.path.back().name); });
    return gone > 0 ? Effect::changed : Effect::none;
  }

  Effect erase(Node& object) {
    Node* parent = walk(object, entry_.path.size() - 1);
    if (parent == nullptr) return Effect::none;
    const std::string& name = entry_.path.back().name;
    if (parent->kind != Node::Kind::list)
      return parent->erase(name) ? Effect::changed : Effect::none;
    const std::string_view key = first_key(answer_to(entry_.path.size() - 1).field->list_keys);
    const std::size_t gone = std::erase_if(parent->items, [&](const Node& item) {
      const Node* value = item.find(key);
      return value != nullptr && has_text(*value, name);
    });
    return gone > 0 ? Effect::changed : Effect::none;
  }

  // The node that the first steps lead to, if all of them are there.
  Node* walk(Node& object, std::size_t steps) {
    Node* node = &object;
    for (std::size_t i = 0; i < steps && node != nullptr; ++i) {
      const std::string& name = entry_.path[i].name;
      node = node->kind == Node::Kind::list
                 ? element_of(*node, first_key(answer_to(i).field->list_keys), name)
                 : node->find(name);
    }
    return node;
  }

  // The same, made where it is not there.
  Node& make(Node& object, std::size_t steps) {
    Node* node = &object;
    for (std::size_t i = 0; i < steps; ++i) {
      const std::string& name = entry_.path[i].name;
      Node* next = nullptr;
      if (node->kind == Node::Kind::list) {
        next = element_of(*node, first_key(answer_to(i).field->list_keys), name);
        if (next == nullptr) next = &make_element(*node, i);
      } else {
        next = node->find(name);
        if (next == nullptr) next = &node->set(name, empty(answer_to(i + 1)));
      }
      node = next;
    }
    return *node;
  }

  Node empty(const FieldAnswer& answer) const {
    Node out = answer.value == FieldKind::list ? emit::list() : emit::map();
    out.origin = entry_.origin;
    return out;
  }

  Node& make_element(Node& list, std::size_t step) {
    const FieldAnswer answer = answer_to(step);
    const std::string_view key = first_key(answer.field->list_keys);
    const std::string& name = entry_.path[step].name;
    const facts::Field* field = facts::find_field(answer.field->type, key);
    Node value(name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_number = error == std::errc() && end == name.data() + name.size();
    if (field != nullptr && field->kind == FieldKind::integer && is_number) value = Node(number);
    Node element = emit::map({{key, std::move(value)}});
    stamp(element, entry_.origin);
    made_.push_back(
        {{entry_.path.begin(), entry_.path.begin() + static_cast<std::ptrdiff_t>(step + 1)},
         entry_.origin});
    return list.push(std::move(element));
  }

  Node stamped_value() const {
    Node value = entry_.value;
    stamp(value, entry_.origin);
    return value;
  }

  Effect set(Node& object, const FieldAnswer& answer) {
    const Wanted wanted{answer.value,
                        answer.field == nullptr ? FieldKind::any : answer.field->element,
                        answer.type};
    if (!check_value(with_key(answer), wanted, whole_path(), place_of_value(), target_.release,
                     report_))
      return Effect::refused;
    const Node* there = walk(object, entry_.path.size());
    if (there != nullptr && same_data(*there, with_key(answer))) return Effect::none;
    Node value = with_key(answer);
    stamp(value, entry_.origin);
    Node& place = make(object, entry_.path.size());
    place = std::move(value);
    return Effect::changed;
  }

  // `containers["x"] = { image = "y" }`: the path says the element's key, so the value need not.
  Node with_key(const FieldAnswer&) const {
    Node value = entry_.value;
    if (!entry_.path.back().element || value.kind != Node::Kind::map) return value;
    const FieldAnswer list = answer_to(entry_.path.size() - 1);
    if (list.value != FieldKind::list) return value;
    const std::string_view key = first_key(list.field->list_keys);
    if (value.find(key) == nullptr)
      value.entries.insert(value.entries.begin(),
                           {std::string(key), Node(entry_.path.back().name), {}});
    return value;
  }

  Effect append(Node& object, const FieldAnswer& answer) {
    if (answer.value != FieldKind::list) {
      report_.add(message::not_a_list, place_of(entry_.path.size() - 1), whole_path());
      return Effect::refused;
    }
    Node items = entry_.value.kind == Node::Kind::list ? entry_.value : emit::list({entry_.value});
    if (!check_value(items, {FieldKind::list, answer.field->element, answer.type}, whole_path(),
                     place_of_value(), target_.release, report_))
      return Effect::refused;
    stamp(items, entry_.value.origin != OriginId::nowhere ? entry_.value.origin : entry_.origin);
    Node& list = make(object, entry_.path.size());
    list.kind = Node::Kind::list;
    Effect effect = Effect::none;
    for (Node& item : items.items)
      if (append_one(list, std::move(item), *answer.field)) effect = Effect::changed;
    return effect;
  }

  // An element whose keys are there already takes that one's place.
  static bool append_one(Node& list, Node item, const facts::Field& field) {
    if (!field.list_keys.empty() || field.is_set)
      for (Node& there : list.items) {
        if (same_data(there, item)) return false;
        if (!field.list_keys.empty() && has_all_keys_of(there, item, field.list_keys)) {
          there = std::move(item);
          return true;
        }
      }
    list.push(std::move(item));
    return true;
  }

  const Target& target_;
  const ir::PatchEntry& entry_;
  std::vector<MadeElement>& made_;
  Report& report_;
  std::vector<Segment> segments_;
};

}  // namespace

Effect apply_to_object(const Target& target, const ir::PatchEntry& entry, Node& object,
                       std::vector<MadeElement>& made, Report& report) {
  return Application(target, entry, made, report).run(object);
}

void check_made(const Target& target, const MadeElement& made, const Node& object, Report& report) {
  std::vector<Segment> segments;
  const Node* node = &object;
  for (const ir::PathStep& step : made.path) {
    const FieldAnswer before = facts::find_field(target.kind, segments, target.release);
    segments.push_back({step.element ? Segment::Kind::element : Segment::Kind::field, step.name});
    node = node->kind == Node::Kind::list
               ? element_of(const_cast<Node&>(*node), first_key(before.field->list_keys), step.name)
               : node->find(step.name);
    if (node == nullptr) return;  // a later line deleted it
  }
  const FieldAnswer answer = facts::find_field(target.kind, segments, target.release);
  check_value(*node, {answer.value, FieldKind::any, answer.type},
              spell(made.path, made.path.size()), target.origins->at(made.origin).span,
              target.release, report);
}

void check_object(const Target& target, const Node& object, Span at, Report& report) {
  const facts::Kind* kind = facts::find_kind(target.kind);
  if (kind == nullptr) return;
  check_value(object, {FieldKind::object, FieldKind::any, kind->type}, "", at, target.release,
              report);
}

}  // namespace bkfc::objects
