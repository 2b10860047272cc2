#include <doctest/doctest.h>

#include "gc/describe.hpp"
#include "gc/filter.hpp"
#include "gc/policy.hpp"

namespace bkfc::gc {
namespace {

constexpr std::int64_t gib = std::int64_t{1} << 30;
constexpr std::int64_t mb = 1'000'000;
constexpr std::int64_t gb = 1'000 * mb;
constexpr Release newest{0, 34, 2};

std::int64_t keep(const Policy& policy, Usage usage, Release release = newest) {
  return keep_bytes(policy, usage, release).count;
}

std::string error_of(std::string_view filter) {
  const Filter parsed = parse_filter(filter);
  return parsed.error ? parsed.error->reason : "";
}

std::optional<FilterProblem> problem_of(std::string_view filter, bool all = false) {
  const Filter parsed = parse_filter(filter);
  REQUIRE_FALSE(parsed.error);
  return find_problem(parsed, all);
}

}  // namespace

TEST_CASE("a percentage counts GiB and pays out GB, as the daemon does") {
  const struct {
    std::int64_t disk;
    std::int64_t percent[5];  // 10, 20, 60, 80, 100
  } rows[] = {
      {20 * gb, {2, 4, 12, 15, 19}},
      {100 * gb, {10, 19, 56, 75, 94}},
      {500 * gib, {51, 101, 301, 401, 501}},
      {1000 * gb, {94, 187, 559, 746, 932}},
      {2000 * gb, {187, 373, 1118, 1491, 1863}},
  };
  const std::int64_t percents[] = {10, 20, 60, 80, 100};
  for (const auto& row : rows)
    for (int i = 0; i < 5; ++i)
      CHECK(daemon_percent(percents[i], {row.disk}).count == row.percent[i] * gb);
  CHECK(daemon_percent(0, {gb}).count == 0);
  CHECK(daemon_percent(10, {0}).count == 2 * gb);
}

TEST_CASE("a policy without a bound keeps nothing") {
  CHECK(keep({}, {{120 * mb}, {gb}}) == 0);
  CHECK(keep({.keep_duration = {1}}, {{120 * mb}, {gb}}) == 0);
}

TEST_CASE("reserved space alone is a cap, and wins over max_used_space") {
  CHECK(keep({.all = true, .reserved_space = {60 * mb}}, {{120 * mb}, {gb}}) == 60 * mb);
  CHECK(keep({.all = true, .reserved_space = {60 * mb}, .max_used_space = {30 * mb}},
             {{120 * mb}, {gb}}) == 60 * mb);
}

TEST_CASE("min_free_space alone keeps all while enough is free, from 0.21") {
  const Policy policy{.min_free_space = {mb}};
  CHECK(keep(policy, {{120 * mb}, {gb}}) == 120 * mb);
  CHECK(keep(policy, {{120 * mb}, {gb}}, {0, 21, 0}) == 120 * mb);
  CHECK(keep(policy, {{120 * mb}, {gb}}, {0, 20, 0}) == 0);
}

TEST_CASE("min_free_space beyond the disk empties the cache down to what is reserved") {
  CHECK(keep({.min_free_space = {900 * gb}}, {{120 * mb}, {270 * gb}}) == 0);
  CHECK(keep({.reserved_space = {60 * mb}, .min_free_space = {900 * gb}},
             {{120 * mb}, {270 * gb}}) == 60 * mb);
}

TEST_CASE("the seed's two tiers on a disk of their own, and on a shared one") {
  const std::int64_t max = 400 * gib;
  const Policy first{.filters = {"type==source.local"},
                     .keep_duration = {720 * 3600},
                     .max_used_space = {max},
                     .min_free_space = {50 * gib}};
  const Policy second{.all = true, .max_used_space = {max}};
  const Usage own{{440 * gb}, {96'900'000'000}};
  CHECK(keep(first, own) == 429'496'729'600);
  CHECK(keep(second, own) == 429'496'729'600);
  const Usage shared{{150 * gb}, {49'500'000'000}};
  CHECK(keep(first, shared) == 145'812'908'800);
  CHECK(keep(second, shared) == 429'496'729'600);
}

TEST_CASE("the default policies of each release, for a disk") {
  const auto at = [](std::int64_t disk, Release release) {
    return default_policies({}, {disk}, release);
  };
  const struct {
    std::int64_t disk, reserved, free, max;
  } rows[] = {{20 * gb, 2, 4, 15},
              {100 * gb, 10, 19, 75},
              {500 * gib, 10, 101, 100},
              {1000 * gb, 10, 187, 100}};
  for (const auto& row : rows) {
    const auto policies = at(row.disk, newest);
    REQUIRE(policies.size() == 4);
    CHECK(policies[0].max_used_space.count == 512 * mb);
    CHECK(policies[0].keep_duration.seconds == 48 * 3600);
    CHECK(policies[1].keep_duration.seconds == 60 * 86'400);
    for (std::size_t i = 1; i < 4; ++i) {
      CHECK(policies[i].reserved_space.count == row.reserved * gb);
      CHECK(policies[i].min_free_space.count == row.free * gb);
      CHECK(policies[i].max_used_space.count == row.max * gb);
      CHECK(policies[i].all == (i == 3));
    }
  }
  CHECK(at(gb, {0, 31, 0})[0].filters.size() == 3);
  CHECK(at(gb, {0, 30, 0})[0].filters.size() == 1);
  const auto old = at(100 * gb, {0, 16, 0});
  CHECK(old[0].reserved_space.count == 512 * mb);
  CHECK(old[2] == Policy{.reserved_space = {10 * gb}});
}

TEST_CASE("one space of the worker leaves the other two unset") {
  const auto policies = default_policies({.max_used_space = {50 * gb}}, {1000 * gb}, newest);
  CHECK(policies[2] == Policy{.max_used_space = {50 * gb}});
}

TEST_CASE("a tier is shadowed by an earlier one that takes all it could take") {
  const Policy all{.all = true, .max_used_space = {100}};
  const Policy some{.filters = {"type==regular"}, .max_used_space = {100}};
  CHECK(shadows(all, some));
  CHECK_FALSE(shadows(some, all));
  CHECK_FALSE(shadows(all, {.filters = {"type==regular"}, .max_used_space = {50}}));
  CHECK_FALSE(shadows({.keep_duration = {60}, .max_used_space = {100}}, some));
  CHECK_FALSE(shadows({.max_used_space = {100}}, all));
  CHECK_FALSE(shadows(all, {.max_used_space = {100}, .min_free_space = {10}}));
  CHECK_FALSE(shadows({.reserved_space = {60}, .max_used_space = {100}}, some));
  CHECK(shadows({.reserved_space = {60}}, {.reserved_space = {70}}));
  CHECK(shadows({}, some));
  CHECK_FALSE(shadows(some, {}));
  CHECK_FALSE(shadows({.max_used_space = {100}, .min_free_space = {10}}, {.min_free_space = {10}}));
}

TEST_CASE("the ceiling is the least bound on any record of any age") {
  CHECK(ceiling({{.filters = {"x"}, .max_used_space = {10}}, {.all = true, .max_used_space = {70}}})
            .count == 70);
  CHECK(ceiling({{.keep_duration = {9}, .max_used_space = {70}}}).count == 0);
  CHECK(ceiling({{.min_free_space = {9}}}).count == 0);
  CHECK(ceiling({{.reserved_space = {60}, .max_used_space = {30}}}).count == 60);
}

TEST_CASE("filters are read as containerd reads them") {
  for (const char* good :
       {"", "type==regular", "type == regular", "type==source.local,mutable", "mutable",
        R"(description=="a b")", "description~=/apt-get/", "description~=|a/b|", R"("id"==x)",
        "id!=x", "type==a, type==b", R"(description~="\\d+")", R"(description~=/a\/b/)"})
    CHECK_MESSAGE(error_of(good) == "", good);
  for (const char* bad :
       {"type=regular", "type===regular", "type==", "==regular", ",", "type==a,", "type==a b",
        "type==a ", "mutable ", "type==/a/", "type==.a", "description~=/a", R"(description~=/\d/)",
        "type-x==a", "a.", "description~=a{1,3}", "type~= !=a", "\xff"})
    CHECK_MESSAGE(error_of(bad) != "", bad);
  CHECK(parse_filter("type=regular").error->at == 4);
  CHECK(parse_filter(R"(description~="a\"b\u00e9")").selectors[0].value == "a\"bé");
  CHECK(parse_filter("type==a,id!=b").selectors[1].begin == 8);
}

TEST_CASE("a filter that can never match says why") {
  using Kind = FilterProblem::Kind;
  CHECK_FALSE(problem_of("type==regular"));
  CHECK_FALSE(problem_of("mutable,type==regular"));
  CHECK_FALSE(problem_of("type==internal", true));
  CHECK(problem_of("type==internal")->kind == Kind::needs_all);
  CHECK(problem_of("type==source.local,type==exec.cachemount")->kind == Kind::two_types);
  CHECK(problem_of("inuse")->kind == Kind::never_filled);
  CHECK(problem_of("parents~=/x/")->kind == Kind::never_filled);
  CHECK(problem_of("mutable==true")->kind == Kind::flag_compared);
  CHECK_FALSE(problem_of("mutable==true")->matches_all);
  CHECK(problem_of("mutable!=true")->matches_all);
  CHECK(problem_of("typ==regular")->kind == Kind::unknown_field);
  CHECK(problem_of("typ==regular")->reason.find("`type`") != std::string::npos);
  CHECK(problem_of("size!=0")->matches_all);
  CHECK(problem_of("type==source.git")->kind == Kind::unknown_type);
  CHECK(problem_of("type!=layer")->matches_all);
  CHECK(problem_of("mutable,immutable")->kind == Kind::contradiction);
  CHECK(problem_of("description~=/(/")->kind == Kind::bad_pattern);
}

TEST_CASE("a pattern is refused only where Go's regexp is sure to refuse it") {
  for (const char* good : {"a", "^a.*b$", "(a|b)+", "[]a]", "[^]*(]", "(?i)x", "(?P<n>x)?", "\\(",
                           "a{2,3}", "[[:alpha:]]", "[a-[:alpha:]", "\\Q(\\E", ""})
    CHECK_MESSAGE(!refuse_pattern(good), good);
  for (const char* bad :
       {"(", ")", "a)(", "[a", "*a", "a|*", "(+)", "\\", "(a)\\1", "(?=x)", "(?<!x)y"})
    CHECK_MESSAGE(refuse_pattern(bad), bad);
}

TEST_CASE("a policy is told in words and numbers") {
  const Description sources = describe({.filters = {"type==source.local", "type==exec.cachemount"},
                                        .keep_duration = {30 * 86'400},
                                        .max_used_space = {200 * gib}},
                                       newest);
  CHECK(sources.matches == "records of type source.local or exec.cachemount, not used for 30d");
  CHECK(sources.acts == "while the whole cache is 200 GiB or larger");
  CHECK(sources.stops ==
        "when the whole cache is below 200 GiB; when nothing that it matches is left");
  REQUIRE(sources.remarks.size() == 1);
  const Description empty = describe({}, newest);
  CHECK(empty.acts == "after every build, whatever the size of the cache");
  CHECK(describe({.min_free_space = {gib}}, newest).remarks.front() ==
        "while enough is free, one record still goes in every sweep");
  CHECK(describe({.min_free_space = {gib}}, {0, 20, 0}).remarks.front() ==
        "while enough is free, everything that it matches goes");
}

}  // namespace bkfc::gc
