#include "syntax/ast.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "syntax/strings.hpp"

namespace bkfc::syntax::ast {
namespace {

bool is_expression(Kind kind) {
  switch (kind) {
    case Kind::conditional:
    case Kind::binary:
    case Kind::negation:
    case Kind::range:
    case Kind::minus:
    case Kind::member:
    case Kind::index:
    case Kind::call:
    case Kind::reference:
    case Kind::number:
    case Kind::string:
    case Kind::block_string:
    case Kind::boolean:
    case Kind::unset_value:
    case Kind::list:
    case Kind::object:
    case Kind::paren: return true;
    default: return false;
  }
}

bool is_string(Kind kind) { return kind == Kind::string || kind == Kind::block_string; }
bool is_type(Kind kind) {
  return kind == Kind::type_of || kind == Kind::type_name || kind == Kind::type_union;
}

// The children of a node that a test wants, as another view.
template <class T, class Test>
std::vector<T> all(const View& view, Test wanted) {
  std::vector<T> out;
  for (const View& child : view.children())
    if (wanted(child.node_kind())) out.push_back(view_as<T>(child));
  return out;
}

template <class T, class Test>
T nth(const View& view, std::size_t n, Test wanted) {
  const std::vector<T> found = all<T>(view, wanted);
  return n < found.size() ? found[n] : T();
}

template <class T>
std::vector<T> all(const View& view, Kind kind) {
  return all<T>(view, [kind](Kind k) { return k == kind; });
}

Expr expression_in(const View& view, std::size_t n = 0) {
  return nth<Expr>(view, n, is_expression);
}

// The first expression after the nth child of a kind, and before the next child of that kind.
Expr expression_after(const View& view, Kind kind, std::size_t n = 0) {
  std::size_t seen = 0;
  for (const View& child : view.children()) {
    if (child.node_kind() == kind) {
      ++seen;
    } else if (seen == n + 1 && is_expression(child.node_kind())) {
      return view_as<Expr>(child);
    }
  }
  return {};
}

Expr expression_before(const View& view, Kind kind) {
  for (const View& child : view.children()) {
    if (child.node_kind() == kind) break;
    if (is_expression(child.node_kind())) return view_as<Expr>(child);
  }
  return {};
}

String string_in(const View& view, std::size_t n = 0) { return nth<String>(view, n, is_string); }

std::string_view line_ending_at(std::string_view text, std::size_t end) {
  const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, end - begin);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The `##` lines right above a statement, without the signs.
std::string documentation_of(const View& view) {
  if (!view) return {};
  const std::string_view text = view.tree()->text;
  std::size_t end = view.span().begin;
  std::string_view line = line_ending_at(text, end);
  if (!trimmed(line).empty()) return {};
  std::vector<std::string_view> lines;
  for (end -= line.size(); end > 0; end -= line.size()) {
    line = line_ending_at(text, end - 1);
    const std::string_view said = trimmed(line);
    if (!said.starts_with("##")) break;
    lines.push_back(said.substr(said.starts_with("## ") ? 3 : 2));
    --end;
  }
  std::string out;
  for (auto it = lines.rbegin(); it != lines.rend(); ++it) {
    if (it != lines.rbegin()) out += '\n';
    out += *it;
  }
  return out;
}

}  // namespace

std::string_view to_text(Operation operation) {
  static constexpr std::array<std::string_view, 15> words = {
      "or", "and", "==", "!=", "<", "<=", ">", ">=", "in", "..", "+", "-", "*", "/", "of"};
  return words[static_cast<std::size_t>(operation)];
}

// View.

Extent View::span() const {
  if (!tree_) return {};
  const Node& node = tree_->nodes[node_];
  return {node.begin, node.end};
}

std::string_view View::text() const {
  const Extent extent = span();
  return tree_ ? tree_->text.substr(extent.begin, extent.end - extent.begin) : std::string_view{};
}

std::vector<View> View::children() const {
  std::vector<View> out;
  if (!tree_) return out;
  std::uint32_t left = tree_->nodes[node_].size - 1;
  std::uint32_t at = node_;
  while (left > 0) {
    --at;
    const Node& child = tree_->nodes[at];
    if (child.kind != Kind::comment) out.emplace_back(*tree_, at);
    left -= child.size;
    at -= child.size - 1;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

View View::child(Kind kind, std::size_t nth) const {
  const std::vector<View> found = all<View>(*this, kind);
  return nth < found.size() ? found[nth] : View();
}

// String, Key.

std::vector<String::Piece> String::pieces() const {
  std::vector<Piece> out;
  const bool is_block = node_kind() == Kind::block_string;
  const std::string_view indentation = is_block ? closing_indentation(text()) : std::string_view{};
  bool at_line_start = is_block;
  const std::vector<View> parts = children();
  for (const View& part : parts) {
    if (part.node_kind() == Kind::interpolation) {
      out.push_back({{}, expression_in(part), part.span(), true});
    } else if (part.node_kind() == Kind::chunk) {
      std::string_view written = part.text();
      // The blanks before the closing quotes are not of the text.
      if (is_block && part == parts.back() && !indentation.empty())
        written.remove_suffix(std::min(indentation.size(), written.size()));
      out.push_back({decode(without_indentation(written, indentation, at_line_start)),
                     {},
                     part.span(),
                     false});
    }
    at_line_start = false;
  }
  return out;
}

bool String::is_interpolated() const { return static_cast<bool>(child(Kind::interpolation)); }

std::optional<std::string> String::plain() const {
  if (!tree_ || is_interpolated()) return std::nullopt;
  std::string out;
  for (const Piece& piece : pieces()) out += piece.text;
  return out;
}

String Key::quoted() const { return is_quoted() ? view_as<String>(*this) : String(); }

std::string Key::plain() const {
  if (!tree_) return {};
  if (!is_quoted()) return std::string(text());
  std::string out;
  for (const String::Piece& piece : quoted().pieces()) out += piece.text;
  return out;
}

// Expr.

Expr::Kind Expr::kind() const {
  using Node = syntax::Kind;
  switch (node_kind()) {
    case Node::number: return Kind::number;
    case Node::string:
    case Node::block_string: return Kind::string;
    case Node::boolean: return Kind::boolean;
    case Node::unset_value: return Kind::unset;
    case Node::reference: return Kind::name;
    case Node::call: return Kind::call;
    case Node::list: return Kind::list;
    case Node::object: return Kind::object;
    case Node::paren: return Kind::paren;
    case Node::minus: return Kind::minus;
    case Node::negation: return Kind::negation;
    case Node::binary: return Kind::binary;
    case Node::range: return Kind::range;
    case Node::member: return Kind::member;
    case Node::index: return Kind::index;
    case Node::conditional: return Kind::conditional;
    default: return Kind::none;
  }
}

std::vector<NumberPart> Expr::parts() const {
  std::vector<NumberPart> out;
  for (const View& part : all<View>(*this, syntax::Kind::number_part)) {
    const std::string_view written = part.text();
    const std::size_t digits = std::min(written.find_first_not_of("0123456789."), written.size());
    const Extent span = part.span();
    const std::size_t blanks = written.find_first_not_of(" \t", digits);
    const std::size_t begin = std::min(blanks, written.size());
    const auto unit = static_cast<std::uint32_t>(span.begin + begin);
    const std::string_view meant = spelt_here(written.substr(begin));
    out.push_back({written.substr(0, digits),
                   meant.empty() ? written.substr(begin) : meant,
                   span,
                   {unit, span.end}});
  }
  return out;
}

String Expr::string() const { return kind() == Kind::string ? view_as<String>(*this) : String(); }

bool Expr::is_true() const { return text() == "true"; }

Name Expr::name() const {
  if (kind() == Kind::name) return view_as<Name>(*this);
  return view_as<Name>(child(syntax::Kind::name));
}

std::vector<Expr> Expr::arguments() const {
  return kind() == Kind::call ? all<Expr>(*this, is_expression) : std::vector<Expr>();
}

std::vector<Expr> Expr::elements() const {
  return kind() == Kind::list ? all<Expr>(*this, is_expression) : std::vector<Expr>();
}

std::vector<Attribute> Expr::fields() const {
  return all<Attribute>(*this, syntax::Kind::attribute);
}

Expr Expr::operand() const { return expression_in(*this); }

Expr Expr::key() const { return kind() == Kind::index ? expression_in(*this, 1) : Expr(); }

Operation Expr::operation() const {
  const std::string_view sign = child(syntax::Kind::operation).text();
  if (sign == "&&") return Operation::and_;
  if (sign == "||") return Operation::or_;
  if (sign == "=") return Operation::equal;
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(Operation::of); ++i)
    if (to_text(static_cast<Operation>(i)) == sign) return static_cast<Operation>(i);
  return Operation::range;
}

Extent Expr::operation_span() const { return child(syntax::Kind::operation).span(); }

Expr Expr::left() const { return expression_before(*this, syntax::Kind::operation); }
Expr Expr::right() const { return expression_after(*this, syntax::Kind::operation); }

// `?` stands for it in other languages.
static bool is_then(const View& keyword) {
  return keyword.text() == "then" || keyword.text() == "?";
}

Expr Expr::condition() const { return expression_before(*this, syntax::Kind::keyword); }
Expr Expr::if_true() const {
  const View first = child(syntax::Kind::keyword);
  return is_then(first) ? expression_after(*this, syntax::Kind::keyword) : Expr();
}
Expr Expr::if_false() const {
  const bool has_then = is_then(child(syntax::Kind::keyword));
  return expression_after(*this, syntax::Kind::keyword, has_then ? 1 : 0);
}

std::optional<std::string> Expr::dotted() const {
  if (kind() == Kind::name) return std::string(text());
  if (kind() != Kind::member || !name()) return std::nullopt;
  std::optional<std::string> before = operand().dotted();
  if (before) *before += "." + std::string(name().text());
  return before;
}

// Bodies.

Key Attribute::key() const {
  return nth<Key>(*this, 0, [](Kind kind) { return kind == Kind::name || is_string(kind); });
}
Assign Attribute::assign() const {
  return child(Kind::assign).text() == "+=" ? Assign::append : Assign::set;
}
Extent Attribute::assign_span() const { return child(Kind::assign).span(); }
Expr Attribute::value() const {
  // A quoted key is a string too, so without `=` the value is the second.
  if (!child(Kind::assign)) return expression_in(*this, key().is_quoted() ? 1 : 0);
  return expression_after(*this, Kind::assign);
}
std::string Attribute::documentation() const { return documentation_of(*this); }

std::vector<Item> Body::items() const {
  return all<Item>(*this, [](Kind) { return true; });
}

Name Block::name() const { return view_as<Name>(child(Kind::name)); }
std::vector<String> Block::labels() const { return all<String>(*this, is_string); }
String Block::before() const { return string_in(child(Kind::before)); }
bool Block::has_broken_header() const {
  if (child(Kind::junk)) return true;
  const std::vector<String> all_labels = labels();
  return std::any_of(all_labels.begin(), all_labels.end(), [](const String& label) {
    const std::string_view text = label.text();
    return text.starts_with('"') && (text.size() < 2 || !text.ends_with('"'));
  });
}

Body Block::body() const { return view_as<Body>(child(Kind::body)); }
std::string Block::documentation() const { return documentation_of(*this); }
Extent Block::header_span() const {
  Extent extent = name().span();
  for (const String& label : labels()) extent.end = label.span().end;
  return extent;
}

Item::Kind Item::kind() const {
  using Node = syntax::Kind;
  switch (node_kind()) {
    case Node::none: return Kind::none;
    case Node::language: return Kind::language;
    case Node::import: return Kind::import;
    case Node::param: return Kind::param;
    case Node::let: return Kind::let;
    case Node::profile: return Kind::profile;
    case Node::use: return Kind::use;
    case Node::policy: return Kind::policy;
    case Node::require: return Kind::require;
    case Node::for_each: return Kind::for_each;
    case Node::if_chain: return Kind::if_chain;
    case Node::unset: return Kind::unset;
    case Node::allow: return Kind::allow;
    case Node::patch: return Kind::patch;
    case Node::attribute: return Kind::attribute;
    case Node::block: return Kind::block;
    default: return Kind::junk;
  }
}

std::vector<Item> File::items() const { return view_as<Body>(*this).items(); }
Language File::language() const { return view_as<Language>(child(Kind::language)); }

// Declarations.

Type::Kind Type::kind() const {
  switch (node_kind()) {
    case syntax::Kind::type_name: return Kind::named;
    case syntax::Kind::type_union: return Kind::union_;
    case syntax::Kind::type_of: break;
    default: return Kind::none;
  }
  const std::string_view container = child(syntax::Kind::name).text();
  return container == "list" ? Kind::list : container == "map" ? Kind::map : Kind::range;
}
Type Type::element() const { return nth<Type>(*this, 0, is_type); }
Name Type::name() const {
  return kind() == Kind::named ? view_as<Name>(child(syntax::Kind::name)) : Name();
}
Expr Type::bound() const { return kind() == Kind::named ? expression_in(*this) : Expr(); }
std::vector<String> Type::choices() const { return all<String>(*this, is_string); }

Name Parameter::name() const { return view_as<Name>(child(Kind::name)); }
Type Parameter::type() const { return nth<Type>(*this, 0, is_type); }
bool Parameter::is_optional() const { return static_cast<bool>(child(Kind::optional)); }
Expr Parameter::value() const { return expression_in(*this); }

std::vector<Name> Path::names() const { return all<Name>(*this, Kind::name); }

Name Argument::name() const { return view_as<Name>(child(Kind::name)); }
Expr Argument::value() const { return expression_in(*this); }

Expr Language::number() const { return expression_in(*this); }

String Import::path() const { return string_in(*this); }
Name Import::alias() const { return view_as<Name>(child(Kind::name)); }

Parameter Param::parameter() const { return view_as<Parameter>(child(Kind::parameter)); }
std::string Param::documentation() const { return documentation_of(*this); }

Name Let::name() const { return view_as<Name>(child(Kind::name)); }
Type Let::type() const { return nth<Type>(*this, 0, is_type); }
Expr Let::value() const { return expression_in(*this); }
std::string Let::documentation() const { return documentation_of(*this); }

Name Profile::name() const { return view_as<Name>(child(Kind::name)); }
std::vector<Parameter> Profile::parameters() const {
  return all<Parameter>(*this, Kind::parameter);
}
Body Profile::body() const { return view_as<Body>(child(Kind::body)); }
std::string Profile::documentation() const { return documentation_of(*this); }

Path Use::path() const { return view_as<Path>(child(Kind::path)); }
std::vector<Argument> Use::arguments() const { return all<Argument>(*this, Kind::argument); }

Name Policy::name() const { return view_as<Name>(child(Kind::name)); }
Body Policy::body() const { return view_as<Body>(child(Kind::body)); }
std::string Policy::documentation() const { return documentation_of(*this); }

Expr Require::condition() const { return expression_before(*this, Kind::keyword); }
String Require::message() const { return view_as<String>(expression_after(*this, Kind::keyword)); }

std::vector<Name> For::names() const { return all<Name>(*this, Kind::name); }
Expr For::list() const { return expression_in(*this); }
Body For::body() const { return view_as<Body>(child(Kind::body)); }

Expr Branch::condition() const { return is_else() ? Expr() : expression_in(*this); }
Body Branch::body() const { return view_as<Body>(child(Kind::body)); }

std::vector<Branch> If::branches() const {
  return all<Branch>(*this,
                     [](Kind kind) { return kind == Kind::branch || kind == Kind::else_branch; });
}

// What acts on other statements.

Name Unset::name() const { return view_as<Name>(child(Kind::name)); }
String Unset::label() const { return string_in(*this); }

Name Allow::name() const { return view_as<Name>(child(Kind::name)); }
String Allow::reason() const { return string_in(*this); }
String Allow::until() const { return string_in(*this, 1); }

PatchEntry::Kind PatchEntry::kind() const {
  if (node_kind() == syntax::Kind::patch_delete) return Kind::remove;
  return child(syntax::Kind::assign).text() == "+=" ? Kind::append : Kind::set;
}

std::vector<Segment> PatchEntry::target() const {
  std::vector<Segment> out;
  for (const View& part : child(syntax::Kind::target).children()) {
    if (part.node_kind() == syntax::Kind::target_key) {
      out.push_back({Segment::Kind::key, view_as<Key>(string_in(part)).plain(), part.span()});
      continue;
    }
    const Key step = view_as<Key>(part);
    out.push_back({step.is_quoted() ? Segment::Kind::quoted : Segment::Kind::name, step.plain(),
                   part.span()});
  }
  return out;
}

Extent PatchEntry::target_span() const { return child(syntax::Kind::target).span(); }
Expr PatchEntry::value() const { return expression_in(*this); }

Name Patch::object_kind() const { return view_as<Name>(child(Kind::name)); }
String Patch::name() const { return string_in(*this); }
std::vector<PatchEntry> Patch::entries() const {
  return all<PatchEntry>(child(Kind::patch_body), [](Kind kind) {
    return kind == Kind::patch_set || kind == Kind::patch_delete;
  });
}

}  // namespace bkfc::syntax::ast
