#include "rules/check.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/edits.hpp"
#include "rules/findings.hpp"
#include "rules/messages.hpp"

namespace bkfc::rules {
namespace {

// An `allow` statement, and whether a finding needed it.
struct Permission {
  const schema::Allow* allow = nullptr;
  bool expired = false;
  bool needed = false;
};

// A place of a root block, and the blocks that it stands in, outermost first.
struct Place {
  Span span;
  std::vector<const schema::Head*> blocks;
};

bool contains(Span outer, Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// Every place of a block and of those in it: its head, and the values of its attributes.
class Atlas {
 public:
  explicit Atlas(const Origins& origins) : origins_(&origins) {}

  void add(const schema::BlockType& type, const void* block) {
    // Rows reach heads through mutable blocks; this one is only read.
    const schema::Head* head = type.head(const_cast<void*>(block));
    const bool is_said = head->written;
    if (is_said) {
      chain_.push_back(head);
      note(head->origin);
      for (const schema::Attribute& row : type.attributes) {
        const schema::StoredField field = row.load(block);
        if (field.state == schema::State::written) note(field.origin);
      }
    }
    for (const schema::Child& child : type.children)
      for (std::size_t i = 0; i < child.count(block); ++i) add(*child.type, child.at(block, i));
    if (is_said) chain_.pop_back();
  }

  // To be called once all are added.
  void close() {
    std::stable_sort(places_.begin(), places_.end(),
                     [](const Place& a, const Place& b) { return begin(a) < begin(b); });
  }

  // The blocks around a place: of the known one that holds it and begins last. Heads do not hold
  // their bodies, so few begin before it and end behind it.
  const std::vector<const schema::Head*>* around(Span span) const {
    auto next = std::upper_bound(
        places_.begin(), places_.end(), std::pair(span.file, span.begin),
        [](const auto& wanted, const Place& place) { return wanted < begin(place); });
    for (int steps = 0; next != places_.begin() && steps < most_steps; ++steps)
      if (--next; contains(next->span, span)) return &next->blocks;
    return nullptr;
  }

 private:
  void note(OriginId id) {
    const Origin& origin = origins_->at(id);
    if (origin.kind != Origin::Kind::nowhere) places_.push_back({origin.span, chain_});
  }

  static constexpr int most_steps = 64;
  static std::pair<FileId, std::uint32_t> begin(const Place& place) {
    return {place.span.file, place.span.begin};
  }

  const Origins* origins_;
  std::vector<const schema::Head*> chain_;
  std::vector<Place> places_;
};

// `2027-06` or `2027-06-30`.
bool is_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : text.substr(at, size)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  if (text.size() != 7 && text.size() != 10) return false;
  if (text[4] != '-' || number(0, 4) < 1) return false;
  if (number(5, 2) < 1 || number(5, 2) > 12) return false;
  return text.size() == 7 || (text[7] == '-' && number(8, 2) >= 1 && number(8, 2) <= 31);
}

// Dates are texts that sort as they follow each other; a month lasts until its last day.
bool has_ended(std::string_view until, std::string_view today) {
  return today.substr(0, until.size()) > until;
}

class Checker {
 public:
  Checker(const Subject& subject, Report& report)
      : subject_(subject),
        context_{subject.program, subject.fleets, subject.sources, subject.origins,
                 subject.carried},
        report_(report),
        had_errors_(report.has_errors()),
        atlas_(subject.origins) {}

  void check() {
    for (const ir::Fleet& fleet : subject_.program.fleets)
      atlas_.add(schema::fleet_type, &fleet.is);
    for (const schema::Cluster& cluster : subject_.program.clusters)
      atlas_.add(schema::cluster_type, &cluster);
    for (const ir::Authority& authority : subject_.program.authorities)
      atlas_.add(schema::authority_type, &authority.is);
    for (const ir::Builder& builder : subject_.program.builders)
      atlas_.add(schema::builder_type, &builder.is);
    atlas_.close();
    check_policies();
    collect_permissions();
    std::vector<Finding> findings = find_all();
    findings.insert(findings.end(), subject_.held.findings.begin(), subject_.held.findings.end());
    std::erase_if(findings, [&](const Finding& finding) { return is_allowed(finding); });
    say(std::move(findings));
    say_needless();
  }

 private:
  std::vector<Finding> find_all() {
    Findings findings(context_);
    for (const Rule* rule : all()) {
      if (rule->program != nullptr) {
        findings.begin(*rule, nullptr);
        rule->program(context_, findings);
      }
      if (rule->fleet == nullptr) continue;
      for (const model::Fleet& fleet : subject_.fleets) {
        findings.begin(*rule, &fleet);
        rule->fleet(context_, fleet, findings);
      }
    }
    return std::move(findings).take();
  }

  // An `allow` names one thing.
  void check_policies() {
    for (const ir::Policy& policy : subject_.held.policies)
      if (find_rule(policy.name) != nullptr)
        report_.add(message::policy_as_rule, policy.place, policy.name)
            .note(fmt::format("`bkfc explain {}` shows the rule", policy.name));
  }

  static const Rule* find_rule(std::string_view name) {
    const Rule* rule = find(name);
    return rule != nullptr && rule->name == name ? rule : nullptr;
  }

  const ir::Policy* find_policy(std::string_view name) const {
    const std::vector<ir::Policy>& all = subject_.held.policies;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const ir::Policy& policy) { return policy.name == name; });
    return found == all.end() ? nullptr : &*found;
  }

  void collect_permissions() {
    for (const schema::Allow& allow : subject_.program.allows) collect(allow);
    for (const ir::Fleet& fleet : subject_.program.fleets) collect(schema::fleet_type, &fleet.is);
    for (const schema::Cluster& cluster : subject_.program.clusters)
      collect(schema::cluster_type, &cluster);
    for (const ir::Authority& authority : subject_.program.authorities)
      collect(schema::authority_type, &authority.is);
    for (const ir::Builder& builder : subject_.program.builders)
      collect(schema::builder_type, &builder.is);
  }

  void collect(const schema::BlockType& type, const void* block) {
    for (const schema::Allow& allow : type.head(const_cast<void*>(block))->allows) collect(allow);
    for (const schema::Child& child : type.children)
      for (std::size_t i = 0; i < child.count(block); ++i) collect(*child.type, child.at(block, i));
  }

  void collect(const schema::Allow& allow) {
    const Span span = subject_.origins.at(allow.origin).span;
    const ir::Policy* policy = find_policy(allow.rule);
    if (find_rule(allow.rule) == nullptr && policy == nullptr) {
      say_unknown(allow, span);
      return;
    }
    Permission permission{&allow};
    // While a policy is not held, nobody knows what it would have found.
    permission.needed = policy != nullptr && !policy->held;
    if (!allow.until.empty() && !is_date(allow.until)) {
      report_.add(message::no_date, span, allow.until).note("write `until \"2027-06\"`");
      permission.needed = true;  // one mistake, one message
    } else if (!allow.until.empty() && subject_.today.empty()) {
      report_.add(message::unjudged_allow, span, allow.rule, allow.until);
    } else if (!allow.until.empty() && has_ended(allow.until, subject_.today)) {
      report_.add(message::expired_allow, span, allow.rule, allow.until);
      permission.expired = true;
    }
    by_allow_[&allow] = permissions_.size();
    permissions_.push_back(permission);
  }

  void say_unknown(const schema::Allow& allow, Span span) {
    std::vector<std::string_view> names;
    for (const Rule* rule : all()) names.push_back(rule->name);
    for (const ir::Policy& policy : subject_.held.policies) names.push_back(policy.name);
    auto draft = report_.add(message::unknown_rule, span, allow.rule);
    const Rule* meant = find(allow.rule);
    const auto near = meant != nullptr ? meant->name : nearest(allow.rule, names);
    if (near)
      draft.here(fmt::format("did you mean `{}`?", *near))
          .fix(fmt::format("write `{}`", *near), {{span, std::string(*near)}});
    else
      draft.note("`bkfc explain` lists the rules");
  }

  bool may_silence(const schema::Allow& allow, const Finding& finding) {
    if (allow.rule != finding.diagnostic.name) return false;
    const auto found = by_allow_.find(&allow);
    if (found == by_allow_.end() || permissions_[found->second].expired) return false;
    return permissions_[found->second].needed = true;
  }

  bool may_silence(const schema::Head& head, const Finding& finding) {
    bool silenced = false;
    for (const schema::Allow& allow : head.allows) silenced |= may_silence(allow, finding);
    return silenced;
  }

  // Every `allow` that holds is needed, the outer ones of two as well.
  bool is_allowed(const Finding& finding) {
    bool silenced = false;
    for (const schema::Allow& allow : subject_.program.allows)
      silenced |= may_silence(allow, finding);
    for (const ir::Fleet* fleet : finding.fleets) silenced |= may_silence(fleet->is.head, finding);
    std::vector<Span> spans = {finding.diagnostic.primary->span};
    for (const Label& label : finding.diagnostic.labels) spans.push_back(label.span);
    for (const Span span : spans)
      if (const auto* blocks = atlas_.around(span))
        for (const schema::Head* head : *blocks) silenced |= may_silence(*head, finding);
    return silenced;
  }

  // One thing said of several fleets at one place is said once, with the fleets.
  void say(std::vector<Finding> findings) {
    using Key = std::tuple<std::string, FileId, std::uint32_t, std::uint32_t, std::string>;
    std::map<Key, std::size_t> places;
    std::vector<Finding> merged;
    for (Finding& next : findings) {
      const Span span = next.diagnostic.primary->span;
      const auto [place, is_new] = places.try_emplace(
          Key{next.diagnostic.id, span.file, span.begin, span.end, next.diagnostic.sentence},
          merged.size());
      if (is_new) {
        merged.push_back(std::move(next));
        continue;
      }
      std::vector<const ir::Fleet*>& fleets = merged[place->second].fleets;
      fleets.insert(fleets.end(), next.fleets.begin(), next.fleets.end());
    }
    for (Finding& finding : merged) {
      if (finding.fleets.size() > 1)
        for (const ir::Fleet* fleet : finding.fleets)
          finding.diagnostic.subjects.push_back(fleet->identity.name);
      report_.add(std::move(finding.diagnostic));
    }
  }

  // While a fleet could not be modelled, nobody knows what would have been found in it.
  void say_needless() {
    if (had_errors_ || subject_.fleets.size() != subject_.program.fleets.size()) return;
    for (const Permission& permission : permissions_) {
      if (permission.needed || permission.expired) continue;
      const Span name = subject_.origins.at(permission.allow->origin).span;
      const Span statement = statement_of(name);
      auto draft = report_.add(message::needless_allow, name, permission.allow->rule);
      draft.fix("delete this `allow`", delete_line(subject_.sources, statement));
    }
  }

  // From the word `allow` before a rule's name to the end of its line.
  Span statement_of(Span name) const {
    const std::string_view text = subject_.sources.text(name.file);
    const std::size_t word = text.rfind("allow", name.begin);
    const std::size_t end = std::min(text.find('\n', name.end), text.size());
    return {name.file, static_cast<std::uint32_t>(word == text.npos ? name.begin : word),
            static_cast<std::uint32_t>(end)};
  }

  const Subject& subject_;
  Context context_;
  Report& report_;
  bool had_errors_;
  Atlas atlas_;
  std::vector<Permission> permissions_;
  std::map<const schema::Allow*, std::size_t> by_allow_;  // only looked up, never walked
};

}  // namespace

void check(const Subject& subject, Report& report) { Checker(subject, report).check(); }

namespace message {

std::span<const MessageRow> rows() {
  static const MessageRow all[] = {unknown_rule.row(),  needless_allow.row(),
                                   expired_allow.row(), unjudged_allow.row(),
                                   no_date.row(),       policy_as_rule.row()};
  return all;
}

}  // namespace message
}  // namespace bkfc::rules
