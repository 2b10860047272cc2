#include "emit/checksum.hpp"

#include "base/sha256.hpp"
#include "emit/toml.hpp"

namespace bkfc::emit {
namespace {

void drop_comments(Node& node) {
  node.comment.clear();
  for (Node& item : node.items) drop_comments(item);
  for (Entry& entry : node.entries) {
    entry.comment.clear();
    drop_comments(entry.value);
  }
}

}  // namespace

std::string checksum(const Toml& toml) {
  Toml data = toml;
  drop_comments(data.table);
  return sha256(print(data));
}

}  // namespace bkfc::emit
