// Prints random documents for judges in other languages: a JSON array of objects with the data,
// and the same data as YAML (two documents) and TOML.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "emit/print.hpp"
#include "support/documents.hpp"

namespace {

using bkfc::emit::Node;

nlohmann::ordered_json json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::integer: return node.integer;
    case Node::Kind::boolean: return node.boolean;
    case Node::Kind::null: return nullptr;
    case Node::Kind::text:
    case Node::Kind::other: return node.text;
    case Node::Kind::list: {
      auto out = nlohmann::ordered_json::array();
      for (const Node& item : node.items) out.push_back(json(item));
      return out;
    }
    case Node::Kind::map: break;
  }
  auto out = nlohmann::ordered_json::object();
  for (const bkfc::emit::Entry& entry : node.entries) out[entry.key] = json(entry.value);
  return out;
}

}  // namespace

int main() {
  auto samples = nlohmann::ordered_json::array();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Node document = bkfc::tests::random_document(seed);
    samples.push_back({{"data", json(document)},
                       {"yaml", bkfc::emit::print(bkfc::emit::Yaml{{document, document}})},
                       {"toml", bkfc::emit::print(bkfc::emit::Toml{document})}});
  }
  std::puts(samples.dump(1).c_str());
}
