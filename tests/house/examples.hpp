// The examples of the repository, as their own records say that they are compiled.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace bkfc::tests {

// One output folder of an example.
struct Example {
  std::string name;                          // `company/out/prod`
  std::map<std::string, std::string> files;  // its sources, by path
  std::vector<std::string> roots;
  std::vector<std::string> sets;  // `env=prod`
};

// Never empty.
std::vector<Example> examples();

}  // namespace bkfc::tests
