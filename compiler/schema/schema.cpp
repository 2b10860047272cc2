#include "schema/schema.hpp"

namespace bkfc::schema {
namespace {

constexpr const BlockType* root_types[] = {&fleet_type, &cluster_type, &authority_type,
                                           &builder_type};

constexpr Elsewhere at_top[] = {
    {"locals", "each value has a `let`: `let size = 200GiB`"},
    {"variable variables input", "`param env: string = \"dev\"`, a line for each"},
    {"module source", "`import \"./company.bkfleet\"`, and `use company.…` in a fleet"},
    {"output outputs", "everything is written that a fleet needs; `-o` says where"},
    {"resource data provider terraform", "a `fleet \"name\" { … }` is all that is declared"},
    {"api_version kind metadata spec services",
     "a `fleet \"name\" { … }` is no manifest: `bkfc new` writes one to begin with"},
};

}  // namespace

std::span<const Elsewhere> elsewhere_at_top() { return at_top; }

std::span<const BlockType* const> roots() { return root_types; }

const BlockType* find_root(std::string_view block) {
  for (const BlockType* type : root_types)
    if (type->name == block) return type;
  return nullptr;
}

const Attribute* BlockType::find_attribute(std::string_view attribute) const {
  for (const Attribute& row : attributes)
    if (row.name == attribute) return &row;
  return nullptr;
}

const Child* BlockType::find_child(std::string_view block) const {
  for (const Child& child : children)
    if (child.type->name == block) return &child;
  return nullptr;
}

std::string_view to_text(Type type) {
  switch (type) {
    case Type::boolean: return "bool";
    case Type::integer: return "int";
    case Type::text: return "string";
    case Type::bytes: return "bytes";
    case Type::space: return "bytes or percent";
    case Type::duration: return "duration";
    case Type::cpu: return "cpu";
    case Type::integer_range: return "range of int";
    case Type::cpu_range: return "range of cpu";
    case Type::bytes_range: return "range of bytes";
    case Type::text_list: return "list of string";
    case Type::text_map: return "map of string";
    case Type::choice: return "one of a closed set";
    case Type::choice_list: return "list of a closed set";
  }
  return "";
}

}  // namespace bkfc::schema
