// Holds the grammar against its examples: PEGTL finds no loop without progress in it, and every
// rule of it, each `missing<>` and `mistake<>` included, is matched by some example.
#include <fmt/core.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "examples.hpp"
#include "grammar/grammar.hpp"

namespace tao::pegtl {

template <class Name, class Place, class... Rules>
struct analyze_traits<Name, bkfc::grammar::within<Place, Rules...>>
    : analyze_traits<Name, typename seq<Rules...>::rule_t> {};
template <class Name, bool bkfc::grammar::Surroundings::*Fact>
struct analyze_traits<Name, bkfc::grammar::where<Fact>> : analyze_opt_traits<> {};
template <class Name>
struct analyze_traits<Name, bkfc::grammar::heredoc> : analyze_any_traits<> {};

}  // namespace tao::pegtl

namespace {

namespace peg = tao::pegtl;

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Rule>
bool is_matched = false;
template <class Rule>
bool is_listed = false;

// PEGTL's own coverage asks each rule for the list of all rules, which takes minutes to build.
template <class Rule>
struct Counting : peg::normal<Rule> {
  static constexpr bool enable = false;

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Self, class Input, class... States>
  static bool match(Input& in, States&... states) {
    const bool matched = peg::normal<Rule>::template match<A, M, Action, Self>(in, states...);
    is_matched<Rule> |= matched;
    return matched;
  }
};

void match(const std::string& example) {
  peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf_crlf> in(example, "example");
  bkfc::grammar::Surroundings surroundings;
  [[maybe_unused]] const bool matched =
      peg::parse<bkfc::grammar::file, peg::nothing, Counting>(in, surroundings);
}

using Names = std::set<std::string, std::less<>>;

template <class Rule>
void list_unmatched(Names& names);

template <class... Rules>
void list_unmatched(Names& names, peg::type_list<Rules...> /*below*/) {
  (list_unmatched<Rules>(names), ...);
}

// The rules that are ours, and what is missing of ours: not what PEGTL is made of.
template <class Rule>
void list_unmatched(Names& names) {
  if (is_listed<Rule>) return;
  is_listed<Rule> = true;
  const std::string_view name = peg::demangle<Rule>();
  if (!is_matched<Rule> && name.starts_with("bkfc::grammar::")) names.emplace(name);
  list_unmatched(names, typename Rule::subs_t());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string root = argv[1];
  std::vector<std::string> examples =
      bkfc::tests::fenced(read(root + "/grammar/README.md"), "bkfleet");
  const std::vector<std::string> mistakes =
      bkfc::tests::fenced(read(root + "/tests/grammar/mistakes.md"), "bkfleet");
  if (examples.empty() || mistakes.empty()) {
    fmt::print(stderr, "no examples below `{}`\n", root);
    return 2;
  }
  const std::size_t loops = peg::analyze<bkfc::grammar::file>(1);
  examples.insert(examples.end(), mistakes.begin(), mistakes.end());
  for (const std::string& example : examples) match(example);
  Names never;
  list_unmatched<bkfc::grammar::file>(never);
  for (const std::string& rule : never) fmt::print("matched by no example: {}\n", rule);
  fmt::print("{} examples, {} loops without progress, {} rules without example\n", examples.size(),
             loops, never.size());
  return loops == 0 && never.empty() ? 0 : 1;
}
