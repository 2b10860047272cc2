// Manifests of the user's own that are deployed with a fleet: read, checked, passed on as they are.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "model/carried.hpp"
#include "report/report.hpp"
#include "source/files.hpp"

namespace bkfc::objects {

// A file of the program, and the folder that its paths stay in. Both without links.
struct Home {
  FileId file{};
  std::string path;
  std::string limit;  // empty where there are no folders
};

struct Carried {
  std::vector<model::CarriedObject> objects;
  std::vector<emit::Artifact> artifacts;
};

// What cannot be read, lies outside, or does not fit its kind is reported.
Carried carry(const std::vector<model::Fleet>& fleets, std::span<const Home> homes, Files& files,
              Sources& sources, Origins& origins, Report& report);

}  // namespace bkfc::objects
