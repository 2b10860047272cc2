// What has a name and can be explained, family by family.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bkfc::driver {

struct Topic {
  std::string name;     // in full: `GC004`, `fleet.gc.tier.all`, `std/gc.balanced`
  std::string summary;  // one line
  std::function<std::string()> text;
  std::string other_name = {};  // of a rule, which has an id and a name
  std::string_view also = {};   // words for the same thing elsewhere, apart by blanks
};

struct Family {
  std::string_view name;   // `rules`
  std::string_view about;  // one line
  std::vector<Topic> topics;
};

std::vector<Family> topic_families();

// The first sentence of a text, on one line.
std::string first_sentence(std::string_view text);

}  // namespace bkfc::driver
