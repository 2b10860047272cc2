// Fleets and clusters as the values that a policy reads.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "eval/value.hpp"
#include "ir/program.hpp"

namespace bkfc::policies {

class Subjects {
 public:
  eval::Value fleet(const ir::Fleet& fleet);
  // What it does not say is unknown, and names the fact to add.
  eval::Value cluster(const schema::Cluster& cluster);
  // Of which nothing is said at all.
  eval::Value undeclared_cluster();
  // Anything that a fleet or a cluster may be: what is wrong with a policy is wrong without any.
  eval::Value shape(const schema::BlockType& type);

  // How a fact is said: `kubernetes = "1.31"`; empty for what is none.
  std::string_view way_to_say(const std::string& fact) const;

 private:
  // Where values are read from.
  struct Place {
    const void* block = nullptr;  // null: nothing is said of it
    std::string path;             // of a cluster: what its facts begin with; else empty
    bool outermost = false;
    std::int64_t volume = -1;  // the bytes of a fleet's cache; negative: not known
  };

  eval::Value block(const schema::BlockType& type, const Place& place);
  eval::Value field(const schema::Attribute& row, const schema::StoredField& field,
                    const Place& place);
  // `outer`: where the block that they would stand in was born.
  eval::Value blocks(const schema::Child& child, const Place& place, OriginId outer);
  eval::Value absent(const schema::Attribute& row, const Place& place);
  eval::Value fact(std::string path, std::string way_to_say, std::span<const schema::Choice> words);
  SharedVector<std::string> keys(const schema::BlockType& type);

  std::map<const schema::BlockType*, SharedVector<std::string>> keys_;
  std::map<std::string, std::string> ways_;
};

}  // namespace bkfc::policies
