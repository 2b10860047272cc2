#include "schema/tls.hpp"

namespace bkfc::schema {
namespace {

constexpr Choice issuers[] = {
    {"script", "`create-certs.sh`, which keeps its own CA"},
    {"cert_manager", "cert-manager's Certificates", false},
    {"secret", "Secrets that are there already", false},
    {"external_secret", "the External Secrets operator", false},
    {"none", "no TLS: anyone who reaches the port may build", false},
};

constexpr Choice key_types[] = {
    {"ecdsa_p256", "elliptic, small and quick"},
    {"rsa_2048", "for clients that know RSA only"},
    {"rsa_4096", "for policies that ask for it"},
};

constexpr Attribute client_rows[] = {
    attribute<&Client::validity>({.name = "validity",
                                  .doc = "How long this client's certificate is valid.",
                                  .because = "as the other certificates beside it",
                                  .min = "1d",
                                  .max = "3650d",
                                  .example = "90d"}),
};

constexpr BlockType client_type{.name = "client",
                                .doc =
                                    "A client with a certificate of its own, so that it can be "
                                    "replaced without the others.",
                                .attributes = client_rows,
                                .label = "the client's name",
                                .example = "client \"ci\"",
                                .head = head_of<Client>()};

constexpr Attribute tls_rows[] = {
    attribute<&Tls::issuer>({.name = "issuer",
                             .doc = "Who makes the certificates.",
                             .fallback = "script",
                             .because = "it needs nothing but openssl",
                             .choices = issuers}),
    attribute<&Tls::authority>(
        {.name = "authority",
         .doc = "The CA that this fleet shares with others, one of the program's `authority` "
                "blocks. It has the clients then, and says what is said of the CA.",
         .because = "a CA of its own",
         .example = R"("ci")"}),
    attribute<&Tls::names>(
        {.name = "names",
         .doc =
             "Further names and addresses that clients may use, beside all that the Services give.",
         .example = R"(["buildkit.example.com", "10.0.0.5"])",
         .also = "sans dns_names"}),
    attribute<&Tls::validity>(
        {.name = "validity",
         .doc = "How long certificates are valid. buildkitd reads them once, at "
                "its start: it must be restarted within that time.",
         .fallback = "365d",
         .because = "long enough for a yearly restart, short enough to matter",
         .min = "1d",
         .max = "3650d"}),
    attribute<&Tls::ca_validity>({.name = "ca_validity",
                                  .doc =
                                      "How long the CA is valid. A new one means new certificates "
                                      "for all.",
                                  .fallback = "3650d",
                                  .because = "it should outlive the fleet",
                                  .min = "1d",
                                  .max = "7300d"}),
    attribute<&Tls::renew_before>(
        {.name = "renew_before",
         .doc = "A certificate with less left is made anew by the next run.",
         .fallback = "30d",
         .because = "a month is time enough for a rollout",
         .min = "1d",
         .max = "3650d"}),
    attribute<&Tls::key_type>({.name = "key_type",
                               .doc = "The kind of the certificates' keys.",
                               .fallback = "ecdsa_p256",
                               .because = "every BuildKit client knows it",
                               .choices = key_types}),
};

constexpr Child tls_children[] = {blocks<&Tls::clients>(client_type)};

constexpr Attribute authority_rows[] = {
    attribute<&Authority::validity>({.name = "validity",
                                     .doc = "How long its clients' certificates are valid. The "
                                            "daemons' last as long as their fleets say.",
                                     .fallback = "365d",
                                     .because = "as the daemons' certificates",
                                     .min = "1d",
                                     .max = "3650d"}),
    attribute<&Authority::ca_validity>(
        {.name = "ca_validity",
         .doc = "How long the CA is valid. A new one means new certificates for all.",
         .fallback = "3650d",
         .because = "it should outlive its fleets",
         .min = "1d",
         .max = "7300d"}),
    attribute<&Authority::renew_before>(
        {.name = "renew_before",
         .doc = "A certificate with less left is made anew by the next run.",
         .fallback = "30d",
         .because = "a month is time enough for a rollout",
         .min = "1d",
         .max = "3650d"}),
    attribute<&Authority::key_type>({.name = "key_type",
                                     .doc = "The kind of the keys of the CA and of all that it "
                                            "signs.",
                                     .fallback = "ecdsa_p256",
                                     .because = "every BuildKit client knows it",
                                     .choices = key_types}),
};

constexpr Child authority_children[] = {blocks<&Authority::clients>(client_type)};

}  // namespace

std::string_view to_text(KeyType type) { return key_types[static_cast<std::size_t>(type)].name; }

constexpr BlockType tls_type{.name = "tls",
                             .doc = "Mutual TLS: who the daemons are, and who may build.",
                             .attributes = tls_rows,
                             .children = tls_children,
                             .example = "tls {\n  client \"ci\"\n}",
                             .also = "certs certificates mtls",
                             .chosen_by = "issuer",
                             .head = head_of<Tls>()};

constexpr BlockType authority_type{
    .name = "authority",
    .doc = "A CA that several fleets share: a client that it has signed is let in by all of them.",
    .attributes = authority_rows,
    .children = authority_children,
    .label = "the authority's name",
    .example = "authority \"ci\" {\n  client \"github\"\n}",
    .also = "ca",
    .head = head_of<Authority>()};

}  // namespace bkfc::schema
