// What is said about patches, and about objects that do not hold together.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "report/message.hpp"

namespace bkfc::objects::message {

using Text = std::string_view;

inline constexpr Message<Text> no_such_kind{
    "E0601",
    Severity::error,
    "no `{}` is written for this fleet",
    "A patch sets fields of what is written for the fleet: of its objects by their kind, and of "
    "`\"buildkitd.toml\"`.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Deployment { spec.replicas = 2 }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit = 2 }
})"};

inline constexpr Message<Text, Text> no_such_object{
    "E0602",
    Severity::error,
    "no {} of this fleet is called `{}`",
    "The name behind a kind is that of one object, or what stands behind the fleet's own name in "
    "it: `patch Service \"headless\"`.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Service "front" { spec.type = "NodePort" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Service "headless" { spec.sessionAffinity = "ClientIP" }
})"};

inline constexpr Message<Text> which_object{
    "E0603",
    Severity::error,
    "several objects of kind {} are written: say which",
    "Where a fleet has several objects of one kind, a patch names the one that it means.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Service { spec.sessionAffinity = "ClientIP" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Service "headless" { spec.sessionAffinity = "ClientIP" }
})"};

inline constexpr Message<Text, Text> unknown_field{
    "E0604",
    Severity::error,
    "`{}` is no field of {}",
    "The fields are those of the Kubernetes API, spelt as there.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistory = 2 }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit = 2 }
})"};

inline constexpr Message<Text, Text, Text> not_in_release{
    "E0605",
    Severity::error,
    "`{}` is there {}, and the fleet is for Kubernetes {}",
    "An API server refuses or drops a field that its release does not have.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  kubernetes = "1.31"
  patch StatefulSet { spec.template.spec.hostnameOverride = "x" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  kubernetes = "1.35"
  patch StatefulSet { spec.template.spec.hostnameOverride = "x" }
})"};

inline constexpr Message<Text, Text, Text> gated_field{
    "E0606",
    Severity::warning,
    "Kubernetes {} drops `{}` without a word unless its feature gate `{}` is on",
    "A field whose feature gate is off is dropped when the object is created: nothing fails, and "
    "nothing happens.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  kubernetes = "1.31"
  patch StatefulSet { spec.updateStrategy.rollingUpdate.maxUnavailable = 2 }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  kubernetes = "1.37"
  patch StatefulSet { spec.updateStrategy.rollingUpdate.maxUnavailable = 2 }
})"};

inline constexpr Message<Text> no_elements{
    "E0607",
    Severity::error,
    "an element of `{}` has no key to be named by",
    "Elements are named by the key by which the API itself merges them. A list without one is "
    "replaced by `=`, or added to by `+=`; `delete` takes a text of a list of texts.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.tolerations["a"].operator = "Exists" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.tolerations += [{ key = "a", operator = "Exists" }] }
})"};

inline constexpr Message<Text, Text> which_element{
    "E0608",
    Severity::error,
    "`{}` is a list: name one of its elements, as in `{}`",
    "A path goes through a list by the key of one of its elements.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.containers.tty = true }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.containers["buildkitd"].tty = true }
})"};

inline constexpr Message<Text, Text, Text> wrong_value{
    "E0609",
    Severity::error,
    "`{}` takes {}, not {}",
    "Every field of the API has a type, which the API server insists on.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit = "2" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit = 2 }
})"};

inline constexpr Message<Text, Text> incomplete{
    "E0610",
    Severity::error,
    "`{}` lacks `{}`, which it must have",
    "What is made by a patch must have all that the API requires of it.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    spec.template.spec.containers["buildkitd"].volumeMounts["/x"].readOnly = true
  }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    spec.template.spec.containers["buildkitd"].volumeMounts["/x"].name = "tmp"
  }
})"};

inline constexpr Message<> no_effect{
    "E0611",
    Severity::warning,
    "this patch changes nothing",
    "What it sets is so without it, or what it deletes is not there. A later release may write "
    "something else here, which the patch would then hide.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.podManagementPolicy = "Parallel" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.podManagementPolicy = "OrderedReady" }
})"};

inline constexpr Message<Text> not_a_list{"E0612",
                                          Severity::error,
                                          "`{}` is no list, so nothing can be added to it",
                                          "`+=` appends to a list. One value is set by `=`.",
                                          R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit += 2 }
})",
                                          R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit = 2 }
})"};

inline constexpr Message<Text> no_such_file{
    "E0613",
    Severity::error,
    "no file `{}` can be patched: only `buildkitd.toml` can",
    "Objects are patched by their kind, as in `patch StatefulSet`.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch "buildkit.toml" { worker.oci.binary = "crun" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch "buildkitd.toml" { worker.oci.binary = "crun" }
})"};

inline constexpr Message<Text> unknown_key{
    "E0614",
    Severity::error,
    "buildkitd has no key `{}`, and would ignore it",
    "buildkitd reads its file without checking names: a misspelt key is ignored without a word.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch "buildkitd.toml" { worker.oci.runtime = "crun" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch "buildkitd.toml" { worker.oci.binary = "crun" }
})"};

inline constexpr Message<Text, Text, Text> key_not_in_release{
    "E0615",
    Severity::error,
    "`{}` is there from BuildKit {} on, and the fleet runs {}",
    "An older daemon ignores a newer key without a word.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  buildkit = "0.30"
  patch "buildkitd.toml" { compaction.enabled = true }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  buildkit = "0.34"
  patch "buildkitd.toml" { compaction.enabled = true }
})"};

inline constexpr Message<Text> nameless_table{
    "E0616",
    Severity::error,
    "the tables of `{}` have no names to be reached by",
    "Tiers of the garbage collection are said in `gc`; all of an array of tables can be set by "
    "`=`, and added to by `+=`.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch "buildkitd.toml" { worker.oci.gcpolicy["a"].all = true }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  gc {
    tier "a" {
      all            = true
      max_used_space = 60%
    }
  }
})"};

inline constexpr Message<Text> fixed_field{
    "E0617",
    Severity::error,
    "`{}` is what the object is known by, and stays as it is",
    "Other objects, the kit and the lock refer to it. The fleet's `namespace` and its block "
    "`names` "
    "say it.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { metadata.name = "builders" }
})",
    R"(fleet "b" {
  namespace = "ci"
  names { workload = "builders" }
  cache { size = 100GiB }
})"};

inline constexpr Message<Text, Text> mount_without_volume{
    "E0620",
    Severity::error,
    "container `{}` mounts volume `{}`, which its pod does not have",
    "The API server refuses a pod with such a mount.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { delete spec.template.spec.volumes["tmp"] }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.volumes["tmp"].emptyDir.medium = "Memory" }
})"};

inline constexpr Message<Text, Text, Text> selector_misses{
    "E0621",
    Severity::error,
    "the pods lack the label `{}` ({}), asked for by {}",
    "A workload whose selector misses its own pods is refused; a Service, a budget or a policy "
    "that misses them does nothing.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.metadata.labels["app.kubernetes.io/name"] = "x" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.metadata.labels["example.com/name"] = "x" }
})"};

inline constexpr Message<Text, Text> no_such_port{
    "E0622",
    Severity::error,
    "no container has a port `{}`, named by {}",
    "Nobody can connect: a port's name is looked up in the containers of the pods.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.containers["buildkitd"].ports["1234"].name = "grpc" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.template.spec.containers["buildkitd"].ports["9090"].name = "debug" }
})"};

inline constexpr Message<Text> no_governing_service{
    "E0623",
    Severity::warning,
    "no headless Service `{}` is written, so the pods get no names",
    "The pods of a StatefulSet have DNS names only through a headless Service of the name that "
    "`serviceName` says.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.serviceName = "elsewhere" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { spec.revisionHistoryLimit = 2 }
})"};

inline constexpr Message<Text, std::size_t, std::size_t> too_long{
    "E0624",
    Severity::error,
    "{} is {} bytes long, and may have {}",
    "Kubernetes refuses longer ones.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    spec.template.spec.containers["buildkitd"].ports["9090"].name = "metrics-of-buildkit"
  }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    spec.template.spec.containers["buildkitd"].ports["9090"].name = "metrics"
  }
})"};

inline constexpr Message<Text, Text> repeated{"E0625",
                                              Severity::error,
                                              "`{}` stands twice in {}",
                                              "Kubernetes refuses a key that repeats.",
                                              R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    spec.template.spec.containers["buildkitd"].env = [{ name = "A" }, { name = "A" }]
  }
})",
                                              R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    spec.template.spec.containers["buildkitd"].env = [{ name = "A" }, { name = "B" }]
  }
})"};

inline constexpr Message<Text, Text> bad_label{
    "E0626",
    Severity::error,
    "`{}` is no {}",
    "Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a key may have a "
    "domain and `/` before it.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Service "headless" { metadata.labels["team"] = "who knows?" }
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  patch Service "headless" { metadata.labels["team"] = "builders" }
})"};

// Every one of them, for `explain`, the reference and the tests.
inline constexpr Message<Text, Text> object_unreadable{
    "E0630",
    Severity::error,
    "cannot read `{}`: {}",
    "An `object` is a manifest: a file of YAML beside the file that names it, or in a folder "
    "there, "
    "of at most 4 MiB.",
    {},
    {}};

inline constexpr Message<Text> object_outside{
    "E0631",
    Severity::error,
    "`{}` lies outside what this program may read",
    "Like an `import`, an `object` is read below the project's root only: the nearest folder above "
    "the root file that holds an empty file `.bkfc` or a `.git`, else its own. So a program that "
    "is handed on is whole.",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
  object "/etc/route.yaml"
})",
    R"(fleet "b" {
  namespace = "ci"
  cache { size = 100GiB }
})"};

inline constexpr Message<Text> object_not_yaml{
    "E0632",
    Severity::error,
    "this is no YAML that Kubernetes reads: {}",
    "A manifest is one or several documents of YAML, or of JSON, which is YAML.",
    {},
    {}};

inline constexpr Message<Text> object_empty{
    "E0633",
    Severity::error,
    "`{}` holds no object",
    "A manifest without a document deploys nothing, and kustomize refuses it.",
    {},
    {}};

inline constexpr Message<Text> object_nameless{
    "E0634",
    Severity::error,
    "this is no object of Kubernetes: {}",
    "Every object has an `apiVersion`, a `kind` and a `metadata.name`, by which it is known.",
    {},
    {}};

inline constexpr Message<Text> object_twice{
    "E0635",
    Severity::error,
    "this fleet carries two files called `{}`",
    "A carried manifest is written under its own file name, so one would take the other's place.",
    {},
    {}};

std::span<const MessageRow> all();

}  // namespace bkfc::objects::message
