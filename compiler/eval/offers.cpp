#include "eval/offers.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "eval/meant.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;
using schema::BlockType;
using syntax::Extent;

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

std::vector<std::string_view> known_in(const BlockType& type) {
  std::vector<std::string_view> names;
  for (const schema::Attribute& row : type.attributes) names.push_back(row.name);
  for (const schema::Child& child : type.children) names.push_back(child.type->name);
  std::sort(names.begin(), names.end());
  return names;
}

// A statement with a name that is not known here.
struct Unknown {
  FileId file;
  Extent name;   // where it stands
  Extent whole;  // the statement
  std::string word;
  bool is_block = false;
  std::size_t labels = 0;

  Span span(Extent extent) const { return extent.in(file); }
  Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) const {
    return {span({begin, end}), std::move(text)};
  }
};

// Whether what is meant is written in the form that this statement has.
bool has_form_of(const Unknown& unknown, const Meant& meant) {
  if (meant.child == nullptr) return !unknown.is_block || (meant.is_map() && unknown.labels == 0);
  return unknown.is_block && unknown.labels == (meant.child->labelled ? 1u : 0u);
}

// `node_selector { … }` in a fleet is `placement { node_selector { … } }`.
std::vector<Edit> in_its_place(const Unknown& unknown, const Meant& meant) {
  std::string before;
  std::string after;
  for (const schema::Child* child : meant.path) {
    before += std::string(child->type->name) + " { ";
    after += " }";
  }
  std::vector<Edit> edits{
      unknown.edit(unknown.name.begin, unknown.name.end, before + std::string(meant.name()))};
  if (!after.empty()) edits.push_back(unknown.edit(unknown.whole.end, unknown.whole.end, after));
  return edits;
}

std::string form_of(const Meant& meant) {
  if (meant.child != nullptr && !meant.child->type->example.empty()) {
    const std::string_view example = meant.child->type->example;
    const std::size_t line = example.find('\n');
    if (line == example.npos) return std::string(example);
  }
  if (meant.child != nullptr)
    return fmt::format("{}{} {{ … }}", meant.name(), meant.child->labelled ? " \"…\"" : "");
  return fmt::format("{} = {}", meant.name(),
                     meant.row->example.empty() ? "…" : meant.row->example);
}

void offer(Report::Draft& draft, const Unknown& unknown, const Meant& meant) {
  const bool fits = has_form_of(unknown, meant);
  if (!meant.path.empty()) {
    draft.here(fmt::format("it stands in a `{}` block{}", meant.path.back()->type->name,
                           fits ? "" : fmt::format(", as `{}`", form_of(meant))));
  } else if (!fits) {
    draft.here(fmt::format("here it is written `{}`", form_of(meant)));
  } else if (meant.is_near) {
    draft.here(fmt::format("did you mean `{}`?", meant.name()));
  } else {
    draft.here(fmt::format("it is called `{}` here", meant.name()));
  }
  if (fits)
    draft.fix(
        fmt::format("write `{}`", meant.path.empty()
                                      ? std::string(meant.name())
                                      : fmt::format("{} {{ {} … }}", meant.path.front()->type->name,
                                                    meant.name())),
        in_its_place(unknown, meant));
}

void offer_meant(Report::Draft& draft, const Unknown& unknown, const BlockType& type) {
  const std::string_view instead = instead_of(unknown.word, &type);
  if (!instead.empty()) {
    draft.here(std::string(instead));
  } else if (const std::optional<Meant> meant = meant_by(unknown.word, type)) {
    offer(draft, unknown, *meant);
  } else if (const std::string place = place_of(unknown.word); !place.empty()) {
    draft.here(fmt::format("it stands in a `{}` block", place.substr(place.rfind('.') + 1)));
  } else if (const std::vector<std::string_view> known = known_in(type); !known.empty()) {
    draft.note("known here: " + joined(known));
  }
}

// `locals { a = 1 }`: each of its attributes is a `let`.
void offer_lets(Report::Draft& draft, FileId file, const ast::Block& block) {
  if (block.name().text() != "locals" || !block.labels().empty() || !block.body()) return;
  const std::vector<ast::Item> items = block.body().items();
  const bool has_only_attributes =
      std::all_of(items.begin(), items.end(), [](const ast::Item& item) {
        const auto attribute = item.as<ast::Attribute>();
        return attribute && !attribute.key().is_quoted();
      });
  if (items.empty() || !has_only_attributes) return;
  std::vector<Edit> edits{
      {Extent{block.span().begin, items.front().span().begin}.in(file), "let "}};
  for (std::size_t i = 1; i < items.size(); ++i)
    edits.push_back({Extent{items[i - 1].span().end, items[i].span().begin}.in(file), "\nlet "});
  edits.push_back({Extent{items.back().span().end, block.span().end}.in(file), ""});
  draft.fix("write `let`", std::move(edits));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

void offer_meant(Report::Draft& draft, FileId file, const ast::Attribute& attribute,
                 const BlockType& type) {
  offer_meant(draft, {file, attribute.key().span(), attribute.span(), attribute.key().plain()},
              type);
}

void offer_meant(Report::Draft& draft, FileId file, const ast::Block& block,
                 const BlockType* type) {
  const std::string word(block.name().text());
  if (type != nullptr)
    return offer_meant(
        draft, {file, block.name().span(), block.span(), word, true, block.labels().size()}, *type);
  if (const std::string_view instead = instead_of(word, nullptr); !instead.empty()) {
    draft.here(std::string(instead));
    return offer_lets(draft, file, block);
  }
  std::vector<std::string_view> known;
  for (const BlockType* root : schema::roots()) known.push_back(root->name);
  std::sort(known.begin(), known.end());
  if (const std::optional<std::string_view> near = nearest(word, known))
    draft.here(fmt::format("did you mean `{}`?", *near))
        .fix(fmt::format("write `{}`", *near),
             {{block.name().span().in(file), std::string(*near)}});
  else
    draft.note("known here: " + joined(known));
}

void offer_meant(Report::Draft& draft, FileId file, const ast::Unset& unset,
                 const BlockType& type) {
  const std::string word(unset.name().text());
  const std::optional<Meant> meant = meant_by(word, type);
  if (!meant || !meant->path.empty()) {
    draft.note("known here: " + joined(known_in(type)));
    return;
  }
  draft
      .here(meant->is_near ? fmt::format("did you mean `{}`?", meant->name())
                           : fmt::format("it is called `{}` here", meant->name()))
      .fix(fmt::format("write `{}`", meant->name()),
           {{unset.name().span().in(file), std::string(meant->name())}});
}

void offer_switch(Report::Draft& draft, FileId file, const ast::Attribute& attribute,
                  const BlockType& type) {
  const ast::Expr value = attribute.value();
  if (value.kind() != ast::Expr::Kind::boolean || type.find_attribute("enabled") == nullptr) return;
  const std::string body = fmt::format("{{ enabled = {} }}", value.text());
  draft.here(fmt::format("write `{} {}`", type.name, body))
      .fix("write it as a block",
           {{Extent{attribute.assign_span().begin, value.span().end}.in(file), body}});
}

void offer_range(Report::Draft& draft, FileId file, const ast::Block& block,
                 const schema::Attribute& row) {
  using Type = schema::Type;
  const bool is_range = row.type == Type::integer_range || row.type == Type::cpu_range ||
                        row.type == Type::bytes_range;
  if (!is_range || !block.body() || !block.labels().empty()) return;
  std::string_view least;
  std::string_view most;
  for (const ast::Item& item : block.body().items()) {
    const auto attribute = item.as<ast::Attribute>();
    if (!attribute || attribute.value().kind() != ast::Expr::Kind::number) return;
    const std::string key = attribute.key().plain();
    if (is_one_of(key, {"min", "minimum", "request", "requests", "from"}))
      least = attribute.value().text();
    else if (is_one_of(key, {"max", "maximum", "limit", "limits", "to"}))
      most = attribute.value().text();
    else
      return;
  }
  const std::string range = fmt::format("{} = {}..{}", row.name, least, most);
  draft.here(fmt::format("write `{}`", range))
      .fix("write the range", {{block.span().in(file), range}});
}

ast::Attribute name_inside(const ast::Block& block) {
  if (!block.body()) return {};
  for (const ast::Item& item : block.body().items())
    if (const auto attribute = item.as<ast::Attribute>())
      if (attribute.key().plain() == "name" && attribute.value().kind() == ast::Expr::Kind::string)
        return attribute;
  return {};
}

void offer_label(Report::Draft& draft, FileId file, const ast::Block& block) {
  const ast::Attribute name = name_inside(block);
  if (!name) return;
  const std::vector<ast::Item> items = block.body().items();
  const auto item = std::find_if(items.begin(), items.end(),
                                 [&](const ast::Item& one) { return one.span() == name.span(); });
  // What parts it from the next statement goes with it, and from the last if there is none.
  Extent gone = name.span();
  if (item + 1 != items.end())
    gone.end = (item + 1)->span().begin;
  else if (item != items.begin())
    gone.begin = (item - 1)->span().end;
  const std::uint32_t after = block.name().span().end;
  draft.here("it is the label")
      .fix("write it as the label",
           {{Extent{after, after}.in(file), fmt::format(" {}", name.value().text())},
            {gone.in(file), ""}});
}

}  // namespace bkfc::eval
