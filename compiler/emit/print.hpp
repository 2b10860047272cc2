// Artifacts as the bytes of files: the last stage of the compiler before the disk.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/marks.hpp"
#include "emit/toml.hpp"
#include "emit/yaml.hpp"

namespace bkfc::emit {

// In the order of the artifacts. Invariant: each path is relative and leads nowhere upwards.
std::vector<File> print(const std::vector<Artifact>& artifacts);
File print(const Artifact& artifact);

// What the bytes of one are made from, in their order. None for a text that is complete as it is.
std::vector<Mark> marks_of(const Artifact& artifact);

}  // namespace bkfc::emit
