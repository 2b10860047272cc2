// One body, statement by statement, into its layers.
#pragma once

#include "eval/bodies.hpp"

namespace bkfc::eval {

// A block that is being read, in whichever layers something is said of it.
struct Cursor {
  Cursor* outer = nullptr;  // null: the root
  const schema::BlockType* type = nullptr;
  std::string label;
  bool label_known = true;
  Span head{};
  OriginId origin = OriginId::nowhere;
  std::string before;
  Span before_place{};
  std::vector<BlockValue*> at;  // by depth; null where nothing is said yet
};

class Walk {
 public:
  Walk(Bodies& bodies, std::size_t module, Layers& layers);

  void body(const syntax::ast::Body& body, Cursor& into);

  // What the cursor's block says in the layer of the `if`s that are open.
  BlockValue& here(Cursor& cursor) { return at(cursor, depth_); }
  Cursor opened(const syntax::ast::Block& block, const schema::BlockType& type, Cursor* outer);

 private:
  BlockValue& at(Cursor& cursor, std::size_t depth);
  BlockValue& find_or_add(BlockValue& parent, const Cursor& cursor);

  void items(const std::vector<syntax::ast::Item>& items, Cursor& into);
  void item(const syntax::ast::Item& item, Cursor& into);
  void attribute(const syntax::ast::Attribute& attribute, Cursor& into);
  void block(const syntax::ast::Block& block, Cursor& into);
  void map(const syntax::ast::Body& body, const schema::Attribute& row, Span name, Cursor& into);
  void map_item(const syntax::ast::Item& item, const schema::Attribute& row, Span name,
                Cursor& into);
  void map_entry(const syntax::ast::Attribute& entry, const schema::Attribute& row, Span name,
                 Cursor& into);
  void use(const syntax::ast::Use& use, Cursor& into);
  void unset(const syntax::ast::Unset& unset, Cursor& into);
  void patch(const syntax::ast::Patch& patch, Cursor& into);
  void patch_entry(const syntax::ast::PatchEntry& entry, Span named, PatchValue& into);
  // Reads a body one layer up; `read` reads it.
  template <class Read>
  void branch(const syntax::ast::If& chain, Cursor& into, const Read& read);

  void read_for_mistakes(const syntax::ast::If& chain, const Cursor& into);

  // `entry`: of a setting that is one entry of a map, where its key is.
  void add(BlockValue& into, Setting setting, std::optional<Span> entry = std::nullopt);
  void add_keys(Setting& before, const Setting& more, std::optional<Span> entry);
  Span span(const syntax::ast::View& view) const;
  Span span(syntax::Extent extent) const;

  Bodies* bodies_;
  Expressions* expressions_;
  std::size_t module_;
  FileId file_;
  Layers* layers_;
  std::size_t depth_ = 0;  // how many `if`s are open
};

}  // namespace bkfc::eval
