// TLS: how long certificates hold, and for which names.
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

void always_due(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Tls& tls = fleet.is().tls;
  const auto hold = [&](const schema::Field<Duration>& validity, std::string_view whose) {
    if (!validity.is_set() || tls.renew_before.value < validity.value) return;
    const bool at_validity = validity.is_written();
    out.at(at_validity ? validity.origin : tls.renew_before.origin,
           "{} certificate is due again as soon as it is made", whose)
        .here(fmt::format("valid for {}", to_text(validity.value)))
        .label(at_validity ? tls.renew_before.origin : validity.origin,
               fmt::format("made anew with less than {} left", to_text(tls.renew_before.value)));
  };
  if (tls.validity.is_written() || tls.renew_before.is_written()) hold(tls.validity, "every");
  for (const schema::Client& client : tls.clients)
    if (client.validity.is_written()) hold(client.validity, "this client's");
}

void ca_first(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Tls& tls = fleet.is().tls;
  if (!tls.ca_validity.is_written() && !tls.validity.is_written()) return;
  if (tls.ca_validity.value >= tls.validity.value) return;
  const bool at_ca = tls.ca_validity.is_written();
  out.at(at_ca ? tls.ca_validity.origin : tls.validity.origin,
         "the CA ends before the certificates that it signs")
      .here(fmt::format("the CA is valid for {}, its certificates for {}",
                        to_text(tls.ca_validity.value), to_text(tls.validity.value)))
      .note("when a CA ends, every client needs new certificates on the same day");
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
};

}  // namespace

std::span<const Rule> tls_rules() { return rules; }

}  // namespace bkfc::rules
