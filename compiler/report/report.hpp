// Collects what is to be said; afterwards it is sorted, grouped, and said once a place.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "report/message.hpp"

namespace bkfc {

class Report {
 public:
  // Adds to the diagnostic just made. Valid until the next one is added.
  class Draft {
   public:
    explicit Draft(Diagnostic& diagnostic) : diagnostic_(&diagnostic) {}
    Draft& here(std::string text) {
      diagnostic_->primary->text = std::move(text);
      return *this;
    }
    Draft& label(Span span, std::string text) {
      diagnostic_->labels.push_back({span, std::move(text)});
      return *this;
    }
    Draft& note(std::string text) {
      diagnostic_->notes.push_back(std::move(text));
      return *this;
    }
    Draft& fix(std::string title, std::vector<Edit> edits) {
      diagnostic_->fixes.push_back({std::move(title), std::move(edits), true});
      return *this;
    }
    Draft& suggestion(std::string title, std::vector<Edit> edits) {
      diagnostic_->fixes.push_back({std::move(title), std::move(edits), false});
      return *this;
    }

   private:
    Diagnostic* diagnostic_;
  };

  template <class... Args>
  Draft add(const Message<Args...>& message, Span span, const std::type_identity_t<Args>&... args) {
    const MessageRow row = message.row();
    return add(Diagnostic{.id = std::string(row.id),
                          .severity = row.severity,
                          .sentence = fmt::vformat(message.text, fmt::make_format_args(args...)),
                          .primary = Label{span, {}}});
  }

  // About the world or the command line: no place in a text.
  template <class... Args>
  Draft add(const Message<Args...>& message, const std::type_identity_t<Args>&... args) {
    const MessageRow row = message.row();
    return add(Diagnostic{.id = std::string(row.id),
                          .severity = row.severity,
                          .sentence = fmt::vformat(message.text, fmt::make_format_args(args...))});
  }

  Draft add(Diagnostic diagnostic);

  // What is being compiled, so that whatever is found names it.
  struct Context {
    std::string subject;       // the fleet
    std::optional<Span> loop;  // the head of the `for` that it is a turn of
  };
  const Context& context() const { return context_; }
  // Gives what was before.
  Context speak_of(Context context) { return std::exchange(context_, std::move(context)); }

  // What the program itself says of an id of its own; once is enough.
  void describe(RuleText text);
  const std::vector<RuleText>& described() const { return described_; }

  const std::vector<Diagnostic>& all() const { return diagnostics_; }
  std::size_t count(Severity severity) const;
  bool has_errors() const { return count(Severity::error) > 0; }

  // In the order in which they are shown: by file and place, errors first at one place, and each
  // (id, place) once, with the subjects of those that were joined.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> diagnostics_;
  std::vector<RuleText> described_;
  std::unordered_map<std::string, std::size_t> said_;  // in loops: id and place, to its position
  Diagnostic repeated_;                                // what was said before: nobody reads it
  Context context_;
};

}  // namespace bkfc
