// The files of a program, read and parsed, with what they import.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "report/report.hpp"
#include "source/files.hpp"
#include "syntax/ast.hpp"

namespace bkfc::eval {

// What a program is made of, as the command line names it.
struct Inputs {
  std::span<const std::string> files;                         // the roots
  std::span<const std::pair<std::string, std::string>> sets;  // `--set`: a name, an expression
  std::span<const std::string> set_files;                     // `--set-file`
  std::span<const std::string> include_dirs;                  // `-I`, in order
};

// `import "path" as name`.
struct Import {
  syntax::ast::Import statement;
  std::string name;                   // by which it is read; empty where none can be had
  std::optional<std::size_t> target;  // position in `Modules::all`; none: that was reported
};

struct Module {
  enum class Role : std::uint8_t {
    root,      // named by the user
    imported,  // reached through an `import`
    settings,  // values of parameters: `--set`, `--set-file`
  };

  FileId file{};
  syntax::Tree tree;
  Role role = Role::root;
  std::string path;   // without links: a module is known by it
  std::string limit;  // the folder that what it reads stays in; empty where there are no folders
  std::vector<Import> imports;
  // Of a `--set`: what follows its `=`. Whether it is a text or an expression tells the parameter's
  // type, so what is wrong with its syntax is not reported yet.
  std::optional<std::string> plain;

  bool is_root() const { return role == Role::root; }
  // Whether anything can be made of it: where braces do not balance, what belongs to what is a
  // guess.
  bool is_usable() const { return !tree.is_unbalanced; }
  // Whether all of it reads as statements: else a name that is not declared may stand in one that
  // could not be read, and that was said.
  bool is_whole() const { return tree.errors.empty(); }
};

struct Modules {
  // Roots first, in the order in which they were named; then what they import; then settings.
  std::deque<Module> all;  // views of trees stay true while it grows
  bool readable = true;    // every file could be read
};

// Reads and parses every file, follows imports. What cannot be read or is no text is reported and
// left out; what is wrong with a text's syntax is reported, and its tree kept.
Modules load(Sources& sources, Files& files, const Inputs& inputs, Report& report);

// For `--dump=modules`: a line a file, and under it what it imports.
std::string dump(const Modules& modules, const Sources& sources);

}  // namespace bkfc::eval
