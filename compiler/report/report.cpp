#include "report/report.hpp"

#include <algorithm>
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

}  // namespace

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "info";
  }
  return "error";
}

Report::Draft Report::add(Diagnostic diagnostic) {
  diagnostics_.push_back(std::move(diagnostic));
  return Draft(diagnostics_.back());
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
    const auto same = std::find_if(out.rbegin(), out.rend(),
                                   [&](const Diagnostic& d) { return say_the_same(d, next); });
    if (same == out.rend() || place(*same) != place(next)) {
      out.push_back(std::move(next));
      continue;
    }
    for (std::string& subject : next.subjects)
      if (std::find(same->subjects.begin(), same->subjects.end(), subject) == same->subjects.end())
        same->subjects.push_back(std::move(subject));
  }
  return out;
}

}  // namespace bkfc
