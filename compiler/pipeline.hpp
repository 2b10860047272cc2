// READ THIS FIRST: the compiler, in the order in which it works.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "report/report.hpp"
#include "source/files.hpp"
#include "source/origin.hpp"
#include "source/sources.hpp"

namespace bkfc {

struct Request {
  std::vector<std::string> files;  // the root files, as the user named them
  std::string only;                // `cluster/namespace/fleet`; empty: all
};

struct Analysis {};

// What a program means. Never fails: mistakes are in the report, and what they spoil is `unknown`.
Analysis analyse(Sources& sources, Origins& origins, Files& files, const Request& request,
                 Report& report);

// The bytes of it. Called only when nothing was wrong.
std::vector<emit::File> produce(const Analysis& analysis);

}  // namespace bkfc
