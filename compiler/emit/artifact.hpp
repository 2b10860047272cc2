// One file to be written: its path below the output folder and what it holds.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "emit/document.hpp"

namespace bkfc::emit {

// One or more YAML documents.
struct Yaml {
  std::vector<Node> documents;
};

struct Toml {
  Node table;
};

// A text that is complete as it stands: a script whose every word went through `emit/shell.hpp`.
struct Text {
  std::string text;
};

struct Artifact {
  std::string path;     // `deploy/crater/ci/buildkitd/service.yaml`: relative, `/`, no `..`
  std::string subject;  // the fleet that it is for, `cluster/namespace/name`; empty: the program
  bool executable = false;
  std::variant<Yaml, Toml, Text> content;
};

// The bytes of a file, ready to be written.
struct File {
  std::string path;
  std::string bytes;
  bool executable = false;
};

}  // namespace bkfc::emit
