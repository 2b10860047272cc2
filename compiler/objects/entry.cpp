#include "objects/entry.hpp"

#include <fmt/core.h>

namespace bkfc::objects {

std::string spell(const std::vector<ir::PathStep>& path, std::size_t steps) {
  std::string out;
  for (std::size_t i = 0; i < steps && i < path.size(); ++i) {
    const ir::PathStep& step = path[i];
    if (step.element)
      out += fmt::format("[\"{}\"]", step.name);
    else
      out += (out.empty() ? "" : ".") + step.name;
  }
  return out;
}

void stamp(emit::Node& node, OriginId origin) {
  if (node.origin == OriginId::nowhere) node.origin = origin;
  for (emit::Node& item : node.items) stamp(item, node.origin);
  for (emit::Entry& entry : node.entries) stamp(entry.value, node.origin);
}

std::string_view what(const emit::Node& node) {
  switch (node.kind) {
    case emit::Node::Kind::text: return "a text";
    case emit::Node::Kind::integer: return "an integer";
    case emit::Node::Kind::boolean: return "true or false";
    case emit::Node::Kind::map: return "an object";
    case emit::Node::Kind::list: return "a list";
    case emit::Node::Kind::other: return "a number";
    case emit::Node::Kind::null: return "nothing";
  }
  return {};
}

}  // namespace bkfc::objects
