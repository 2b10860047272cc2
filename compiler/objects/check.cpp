#include "objects/check.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "objects/entry.hpp"
#include "objects/fleet_files.hpp"
#include "objects/messages.hpp"
#include "objects/patch.hpp"
#include "objects/problems.hpp"

namespace bkfc::objects {
namespace {

// "a, b and c": objects whose names are between backticks already.
std::string listed_plainly(const std::vector<std::string>& all) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) out += i + 1 == all.size() ? " and " : ", ";
    out += all[i];
  }
  return out;
}

void say(const Problem& problem, Span at, Report& report) {
  switch (problem.kind) {
    case Problem::Kind::mount_without_volume:
      report.add(message::mount_without_volume, at, problem.what, problem.which);
      return;
    case Problem::Kind::selector_misses:
      report.add(message::selector_misses, at, problem.what, problem.why,
                 listed_plainly(problem.askers));
      return;
    case Problem::Kind::no_such_port:
      report.add(message::no_such_port, at, problem.what, listed_plainly(problem.askers));
      return;
    case Problem::Kind::no_governing_service:
      report.add(message::no_governing_service, at, problem.what);
      return;
    case Problem::Kind::too_long:
      report.add(message::too_long, at, problem.what, problem.length, problem.limit);
      return;
    case Problem::Kind::repeated:
      report.add(message::repeated, at, problem.what, problem.which);
      return;
    case Problem::Kind::bad_label:
      report.add(message::bad_label, at, problem.what, problem.which);
      return;
  }
}

// Of what no patch brought about, rules `label_spelling` and `label_of_selector` speak, with more
// to say.
bool is_of_rules(Problem::Kind kind) {
  return kind == Problem::Kind::bad_label || kind == Problem::Kind::selector_misses;
}

bool has(const std::vector<Problem>& problems, const Problem& one) {
  return std::any_of(problems.begin(), problems.end(),
                     [&](const Problem& other) { return other.is_same(one); });
}

// Where each fleet's artifacts stand: looked up once a fleet, among those of thousands.
class BySubject {
 public:
  explicit BySubject(const std::vector<emit::Artifact>& all) : all_(&all) {
    for (std::size_t i = 0; i < all.size(); ++i) places_[all[i].subject].push_back(i);
  }

  std::vector<emit::Artifact> of(const model::Fleet& fleet) const {
    std::vector<emit::Artifact> out;
    const auto found = places_.find(fleet.source->identity.text());
    if (found == places_.end()) return out;
    for (const std::size_t place : found->second) out.push_back((*all_)[place]);
    return out;
  }

 private:
  const std::vector<emit::Artifact>* all_;
  std::unordered_map<std::string, std::vector<std::size_t>> places_;
};

// The fleet with no more than its first so many lines of patches.
ir::Fleet with_lines(const ir::Fleet& fleet, std::size_t lines) {
  ir::Fleet out = fleet;
  for (ir::Patch& patch : out.patches) {
    const std::size_t kept = std::min(lines, patch.entries.size());
    patch.entries.resize(kept);
    lines -= kept;
  }
  return out;
}

std::vector<Problem> problems_after(const model::Fleet& fleet, std::size_t lines,
                                    const std::vector<emit::Artifact>& lowered,
                                    const Sources& sources, const Origins& origins) {
  const ir::Fleet source = with_lines(*fleet.source, lines);
  std::vector<model::Fleet> fleets = {fleet};
  fleets.front().source = &source;
  Report unheard;
  std::vector<emit::Artifact> patched = apply_patches(fleets, lowered, sources, origins, unheard);
  return problems_of(files_of(fleet, patched));
}

// The line after which each problem is there until the end, found by applying one line more at a
// time: a problem shows in what a line left behind, not in the line.
void say_all(const std::vector<Problem>& problems, const model::Fleet& fleet,
             const std::vector<emit::Artifact>& lowered, const Sources& sources,
             const Origins& origins, Report& report) {
  std::vector<OriginId> lines;
  for (const ir::Patch& patch : fleet.source->patches)
    for (const ir::PatchEntry& entry : patch.entries) lines.push_back(entry.origin);
  std::vector<OriginId> culprits(problems.size(), OriginId::nowhere);
  std::vector<Problem> before = problems_after(fleet, 0, lowered, sources, origins);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<Problem> after = problems_after(fleet, i + 1, lowered, sources, origins);
    for (std::size_t p = 0; p < problems.size(); ++p)
      if (has(after, problems[p]) && !has(before, problems[p])) culprits[p] = lines[i];
    before = std::move(after);
  }
  for (std::size_t p = 0; p < problems.size(); ++p) {
    const bool by_patch = culprits[p] != OriginId::nowhere;
    if (!by_patch && is_of_rules(problems[p].kind)) continue;
    const OriginId origin = by_patch                                  ? culprits[p]
                            : problems[p].origin != OriginId::nowhere ? problems[p].origin
                                                                      : fleet.is().head.origin;
    say(problems[p], origins.at(origin).span, report);
  }
}

}  // namespace

void check(const std::vector<model::Fleet>& fleets, const std::vector<emit::Artifact>& lowered,
           const std::vector<emit::Artifact>& patched, const Sources& sources,
           const Origins& origins, Report& report) {
  const BySubject now(patched);
  const BySubject before(lowered);
  for (const model::Fleet& fleet : fleets) {
    std::vector<emit::Artifact> files = now.of(fleet);
    const std::vector<Problem> problems = problems_of(files_of(fleet, files));
    if (!problems.empty()) say_all(problems, fleet, before.of(fleet), sources, origins, report);
  }
}

}  // namespace bkfc::objects
