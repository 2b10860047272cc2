#include "rules/findings.hpp"

#include "base/assert.hpp"

namespace bkfc::rules {
namespace {

// A head with the body that follows it: a map's entries stand there, and have no place of their
// own.
Span with_body(const Sources& sources, Span span) {
  const std::string_view text = sources.text(span.file);
  const std::size_t brace = text.find_first_not_of(" \t", span.end);
  if (brace == text.npos || text[brace] != '{') return span;
  const std::size_t end = text.find('}', brace);
  return {span.file, span.begin, static_cast<std::uint32_t>(end == text.npos ? text.size() : end)};
}

}  // namespace

Draft& Draft::here(std::string text) {
  finding_->diagnostic.primary->text = std::move(text);
  return *this;
}

Draft& Draft::label(OriginId origin, std::string text) {
  const Origin& from = context_->origins.at(origin);
  if (from.kind != Origin::Kind::nowhere)
    finding_->diagnostic.labels.push_back({from.span, std::move(text)});
  return *this;
}

Draft& Draft::note(std::string text) {
  finding_->diagnostic.notes.push_back(std::move(text));
  return *this;
}

Draft& Draft::fix(std::string title, std::vector<Edit> edits) {
  if (!edits.empty())
    finding_->diagnostic.fixes.push_back({std::move(title), std::move(edits), true});
  return *this;
}

Draft& Draft::suggest(std::string title, std::vector<Edit> edits) {
  if (!edits.empty())
    finding_->diagnostic.fixes.push_back({std::move(title), std::move(edits), false});
  return *this;
}

Draft& Draft::only(Severity severity) {
  finding_->diagnostic.severity = severity;
  return *this;
}

Draft& Draft::around(std::string_view text) {
  if (!finding_->diagnostic.primary || text.empty()) return *this;
  Span& span = finding_->diagnostic.primary->span;
  const Span whole = with_body(context_->sources, span);
  const std::size_t at = context_->sources.text(whole).find(text);
  if (at == std::string_view::npos) return *this;
  span.begin = whole.begin + static_cast<std::uint32_t>(at);
  span.end = span.begin + static_cast<std::uint32_t>(text.size());
  narrowed_ = true;
  return *this;
}

Draft& Draft::fix_around(std::string title, std::string text) {
  if (narrowed_) fix(std::move(title), {{finding_->diagnostic.primary->span, std::move(text)}});
  return *this;
}

Draft& Draft::about(const model::Fleet& fleet) {
  finding_->fleets.push_back(fleet.source);
  return *this;
}

Draft Findings::add(OriginId origin, std::string sentence) {
  BKFC_ASSERT(rule_ != nullptr, "a finding is of a rule");
  Finding& finding = findings_.emplace_back();
  if (fleet_ != nullptr) finding.fleets.push_back(fleet_->source);
  finding.diagnostic.id = rule_->id;
  finding.diagnostic.name = rule_->name;
  finding.diagnostic.severity = rule_->severity;
  finding.diagnostic.sentence = std::move(sentence);
  finding.diagnostic.primary = Label{context_->origins.at(origin).span, {}};
  return Draft(finding, *context_);
}

}  // namespace bkfc::rules
