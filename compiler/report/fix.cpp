#include "report/fix.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace bkfc {
namespace {

auto order(const Edit& edit) { return std::tuple(edit.span.begin, edit.span.end); }

bool is_same(const Edit& a, const Edit& b) { return a.span == b.span && a.text == b.text; }

// Two insertions at one place, or one at the beginning of what another replaces, have no order
// that is certain, so they count as touching.
bool touch(const Edit& a, const Edit& b) {
  if (a.span.file != b.span.file) return false;
  if (a.span.begin == b.span.begin) return true;
  return a.span.begin < b.span.end && b.span.begin < a.span.end;
}

class Chosen {
 public:
  // Takes all edits of a fix or none.
  bool take(const Fix& fix) {
    for (const Edit& edit : fix.edits)
      for (const Edit& other : edits_[edit.span.file])
        if (touch(edit, other) && !is_same(edit, other)) return false;
    for (const Edit& edit : fix.edits) add(edit);
    return true;
  }

  // The edits of each file, sorted and apart from each other.
  std::map<FileId, std::vector<Edit>> sorted() && {
    for (auto& [file, edits] : edits_)
      std::sort(edits.begin(), edits.end(),
                [](const Edit& a, const Edit& b) { return order(a) < order(b); });
    return std::move(edits_);
  }

 private:
  void add(const Edit& edit) {
    std::vector<Edit>& edits = edits_[edit.span.file];
    const bool is_there = std::any_of(edits.begin(), edits.end(),
                                      [&](const Edit& other) { return is_same(edit, other); });
    if (!is_there) edits.push_back(edit);
  }

  std::map<FileId, std::vector<Edit>> edits_;
};

std::string edited(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    out += text.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  out += text.substr(at);
  return out;
}

}  // namespace

FixRound apply_fixes(const std::vector<Diagnostic>& sorted, const Sources& sources) {
  FixRound round;
  Chosen chosen;
  for (const Diagnostic& diagnostic : sorted) {
    const auto fix = std::find_if(diagnostic.fixes.begin(), diagnostic.fixes.end(),
                                  [](const Fix& f) { return f.certain && !f.edits.empty(); });
    if (fix == diagnostic.fixes.end()) continue;
    ++(chosen.take(*fix) ? round.applied : round.left);
  }
  for (const auto& [file, edits] : std::move(chosen).sorted()) {
    if (edits.empty()) continue;
    std::string text = edited(sources.text(file), edits);
    if (text != sources.text(file)) round.texts.push_back({file, std::move(text)});
  }
  return round;
}

}  // namespace bkfc
