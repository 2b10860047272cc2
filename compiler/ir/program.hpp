// A program, whole: every field typed, defaulted, and with its origin.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/document.hpp"
#include "schema/schema.hpp"

namespace bkfc::ir {

// `spec.template.spec.containers["buildkitd"].env["X"].value`, piece by piece.
struct PathStep {
  std::string name;  // of a field, or the key of a list's element
  bool element = false;
  OriginId origin = OriginId::nowhere;
};

struct PatchEntry {
  enum class Kind : std::uint8_t { set, append, erase };
  Kind kind = Kind::set;
  std::vector<PathStep> path;           // never empty
  emit::Node value;                     // of `set` and `append`
  OriginId origin = OriginId::nowhere;  // the path, as it is written
  Span statement{};                     // all of the line
  Span patch{};                         // the kind or the file that its own `patch` names
};

// `patch StatefulSet { … }`, `patch "buildkitd.toml" { … }`.
struct Patch {
  std::string kind;  // of an object, or a file's name
  bool file = false;
  std::string name;  // which of several objects of the kind; empty: the only one
  std::vector<PatchEntry> entries;
  OriginId origin = OriginId::nowhere;
};

// By which a fleet is known in a program.
struct Identity {
  std::string cluster;
  std::string name_space;
  std::string name;

  bool operator==(const Identity&) const = default;
  std::string text() const { return cluster + "/" + name_space + "/" + name; }
};

struct Fleet {
  Identity identity;
  schema::Fleet is;
  std::vector<Patch> patches;
  std::vector<std::string> documentation;  // the `##` lines above it, without the marks
  std::optional<std::size_t> cluster;      // position in `Program::clusters`
  std::optional<std::size_t> authority;    // position in `Program::authorities`
  bool complete = true;                    // no field is unknown: it can be modelled
};

// A CA that fleets share.
struct Authority {
  schema::Authority is;
  bool complete = true;  // no field is unknown
};

// A builder, with the fleets that its names mean.
struct Builder {
  schema::Builder is;
  std::vector<std::size_t> fleets;  // positions in `Program::fleets`, each once
};

struct Program {
  std::vector<Fleet> fleets;
  std::vector<schema::Cluster> clusters;
  std::vector<Authority> authorities;
  std::vector<Builder> builders;
  std::vector<schema::Allow> allows;  // of the whole program

  const schema::Cluster* cluster_of(const Fleet& fleet) const {
    return fleet.cluster ? &clusters[*fleet.cluster] : nullptr;
  }
  // Null: the fleet has a CA of its own.
  const schema::Authority* authority_of(const Fleet& fleet) const {
    return fleet.authority ? &authorities[*fleet.authority].is : nullptr;
  }
};

}  // namespace bkfc::ir
