// `bkfc explain`: what an id or a name means.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"
#include "driver/topics.hpp"

namespace bkfc::driver {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

bool is_called(const Topic& topic, std::string_view word) {
  return lower_case(topic.name) == word || topic.other_name == word;
}

// `gc.tier` is the end of `fleet.gc.tier` from a `.` on.
bool ends_so(const Topic& topic, std::string_view word, char from) {
  const std::string_view name = topic.name;
  return name.size() > word.size() && name.ends_with(word) &&
         name[name.size() - word.size() - 1] == from;
}

// Two columns: names and their lines.
std::string listing(const std::vector<const Topic*>& topics) {
  constexpr std::size_t widest = 40;
  const auto full_name = [](const Topic& topic) {
    return topic.other_name.empty() ? topic.name
                                    : fmt::format("{} {}", topic.name, topic.other_name);
  };
  std::size_t width = 0;
  for (const Topic* topic : topics)
    width = std::max(width, std::min(widest, full_name(*topic).size()));
  std::string text;
  for (const Topic* topic : topics)
    text += fmt::format("  {:<{}}  {}\n", full_name(*topic), width, topic->summary);
  return text;
}

// What stands under a whole name, and what only ends so.
struct Found {
  std::vector<const Topic*> whole;
  std::vector<const Topic*> ends;
};

Found find(const std::vector<Family>& families, std::string_view word) {
  Found found;
  std::vector<const Topic*> modules;  // without their `std/`: meant if nothing else is
  for (const Family& family : families)
    for (const Topic& topic : family.topics) {
      if (is_called(topic, word)) found.whole.push_back(&topic);
      if (ends_so(topic, word, '.')) found.ends.push_back(&topic);
      if (ends_so(topic, word, '/')) modules.push_back(&topic);
    }
  if (found.whole.empty() && found.ends.empty()) found.ends = std::move(modules);
  return found;
}

std::string text_of_family(const Family& family) {
  std::vector<const Topic*> topics;
  for (const Topic& topic : family.topics) topics.push_back(&topic);
  return fmt::format("{}: {}\n\n{}", family.name, family.about, listing(topics));
}

// Empty if nothing is called so.
std::string explanation(const std::vector<Family>& families, std::string_view word) {
  std::string text;
  for (const Family& family : families)
    if (family.name == word) text = text_of_family(family);
  Found found = find(families, word);
  if (text.empty() && found.whole.empty() && found.ends.size() == 1)
    std::swap(found.whole, found.ends);
  for (const Topic* topic : found.whole) text += (text.empty() ? "" : "\n") + topic->text();
  if (found.ends.empty()) return text;
  text += text.empty() ? fmt::format("`{}` is the name of several; ask for one of them:\n\n", word)
                       : "\nCalled so, too:\n\n";
  return text + listing(found.ends);
}

std::string contents(const std::vector<Family>& families) {
  std::string text =
      "`bkfc explain NAME` says what something is. A name's end is enough where it is the only "
      "one.\n`bkfc explain FAMILY` lists the names of a family:\n\n";
  for (const Family& family : families)
    text += fmt::format("  {:<12}{}\n", family.name, family.about);
  return text;
}

// What the same thing is called elsewhere: `storageClassName`.
const Topic* known_elsewhere(const std::vector<Family>& families, std::string_view word) {
  for (const Family& family : families)
    for (const Topic& topic : family.topics)
      for (std::string_view also = topic.also; !also.empty();) {
        const std::size_t end = std::min(also.find(' '), also.size());
        if (lower_case(also.substr(0, end)) == word) return &topic;
        also.remove_prefix(std::min(end + 1, also.size()));
      }
  return nullptr;
}

// Each name, and each end of it that could have been meant.
std::vector<std::string_view> known_names(const std::vector<Family>& families) {
  std::vector<std::string_view> known;
  for (const Family& family : families) {
    known.push_back(family.name);
    for (const Topic& topic : family.topics) {
      if (!topic.other_name.empty()) known.push_back(topic.other_name);
      // An id that does not exist is near to many, and means none of them.
      if (family.name == "rules" || family.name == "messages") continue;
      const std::string_view name = topic.name;
      known.push_back(name);
      for (std::size_t i = 0; i < name.size(); ++i)
        if (name[i] == '.' || name[i] == '/') known.push_back(name.substr(i + 1));
    }
  }
  return known;
}

void complain_of_unknown(const std::vector<Family>& families, const std::string& word,
                         Report& report) {
  Report::Draft draft = report.add(unknown_topic, word);
  const std::vector<std::string_view> known = known_names(families);
  if (const Topic* topic = known_elsewhere(families, lower_case(word)))
    draft.note(fmt::format("here it is `{}`", topic->name));
  else if (const auto near = nearest(word, known))
    draft.note(fmt::format("did you mean `{}`?", *near));
  draft.note("`bkfc explain` alone says what there is");
}

}  // namespace

Exit explain(const Options& options, World& world) {
  const std::vector<Family> families = topic_families();
  if (options.words.empty()) return print_result(contents(families), world);
  Session session;
  std::string text;
  for (const std::string& word : options.words) {
    const std::string found = explanation(families, lower_case(word));
    if (found.empty()) complain_of_unknown(families, word, session.report);
    text += (text.empty() ? "" : "\n") + found;
  }
  if (session.report.has_errors()) {
    tell(session, options, world);
    return Exit::usage;
  }
  return print_result(text, world);
}

}  // namespace bkfc::driver
