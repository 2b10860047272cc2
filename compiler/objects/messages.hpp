// What is said about patches, and about objects that do not hold together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "report/message.hpp"

namespace bkfc::objects::message {

using Text = std::string_view;

inline constexpr Message<Text> no_such_kind{
    "E0601", Severity::error, "no `{}` is written for this fleet",
    "A patch sets fields of what is written for the fleet: of its objects by their kind, and of "
    "`\"buildkitd.toml\"`."};

inline constexpr Message<Text, Text> no_such_object{
    "E0602", Severity::error, "no {} of this fleet is called `{}`",
    "The name behind a kind is that of one object, or what stands behind the fleet's own name in "
    "it: `patch Service \"headless\"`."};

inline constexpr Message<Text> which_object{
    "E0603", Severity::error, "several objects of kind {} are written: say which",
    "Where a fleet has several objects of one kind, a patch names the one that it means."};

inline constexpr Message<Text, Text> unknown_field{
    "E0604", Severity::error, "`{}` is no field of {}",
    "The fields are those of the Kubernetes API, spelt as there."};

inline constexpr Message<Text, Text, Text> not_in_release{
    "E0605", Severity::error, "`{}` is there {}, and the fleet is for Kubernetes {}",
    "An API server refuses or drops a field that its release does not have."};

inline constexpr Message<Text, Text, Text> gated_field{
    "E0606", Severity::warning,
    "Kubernetes {} drops `{}` without a word unless its feature gate `{}` is on",
    "A field whose feature gate is off is dropped when the object is created: nothing fails, and "
    "nothing happens."};

inline constexpr Message<Text> no_elements{
    "E0607", Severity::error, "an element of `{}` has no key to be named by",
    "Elements are named by the key by which the API itself merges them. A list without one is "
    "replaced by `=`, or added to by `+=`; `delete` takes a text of a list of texts."};

inline constexpr Message<Text, Text> which_element{
    "E0608", Severity::error, "`{}` is a list: name one of its elements, as in `{}`",
    "A path goes through a list by the key of one of its elements."};

inline constexpr Message<Text, Text, Text> wrong_value{
    "E0609", Severity::error, "`{}` takes {}, not {}",
    "Every field of the API has a type, which the API server insists on."};

inline constexpr Message<Text, Text> incomplete{
    "E0610", Severity::error, "`{}` lacks `{}`, which it must have",
    "What is made by a patch must have all that the API requires of it."};

inline constexpr Message<> no_effect{
    "E0611", Severity::warning, "this patch changes nothing",
    "What it sets is so without it, or what it deletes is not there. A later release may write "
    "something else here, which the patch would then hide."};

inline constexpr Message<Text> not_a_list{"E0612", Severity::error,
                                          "`{}` is no list, so nothing can be added to it",
                                          "`+=` appends to a list. One value is set by `=`."};

inline constexpr Message<Text> no_such_file{
    "E0613", Severity::error, "no file `{}` can be patched: only `buildkitd.toml` can",
    "Objects are patched by their kind, as in `patch StatefulSet`."};

inline constexpr Message<Text> unknown_key{
    "E0614", Severity::error, "buildkitd has no key `{}`, and would ignore it",
    "buildkitd reads its file without checking names: a misspelt key is ignored without a word."};

inline constexpr Message<Text, Text, Text> key_not_in_release{
    "E0615", Severity::error, "`{}` is there from BuildKit {} on, and the fleet runs {}",
    "An older daemon ignores a newer key without a word."};

inline constexpr Message<Text> nameless_table{
    "E0616", Severity::error, "the tables of `{}` have no names to be reached by",
    "Tiers of the garbage collection are said in `gc`; all of an array of tables can be set by "
    "`=`, and added to by `+=`."};

inline constexpr Message<Text, Text> mount_without_volume{
    "E0620", Severity::error, "container `{}` mounts volume `{}`, which its pod does not have",
    "The API server refuses a pod with such a mount."};

inline constexpr Message<Text, Text, Text> selector_misses{
    "E0621", Severity::error, "the pods lack the label `{}` ({}), asked for by {}",
    "A workload whose selector misses its own pods is refused; a Service, a budget or a policy "
    "that misses them does nothing."};

inline constexpr Message<Text, Text> no_such_port{
    "E0622", Severity::error, "no container has a port `{}`, named by {}",
    "Nobody can connect: a port's name is looked up in the containers of the pods."};

inline constexpr Message<Text> no_governing_service{
    "E0623", Severity::warning, "no headless Service `{}` is written, so the pods get no names",
    "The pods of a StatefulSet have DNS names only through a headless Service of the name that "
    "`serviceName` says."};

inline constexpr Message<Text, std::size_t, std::size_t> too_long{
    "E0624", Severity::error, "{} is {} bytes long, and may have {}",
    "Kubernetes refuses longer ones."};

inline constexpr Message<Text, Text> repeated{"E0625", Severity::error, "`{}` stands twice in {}",
                                              "Kubernetes refuses a key that repeats."};

inline constexpr Message<Text, Text> bad_label{
    "E0626", Severity::error, "`{}` is no {}",
    "Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a key may have a "
    "domain and `/` before it."};

}  // namespace bkfc::objects::message
