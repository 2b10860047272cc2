// How other tools spell the units of sizes and durations.
#include <string_view>
#include <utility>

#include "syntax/ast.hpp"

namespace bkfc::syntax::ast {

std::string_view spelt_here(std::string_view unit) {
  static constexpr std::pair<std::string_view, std::string_view> units[] = {
      {"Ki", "KiB"},    {"Mi", "MiB"},    {"Gi", "GiB"},  {"Ti", "TiB"},  {"Pi", "PiB"},
      {"k", "kB"},      {"M", "MB"},      {"G", "GB"},    {"T", "TB"},    {"P", "PB"},
      {"KB", "kB"},     {"Kb", "kB"},     {"kb", "kB"},   {"mb", "MB"},   {"Mb", "MB"},
      {"gb", "GB"},     {"Gb", "GB"},     {"tb", "TB"},   {"Tb", "TB"},   {"kib", "KiB"},
      {"kiB", "KiB"},   {"KIB", "KiB"},   {"mib", "MiB"}, {"MIB", "MiB"}, {"gib", "GiB"},
      {"GIB", "GiB"},   {"tib", "TiB"},   {"TIB", "TiB"}, {"sec", "s"},   {"secs", "s"},
      {"second", "s"},  {"seconds", "s"}, {"min", "m"},   {"mins", "m"},  {"minute", "m"},
      {"minutes", "m"}, {"hr", "h"},      {"hrs", "h"},   {"hour", "h"},  {"hours", "h"},
      {"day", "d"},     {"days", "d"},    {"week", "w"},  {"weeks", "w"}, {"percent", "%"},
  };
  for (const auto& [theirs, ours] : units)
    if (unit == theirs) return ours;
  return {};
}

}  // namespace bkfc::syntax::ast
