#include "ir/link.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "ir/messages.hpp"

namespace bkfc::ir {
namespace {

bool has_syntax_errors(const Report& report) {
  return std::any_of(report.all().begin(), report.all().end(),
                     [](const Diagnostic& d) { return d.id.starts_with("E01"); });
}

// A declaration is known by its label; one whose label is empty or unknown was reported.
void say_repeated(const std::vector<const schema::Head*>& heads,
                  const Message<std::string_view>& message, const Origins& origins,
                  Report& report) {
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (heads[i]->label.empty()) continue;
    const auto before =
        std::find_if(heads.begin(), heads.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const auto* head) { return head->label == heads[i]->label; });
    if (before != heads.begin() + static_cast<std::ptrdiff_t>(i))
      report.add(message, origins.at(heads[i]->origin).span, heads[i]->label)
          .label(origins.at((*before)->origin).span, "said here first");
  }
}

class Linker {
 public:
  Linker(Program& program, const Sources& sources, const Origins& origins, Report& report)
      : program_(program), sources_(sources), origins_(origins), report_(report) {}

  void link() {
    std::vector<const schema::Head*> authorities;
    for (const Authority& authority : program_.authorities)
      authorities.push_back(&authority.is.head);
    say_repeated(authorities, message::repeated_authority, origins_, report_);
    std::vector<const schema::Head*> builders;
    for (const Builder& builder : program_.builders) builders.push_back(&builder.is.head);
    say_repeated(builders, message::repeated_builder, origins_, report_);
    for (Fleet& fleet : program_.fleets) {
      const Report::Context outer = speak_of(fleet.is.head);
      link_authority(fleet);
      report_.speak_of(outer);
    }
    for (Builder& builder : program_.builders) {
      const Report::Context outer = speak_of(builder.is.head);
      link_fleets(builder);
      report_.speak_of(outer);
    }
  }

 private:
  Report::Context speak_of(const schema::Head& head) {
    return report_.speak_of(turn_of(head.origin, head.label, origins_));
  }

  Span span_of(OriginId origin) const { return origins_.at(origin).span; }

  // A text of a list, where the list itself is written; else all of what is written there.
  Span span_of(OriginId list, std::string_view item) const {
    const Span all = span_of(list);
    const std::string quoted = fmt::format("\"{}\"", item);
    const std::size_t at = sources_.text(all).find(quoted);
    if (at == std::string_view::npos) return all;
    const auto begin = all.begin + static_cast<std::uint32_t>(at);
    return {all.file, begin, begin + static_cast<std::uint32_t>(quoted.size())};
  }

  // The declared word that is meant, as a fix where the text stands by itself.
  void offer(Report::Draft& draft, Span span, std::string_view word,
             std::span<const std::string_view> known) const {
    const auto near = word.empty() ? std::nullopt : nearest(word, known);
    if (!near) return;
    draft.here(fmt::format("did you mean `{}`?", *near));
    if (sources_.text(span) == fmt::format("\"{}\"", word))
      draft.fix(fmt::format("write `\"{}\"`", *near), {{span, fmt::format("\"{}\"", *near)}});
  }

  void link_authority(Fleet& fleet) {
    const schema::Field<std::string>& said = fleet.is.tls.authority;
    if (!said.is_set()) return;
    const auto named = std::find_if(
        program_.authorities.begin(), program_.authorities.end(),
        [&](const Authority& authority) { return authority.is.head.label == said.value; });
    if (named != program_.authorities.end()) {
      fleet.authority = static_cast<std::size_t>(named - program_.authorities.begin());
    } else {
      say_unknown_authority(said);
    }
    fleet.complete &= fleet.authority && program_.authorities[*fleet.authority].complete;
    hold_tls(fleet);
  }

  void say_unknown_authority(const schema::Field<std::string>& said) {
    std::vector<std::string_view> known;
    for (const Authority& authority : program_.authorities) {
      const std::string& label = authority.is.head.label;
      if (!label.empty() && std::find(known.begin(), known.end(), label) == known.end())
        known.push_back(label);
    }
    const Span span = span_of(said.origin);
    auto draft = report_.add(message::unknown_authority, span, said.value);
    offer(draft, span, said.value, known);
    draft.note(known.empty() ? fmt::format("say `authority \"{}\" {{ client \"…\" }}` beside the "
                                           "fleets that share it",
                                           said.value)
                             : "declared are " + listed(known));
  }

  // What is said of the CA is said once, where the CA is.
  void hold_tls(const Fleet& fleet) {
    const schema::Tls& tls = fleet.is.tls;
    const auto hold = [&](OriginId origin, std::string_view what) {
      report_.add(message::of_authority, span_of(origin), what, tls.authority.value)
          .here("say it in the authority")
          .label(span_of(tls.authority.origin), "the CA is this authority's");
    };
    if (tls.ca_validity.is_written()) hold(tls.ca_validity.origin, "ca_validity");
    if (tls.renew_before.is_written()) hold(tls.renew_before.origin, "renew_before");
    if (tls.key_type.is_written()) hold(tls.key_type.origin, "key_type");
    for (const schema::Client& client : tls.clients) hold(client.head.origin, "client");
    if (tls.issuer.is_written() && tls.issuer.value != schema::Issuer::script)
      report_.add(message::authority_of_issuer, span_of(tls.authority.origin))
          .label(span_of(tls.issuer.origin), "here it is somebody else");
  }

  void link_fleets(Builder& builder) {
    const schema::Field<std::vector<std::string>>& said = builder.is.fleets;
    if (said.is_set() && said.value.empty())
      report_.add(message::builder_without_fleets, span_of(said.origin), builder.is.head.label);
    for (const std::string& name : said.value) {
      const std::optional<std::size_t> fleet = find_fleet(name, builder);
      if (!fleet) continue;
      if (std::find(builder.fleets.begin(), builder.fleets.end(), *fleet) != builder.fleets.end()) {
        report_.add(message::repeated_fleet_of_builder, span_of(said.origin, name), name,
                    builder.is.head.label);
        continue;
      }
      builder.fleets.push_back(*fleet);
    }
  }

  // `name`, `namespace/name` or `cluster/namespace/name`.
  static bool is_called(const Fleet& fleet, std::string_view name) {
    const std::string whole = "/" + fleet.identity.text();
    return whole.ends_with("/" + std::string(name)) && !fleet.identity.name.empty();
  }

  std::optional<std::size_t> find_fleet(std::string_view name, const Builder& builder) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < program_.fleets.size(); ++i)
      if (is_called(program_.fleets[i], name)) found.push_back(i);
    const Span span = span_of(builder.is.fleets.origin, name);
    if (found.empty()) {
      // A statement that could not be read may have been the fleet.
      if (!has_syntax_errors(report_)) say_unknown_fleet(name, span);
      return std::nullopt;
    }
    if (found.size() > 1) {
      std::vector<std::string> names;
      for (const std::size_t i : found) names.push_back(program_.fleets[i].identity.text());
      if (std::adjacent_find(names.begin(), names.end()) == names.end())
        report_.add(message::which_fleet, span, name)
            .note("there are " + listed(std::vector<std::string_view>(names.begin(), names.end())));
      return std::nullopt;
    }
    return found.front();
  }

  void say_unknown_fleet(std::string_view name, Span span) {
    std::vector<std::string_view> known;
    for (const Fleet& fleet : program_.fleets)
      if (std::find(known.begin(), known.end(), fleet.identity.name) == known.end())
        known.push_back(fleet.identity.name);
    auto draft = report_.add(message::unknown_fleet, span, name);
    offer(draft, span, name, known);
    std::erase(known, "");  // whose label is unknown
    if (!known.empty() && known.size() <= 20) draft.note("there are " + listed(known));
  }

  Program& program_;
  const Sources& sources_;
  const Origins& origins_;
  Report& report_;
};

}  // namespace

void link(Program& program, const Sources& sources, const Origins& origins, Report& report) {
  Linker(program, sources, origins, report).link();
}

Report::Context turn_of(OriginId block, std::string_view label, const Origins& origins) {
  OriginId at = origins.at(block).parent;
  while (at != OriginId::nowhere && origins.at(at).kind != Origin::Kind::turn)
    at = origins.at(at).parent;
  if (at == OriginId::nowhere) return {};
  return {.subject = std::string(label), .loop = origins.at(at).span};
}

}  // namespace bkfc::ir
