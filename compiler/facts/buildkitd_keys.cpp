#include "facts/buildkitd_keys.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace bkfc::facts {
namespace {

// The first name of a path pattern, taken off it, with what stands behind it.
struct Step {
  std::string_view name;
  bool is_array = false;
};

Step take_step(std::string_view& pattern) {
  Step step;
  std::size_t end = 0;
  if (pattern.starts_with('"')) {
    end = pattern.find('"', 1) + 1;
    step.name = pattern.substr(1, end - 2);
  } else {
    end = std::min(pattern.find_first_of(".["), pattern.size());
    step.name = pattern.substr(0, end);
  }
  pattern.remove_prefix(end);
  if (pattern.starts_with("[]")) {
    step.is_array = true;
    pattern.remove_prefix(2);
  }
  if (pattern.starts_with('.')) pattern.remove_prefix(1);
  return step;
}

// How a path fares against one key's pattern.
struct Match {
  std::size_t steps = 0;  // how many names of the path, from the front, fit
  bool whole_path = false;
  bool whole_pattern = false;
  bool ends_in_array = false;  // the last name that fits is an array of tables
  std::string_view next{};     // the pattern's name behind those
};

Match match(std::string_view pattern, std::span<const std::string_view> path) {
  Match out;
  while (!pattern.empty()) {
    std::string_view rest = pattern;
    const Step step = take_step(rest);
    if (step.name == "**") {
      if (out.steps == path.size()) return {out.steps, true, false, false, {}};
      return {path.size(), true, true, false, {}};
    }
    if (out.steps == path.size() || (step.name != "*" && step.name != path[out.steps])) {
      out.whole_path = out.steps == path.size();
      if (step.name != "*") out.next = step.name;
      return out;
    }
    ++out.steps;
    out.ends_in_array = step.is_array;
    pattern = rest;
  }
  out.whole_pattern = true;
  out.whole_path = out.steps == path.size();
  return out;
}

}  // namespace

std::string_view to_text(KeyType type) {
  switch (type) {
    case KeyType::boolean: return "true or false";
    case KeyType::integer: return "an integer";
    case KeyType::text: return "a text";
    case KeyType::text_list: return "a list of texts";
    case KeyType::size: return "bytes";
    case KeyType::duration: return "a duration";
    case KeyType::any: return "anything";
  }
  return {};
}

KeyAnswer find_buildkitd_key(std::span<const std::string_view> path) {
  KeyAnswer answer;
  for (const BuildkitdKey& key : buildkitd_keys()) {
    const Match fit = match(key.path, path);
    // A key by its name wins over one by `*`, which stands behind it.
    if (fit.whole_path && fit.whole_pattern) {
      return {.kind = KeyAnswer::Kind::key, .key = &key, .known = path.size()};
    }
    if (fit.whole_path && answer.kind == KeyAnswer::Kind::unknown) {
      answer.kind = fit.ends_in_array ? KeyAnswer::Kind::table_array : KeyAnswer::Kind::table;
    }
    if (fit.steps > answer.known) {
      answer.known = fit.steps;
      answer.names.clear();
    }
    const bool is_new =
        std::find(answer.names.begin(), answer.names.end(), fit.next) == answer.names.end();
    if (fit.steps == answer.known && !fit.next.empty() && is_new) answer.names.push_back(fit.next);
  }
  if (answer.kind != KeyAnswer::Kind::unknown) answer.names.clear();
  if (answer.known < path.size()) answer.nearest = nearest(path[answer.known], answer.names);
  return answer;
}

}  // namespace bkfc::facts
