// Programs to values: every attribute evaluated, every block merged from all that speaks of it.
#pragma once

#include <string>
#include <vector>

#include "eval/expressions.hpp"
#include "schema/row.hpp"

namespace bkfc::eval {

// One attribute of a block.
struct Setting {
  const schema::Attribute* row = nullptr;
  Value value;
  Span name{};
  bool appends = false;  // to what is weaker; in the end, to the table's default
};

// `unset tier "x"`, `unset tier`: of the layer that it stands in, taken from what is weaker.
struct Removal {
  const schema::BlockType* type = nullptr;  // of the blocks; null: `row` goes back to its default
  const schema::Attribute* row = nullptr;
  std::string label;
  bool all = false;  // all blocks of the type
  Span statement{};
};

struct PatchValue {
  struct Entry {
    syntax::ast::PatchEntry::Kind kind{};
    std::vector<syntax::ast::Segment> target;
    Span target_span{};
    Span statement{};
    Span patch{};  // the kind or the file that its own `patch` names
    Value value;
    OriginId origin = OriginId::nowhere;
  };
  std::string kind;  // of an object, or a file's name
  bool file = false;
  std::string name;
  Span head{};
  OriginId origin = OriginId::nowhere;
  std::vector<Entry> entries;
};

// `spec.template.containers["buildkitd"]`, as it is written.
std::string path_of(const std::vector<syntax::ast::Segment>& target);

// What is said of one block: in one layer while bodies are evaluated, in all of them once merged.
struct BlockValue {
  const schema::BlockType* type = nullptr;
  std::string label;
  bool label_known = true;
  Span head{};  // from the name to the label, where it was written first
  OriginId origin = OriginId::nowhere;
  std::string before;  // the label of the block that it moves in front of
  Span before_place{};
  std::vector<Setting> settings;
  std::vector<BlockValue> blocks;  // in the order of first mention
  std::vector<schema::Allow> allows;
  std::vector<PatchValue> patches;
  std::vector<Removal> removals;  // empty once merged
  std::vector<std::string> documentation;
  bool broken = false;  // something of it was reported, so what is missing may have been meant

  const Setting* find(const schema::Attribute& row) const;
};

struct Values {
  std::vector<BlockValue> roots;  // all that stands at the top, in the order of the program
  // Profiles of the root files that nothing uses, with parameters unknown but for their defaults:
  // what is wrong with them is wrong whoever will use them.
  std::vector<BlockValue> unused;
  std::vector<schema::Allow> allows;  // of the program
};

Values evaluate(const Modules& modules, const Names& names, const Given& given,
                const Sources& sources, Origins& origins, Report& report);

// For `--dump=values`: the merged blocks, with every value in the language's spelling.
std::string dump(const Values& values);

}  // namespace bkfc::eval
