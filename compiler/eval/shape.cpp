#include "eval/shape.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "eval/later.hpp"
#include "eval/meant.hpp"
#include "eval/messages.hpp"
#include "eval/offers.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;
using schema::BlockType;

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
    if (attribute.assign_span().empty() || is_said_already(key.plain(), nullptr)) return;
    const bool is_root = schema::find_root(key.plain()) != nullptr;
    if (is_root || is_later_block(key.plain())) {
      report_->add(message::block_as_attribute, span(key.span()), key.plain());
    } else {
      auto draft =
          report_->add(message::misplaced, span(key.span()), "an attribute", "outside every block");
      if (const std::string_view instead = instead_of(key.plain(), nullptr); !instead.empty())
        draft.here(std::string(instead));
      else
        draft.note(
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
    unknown_block(block, nullptr);
  }

  void check_block(const ast::Block& block, const BlockType& type, bool labelled) {
    check_labels(block, type, labelled);
    const bool names_itself = labelled && block.labels().empty();
    const ast::Attribute outside =
        std::exchange(label_, names_itself ? name_inside(block) : ast::Attribute());
    if (block.before() && !type.ordered)
      report_->add(message::unordered, span(block.before().span()), type.name);
    check_body(block.body(), type, schema::find_root(type.name) == &type);
    label_ = outside;
  }

  void check_labels(const ast::Block& block, const BlockType& type, bool labelled) {
    const std::vector<ast::String> labels = block.labels();
    if (block.has_broken_header()) return;
    if (labelled && labels.empty()) {
      auto draft =
          report_->add(message::missing_label, span(block.name().span()), type.name, type.label);
      offer_label(draft, file_, block);
    } else if (labels.size() > (labelled ? 1u : 0u)) {
      report_->add(message::unwanted_label, span(labels.back().span()), type.name)
          .here(labelled ? "one is enough" : "leave it out");
    }
  }

  // `whole`: the body of a fleet or a profile, not of a block within.
  void check_body(const ast::Body& body, const BlockType& type, bool whole) {
    const std::string_view outside = std::exchange(said_instead_, {});
    const bool takes_nothing = type.attributes.empty() && type.children.empty();
    bool is_first = true;
    each(body, [&](const ast::Item& item) {
      if (is_first || !takes_nothing) check_item(item, type, whole);
      is_first = false;
    });
    said_instead_ = outside;
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
    auto draft = report_->add(message::unknown_unset, span(unset.name().span()), name, type.name);
    offer_meant(draft, file_, unset, type);
  }

  void check_attribute(const ast::Attribute& attribute, const BlockType& type) {
    const ast::Key key = attribute.key();
    if (!key || (label_ && attribute == label_)) return;
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
    unknown_attribute(attribute, type);
  }

  void block_written_with_equals(const ast::Attribute& attribute, const schema::Child& child) {
    const syntax::Extent assign = attribute.assign_span();
    if (assign.empty()) return;  // what is missing was said
    if (attribute.text().substr(assign.begin - attribute.span().begin).starts_with(':')) {
      // The sign was said by the parser; it is no `=` either.
      if (attribute.value().kind() == ast::Expr::Kind::object)
        check_body(syntax::ast::view_as<ast::Body>(attribute.value()), *child.type, false);
      return;
    }
    auto draft = report_->add(message::block_as_attribute, span(assign), attribute.key().plain());
    offer_switch(draft, file_, attribute, *child.type);
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
    unknown_block(block, &type);
  }

  void attribute_written_as_block(const ast::Block& block, const schema::Attribute& row) {
    if (block.has_broken_header()) return;
    const std::vector<ast::String> labels = block.labels();
    auto draft = report_->add(message::attribute_as_block, span(block.header_span()), row.name);
    offer_range(draft, file_, block, row);
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

  // Of what stands for one thing here and for several elsewhere, only the first is said.
  bool is_said_already(std::string_view word, const BlockType* type) {
    const std::string_view instead = instead_of(word, type);
    return !instead.empty() && std::exchange(said_instead_, instead) == instead;
  }

  void unknown_attribute(const ast::Attribute& attribute, const BlockType& type) {
    const ast::Key key = attribute.key();
    // What lacks its `=` is said by the parser, and may be no attribute at all.
    if (attribute.assign_span().empty() || is_said_already(key.plain(), &type)) return;
    auto draft = report_->add(message::unknown_attribute, span(key.span()), key.plain(), type.name);
    offer_meant(draft, file_, attribute, type);
  }

  void unknown_block(const ast::Block& block, const BlockType* type) {
    if (is_said_already(block.name().text(), type)) return;
    auto draft =
        report_->add(message::unknown_block, span(block.name().span()), block.name().text());
    offer_meant(draft, file_, block, type);
  }

  void misplaced(const ast::Item& item, std::string_view where) {
    misplaced(first_word(item), called(item.kind()), where);
  }

  void misplaced(syntax::Extent at, std::string_view what, std::string_view where) {
    report_->add(message::misplaced, span(at), what, where);
  }

  FileId file_;
  Report* report_;
  std::string_view said_instead_;  // in the body that is looked at
  ast::Attribute label_;           // what stands for the label of the block that is looked at
};

}  // namespace

void check_shape(const Modules& modules, Report& report) {
  for (const Module& module : modules.all)
    if (module.is_usable() && module.role != Module::Role::settings)
      Shape(module, report).check_file(ast::File(module.tree));
}

}  // namespace bkfc::eval
