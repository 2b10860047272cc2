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

std::span<const MessageRow> all();

}  // namespace bkfc::ir::message
