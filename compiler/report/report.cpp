#include "report/report.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

namespace bkfc {
namespace {

// What is about no text comes first: it is usually why the rest could not be read.
auto place(const Diagnostic& d) {
  const Span span = d.primary ? d.primary->span : Span{};
  return std::tuple(d.primary.has_value(), span.file, span.begin, d.severity, span.end);
}

bool say_the_same(const Diagnostic& a, const Diagnostic& b) {
  return a.id == b.id && a.primary.has_value() == b.primary.has_value() &&
         (!a.primary || a.primary->span == b.primary->span) &&
         (!a.subjects.empty() || a.sentence == b.sentence);
}

std::string fingerprint(const Diagnostic& d) {
  const Span span = d.primary ? d.primary->span : Span{};
  return fmt::format("{} {} {} {}", d.id, static_cast<std::uint32_t>(span.file), span.begin,
                     span.end);
}

// Keeps the first of each.
void drop_repeated(std::vector<std::string>& subjects) {
  std::set<std::string_view> seen;
  std::vector<std::string> kept;
  kept.reserve(subjects.size());  // so that views of them stay true
  for (std::string& subject : subjects) {
    if (seen.contains(subject)) continue;
    seen.insert(kept.emplace_back(std::move(subject)));
  }
  subjects = std::move(kept);
}

}  // namespace

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "info";
  }
  return "error";
}

// A turn of a loop that finds at a place what another turn found there adds only its name: one
// mistake is one message, however often it is met.
Report::Draft Report::add(Diagnostic diagnostic) {
  if (!context_.subject.empty()) diagnostic.subjects.push_back(context_.subject);
  if (context_.loop && diagnostic.primary && diagnostic.primary->span != *context_.loop)
    diagnostic.labels.push_back({*context_.loop, "in this loop"});
  if (!context_.loop) {
    diagnostics_.push_back(std::move(diagnostic));
    return Draft(diagnostics_.back());
  }
  const auto [said, is_new] = said_.try_emplace(fingerprint(diagnostic), diagnostics_.size());
  if (!is_new) {
    std::vector<std::string>& subjects = diagnostics_[said->second].subjects;
    subjects.insert(subjects.end(), diagnostic.subjects.begin(), diagnostic.subjects.end());
    repeated_ = std::move(diagnostic);
    return Draft(repeated_);
  }
  diagnostics_.push_back(std::move(diagnostic));
  return Draft(diagnostics_.back());
}

void Report::describe(RuleText text) {
  const bool is_known = std::any_of(described_.begin(), described_.end(),
                                    [&](const RuleText& known) { return known.id == text.id; });
  if (!is_known) described_.push_back(std::move(text));
}

std::size_t Report::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(diagnostics_.begin(), diagnostics_.end(),
                    [&](const Diagnostic& d) { return d.severity == severity; }));
}

std::vector<Diagnostic> Report::sorted() const {
  std::vector<Diagnostic> all = diagnostics_;
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return place(a) < place(b); });
  std::vector<Diagnostic> out;
  for (Diagnostic& next : all) {
    // What says the same stands among the last ones, which are of the same place.
    const auto other_place = std::find_if(
        out.rbegin(), out.rend(), [&](const Diagnostic& d) { return place(d) != place(next); });
    const auto same = std::find_if(out.rbegin(), other_place,
                                   [&](const Diagnostic& d) { return say_the_same(d, next); });
    if (same == other_place) {
      out.push_back(std::move(next));
    } else {
      std::move(next.subjects.begin(), next.subjects.end(), std::back_inserter(same->subjects));
    }
  }
  for (Diagnostic& diagnostic : out) drop_repeated(diagnostic.subjects);
  return out;
}

}  // namespace bkfc
