// What generated objects have in common: their heads, their labels, and values with their origins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/document.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

inline constexpr Release has_apparmor_field{1, 30, 0};
inline constexpr Release has_sleep_action{1, 30, 0};
inline constexpr Release has_claim_retention{1, 27, 0};
inline constexpr Release has_eviction_policy{1, 27, 0};

// The sentence at the top of what is written for a fleet, and the fleet's own documentation.
std::string head_comment(const model::Fleet& fleet);

struct ObjectHead {
  std::string_view api_version;
  std::string_view kind;
  std::string name;
  OriginId origin = OriginId::nowhere;  // of the name, where the fleet says it
};

// `apiVersion`, `kind` and `metadata` of an object of a fleet's daemons.
emit::Node object(const model::Fleet& fleet, const ObjectHead& head);

// All labels of the daemons, and the fleet's own.
emit::Node labels(const model::Fleet& fleet);
// Those that never change, by which the daemons' pods are found.
emit::Node selector(const model::Fleet& fleet);
// The standard ones, of the pods of something else.
emit::Node selector_of(const model::Fleet& fleet, std::string_view app);

// What `app.kubernetes.io/name` says of the daemons, and of the pod of the smoke build.
inline constexpr std::string_view daemon_app = model::Names::app;
inline constexpr std::string_view smoke_app = "buildkit-smoke-build";
emit::Node labels_of(const model::Fleet& fleet, std::string_view app, std::string_view component);

// The name of an object, from where the fleet says it, or for the reason that it is called so.
emit::Node object_name(const model::Fleet& fleet, std::string text,
                       const schema::Field<std::string>& said);

// A map of texts, in its own order, each from one place.
emit::Node text_map(const schema::Field<schema::TextMap>& field);

// `requests` and `limits`; an empty map where nothing is said.
emit::Node resources(const schema::Resources& said);

// The toleration that kubectl's spelling means: `key=value:Effect`, `key:Effect`, `key`.
emit::Node toleration(const schema::Tolerate& said);

// A folder that is gone with the pod.
emit::Node temporary_folder(std::string_view name, Bytes limit);
emit::Node secret_volume(std::string_view name, const std::string& secret);
emit::Node mount(std::string_view volume, const std::string& path);
emit::Node read_only_mount(std::string_view volume, const std::string& path);

}  // namespace bkfc::lower
