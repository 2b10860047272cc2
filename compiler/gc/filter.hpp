// containerd's filter grammar as buildkitd's pruning uses it, and what a filter can match there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bkfc::gc {

enum class Operator : std::uint8_t { present, equal, not_equal, matches };

// `type==regular`: one condition of a filter. A comma between conditions is "and".
struct Selector {
  std::string field;  // the first name of its path: the others are ignored
  Operator op = Operator::present;
  std::string value;      // without its quotes
  std::size_t begin = 0;  // its bytes in the filter
  std::size_t end = 0;
};

// Why the daemon cannot read a filter. It says so only when it sweeps, and stops that sweep.
struct SyntaxError {
  std::size_t at = 0;
  std::string reason;
};

struct Filter {
  std::vector<Selector> selectors;  // none: the empty filter, which matches every record
  std::optional<SyntaxError> error;
};

Filter parse_filter(std::string_view text);

// What is wrong with a filter that can be read.
struct FilterProblem {
  enum class Kind : std::uint8_t {
    unknown_field,  // no record has it
    never_filled,   // `parents` and `inuse`, which pruning leaves empty
    flag_compared,  // `mutable==true`: a flag has no value to compare
    unknown_type,
    needs_all,  // types that only a policy with `all` collects
    two_types,  // in one filter: no record has two
    contradiction,
    bad_pattern,
  };
  Kind kind;
  std::size_t selector = 0;  // which one
  bool matches_all = false;  // of these records, rather than none
  std::string reason;        // what is so, as a clause
};

// The first problem of a filter without syntax errors. `all` is its policy's.
std::optional<FilterProblem> find_problem(const Filter& filter, bool all);

// Why Go's regexp refuses a pattern, as far as that is certain; nothing where it may be right.
std::optional<std::string> refuse_pattern(std::string_view pattern);

}  // namespace bkfc::gc
