// The two words that make the grammar total, and the rules that know where the parser stands.
#pragma once

#include <tao/pegtl.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace bkfc::grammar {

namespace peg = tao::pegtl;

using peg::alpha;
using peg::any;
using peg::at;
using peg::blank;
using peg::digit;
using peg::eof;
using peg::eol;
using peg::eolf;
using peg::not_at;
using peg::not_one;
using peg::one;
using peg::opt;
using peg::plus;
using peg::range;
using peg::ranges;
using peg::seq;
using peg::sor;
using peg::star;
using peg::until;

// Matches nothing: whoever builds the tree notes that a `Rule` was wanted here.
template <class Rule>
struct missing : peg::success {};

// Never fails. What is missing is missing where the text stopped: the gap is not crossed for it.
template <class Gap, class Rule>
struct expect : sor<seq<Gap, Rule>, missing<Rule>> {};

// Matches what it holds; whoever builds the tree notes that it may not stand here.
template <class... Rules>
struct mistake : seq<Rules...> {};

// Words, from literals.

template <std::size_t Size>
struct Letters {
  char text[Size]{};
  consteval Letters(const char (&literal)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
  }
};

template <Letters Text, class Indices>
struct exactly_;
template <Letters Text, std::size_t... I>
struct exactly_<Text, std::index_sequence<I...>> {
  using type = peg::string<Text.text[I]...>;
};
// The letters of a literal, without the zero that ends it.
template <Letters Text>
using exactly = typename exactly_<Text, std::make_index_sequence<sizeof(Text.text) - 1>>::type;

// Where the parser stands.

struct Surroundings {
  bool joins_lines = false;  // in `( )` or `[ ]`: a line end is a blank
  bool in_header = false;    // `{` opens the body of a statement, never an object
  bool in_string = false;    // in `${ }`: the line ends everything, and `#` begins nothing
  bool in_brackets = false;  // in an object that stands in brackets, whose closer ends it too
};

struct in_brackets {
  static Surroundings enter(Surroundings s) {
    return {.joins_lines = !s.in_string, .in_string = s.in_string, .in_brackets = true};
  }
};
struct in_object {
  static Surroundings enter(Surroundings s) {
    return {.in_string = s.in_string, .in_brackets = s.in_brackets};
  }
};
struct in_body {
  static Surroundings enter(Surroundings) { return {}; }
};
struct in_header {
  static Surroundings enter(Surroundings s) {
    s.in_header = true;
    return s;
  }
};
struct in_quotes {
  static Surroundings enter(Surroundings) { return {.in_string = true}; }
};

// The state of a parse begins with its surroundings; `Rules` are matched in those of `Place`.
template <class Place, class... Rules>
struct within {
  using rule_t = within;
  using subs_t = peg::type_list<seq<Rules...>>;

  template <peg::apply_mode Apply, peg::rewind_mode Rewind, template <class...> class Action,
            template <class...> class Control, class Input, class State, class... More>
  [[nodiscard]] static bool match(Input& in, State& state, More&... more) {
    const Surroundings outside = state;
    static_cast<Surroundings&>(state) = Place::enter(outside);
    const bool matched =
        Control<seq<Rules...>>::template match<Apply, Rewind, Action, Control>(in, state, more...);
    static_cast<Surroundings&>(state) = outside;
    return matched;
  }
};

// Matches nothing, where a fact holds.
template <bool Surroundings::*Fact>
struct where {
  using rule_t = where;
  using subs_t = peg::empty_list;

  template <peg::apply_mode, peg::rewind_mode, template <class...> class, template <class...> class,
            class Input, class State, class... More>
  [[nodiscard]] static bool match(Input&, const State& state, const More&...) {
    return state.*Fact;
  }
};

}  // namespace bkfc::grammar
