// `bkfc new`: a first fleet to start from.
#include <fmt/core.h>

#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/replace_file.hpp"
#include "driver/session.hpp"
#include "rules/spelling.hpp"

namespace bkfc::driver {
namespace {

constexpr std::string_view ending = ".bkfleet";
constexpr std::string_view default_name = "buildkitd";

// Invariant: it compiles without a warning, and is as `bkfc fmt` would write it. `{0}` is the
// fleet's name, `{1}` the file's.
constexpr std::string_view first_fleet =
    R"(# A fleet of BuildKit daemons on Kubernetes. `bkfc check {1}` says what is wrong with it;
# `bkfc {1} -o out/` writes its manifests, and the scripts for certificates and clients.
# Change what is here first; `bkfc explain fleet` lists what else can be said.

fleet "{0}" {{
  # The namespace is made, too. Delete the second line if it is there.
  namespace        = "{0}"
  create_namespace = true

  # Daemons, each with a cache of its own.
  replicas = 2

  # What one daemon may use with all the builds in it: requests..limits.
  resources {{
    cpu    = 2..4
    memory = 4GiB..8GiB
  }}

  # The largest builds that run here.
  builds {{
    longest     = 30m
    footprint   = 10GiB
    step_memory = 2GiB
  }}

  # The volume of each daemon, of the cluster's default storage class: `storage_class = "…"` names
  # another.
  cache {{
    size = 100GiB
  }}

  # What a daemon throws away by itself: `bkfc gc {1}` says it in words.
  gc {{
    tier "sources" {{
      types          = [source.local, exec.cachemount, source.git.checkout]
      keep_duration  = 7d
      max_used_space = 20%
    }}
    tier "everything" {{
      all            = true
      max_used_space = 70%
    }}
  }}

  # Who may build: a certificate each.
  tls {{
    client "ci"
  }}
}}

# What is known of the cluster is checked, too: `bkfc explain cluster`.
)";

struct Named {
  std::string fleet;
  std::string path;
};

// `ci`, `ci.bkfleet` and `fleets/ci` are all a fleet `ci`.
Named named(std::string_view word) {
  if (word.ends_with(ending)) word.remove_suffix(ending.size());
  const std::size_t slash = word.rfind('/');
  return {.fleet = std::string(slash == word.npos ? word : word.substr(slash + 1)),
          .path = fmt::format("{}{}", word, ending)};
}

void check_words(const Options& options, const Named& what, Report& report) {
  if (options.words.size() > 1)
    report.add(unusable_words, "bkfc new", "one NAME");
  else if (const auto refusal = rules::refuse_label(what.fleet))
    report.add(unusable_name, what.fleet, *refusal);
}

Exit write(const std::string& path, const std::string& text, World& world, Report& report) {
  const Result<Entry> there = world.look(path);
  if (there && there.value().kind != Kind::nothing) {
    report.add(taken_name, path);
    return Exit::refused;
  }
  const Outcome written = replace_file(world, path, text);
  if (written) return Exit::done;
  report.add(unwritable_file, path, written.error());
  return Exit::refused;
}

}  // namespace

Exit new_fleet(const Options& options, World& world) {
  Session session;
  const Named what = named(options.words.empty() ? default_name : options.words.front());
  check_words(options, what, session.report);
  Exit exit = session.report.has_errors() ? Exit::usage : Exit::done;
  const std::string text = fmt::format(first_fleet, what.fleet, what.path);
  if (exit == Exit::done && options.print) return print_result(text, world);
  if (exit == Exit::done) exit = write(what.path, text, world, session.report);
  tell(session, options, world);
  if (exit != Exit::done || options.quiet) return exit;
  return print_result(
      fmt::format("{0} written; next: `bkfc check {0}`, `bkfc {0} -o out/`\n", what.path), world);
}

}  // namespace bkfc::driver
