// A token too few or too many is one mistake: how many messages is it?
#include <doctest/doctest.h>

#include <cctype>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "report/report.hpp"
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

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Words, signs, and of a text its quotes, what stands between them, and the whole.
std::vector<std::pair<std::size_t, std::size_t>> tokens(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (is_word(text[at])) {
      while (is_word(text[end])) ++end;
    } else if (text[at] == '"') {
      end = text.find('"', at + 1) + 1;
      out.push_back({at, at + 1});
      out.push_back({at + 1, end - 1});
      out.push_back({end - 1, end});
    } else if (text.compare(at, 2, "..") == 0 || text.compare(at, 2, "==") == 0 ||
               text.compare(at, 2, ">=") == 0) {
      end = at + 2;
    }
    if (std::isspace(static_cast<unsigned char>(text[at])) == 0) out.push_back({at, end});
    at = end;
  }
  return out;
}

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
  for (const auto& range : tokens(sample)) {
    const std::size_t begin = range.first;
    const std::size_t end = range.second;
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
