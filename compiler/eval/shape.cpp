#include "eval/shape.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "eval/later.hpp"
#include "eval/messages.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;
using schema::BlockType;

std::vector<std::string_view> known_in(const BlockType& type) {
  std::vector<std::string_view> names;
  for (const schema::Attribute& row : type.attributes) names.push_back(row.name);
  for (const schema::Child& child : type.children) names.push_back(child.type->name);
  std::sort(names.begin(), names.end());
  return names;
}

// Case and the marks between words are no difference: people write what they know from elsewhere.
std::string folded(std::string_view word) {
  std::string out;
  for (const char c : word)
    if (c != '_' && c != '-') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

bool says(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (folded(words.substr(0, end)) == folded(word)) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

std::optional<std::string_view> called_here(std::string_view word, const BlockType& type) {
  for (const schema::Attribute& row : type.attributes)
    if (says(row.also, word)) return row.name;
  for (const schema::Child& child : type.children)
    if (says(child.type->also, word)) return child.type->name;
  return std::nullopt;
}

class Shape {
 public:
  Shape(const Module& module, Report& report) : file_(module.file), report_(&report) {}

  void check_file(const ast::File& file) {
    for (const ast::Item& item : file.items()) check_top(item);
  }

 private:
  Span span(syntax::Extent extent) const { return extent.in(file_); }

  void check_top(const ast::Item& item) {
    using Kind = ast::Item::Kind;
    if (item.kind() == Kind::language) return check_language(item.as<ast::Language>());
    if (item.kind() == Kind::attribute) {
      const ast::Key key = item.as<ast::Attribute>().key();
      const bool is_root = schema::find_root(key.plain()) != nullptr;
      if (is_root || is_later_block(key.plain())) {
        report_->add(message::block_as_attribute, span(key.span()), key.plain());
      } else {
        report_->add(message::misplaced, span(key.span()), "an attribute", "outside every block")
            .note(
                "attributes stand in a block, `fleet \"name\" { … }` for one; a value that "
                "several read is a `let`");
      }
      return;
    }
    if (item.kind() == Kind::patch)
      return misplaced(first_word(item), "a `patch`", "outside a fleet");
    if (item.kind() == Kind::use) return misplaced(first_word(item), "a `use`", "outside a fleet");
    if (item.kind() == Kind::require)
      return misplaced(first_word(item), "a `require`", "outside a policy");
    if (item.kind() == Kind::block) return check_root(item.as<ast::Block>());
    check_statement(item);
  }

  void check_statement(const ast::Item& item) {
    if (const auto what = later_statement(item.kind()))
      report_->add(message::not_compiled, span(first_word(item)), *what);
    if (item.kind() == ast::Item::Kind::allow) check_allow(item.as<ast::Allow>());
  }

  // A statement is pointed at by its keyword, not by all of its lines.
  static syntax::Extent first_word(const ast::Item& item) {
    const std::string_view text = item.text();
    const std::size_t end = std::min(text.find_first_of(" \t\r\n({\""), text.size());
    return {item.span().begin, item.span().begin + static_cast<std::uint32_t>(end)};
  }

  void check_allow(const ast::Allow& allow) {
    if (const std::optional<std::string> reason = allow.reason().plain(); reason && reason->empty())
      report_->add(message::reason_missing, span(allow.reason().span()))
          .here("say why this is right here");
  }

  void check_language(const ast::Language& language) {
    const ast::Expr number = language.number();
    if (number && number.text() != "1")
      report_->add(message::unknown_edition, span(number.span()), number.text());
  }

  void check_root(const ast::Block& block) {
    const std::string_view name = block.name().text();
    if (const BlockType* type = schema::find_root(name)) return check_block(block, *type, true);
    if (is_later_block(name)) {
      report_->add(message::not_compiled, span(block.name().span()), fmt::format("`{}`", name));
      return;
    }
    if (schema::fleet_type.find_child(name) || schema::cluster_type.find_child(name))
      return misplaced(block.name().span(), fmt::format("a `{}` block", name),
                       "outside a fleet or cluster");
    constexpr std::array<std::string_view, 2> roots{"cluster", "fleet"};
    unknown_block(block.name(), roots, nullptr);
  }

  void check_block(const ast::Block& block, const BlockType& type, bool labelled) {
    check_labels(block, type, labelled);
    check_body(block.body(), type);
  }

  void check_labels(const ast::Block& block, const BlockType& type, bool labelled) {
    const std::vector<ast::String> labels = block.labels();
    if (labelled && labels.empty()) {
      report_->add(message::missing_label, span(block.name().span()), type.name, type.label);
    } else if (labels.size() > (labelled ? 1u : 0u)) {
      report_->add(message::unwanted_label, span(labels.back().span()), type.name)
          .here(labelled ? "one is enough" : "leave it out");
    }
  }

  void check_body(const ast::Body& body, const BlockType& type) {
    if (!body) return;
    for (const ast::Item& item : body.items()) {
      switch (item.kind()) {
        case ast::Item::Kind::attribute: check_attribute(item.as<ast::Attribute>(), type); break;
        case ast::Item::Kind::block: check_inner_block(item.as<ast::Block>(), type); break;
        case ast::Item::Kind::patch:
          if (&type != &schema::fleet_type)
            misplaced(first_word(item), "a `patch`", fmt::format("in a `{}` block", type.name));
          break;
        case ast::Item::Kind::language:
          misplaced(item.span(), "`language`", "but on the first line");
          break;
        default: check_statement(item);
      }
    }
  }

  void check_attribute(const ast::Attribute& attribute, const BlockType& type) {
    const ast::Key key = attribute.key();
    if (!key) return;
    const std::string name = key.plain();
    const schema::Attribute* row = type.find_attribute(name);
    if (row != nullptr) {
      if (key.is_quoted())
        report_->add(message::quoted_attribute, span(key.span()), name)
            .fix(fmt::format("write `{}`", name), {{span(key.span()), name}});
      if (attribute.assign() == ast::Assign::append && row->type != schema::Type::text_list &&
          row->type != schema::Type::choice_list)
        report_->add(message::append_to_scalar, span(attribute.assign_span()), name)
            .fix("write `=`", {{span(attribute.assign_span()), "="}});
      return;
    }
    if (const schema::Child* child = type.find_child(name))
      return block_written_with_equals(attribute, *child);
    if (is_later_block(name)) {
      report_->add(message::not_compiled, span(key.span()), fmt::format("`{}`", name));
      return;
    }
    unknown_attribute(key, type);
  }

  void block_written_with_equals(const ast::Attribute& attribute, const schema::Child& child) {
    const syntax::Extent assign = attribute.assign_span();
    auto draft = report_->add(message::block_as_attribute, span(assign), attribute.key().plain());
    const bool names_it = child.labelled && attribute.value().kind() == ast::Expr::Kind::string;
    if (names_it)
      draft.fix("leave the `=` out",
                {{span({attribute.key().span().end, attribute.value().span().begin}), " "}});
    if (attribute.value().kind() != ast::Expr::Kind::object) return;
    draft.fix("leave the `=` out", {{span({assign.begin, attribute.value().span().begin}), ""}});
    check_body(syntax::ast::view_as<ast::Body>(attribute.value()), *child.type);
  }

  void check_inner_block(const ast::Block& block, const BlockType& type) {
    const std::string_view name = block.name().text();
    if (const schema::Child* child = type.find_child(name))
      return check_block(block, *child->type, child->labelled);
    if (const schema::Attribute* row = type.find_attribute(name))
      return row->type == schema::Type::text_map ? check_map(block, *row)
                                                 : attribute_written_as_block(block, *row);
    if (is_later_block(name)) {
      report_->add(message::not_compiled, span(block.name().span()), fmt::format("`{}`", name));
      return;
    }
    if (schema::find_root(name) != nullptr)
      return misplaced(block.name().span(), fmt::format("a `{}`", name),
                       fmt::format("in a `{}` block", type.name));
    unknown_block(block.name(), known_in(type), &type);
  }

  void attribute_written_as_block(const ast::Block& block, const schema::Attribute& row) {
    const std::vector<ast::String> labels = block.labels();
    auto draft = report_->add(message::attribute_as_block, span(block.header_span()), row.name);
    if (labels.size() == 1 && !block.body()) {
      const syntax::Extent gap{block.name().span().end, labels[0].span().begin};
      draft.fix("write `=`", {{span(gap), " = "}});
    }
  }

  void check_map(const ast::Block& block, const schema::Attribute& row) {
    if (!block.labels().empty())
      report_->add(message::unwanted_label, span(block.labels().back().span()), row.name)
          .here("leave it out");
    if (!block.body()) return;
    for (const ast::Item& item : block.body().items()) {
      const ast::Attribute attribute = item.as<ast::Attribute>();
      if (!attribute) {
        if (item.kind() != ast::Item::Kind::junk)
          misplaced(first_word(item), "a statement", fmt::format("in the map `{}`", row.name));
        continue;
      }
      check_key(attribute.key());
    }
  }

  void check_key(const ast::Key& key) {
    if (!key || key.is_quoted()) return;
    report_->add(message::unquoted_key, span(key.span()), key.plain())
        .fix(fmt::format("write `\"{}\"`", key.plain()),
             {{span(key.span()), fmt::format("\"{}\"", key.plain())}});
  }

  void unknown_attribute(const ast::Key& key, const BlockType& type) {
    const std::vector<std::string_view> known = known_in(type);
    auto draft = report_->add(message::unknown_attribute, span(key.span()), key.plain(), type.name);
    offer_nearest(draft, key.span(), key.plain(), known, &type);
  }

  void unknown_block(const ast::Name& name, std::span<const std::string_view> known,
                     const BlockType* type) {
    auto draft = report_->add(message::unknown_block, span(name.span()), name.text());
    offer_nearest(draft, name.span(), name.text(), known, type);
  }

  // The known word that is meant, by spelling or by what it is called elsewhere; else all of them.
  void offer_nearest(Report::Draft& draft, syntax::Extent at, std::string_view word,
                     std::span<const std::string_view> known, const BlockType* type) {
    if (const std::optional<std::string_view> near = nearest(word, known)) {
      draft.here(fmt::format("did you mean `{}`?", *near))
          .fix(fmt::format("write `{}`", *near), {{span(at), std::string(*near)}});
      return;
    }
    const std::optional<std::string_view> other = type ? called_here(word, *type) : std::nullopt;
    if (other) draft.here(fmt::format("it is called `{}` here", *other));
    if (!other && !known.empty()) draft.note("known here: " + joined(known));
  }

  static std::string joined(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words) {
      if (!out.empty()) out += ", ";
      out += word;
    }
    return out;
  }

  void misplaced(syntax::Extent at, std::string_view what, std::string_view where) {
    report_->add(message::misplaced, span(at), what, where);
  }

  FileId file_;
  Report* report_;
};

}  // namespace

void check_shape(const Modules& modules, Report& report) {
  for (const Module& module : modules.all)
    if (!module.tree.is_unbalanced) Shape(module, report).check_file(ast::File(module.tree));
}

}  // namespace bkfc::eval
