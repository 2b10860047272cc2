// Who may connect: the fleet's certificates and its clients', and CAs that fleets share.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

enum class Issuer : std::uint8_t { script, cert_manager, secret, external_secret, none };
enum class KeyType : std::uint8_t { ecdsa_p256, rsa_2048, rsa_4096 };

// A client with a certificate of its own; its label is its name.
struct Client {
  Head head;
  Field<Duration> validity;
};

struct Tls {
  Head head;
  Field<Issuer> issuer;
  Field<std::string> authority;
  Field<std::vector<std::string>> names;
  Field<Duration> validity;
  Field<Duration> ca_validity;
  Field<Duration> renew_before;
  Field<KeyType> key_type;
  std::vector<Client> clients;
};

// A CA that several fleets share, with the clients that all of them let in; its label is its name.
struct Authority {
  Head head;
  Field<Duration> validity;
  Field<Duration> ca_validity;
  Field<Duration> renew_before;
  Field<KeyType> key_type;
  std::vector<Client> clients;
};

std::string_view to_text(KeyType type);

extern const BlockType tls_type;
extern const BlockType authority_type;

}  // namespace bkfc::schema
