// What the command line gives the parameters of root files: `--set`, `--set-file`.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "eval/names.hpp"

namespace bkfc::eval {

class Parameters {
 public:
  // One value from outside.
  struct Setting {
    std::size_t module = 0;  // position in `Modules::all`
    syntax::ast::Attribute statement;
    const std::string* plain = nullptr;  // of a `--set`: what follows its `=`
  };

  // Reports settings that no root file has a parameter for, and a parameter that two root files
  // declare differently.
  Parameters(const Modules& modules, const Names& names, Report& report);

  // Null if nothing is said: the default counts. Of several, `--set` is stronger than a file, and
  // the last one said.
  const Setting* find(std::string_view name) const;

 private:
  std::map<std::string, Setting, std::less<>> settings_;
};

}  // namespace bkfc::eval
