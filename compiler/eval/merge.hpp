// Layers to blocks: who wins.
#pragma once

#include <map>
#include <unordered_set>

#include "eval/bodies.hpp"

namespace bkfc::eval {

class Merger {
 public:
  Merger(Origins& origins, Report& report) : origins_(&origins), report_(&report) {}

  // A block from what its body and the profiles that it uses say of it, weakest first.
  BlockValue merge(const Layers& layers);

  // Reports every `unset` that found nothing in any fleet that reads it.
  void say_idle(const Sources& sources);

 private:
  struct Visit {
    OriginId through = OriginId::nowhere;  // what everything of it comes through
    std::map<OriginId, OriginId> moved;    // origins of its own, as seen through that
  };

  void add(const Layers& layers, OriginId through, BlockValue& into);
  void apply(const BlockValue& layer, Visit& visit, BlockValue& into);
  void remove(const Removal& removal, BlockValue& from);
  void change_kind(const BlockValue& layer, BlockValue& into);
  void apply(const Setting& setting, Visit& visit, BlockValue& into);
  void add_keys(const Setting& setting, Visit& visit, Setting& into);
  void apply(const PatchValue& patch, Visit& visit, BlockValue& into);
  void finish(BlockValue& block);
  void hold_to_kind(BlockValue& block);
  void order(BlockValue& block, const schema::BlockType& type);

  OriginId moved(OriginId origin, Visit& visit);
  Value moved(Value value, Visit& visit);

  Origins* origins_;
  Report* report_;
  std::unordered_set<const Instance*> seen_;  // in the block that is being merged
  struct Effect {
    Span statement;
    bool any = false;
  };
  std::map<std::tuple<FileId, std::uint32_t>, Effect> effects_;  // of each `unset`
};

}  // namespace bkfc::eval
