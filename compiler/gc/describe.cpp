#include "gc/describe.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "gc/filter.hpp"

namespace bkfc::gc {
namespace {

// "a, b or c"
std::string any_of(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

// The types of filters that are nothing but `type==x`; empty if one says more.
std::vector<std::string> plain_types(const std::vector<std::string>& filters) {
  std::vector<std::string> types;
  for (const std::string& text : filters) {
    const Filter filter = parse_filter(text);
    if (filter.error || filter.selectors.size() != 1) return {};
    const Selector& only = filter.selectors.front();
    if (only.field != "type" || only.op != Operator::equal) return {};
    types.push_back(only.value);
  }
  return types;
}

std::string what_it_matches(const Policy& policy) {
  std::string out;
  if (policy.filters.empty()) {
    out = policy.all ? "every record" : "every record but internal ones and frontends";
  } else if (const auto types = plain_types(policy.filters); !types.empty()) {
    out = "records of type " + any_of(types);
  } else {
    std::vector<std::string> quoted;
    for (const std::string& filter : policy.filters) quoted.push_back("`" + filter + "`");
    out = "records that match " + any_of(quoted);
  }
  if (policy.keep_duration.seconds != 0) out += ", not used for " + to_text(policy.keep_duration);
  return out;
}

// The size at which it begins, where one is said: `max_used_space`, or `reserved_space` above it.
Bytes begins_at(const Policy& policy) {
  if (policy.max_used_space.count == 0 && policy.min_free_space.count != 0) return {};
  return std::max(policy.max_used_space, policy.reserved_space);
}

bool frees_only(const Policy& policy) {
  return policy.min_free_space.count != 0 && policy.max_used_space.count == 0;
}

bool purges_when_free(const Policy& policy, Release buildkit) {
  return frees_only(policy) && policy.reserved_space.count == 0 && buildkit.known() &&
         buildkit < Release{0, 21, 0};
}

std::string when_it_acts(const Policy& policy) {
  if (!policy.is_bounded()) return "after every build, whatever the size of the cache";
  std::vector<std::string> conditions;
  if (const Bytes at = begins_at(policy); at.count != 0)
    conditions.push_back(fmt::format("the whole cache is {} or larger", about(at)));
  if (policy.min_free_space.count != 0)
    conditions.push_back(
        fmt::format("the disk has less than {} free", about(policy.min_free_space)));
  return "while " + any_of(conditions);
}

std::string where_it_stops(const Policy& policy) {
  if (!policy.is_bounded()) return "when nothing that it matches is left";
  std::string out;
  if (const Bytes at = begins_at(policy); at.count != 0)
    out = fmt::format("when the whole cache is below {}", about(at));
  if (policy.min_free_space.count != 0)
    out += fmt::format("{} what the disk lacked of {} free is deleted",
                       out.empty() ? "when" : " and", about(policy.min_free_space));
  out += "; when nothing that it matches is left";
  if (policy.reserved_space.count != 0 && begins_at(policy) != policy.reserved_space)
    out += fmt::format("; never with less than {} in the cache", about(policy.reserved_space));
  return out;
}

std::vector<std::string> what_surprises(const Policy& policy, Release buildkit) {
  std::vector<std::string> out;
  if (!policy.filters.empty() && begins_at(policy).count != 0)
    out.emplace_back("the size of the whole cache counts, not only of what it matches");
  if (policy.max_used_space.count != 0 && policy.reserved_space >= policy.max_used_space)
    out.push_back(
        fmt::format("`max_used_space` ({}) is without effect: `reserved_space` is not smaller",
                    about(policy.max_used_space)));
  if (purges_when_free(policy, buildkit)) {
    out.emplace_back("while enough is free, everything that it matches goes");
  } else if (frees_only(policy) && policy.reserved_space.count == 0) {
    out.emplace_back("while enough is free, one record still goes in every sweep");
  }
  return out;
}

}  // namespace

Description describe(const Policy& policy, Release buildkit) {
  return {what_it_matches(policy), when_it_acts(policy), where_it_stops(policy),
          what_surprises(policy, buildkit)};
}

std::vector<std::string> about_sweeps() {
  return {
      "a sweep begins one second after a build ends or the daemon starts, at most once a minute; "
      "none runs while only builds run, so a build can exceed every bound",
      "the policies run in order; each deletes the least recently and least often used first",
      "what a build uses, and what another record is made from, stays",
      "build records, databases and temporary files are not counted",
  };
}

}  // namespace bkfc::gc
