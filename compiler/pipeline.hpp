// READ THIS FIRST: the compiler, in the order in which it works.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emit/artifact.hpp"
#include "eval/evaluate.hpp"
#include "ir/program.hpp"
#include "model/fleet.hpp"
#include "objects/carry.hpp"
#include "report/report.hpp"
#include "source/files.hpp"
#include "source/origin.hpp"
#include "source/sources.hpp"

namespace bkfc {

struct Request {
  std::vector<std::string> files;  // the root files, as the user named them
  std::string today;               // `2027-06-30`; empty: `allow … until` is not judged
  // Parameters of the root files: a name and its value, as the user wrote it.
  std::vector<std::pair<std::string, std::string>> sets;
  std::vector<std::string> set_files;     // files of `name = expression` lines
  std::vector<std::string> include_dirs;  // further folders that imports may read
  bool parameters_required = true;        // else one without a value is unknown, and said at info
};

// What each stage gave. Invariant: nothing in it is changed after its stage.
struct Analysis {
  eval::Modules modules;
  eval::Names names;
  eval::Values values;
  ir::Program program;
  std::vector<model::Fleet> fleets;
  objects::Carried carried;
  std::vector<emit::Artifact> lowered;
  std::vector<emit::Artifact> artifacts;  // with the user's patches
};

// What a program means. Never fails: mistakes are in the report, and what they spoil is `unknown`.
Analysis analyse(Sources& sources, Origins& origins, Files& files, const Request& request,
                 Report& report);

// The bytes of it, or of the fleets that `only` names. Called only when nothing was wrong.
std::vector<emit::File> produce(const Analysis& analysis, std::string_view only = {});

// The stages that `--dump` shows, in order.
std::vector<std::string_view> dump_stages();
// Nothing for a stage of another name.
std::optional<std::string> dump(const Analysis& analysis, std::string_view stage,
                                const Sources& sources, const Origins& origins);

// Whether `cluster/namespace/fleet` is named by such a text, whose parts may be `*`.
bool is_named(std::string_view fleet, std::string_view only);

}  // namespace bkfc
