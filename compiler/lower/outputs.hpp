// Every file that a program comes to: a table, and the walk through it.
#pragma once

#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "emit/artifact.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

using Content = std::variant<emit::Yaml, emit::Toml, emit::Text>;

// One kind of file, written once a fleet.
struct Output {
  std::string_view name;  // `stateful-set`
  std::string_view path;  // with `{cluster}`, `{namespace}` and `{fleet}`
  std::string_view doc;
  Content (*lower)(const model::Fleet& fleet) = nullptr;
  bool (*when)(const model::Fleet& fleet) = nullptr;  // null: always
  bool executable = false;

  bool wanted(const model::Fleet& fleet) const { return when == nullptr || when(fleet); }
};

// In the order in which they are written: what others need, first.
std::span<const Output> outputs();

// The path of an output of one fleet.
std::string path_of(const Output& output, const ir::Identity& fleet);

// The files of each fleet, and those that fleets share: namespaces, a list a cluster, CAs,
// builders.
std::vector<emit::Artifact> all(const ir::Program& program,
                                const std::vector<model::Fleet>& fleets);

}  // namespace bkfc::lower
