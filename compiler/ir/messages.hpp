// What is said of values that the table does not take, and of fleets that are not whole.
#pragma once

#include <span>
#include <string_view>

#include "report/message.hpp"

namespace bkfc::ir::message {

using Text = std::string_view;

// E04xx.

inline constexpr Message<Text, Text, Text> wrong_type{
    "E0401",
    Severity::error,
    "`{}` is {}, and this is {}",
    "Every attribute has a type and, where it is a quantity, a dimension.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 30d\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> unknown_choice{
    "E0402",
    Severity::error,
    "`{}` is no value of `{}`",
    "The attribute takes one of a closed set.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  mode      = rootles\n  cache {\n    size = 200GiB\n  "
    "}\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  mode      = rootless\n  cache {\n    size = 200GiB\n  "
    "}\n}"};

inline constexpr Message<Text, Text> choice_not_compiled{
    "E0403",
    Severity::error,
    "this release of bkfc does not compile `{} = {}` yet",
    "The language has it, and this release reads it; it does not yet know what to make of it, and "
    "passes over nothing.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  mode      = privileged\n  cache {\n    size = "
    "200GiB\n  "
    "}\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  mode      = rootless\n  cache {\n    size = 200GiB\n  "
    "}\n}"};

inline constexpr Message<Text, Text> below{
    "E0404",
    Severity::error,
    "`{}` is at least {}",
    "Outside its bounds a value has no sense, or none that buildkitd or Kubernetes takes.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 1MiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> above{
    "E0405",
    Severity::error,
    "`{}` is at most {}",
    "Outside its bounds a value has no sense, or none that buildkitd or Kubernetes takes.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  replicas  = 100000\n  cache {\n    size = 200GiB\n  "
    "}\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  replicas  = 3\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> missing{
    "E0406",
    Severity::error,
    "a `{}` needs `{}`",
    "Nothing else tells it, and there is no default that would be right for all.",
    "fleet \"ci\" {\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> no_release{"E0407",
                                          Severity::error,
                                          "`{}` is no release",
                                          "A release is two or three numbers: `1.31`, `0.24.0`.",
                                          "cluster \"lab\" {\n  kubernetes = \"stable\"\n}",
                                          "cluster \"lab\" {\n  kubernetes = \"1.31\"\n}"};

inline constexpr Message<Text> repeated_fleet{
    "E0408",
    Severity::error,
    "the fleet `{}` is said twice",
    "A fleet is known by cluster, namespace and name: two of the same would be written into one "
    "folder.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  cache {\n    size = 100GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nfleet \"ci-2\" "
    "{\n  "
    "namespace = \"ci\"\n  cache {\n    size = 100GiB\n  }\n}"};

inline constexpr Message<Text> repeated_cluster{
    "E0409",
    Severity::error,
    "the cluster `{}` is said twice",
    "What is known of a cluster stands in one block.",
    "cluster \"lab\" {\n  kubernetes = \"1.31\"\n}\ncluster \"lab\" {\n  kubernetes = \"1.32\"\n}",
    "cluster \"lab\" {\n  kubernetes = \"1.31\"\n}"};

inline constexpr Message<Text> unknown_cluster{
    "E0410",
    Severity::error,
    "no cluster `{}` is declared",
    "Where a program declares clusters, each fleet runs in one of them.",
    "cluster \"lab\" {\n  kubernetes = \"1.31\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  "
    "cluster   = "
    "\"lap\"\n  cache {\n    size = 200GiB\n  }\n}",
    "cluster \"lab\" {\n  kubernetes = \"1.31\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  "
    "cluster   = "
    "\"lab\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<> which_cluster{
    "E0411",
    Severity::error,
    "this fleet does not say in which cluster it runs",
    "A program with one `cluster` needs no saying; one with several does.",
    "cluster \"a\" {\n  kubernetes = \"1.31\"\n}\ncluster \"b\" {\n  kubernetes = "
    "\"1.31\"\n}\nfleet "
    "\"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    "cluster \"a\" {\n  kubernetes = \"1.31\"\n}\ncluster \"b\" {\n  kubernetes = "
    "\"1.31\"\n}\nfleet "
    "\"ci\" {\n  namespace = \"ci\"\n  cluster   = \"a\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> not_patchable{
    "E0412",
    Severity::error,
    "{} is no value that a generated file can hold",
    "A patch sets texts, numbers, bools, lists and objects of these.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  patch StatefulSet "
    "{ "
    "spec.replicas = 1..2 }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  patch StatefulSet "
    "{ "
    "spec.minReadySeconds = 10 }\n}"};

inline constexpr Message<Text, Text> repeated_item{
    "E0413",
    Severity::error,
    "`{}` is in `{}` twice",
    "The second says nothing new; mostly another was meant.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  entitlements = "
    "[device, "
    "device]\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  entitlements = "
    "[device]\n}"};

inline constexpr Message<> scaled_replicas{
    "E0414",
    Severity::error,
    "this release of bkfc does not compile a range of replicas yet",
    "A range asks for autoscaling, which this release does not write. It would be wrong to take "
    "one "
    "end of it in silence.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  replicas  = 2..8\n  cache {\n    size = 200GiB\n  "
    "}\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  replicas  = 2\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> unknown_authority{
    "E0430",
    Severity::error,
    "no authority `{}` is declared",
    "A fleet that shares a CA names an `authority` block of the program; without a name it has a "
    "CA of its own.",
    "authority \"shared\" {\n  client \"github\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  cache "
    "{\n    size = 200GiB\n  }\n  tls {\n    authority = \"sharde\"\n  }\n}",
    "authority \"shared\" {\n  client \"github\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  cache "
    "{\n    size = 200GiB\n  }\n  tls {\n    authority = \"shared\"\n  }\n}"};

inline constexpr Message<Text> repeated_authority{
    "E0431",
    Severity::error,
    "the authority `{}` is said twice",
    "What is said of a CA stands in one block; two of one name would be kept in one folder.",
    "authority \"shared\" {\n  client \"github\"\n}\nauthority \"shared\" {\n  client "
    "\"gitlab\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  tls "
    "{\n    authority = \"shared\"\n  }\n}",
    "authority \"shared\" {\n  client \"github\"\n  client \"gitlab\"\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  tls {\n    authority = \"shared\"\n  "
    "}\n}"};

inline constexpr Message<Text, Text> of_authority{
    "E0432",
    Severity::error,
    "`{}` is said of the authority `{}`, not of one of its fleets",
    "Every daemon of a shared CA lets in every client that the CA has signed, and all of them have "
    "the one CA and its script. So clients, `ca_validity`, `renew_before` and `key_type` stand in "
    "the `authority`; a fleet has `names` and the `validity` of its daemons' certificate.",
    "authority \"shared\" {\n  client \"github\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  cache "
    "{\n    size = 200GiB\n  }\n  tls {\n    authority = \"shared\"\n    client \"nightly\"\n  "
    "}\n}",
    "authority \"shared\" {\n  client \"github\"\n  client \"nightly\"\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n  tls {\n    authority = \"shared\"\n  "
    "}\n}"};

inline constexpr Message<> authority_of_issuer{
    "E0433",
    Severity::error,
    "an `authority` is a CA that `create-certs.sh` keeps, and this fleet has another issuer",
    "With another `issuer` somebody else has the CA, and what several fleets share is said there.",
    {},
    {}};

inline constexpr Message<Text> repeated_builder{
    "E0434",
    Severity::error,
    "the builder `{}` is said twice",
    "A builder is known by its name: two of one name would be written into one file, and buildx "
    "keeps one.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ci\"]\n}\nbuilder \"all\" {\n  fleets = [\"ci\"]\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ci\"]\n}"};

inline constexpr Message<Text> unknown_fleet{
    "E0435",
    Severity::error,
    "no fleet `{}` is declared",
    "A builder names fleets of the program: `name`, `namespace/name` or `cluster/namespace/name`.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ic\"]\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ci\"]\n}"};

inline constexpr Message<Text> which_fleet{
    "E0436",
    Severity::error,
    "several fleets are called `{}`",
    "Fleets of different namespaces and clusters may have one name. A builder tells them apart by "
    "`namespace/name` or `cluster/namespace/name`.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"nightly\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" {\n  fleets = "
    "[\"ci\"]\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"nightly\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" {\n  fleets = "
    "[\"nightly/ci\"]\n}"};

inline constexpr Message<Text, Text> repeated_fleet_of_builder{
    "E0437",
    Severity::error,
    "`{}` is in the builder `{}` twice",
    "buildx takes the first node that has a platform, so a second one for the same daemons has "
    "nothing to do.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ci\", \"ci/ci\"]\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ci\"]\n}"};

inline constexpr Message<Text> builder_without_fleets{
    "E0438",
    Severity::error,
    "the builder `{}` has no fleets",
    "A builder is made of at least one fleet: there would be nobody to build.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = []\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}\nbuilder \"all\" "
    "{\n  fleets = [\"ci\"]\n}"};

std::span<const MessageRow> all();

}  // namespace bkfc::ir::message
