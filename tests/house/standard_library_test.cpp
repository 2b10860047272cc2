// The standard library: every module parses and says what it is for, every profile compiles without
// a warning, and a folder of `-I` may have a module of its own instead.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/core.h>

#include "driver/library.hpp"
#include "driver/run.hpp"
#include "eval/standard_library.hpp"
#include "facts/releases.hpp"
#include "format/format.hpp"
#include "options.hpp"
#include "support/memory_world.hpp"
#include "syntax/ast.hpp"
#include "syntax/parse.hpp"

namespace bkfc::tests {
namespace {

// What only its own module sees, and what declares nothing.
bool is_private(const syntax::ast::Item& item) {
  if (const auto let = item.as<syntax::ast::Let>()) return let.name().text().starts_with("_");
  if (const auto profile = item.as<syntax::ast::Profile>())
    return profile.name().text().starts_with("_");
  return item.kind() == syntax::ast::Item::Kind::import ||
         item.kind() == syntax::ast::Item::Kind::language;
}

std::string documentation_of(const syntax::ast::Item& item) {
  if (const auto let = item.as<syntax::ast::Let>()) return let.documentation();
  if (const auto profile = item.as<syntax::ast::Profile>()) return profile.documentation();
  if (const auto param = item.as<syntax::ast::Param>()) return param.documentation();
  return {};
}

// A use of a profile, and the releases of BuildKit that it is for.
struct Use {
  std::string_view profile;
  std::string_view arguments;
  Release since{};
  // What the fleet says beside it, in place of the memory and the cache that every fleet needs.
  std::string_view fleet =
      "resources { memory = 8GiB..16GiB }\n builds { step_memory = 4GiB }\n"
      " cache { size = 200GiB }\n";
};

constexpr Release has_spaces{0, 17, 0};
constexpr Release default_filter_fixed{0, 31, 0};
constexpr std::string_view large =
    "resources { memory = 8GiB..16GiB }\n builds { step_memory = 4GiB }\n"
    " cache { size = 300GiB }\n";
constexpr std::string_view tiny =
    "resources { memory = 8GiB..16GiB }\n builds { step_memory = 4GiB }\n"
    " cache { size = 20GiB }\n";
constexpr std::string_view bare =
    "resources { memory = 8GiB..16GiB }\n cache { size = 200GiB }\n"
    " builds { step_memory = 4GiB }\n gc { max_used_space = 60% }\n";

constexpr Use uses[] = {
    {"gc.balanced", "", has_spaces},
    {"gc.balanced", "(free = unset)"},
    {"gc.balanced", "(keep = 30d, free = 5%)", has_spaces},
    {"gc.balanced", "", has_spaces,
     "builds {\n step_memory = 4GiB\n footprint = 24GiB\n }\n"
     " resources { memory = 8GiB..16GiB }\n cache { size = 200GiB }\n"},
    {"gc.large_cache_mounts", "", has_spaces},
    {"gc.large_cache_mounts", "(keep = 12h)", has_spaces},
    {"gc.small_disk", "", has_spaces},
    {"gc.small_disk", "(keep = 1h)", has_spaces,
     "resources { memory = 8GiB..16GiB }\n builds {\n step_memory = 4GiB\n footprint = 6GiB\n }\n"
     " cache { size = 20GiB }\n"},
    {"gc.fitted", "(size = 200GiB, footprint = 40GiB)", has_spaces},
    {"gc.fitted", "(size = 200GiB, footprint = 15GiB, concurrency = 8)", has_spaces},
    {"gc.default_policy", "(release = tested, size = 300GiB)", {}, large},
    {"gc.default_policy", "(release = tested, size = 20GiB)", {}, tiny},
    {"gc.balanced", "(keep = 14d)", has_spaces, "use sizes.small\n"},
    {"gc.large_cache_mounts", "", has_spaces, "use sizes.medium\n"},
    {"gc.small_disk", "", has_spaces, "use sizes.small\n"},
    {"gc.default_policy", "(release = tested, size = 1TiB)", has_spaces, "use sizes.large\n"},
    {"modes.rootless", "(release = tested)", {}, bare},
    {"modes.rootless",
     "(release = tested, repository = \"r.example.com/hub/moby/buildkit\")",
     {},
     bare},
    {"placement.control_plane", "", {}, bare},
    {"placement.dedicated", "(value = \"ci\")", {}, bare},
    {"placement.dedicated", "(value = \"ci\", key = \"example.com/pool\")", {}, bare},
    {"placement.architecture", "(name = arm64)", {}, bare},
    {"placement.apart_by_host", "", {}, bare},
    {"placement.apart_by_zone", "", {}, bare},
    {"registries.harbor", "(host = \"harbor.example.com\", docker_hub = \"docker.io\")", {}, bare},
    {"registries.harbor",
     "(host = \"h.example.com\", docker_hub = \"a\", ghcr = \"b\", quay = \"c\", kubernetes = "
     "\"d\")",
     {},
     bare},
    {"registries.docker_hub_mirrors", "(mirrors = [\"mirror.gcr.io\"])", {}, bare},
    {"hardened.strict", "(clients = [\"ci\"])", {}, bare},
    {"hardened.pinned",
     "(repository = \"moby/buildkit\", release = tested, digest = \"sha256:"
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\")",
     {},
     bare},
    {"hardened.always_pulled", "", {}, bare},
    {"hardened.prioritised", "(class = \"ci\")", {}, bare},
    {"hardened.guaranteed",
     "(cpu = 4, memory = 16GiB)",
     {},
     "builds { step_memory = 4GiB }\n cache { size = 200GiB }\n gc { max_used_space = 60% }\n"},
    {"sizes.small", "", has_spaces, ""},
    {"sizes.medium", "", has_spaces, ""},
    {"sizes.large", "", has_spaces, ""},
};

// A fleet of one release, which is `tested` there, with one use. Where the profile says the image,
// the fleet does not.
std::string program_of(const Use& use, Release release) {
  const std::string_view module = use.profile.substr(0, use.profile.find('.'));
  const bool has_image = module == "modes" || use.profile == "hardened.pinned";
  return fmt::format(
      "import \"std/{}\"\n{}let tested = \"{}.{}.{}\"\n"
      "fleet \"ci\" {{\n namespace = \"ci\"\n {}\n {} use {}{}\n}}\n",
      module, use.fleet.starts_with("use sizes.") ? "import \"std/sizes\"\n" : "",
      release.major_part, release.minor_part, release.patch,
      has_image ? "" : "image = \"moby/buildkit:v${tested}-rootless\"", use.fleet, use.profile,
      use.arguments);
}

int run_with(const std::vector<std::string>& arguments, MemoryWorld& world) {
  return run(arguments, world);
}

// What is said of a program beyond remarks.
std::string said_of(const std::string& program) {
  MemoryWorld world;
  world.put("main.bkfleet", {.bytes = program});
  const int code = run_with({"check", "--strict", "main.bkfleet"}, world);
  return code == 0 ? "" : fmt::format("exit {}: {}", code, world.errors);
}

// The numbers of each tier of one fleet, as `bkfc gc` shows them.
std::vector<std::string> tiers_of(const std::string& program) {
  MemoryWorld world;
  world.put("main.bkfleet", {.bytes = program});
  CHECK(run_with({"gc", "main.bkfleet"}, world) == 0);
  std::vector<std::string> tiers;
  std::istringstream lines(world.output);
  for (std::string line; std::getline(lines, line);)
    if (line.find("Space = ") != line.npos) tiers.push_back(line);
  return tiers;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every module of the standard library parses, and says what it and each part are for") {
  CHECK_FALSE(eval::standard_library().empty());
  for (const EmbeddedText& module : eval::standard_library()) {
    CAPTURE(module.name);
    CHECK(eval::find_standard_module(module.name) == &module);
    CHECK(module.text.starts_with("## "));
    const syntax::Tree tree = syntax::parse(module.text);
    CHECK(tree.errors.empty());
    CHECK(format::format(tree) == module.text);
    for (const syntax::ast::Item& item : syntax::ast::File(tree).items()) {
      const std::string_view line = module.text.substr(item.span().begin, 40);
      CAPTURE(line);
      CHECK((is_private(item) || !documentation_of(item).empty()));
    }
  }
}

TEST_CASE("every profile of the standard library compiles without a warning, for every release") {
  for (const driver::LibraryModule& module : driver::library_modules())
    for (const driver::LibraryPart& part : module.parts) {
      CAPTURE(part.name);
      CHECK(std::any_of(std::begin(uses), std::end(uses),
                        [&](const Use& use) { return use.profile == part.name; }));
    }
  for (const Use& use : uses)
    for (const facts::KnownRelease& known : facts::buildkit_releases()) {
      if (known.release < use.since) continue;
      const std::string program = program_of(use, known.release);
      CAPTURE(program);
      CHECK(said_of(program) == "");
    }
}

TEST_CASE("every module of the standard library is used by an example") {
  std::string texts;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(options().root + "/examples"))
    if (entry.path().extension() == ".bkfleet") texts += read(entry.path());
  for (const EmbeddedText& module : eval::standard_library()) {
    CAPTURE(module.name);
    CHECK(texts.find(fmt::format("import \"std/{}\"", module.name)) != texts.npos);
  }
}

TEST_CASE("the default policies of the standard library are those that the daemon makes") {
  for (const Use& use : uses) {
    // On a tiny disk the daemon's own bounds do not fit together.
    if (use.profile != "gc.default_policy" || use.fleet != large) continue;
    for (const facts::KnownRelease& known : facts::buildkit_releases()) {
      if (known.release < use.since) continue;
      std::string program = program_of(use, known.release);
      CAPTURE(program);
      const std::vector<std::string> written = tiers_of(program);
      program.erase(program.find(" use "), use.profile.size() + use.arguments.size() + 5);
      std::vector<std::string> made = tiers_of(program);
      // Until 0.31 the first one matches nothing.
      REQUIRE_FALSE(made.empty());
      if (known.release < default_filter_fixed) made.erase(made.begin());
      CHECK(written.size() >= 3);
      CHECK(written == made);
    }
  }
}

TEST_CASE("a folder of `-I` with a module of the standard library's name comes first") {
  MemoryWorld world;
  world.put("mine/std/gc.bkfleet",
            {.bytes = "profile balanced {\n  gc { max_used_space = 7% }\n}\n"});
  world.put("main.bkfleet", {.bytes = program_of(uses[0], facts::newest_buildkit())});
  CHECK(run_with({"gc", "-I", "mine", "main.bkfleet"}, world) == 0);
  CHECK(world.output.find("= 15032385536") != world.output.npos);  // 7 % of 200GiB
  world.output.clear();
  CHECK(run_with({"gc", "main.bkfleet"}, world) == 0);
  CHECK(world.output.find("= 150323855360") != world.output.npos);
}

}  // namespace bkfc::tests
