// A token too few or too many is one mistake: how many messages is it?
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "report/report.hpp"
#include "support/tokens.hpp"
#include "syntax/errors.hpp"
#include "syntax/parse.hpp"

namespace bkfc::syntax {
namespace {

const std::string sample = R"(language 1

import "./company.bkfleet" as company

param env: "dev" | "prod" = "dev"

let registry = "harbor.example.com"

profile builder(arch: string) {
  use company.hardened
  image = "${registry}/moby/buildkit:v0.34.2-rootless"
  placement { arch = arch }
  cache {
    storage_class = "local-nvme"
    size          = 200GiB
  }
  gc {
    tier "sources" {
      types          = [source.local, exec.cachemount]
      keep_duration  = 30d
      max_used_space = 20% of size
    }
  }
}

for arch in ["amd64", "arm64"] {
  fleet "buildkitd-${arch}" {
    namespace = "ci"
    use builder(arch = arch)
    resources {
      cpu = 6..12
    }
    if env == "prod" and not small {
      replicas = 2..8
    }
    labels { "team" = "ci" }
    patch StatefulSet { spec.containers["buildkitd"].tty = true }
  }
}

policy caches_hold_a_day {
  require fleet.cache.size >= 100GiB
    else "too small"
}
)";

std::size_t messages(std::string text) {
  Sources sources;
  const FileId file = sources.add("main.bkfleet", std::move(text));
  Report report;
  report_errors(parse(sources.text(file)), file, report);
  return report.all().size();
}

}  // namespace

TEST_CASE("a token deleted or doubled gives at most two messages, and mostly one") {
  REQUIRE(messages(sample) == 0);
  std::map<std::size_t, int> times;
  for (const tests::Token& range : tests::tokens(sample)) {
    const std::size_t begin = range.begin;
    const std::size_t end = range.end;
    const std::string before = sample.substr(0, begin);
    const std::string token = sample.substr(begin, end - begin);
    const std::string after = sample.substr(end);
    CAPTURE(begin);
    CAPTURE(token);
    for (const std::string& text : {before + after, before + token + " " + token + after}) {
      const std::size_t count = messages(text);
      CHECK(count <= 2);
      ++times[count];
    }
  }
  for (const auto& [count, n] : times) MESSAGE(n << " mistakes with " << count << " messages");
  CHECK(times[2] * 50 <= times[1]);
}

}  // namespace bkfc::syntax
