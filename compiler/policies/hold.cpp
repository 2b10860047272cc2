#include "policies/hold.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "eval/bodies.hpp"
#include "eval/messages.hpp"
#include "policies/messages.hpp"
#include "policies/subject.hpp"
#include "schema/schema.hpp"

namespace bkfc::policies {
namespace {

namespace ast = syntax::ast;
using eval::Declaration;
using eval::DeclarationId;
using eval::Value;

// A policy as it is written.
struct Written {
  std::size_t module = 0;
  ast::Policy policy;
  Severity severity = Severity::error;
  bool is_sound = true;  // nothing is wrong with it whatever a fleet is
};

// `severity = warning`; anything else than the two words is reported by its shape.
Severity severity_of(const ast::Policy& policy) {
  for (const ast::Item& item : policy.body().items())
    if (const ast::Attribute attribute = item.as<ast::Attribute>())
      if (attribute.key() && attribute.key().plain() == "severity" &&
          attribute.value().text() == "warning")
        return Severity::warning;
  return Severity::error;
}

class Holder {
 public:
  Holder(const Program& program, Origins& origins, Report& report)
      : program_(program),
        origins_(&origins),
        report_(&report),
        bodies_(program.modules, program.names, {.parameters_required = false}, origins, report) {}

  ir::Held hold() {
    collect();
    if (written_.empty()) return {};
    settle_modules();
    bodies_.expressions().note(&reads_);
    try_each();
    // What a mistake spoilt may be said, and better, once it is mended.
    const bool has_errors = report_->has_errors();
    for (const ir::Fleet& fleet : program_.program.fleets)
      if (fleet.complete || !has_errors) hold_all(fleet);
    return std::move(held_);
  }

 private:
  void collect() {
    for (std::size_t i = 0; i < program_.modules.all.size(); ++i) {
      const eval::Module& module = program_.modules.all[i];
      if (!module.is_usable() || module.role == eval::Module::Role::settings) continue;
      for (const ast::Item& item : ast::File(module.tree).items())
        if (const ast::Policy policy = item.as<ast::Policy>()) add(i, policy);
    }
  }

  void add(std::size_t module, const ast::Policy& policy) {
    if (!policy.name() || !policy.body()) return;
    const std::string name(policy.name().text());
    const Span place = policy.name().span().in(program_.modules.all[module].file);
    for (const ir::Policy& other : held_.policies) {
      if (other.name != name) continue;
      report_->add(message::repeated_policy, place, name).label(other.place, "declared here first");
      return;
    }
    tell_of(name, policy);
    held_.policies.push_back({name, place});
    written_.push_back({module, policy, severity_of(policy)});
  }

  // For formats that tell of a rule besides what it finds: what its `##` lines say.
  void tell_of(const std::string& name, const ast::Policy& policy) {
    std::string told = policy.documentation();
    const std::string first = told.substr(0, told.find('\n'));
    report_->describe({.id = id_of(name),
                       .name = name,
                       .severity = severity_of(policy),
                       .title = first.empty() ? fmt::format("the policy `{}`", name) : first,
                       .help = std::move(told)});
  }

  static std::string id_of(const std::string& name) { return "policy/" + name; }

  // What the modules declare is read as everywhere else, not as policies read.
  void settle_modules() {
    for (std::size_t i = 0; i < program_.modules.all.size(); ++i) {
      const eval::Module& module = program_.modules.all[i];
      if (!module.is_usable() || module.role == eval::Module::Role::settings) continue;
      for (const DeclarationId id : program_.names.scope(i, ast::File(module.tree).node())) {
        const Declaration::Kind kind = program_.names.at(id).kind;
        bodies_.expressions().begin_declaration();
        if (kind == Declaration::Kind::let || kind == Declaration::Kind::param)
          bodies_.expressions().value_of(id);
      }
    }
  }

  // What is wrong with a policy is said once, and without any fleet.
  void try_each() {
    reads_.tries = true;
    const Value fleet = subjects_.shape(schema::fleet_type);
    const Value cluster = subjects_.shape(schema::cluster_type);
    for (now_ = 0; now_ < written_.size(); ++now_) {
      const std::size_t errors = report_->count(Severity::error);
      enter(fleet, cluster);
      written_[now_].is_sound &= report_->count(Severity::error) == errors;
    }
    reads_.tries = false;
  }

  void hold_all(const ir::Fleet& fleet) {
    fleet_ = &fleet;
    const Report::Context outer = report_->speak_of({.subject = fleet.identity.name, .loop = {}});
    const Value subject = subjects_.fleet(fleet);
    const Value cluster = cluster_of(fleet);
    for (now_ = 0; now_ < written_.size(); ++now_)
      if (written_[now_].is_sound) enter(subject, cluster);
    report_->speak_of(outer);
  }

  Value cluster_of(const ir::Fleet& fleet) {
    if (const schema::Cluster* cluster = program_.program.cluster_of(fleet))
      return subjects_.cluster(*cluster);
    // Of several clusters it names none that is there, which is said.
    if (!program_.program.clusters.empty()) return subjects_.shape(schema::cluster_type);
    return subjects_.undeclared_cluster();
  }

  void enter(const Value& fleet, const Value& cluster) {
    const Written& written = written_[now_];
    bodies_.expressions().begin_declaration();
    reads_.fields.clear();
    reads_.facts.clear();
    for (const DeclarationId id : program_.names.scope(written.module, written.policy.node()))
      bodies_.expressions().bind(id, program_.names.at(id).name == "fleet" ? fleet : cluster);
    body(written.policy.body());
    if (bodies_.expressions().is_exhausted()) written_[now_].is_sound = false;
  }

  // Statements.

  void body(const ast::Body& body) {
    if (!body) return;
    bodies_.open(written_[now_].module, body);
    items(body);
  }

  void items(const ast::Body& body) {
    for (const ast::Item& item : body.items()) {
      if (const ast::Require require = item.as<ast::Require>()) this->require(require);
      if (const ast::If chain = item.as<ast::If>()) choose(chain);
      if (const ast::For loop = item.as<ast::For>()) repeat(loop);
    }
  }

  void choose(const ast::If& chain) {
    if (reads_.tries) return try_branches(chain);
    const std::size_t facts = reads_.facts.size();
    const std::optional<ast::Body> taken = bodies_.taken(written_[now_].module, chain);
    if (taken) return body(*taken);
    say_facts(facts);
  }

  void try_branches(const ast::If& chain) {
    for (const ast::Branch& branch : chain.branches()) {
      if (branch.condition())
        bodies_.expressions().condition(written_[now_].module, branch.condition());
      body(branch.body());
    }
  }

  void repeat(const ast::For& loop) {
    const std::size_t facts = reads_.facts.size();
    bool has_turns = false;
    bodies_.each_turn(written_[now_].module, loop, [&] {
      has_turns = true;
      items(loop.body());
      return !bodies_.expressions().is_exhausted();
    });
    if (!has_turns && reads_.facts.size() > facts) say_facts(facts);
  }

  void require(const ast::Require& require) {
    if (!require.condition()) return;
    const std::size_t facts = reads_.facts.size();
    const std::size_t fields = reads_.fields.size();
    const Value holds =
        bodies_.expressions().evaluate(written_[now_].module, require.condition(), {});
    if (reads_.tries) {
      message_of(require);
    } else if (holds.is_unknown()) {
      say_facts(facts);
    } else if (holds.is_unset() || (holds.is(Value::Kind::boolean) && !holds.boolean)) {
      find(require, fields);
    }
    if (!holds.is_unknown() && !holds.is_unset() && !holds.is(Value::Kind::boolean))
      report_->add(eval::message::wrong_operand, span(require.condition()), "require",
                   eval::describe(holds));
  }

  std::string message_of(const ast::Require& require) {
    std::optional<std::string> text =
        require.message() ? bodies_.expressions().text(written_[now_].module, require.message())
                          : std::nullopt;
    return text ? std::move(*text) : fmt::format("`{}` does not hold", require.condition().text());
  }

  Span span(const ast::View& view) const {
    return view.span().in(program_.modules.all[written_[now_].module].file);
  }

  // What is unknown of the cluster, or of the disk, since then; or before, where a `let` read it.
  void say_facts(std::size_t since) {
    if (reads_.tries) return;
    if (since >= reads_.facts.size()) since = 0;
    for (std::size_t i = since; i < reads_.facts.size(); ++i) say_fact(reads_.facts[i]);
    if (!reads_.facts.empty()) held_.policies[now_].held = false;
  }

  void say_fact(const Value& fact) {
    const bool is_of_cluster = fact.text.starts_with("cluster");
    auto draft = report_->add(message::fact_missing, fact.span, held_.policies[now_].name,
                              is_of_cluster ? fmt::format("`{}`", fact.text) : fact.text);
    if (!is_of_cluster) return;
    const Span cluster = origins_->at(fact.origin).span;
    if (fact.origin != OriginId::nowhere) draft.label(cluster, "nothing of it is said here");
    const std::string_view way = subjects_.way_to_say(fact.text);
    if (way.empty()) return;
    draft.note(fmt::format("what is known of a cluster is said in its block: `{}`", way));
  }

  // Findings.

  void find(const ast::Require& require, std::size_t fields) {
    ir::Finding finding;
    finding.fleets.push_back(fleet_);
    Diagnostic& is = finding.diagnostic;
    is.name = held_.policies[now_].name;
    is.id = id_of(is.name);
    is.severity = written_[now_].severity;
    is.primary = place_of(fields);
    is.sentence = message_of(require);
    is.labels.push_back({span(require.condition()), "required here"});
    held_.findings.push_back(std::move(finding));
  }

  // What the requirement read, foremost what somebody wrote in a fleet; or what was read before.
  Label place_of(std::size_t since) const {
    const std::vector<Value>& read = reads_.fields;
    const Value* best = nullptr;
    for (std::size_t i = since; i < read.size(); ++i)
      if (weight_of(read[i]) > (best == nullptr ? 0 : weight_of(*best))) best = &read[i];
    for (std::size_t i = 0; best == nullptr && i < read.size(); ++i)
      if (weight_of(read[i]) > 0) best = &read[i];
    if (best == nullptr) return {origins_->at(fleet_->is.head.origin).span, {}};
    Label label{origins_->at(best->origin).span, {}};
    if (!is_written(*best))
      label.text = fmt::format("`{}` is {}", program_.sources.text(best->span), said(*best));
    return label;
  }

  bool is_written(const Value& value) const {
    const bool is_empty =
        value.is_unset() || (value.is(Value::Kind::object) && value.items.empty());
    return origins_->at(value.origin).kind == Origin::Kind::written && !is_empty;
  }

  int weight_of(const Value& value) const {
    if (value.origin == OriginId::nowhere) return 0;
    if (!is_written(value)) return 1;
    return value.part == Value::Part::fact ? 2 : 3;
  }

  static std::string said(const Value& value) {
    if (value.is_unset()) return "unset";
    return value.is(Value::Kind::object) ? "empty" : fmt::format("{} by default", spell(value));
  }

  Program program_;
  Origins* origins_;
  Report* report_;
  eval::Bodies bodies_;
  Subjects subjects_;
  eval::Reads reads_;
  std::vector<Written> written_;  // side by side with the policies in `held_`
  ir::Held held_;
  std::size_t now_ = 0;  // which policy is held
  const ir::Fleet* fleet_ = nullptr;
};

}  // namespace

ir::Held hold(const Program& program, Origins& origins, Report& report) {
  return Holder(program, origins, report).hold();
}

}  // namespace bkfc::policies
