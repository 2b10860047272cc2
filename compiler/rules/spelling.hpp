// How Kubernetes and DNS spell names: why a text is none, as a clause; nothing where it is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bkfc::rules {

// A DNS label (RFC 1123): of namespaces, containers, most objects' names here.
std::optional<std::string> refuse_label(std::string_view text);
// Labels apart by dots: of Secrets, classes, domains.
std::optional<std::string> refuse_subdomain(std::string_view text);
// `prefix/name` or `name`: keys of labels and annotations.
std::optional<std::string> refuse_label_key(std::string_view text);
std::optional<std::string> refuse_label_value(std::string_view text);
// A name that a certificate may hold: a domain, whose first label may be `*`.
std::optional<std::string> refuse_certificate_name(std::string_view text);
// IPv4 or IPv6, as Kubernetes and openssl read them.
bool is_address(std::string_view text);
// A reference of an image: `host:port/path:tag@digest`.
std::optional<std::string> refuse_image(std::string_view text);

}  // namespace bkfc::rules
