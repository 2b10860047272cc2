// Bodies to values: every attribute evaluated, every block merged with those of its label.
#pragma once

#include <string>
#include <vector>

#include "eval/expressions.hpp"
#include "schema/row.hpp"

namespace bkfc::eval {

// One attribute of a block, as it came out of the merge.
struct Setting {
  const schema::Attribute* row = nullptr;
  Value value;
  Span name;
  bool appends = false;  // to the table's default
};

struct PatchValue {
  struct Entry {
    syntax::ast::PatchEntry::Kind kind{};
    std::vector<syntax::ast::Segment> target;
    Span target_span;
    Span statement;
    Value value;
  };
  std::string kind;  // of an object, or a file's name
  bool file = false;
  std::string name;
  Span head;
  std::vector<Entry> entries;
};

struct BlockValue {
  const schema::BlockType* type = nullptr;
  std::string label;
  bool label_known = true;
  Span head;  // from the name to the label, where it was written first
  OriginId origin = OriginId::nowhere;
  std::vector<Setting> settings;
  std::vector<BlockValue> blocks;  // in the order of first mention
  std::vector<schema::Allow> allows;
  std::vector<PatchValue> patches;
  std::vector<std::string> documentation;
  bool broken = false;  // something of it was reported, so what is missing may have been meant
};

struct Values {
  std::vector<BlockValue> roots;      // clusters and fleets, in the order of the program
  std::vector<schema::Allow> allows;  // of the program
};

Values evaluate(const Modules& modules, const Names& names, Origins& origins, Report& report);

// For `--dump=values`: the merged blocks, with every value in the language's spelling.
std::string dump(const Values& values);

}  // namespace bkfc::eval
