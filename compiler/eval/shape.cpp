#include "eval/shape.hpp"

#include <algorithm>

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

// The keyword of a statement, with its article.
std::string_view called(ast::Item::Kind kind) {
  using Kind = ast::Item::Kind;
  switch (kind) {
    case Kind::language: return "`language`";
    case Kind::import: return "an `import`";
    case Kind::param: return "a `param`";
    case Kind::let: return "a `let`";
    case Kind::profile: return "a `profile`";
    case Kind::use: return "a `use`";
    case Kind::policy: return "a `policy`";
    case Kind::require: return "a `require`";
    case Kind::for_each: return "a `for`";
    case Kind::if_chain: return "an `if`";
    case Kind::unset: return "an `unset`";
    case Kind::allow: return "an `allow`";
    case Kind::patch: return "a `patch`";
    case Kind::attribute: return "an attribute";
    case Kind::block: return "a block";
    default: return "a statement";
  }
}

class Shape {
 public:
  Shape(const Module& module, Report& report) : file_(module.file), report_(&report) {}

  void check_file(const ast::File& file) {
    for (const ast::Item& item : file.items()) check_top(item, true);
  }

 private:
  Span span(syntax::Extent extent) const { return extent.in(file_); }

  // At the top of a file, or in a `for` or an `if` there.
  void check_top(const ast::Item& item, bool outermost) {
    using Kind = ast::Item::Kind;
    switch (item.kind()) {
      case Kind::none:
      case Kind::junk:
      case Kind::let: return;
      case Kind::block: return check_root(item.as<ast::Block>());
      case Kind::attribute: return check_top_attribute(item.as<ast::Attribute>());
      case Kind::allow: return check_allow(item.as<ast::Allow>());
      case Kind::for_each:
        return each(item.as<ast::For>().body(), [&](auto& one) { check_top(one, false); });
      case Kind::if_chain:
        for (const ast::Branch& branch : item.as<ast::If>().branches())
          each(branch.body(), [&](auto& one) { check_top(one, false); });
        return;
      case Kind::patch:
      case Kind::use:
      case Kind::unset: return misplaced(item, "outside a fleet");
      case Kind::require: return misplaced(item, "outside a policy");
      default: break;
    }
    if (!outermost) return misplaced(item, "in a `for` or an `if`");
    if (item.kind() == Kind::language) return check_language(item.as<ast::Language>());
    if (item.kind() == Kind::profile)
      return check_body(item.as<ast::Profile>().body(), schema::fleet_type, true);
    if (item.kind() == Kind::policy) check_policy(item.as<ast::Policy>().body(), true);
  }

  template <class Check>
  static void each(const ast::Body& body, const Check& check) {
    if (!body) return;
    for (const ast::Item& item : body.items()) check(item);
  }

  void check_top_attribute(const ast::Attribute& attribute) {
    const ast::Key key = attribute.key();
    const bool is_root = schema::find_root(key.plain()) != nullptr;
    if (is_root || is_later_block(key.plain())) {
      report_->add(message::block_as_attribute, span(key.span()), key.plain());
    } else {
      report_->add(message::misplaced, span(key.span()), "an attribute", "outside every block")
          .note(
              "attributes stand in a block, `fleet \"name\" { … }` for one; a value that "
              "several read is a `let`");
    }
  }

  void check_policy(const ast::Body& body, bool outermost) {
    using Kind = ast::Item::Kind;
    each(body, [&](const ast::Item& item) {
      switch (item.kind()) {
        case Kind::none:
        case Kind::junk:
        case Kind::let:
        case Kind::require: return;
        case Kind::for_each: return check_policy(item.as<ast::For>().body(), false);
        case Kind::if_chain:
          for (const ast::Branch& branch : item.as<ast::If>().branches())
            check_policy(branch.body(), false);
          return;
        case Kind::attribute: return check_severity(item.as<ast::Attribute>(), outermost);
        default: misplaced(item, "in a policy");
      }
    });
  }

  void check_severity(const ast::Attribute& attribute, bool outermost) {
    const ast::Key key = attribute.key();
    if (!key) return;
    if (key.plain() != "severity")
      report_->add(message::unknown_attribute, span(key.span()), key.plain(), "policy")
          .note("known here: severity");
    else if (!outermost)
      report_->add(message::misplaced, span(key.span()), "`severity`",
                   "in a `for` or an `if`: it is the policy's");
    else if (attribute.value() && attribute.value().text() != "error" &&
             attribute.value().text() != "warning")
      report_->add(message::no_severity, span(attribute.value().span()));
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
    std::vector<std::string_view> roots;
    for (const BlockType* type : schema::roots()) roots.push_back(type->name);
    std::sort(roots.begin(), roots.end());
    unknown_block(block.name(), roots, nullptr);
  }

  void check_block(const ast::Block& block, const BlockType& type, bool labelled) {
    check_labels(block, type, labelled);
    if (block.before() && !type.ordered)
      report_->add(message::unordered, span(block.before().span()), type.name);
    check_body(block.body(), type, schema::find_root(type.name) == &type);
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

  // `whole`: the body of a fleet or a profile, not of a block within.
  void check_body(const ast::Body& body, const BlockType& type, bool whole) {
    each(body, [&](const ast::Item& item) { check_item(item, type, whole); });
  }

  void check_item(const ast::Item& item, const BlockType& type, bool whole) {
    using Kind = ast::Item::Kind;
    switch (item.kind()) {
      case Kind::none:
      case Kind::junk:
      case Kind::let: return;
      case Kind::attribute: return check_attribute(item.as<ast::Attribute>(), type);
      case Kind::block: return check_inner_block(item.as<ast::Block>(), type);
      case Kind::allow: return check_allow(item.as<ast::Allow>());
      case Kind::unset: return check_unset(item.as<ast::Unset>(), type);
      case Kind::for_each: return check_body(item.as<ast::For>().body(), type, whole);
      case Kind::if_chain:
        for (const ast::Branch& branch : item.as<ast::If>().branches())
          check_body(branch.body(), type, whole);
        return;
      case Kind::use:
      case Kind::patch:
        if (!whole || &type != &schema::fleet_type)
          misplaced(item, fmt::format("in a `{}` block: it speaks of the whole fleet", type.name));
        return;
      case Kind::language: return misplaced(item, "but on the first line");
      case Kind::require: return misplaced(item, "outside a policy");
      default: misplaced(item, "in a block: it stands at the top of a file");
    }
  }

  void check_unset(const ast::Unset& unset, const BlockType& type) {
    if (!unset.name()) return;
    const std::string_view name = unset.name().text();
    if (const schema::Child* child = type.find_child(name)) {
      if (unset.label() && !child->labelled)
        report_->add(message::unwanted_label, span(unset.label().span()), name)
            .here("leave it out");
      return;
    }
    if (type.find_attribute(name) != nullptr) {
      if (unset.label())
        report_->add(message::unwanted_label, span(unset.label().span()), name)
            .here("leave it out");
      return;
    }
    const std::vector<std::string_view> known = known_in(type);
    auto draft = report_->add(message::unknown_unset, span(unset.name().span()), name, type.name);
    offer_nearest(draft, unset.name().span(), name, known, &type);
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
    if (assign.empty()) return;  // what is missing was said
    auto draft = report_->add(message::block_as_attribute, span(assign), attribute.key().plain());
    const bool names_it = child.labelled && attribute.value().kind() == ast::Expr::Kind::string;
    if (names_it)
      draft.fix("leave the `=` out",
                {{span({attribute.key().span().end, attribute.value().span().begin}), " "}});
    if (attribute.value().kind() != ast::Expr::Kind::object) return;
    draft.fix("leave the `=` out", {{span({assign.begin, attribute.value().span().begin}), ""}});
    check_body(syntax::ast::view_as<ast::Body>(attribute.value()), *child.type, false);
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
    check_entries(block.body(), row);
  }

  void check_entries(const ast::Body& body, const schema::Attribute& row) {
    using Kind = ast::Item::Kind;
    each(body, [&](const ast::Item& item) {
      switch (item.kind()) {
        case Kind::none:
        case Kind::junk:
        case Kind::let: return;
        case Kind::attribute: return check_key(item.as<ast::Attribute>().key());
        case Kind::for_each: return check_entries(item.as<ast::For>().body(), row);
        case Kind::if_chain:
          for (const ast::Branch& branch : item.as<ast::If>().branches())
            check_entries(branch.body(), row);
          return;
        default: misplaced(item, fmt::format("in the map `{}`", row.name));
      }
    });
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

  void misplaced(const ast::Item& item, std::string_view where) {
    misplaced(first_word(item), called(item.kind()), where);
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
    if (module.is_usable() && module.role != Module::Role::settings)
      Shape(module, report).check_file(ast::File(module.tree));
}

}  // namespace bkfc::eval
