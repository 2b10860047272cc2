// TLS: how long certificates hold, and for which names.
#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/spelling.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

void names(const Context&, const Fleet& fleet, Findings& out) {
  const auto& names = fleet.is().tls.names;
  for (const std::string& name : names.value) {
    if (is_address(name)) continue;
    if (const auto refusal = refuse_certificate_name(name))
      out.at(names.origin, "`{}` is neither a DNS name nor an address", name)
          .around(fmt::format("\"{}\"", name))
          .here(*refusal);
  }
}

// What a CA's certificates have in common, said by a fleet for itself or by an authority.
template <class Block>
void hold_due(const Block& said, std::string_view whose, Findings& out) {
  const auto hold = [&](const schema::Field<Duration>& validity, std::string_view who) {
    if (!validity.is_set() || said.renew_before.value < validity.value) return;
    const bool at_validity = validity.is_written();
    out.at(at_validity ? validity.origin : said.renew_before.origin,
           "{} certificate is due again as soon as it is made", who)
        .here(fmt::format("valid for {}", to_text(validity.value)))
        .label(at_validity ? said.renew_before.origin : validity.origin,
               fmt::format("made anew with less than {} left", to_text(said.renew_before.value)));
  };
  if (said.validity.is_written() || said.renew_before.is_written()) hold(said.validity, whose);
  for (const schema::Client& client : said.clients)
    if (client.validity.is_written()) hold(client.validity, "this client's");
}

void always_due(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Tls& tls = fleet.is().tls;
  if (fleet.tls.authority == nullptr) return hold_due(tls, "every", out);
  const schema::Authority& authority = *fleet.tls.authority;
  hold_due(authority, "every client's", out);
  if (!tls.validity.is_written() || authority.renew_before.value < tls.validity.value) return;
  out.at(tls.validity.origin, "the daemons' certificate is due again as soon as it is made")
      .here(fmt::format("valid for {}", to_text(tls.validity.value)))
      .label(authority.renew_before.origin, fmt::format("made anew with less than {} left",
                                                        to_text(authority.renew_before.value)));
}

void hold_ca(const schema::Field<Duration>& ca, const schema::Field<Duration>& validity,
             std::string_view whose, Findings& out) {
  if (!ca.is_written() && !validity.is_written()) return;
  if (ca.value >= validity.value) return;
  const bool at_ca = ca.is_written();
  out.at(at_ca ? ca.origin : validity.origin, "the CA ends before the certificates that it signs")
      .here(fmt::format("the CA is valid for {}, {} for {}", to_text(ca.value), whose,
                        to_text(validity.value)))
      .note("when a CA ends, every client needs new certificates on the same day");
}

void ca_first(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Tls& tls = fleet.is().tls;
  if (fleet.tls.authority == nullptr)
    return hold_ca(tls.ca_validity, tls.validity, "its certificates", out);
  const schema::Authority& authority = *fleet.tls.authority;
  hold_ca(authority.ca_validity, authority.validity, "its clients' certificates", out);
  if (authority.ca_validity.value >= authority.validity.value)
    hold_ca(authority.ca_validity, tls.validity, "this fleet's daemons'", out);
}

void unused(const Context& context, Findings& out) {
  for (const ir::Authority& authority : context.program.authorities) {
    const schema::Head& head = authority.is.head;
    const std::vector<ir::Fleet>& fleets = context.program.fleets;
    // A name that was not understood may have meant this one.
    const bool is_used = std::any_of(fleets.begin(), fleets.end(), [&](const ir::Fleet& fleet) {
      const schema::Authority* its = context.program.authority_of(fleet);
      return its != nullptr ? its->head.label == head.label
                            : fleet.is.tls.authority.state != schema::State::unset;
    });
    if (!is_used)
      out.at(head.origin, "no fleet shares the authority `{}`", head.label)
          .here("nothing is written for it")
          .note(
              fmt::format("say `tls {{ authority = \"{}\" }}` in the fleets that do", head.label));
  }
}

constexpr Rule rules[] = {
    {.id = "TLS001",
     .name = "tls_name",
     .title = "a name that no certificate can hold",
     .why = "Clients compare the host that they connect to with the names in the certificate. A "
            "scheme, a port, a path or a `*` within is never equal to a host. (RFC 6125; Go's "
            "crypto/x509.)",
     .fleet = names},
    {.id = "TLS002",
     .name = "tls_always_due",
     .title = "certificates that are due as soon as they are made",
     .why = "`create-certs.sh` makes a certificate anew when less than `renew_before` is left of "
            "it. If its whole validity is not longer, every run replaces it, and buildkitd, which "
            "reads certificates once, has to be restarted every time.",
     .fleet = always_due},
    {.id = "TLS003",
     .name = "tls_ca_ends_first",
     .title = "a CA that ends before its certificates",
     .why = "A certificate counts for nothing once the CA that signed it has ended: all daemons "
            "and clients stop on one day, whatever their own certificates say.",
     .fleet = ca_first},
    {.id = "TLS004",
     .name = "authority_unused",
     .severity = Severity::warning,
     .title = "an authority that no fleet shares",
     .why = "A fleet that does not name an authority has a CA of its own, which knows nothing of "
            "the authority's clients: they would be kept out. `create-certs.sh` of an authority "
            "is written when a fleet names it.",
     .program = unused},
};

}  // namespace

std::span<const Rule> tls_rules() { return rules; }

}  // namespace bkfc::rules
