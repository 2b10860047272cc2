// What linters object to in a fleet's pods, silenced one by one, each with its reason.
#pragma once

#include <string>
#include <vector>

#include "emit/document.hpp"
#include "facts/linters.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

// What a fleet needs, and why: the mechanism, or what its `allow` says.
struct Excuse {
  facts::Need need{};
  std::string reason;
};

// By its mechanism.
Excuse excuse(facts::Need need);

// What the image of a fleet needs, in whatever pod it runs.
std::vector<Excuse> excuses_of_image(const model::Fleet& fleet);

// What a fleet gives its daemons in spite of a rule that it allows.
std::vector<Excuse> excuses_of_resources(const model::Fleet& fleet);

// The annotations that the linters read.
void add_suppressions(emit::Node& annotations, const std::vector<Excuse>& excuses);

}  // namespace bkfc::lower
