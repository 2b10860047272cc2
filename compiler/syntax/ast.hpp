// Typed views of a tree: what a node says, without knowing how it is laid out. Any part may be
// missing in an unfinished text, so every view may be empty: test it before use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"

namespace bkfc::syntax::ast {

// What all views share: a node of a tree. Views are two words; copy them.
class View {
 public:
  View() = default;
  View(const Tree& tree, std::uint32_t node) : tree_(&tree), node_(node) {}

  explicit operator bool() const { return tree_ != nullptr; }
  Kind node_kind() const { return tree_ ? tree_->nodes[node_].kind : Kind::none; }
  Extent span() const;
  std::string_view text() const;  // as written; empty for an empty view
  std::uint32_t node() const { return node_; }
  const Tree* tree() const { return tree_; }

  std::vector<View> children() const;                // in order, comments left out
  View child(Kind kind, std::size_t nth = 0) const;  // the nth child of a kind

  bool operator==(const View&) const = default;

 protected:
  const Tree* tree_ = nullptr;
  std::uint32_t node_ = 0;
};

// A word that names something: `text()` is the name.
class Name : public View {
 public:
  using View::View;
};

class Expr;

// `"…"` or `"""…"""`.
class String : public View {
 public:
  using View::View;

  struct Piece;
  // Texts and interpolations in order; neighbouring texts are joined, escapes decoded, and the
  // indentation of a `"""` is gone.
  std::vector<Piece> pieces() const;
  // The text, if nothing is interpolated.
  std::optional<std::string> plain() const;
  bool is_interpolated() const;
};

// What an attribute, a field, or a step of a patch path is called: a name or a quoted text.
class Key : public View {
 public:
  using View::View;

  bool is_quoted() const { return node_kind() != Kind::name; }
  String quoted() const;      // empty for a bare name
  std::string plain() const;  // the name, or the quoted text with its escapes decoded;
                              // interpolations are left out: ask `quoted()` for them
};

// A unit of Kubernetes as it is spelt here: `Gi` is `GiB`. Empty for any other.
std::string_view spelt_here(std::string_view unit);

struct NumberPart {
  std::string_view digits;  // `1.5`
  std::string_view unit;    // `GiB`, `%`, as it is spelt here; empty if there is none
  Extent span;
  Extent unit_span;
};

enum class Operation : std::uint8_t {
  or_,
  and_,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  range,
  add,
  subtract,
  multiply,
  divide,
  of,
};
std::string_view to_text(Operation operation);

class Attribute;

class Expr : public View {
 public:
  enum class Kind : std::uint8_t {
    none,  // empty view
    number,
    string,
    boolean,
    unset,
    name,
    call,
    list,
    object,
    paren,
    minus,
    negation,
    binary,
    range,
    member,
    index,
    conditional,
  };

  using View::View;

  Kind kind() const;

  // number
  std::vector<NumberPart> parts() const;
  // string
  String string() const;
  // boolean
  bool is_true() const;
  // name, call, member: the name that is read, called, or taken after the point
  Name name() const;
  // call
  std::vector<Expr> arguments() const;
  // list
  std::vector<Expr> elements() const;
  // object: its fields are read as the attributes of a body are
  std::vector<Attribute> fields() const;
  // paren, minus, negation: what is inside or behind; member, index: what it is taken of
  Expr operand() const;
  // index: what stands in the brackets
  Expr key() const;
  // binary (never `range`), range
  Operation operation() const;
  Extent operation_span() const;
  Expr left() const;   // empty in `..12`
  Expr right() const;  // empty in `6..`
  // conditional
  Expr condition() const;
  Expr if_true() const;
  Expr if_false() const;

  // `name(.name)*` as the words of an enumeration are written; empty for anything else.
  std::optional<std::string> dotted() const;
};

struct String::Piece {
  std::string text;  // when `value` is empty
  Expr value;        // an interpolation; itself empty where the expression is missing
  Extent span;       // in the source, escapes and `${}` included
  bool is_interpolation = false;
};

enum class Assign : std::uint8_t { set, append };

// `name = value`, `name += value`, `"key" = value`: in a body or in an object.
class Attribute : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::attribute;

  Key key() const;
  Assign assign() const;
  Extent assign_span() const;
  Expr value() const;
  std::string documentation() const;
};

// The same node seen as another view, with no check of its kind.
template <class T>
T view_as(const View& view) {
  return view ? T(*view.tree(), view.node()) : T();
}

class Item;

class Body : public View {
 public:
  using View::View;

  // Also of an object, whose fields are attributes: a block written with `=` reads like one.
  std::vector<Item> items() const;
};

class Block : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::block;

  Name name() const;
  std::vector<String> labels() const;
  String before() const;       // `before "x"`
  Body body() const;           // empty if it has none
  Extent header_span() const;  // from the name to the last label
  // Something in it was said by the parser, so its labels may not be what is meant.
  bool has_broken_header() const;
  std::string documentation() const;
};

class Type : public View {
 public:
  enum class Kind : std::uint8_t { none, list, map, range, named, union_ };

  using View::View;

  Kind kind() const;
  Type element() const;                 // list, map, range
  Name name() const;                    // named
  Expr bound() const;                   // named: what follows `in`
  std::vector<String> choices() const;  // union
};

class Parameter : public View {
 public:
  using View::View;

  Name name() const;
  Type type() const;
  bool is_optional() const;  // `?`
  Expr value() const;        // the default
};

class Path : public View {
 public:
  using View::View;
  std::vector<Name> names() const;
};

class Argument : public View {
 public:
  using View::View;
  Name name() const;  // empty where it was left out, which is a syntax error
  Expr value() const;
};

class Language : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::language;
  Expr number() const;
};

class Import : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::import;
  String path() const;
  Name alias() const;
};

class Param : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::param;
  Parameter parameter() const;
  std::string documentation() const;
};

class Let : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::let;
  Name name() const;
  Type type() const;
  Expr value() const;
  std::string documentation() const;
};

class Profile : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::profile;
  Name name() const;
  std::vector<Parameter> parameters() const;
  Body body() const;
  std::string documentation() const;
};

class Use : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::use;
  Path path() const;
  std::vector<Argument> arguments() const;
};

class Policy : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::policy;
  Name name() const;
  Body body() const;
  std::string documentation() const;
};

class Require : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::require;
  Expr condition() const;
  String message() const;
};

class For : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::for_each;
  std::vector<Name> names() const;  // one, or key and value
  Expr list() const;
  Body body() const;
};

class Branch : public View {
 public:
  using View::View;
  bool is_else() const { return node_kind() == Kind::else_branch; }
  Expr condition() const;  // empty for the last `else`
  Body body() const;
};

class If : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::if_chain;
  std::vector<Branch> branches() const;
};

class Unset : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::unset;
  Name name() const;
  String label() const;
};

class Allow : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::allow;
  Name name() const;
  String reason() const;
  String until() const;
};

// One step of a patch path.
struct Segment {
  enum class Kind : std::uint8_t { name, quoted, key };
  Kind kind = Kind::name;
  std::string text;  // the name, the quoted text, or what the brackets hold
  Extent span;
};

class PatchEntry : public View {
 public:
  enum class Kind : std::uint8_t { set, append, remove };

  using View::View;

  Kind kind() const;
  std::vector<Segment> target() const;
  Extent target_span() const;
  Expr value() const;  // empty for `delete`
};

class Patch : public View {
 public:
  using View::View;
  static constexpr Kind node_kind_of = Kind::patch;
  Name object_kind() const;  // empty in `patch "buildkitd.toml"`
  String name() const;
  std::vector<PatchEntry> entries() const;
};

// A statement of a file or a body.
class Item : public View {
 public:
  enum class Kind : std::uint8_t {
    none,
    language,
    import,
    param,
    let,
    profile,
    use,
    policy,
    require,
    for_each,
    if_chain,
    unset,
    allow,
    patch,
    attribute,
    block,
    junk,  // said by the parser already
  };

  using View::View;

  Kind kind() const;
  // As a view of a kind of statement; empty if it is of another.
  template <class T>
  T as() const {
    return node_kind() == T::node_kind_of ? T(*tree_, node_) : T();
  }
};

class File : public View {
 public:
  explicit File(const Tree& tree) : View(tree, static_cast<std::uint32_t>(tree.nodes.size() - 1)) {}
  std::vector<Item> items() const;
  Language language() const;
};

}  // namespace bkfc::syntax::ast
