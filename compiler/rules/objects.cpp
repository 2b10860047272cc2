// OBJ: objects that a fleet carries along.
#include "rules/objects.hpp"

#include <map>
#include <tuple>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"

namespace bkfc::rules {
namespace {

using model::CarriedObject;

std::string title(const CarriedObject& object) {
  return fmt::format("{} `{}`", object.kind, object.name);
}

Draft at(const CarriedObject& object, Draft draft) {
  draft.about(*object.fleet).label(object.document, "it is this one");
  return draft;
}

// By which the API server and kustomize know an object: where, what, and how it is called.
using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

// `apps` of `apps/v1`; empty for the core's.
std::string group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == api_version.npos ? std::string() : std::string(api_version.substr(0, slash));
}

// What is written for fleets. It goes by the kind alone: where a carried object's fields are known,
// its group is the written one's.
std::map<Key, const model::Fleet*> written(const Context& context) {
  std::map<Key, const model::Fleet*> out;
  for (const model::Fleet& fleet : context.fleets)
    for (const OwnObject& own : own_objects(fleet))
      out.try_emplace(
          {fleet.source->identity.cluster, "", std::string(own.kind), fleet.name_space(), own.name},
          &fleet);
  return out;
}

void clash(const Context& context, Findings& out) {
  if (context.carried.empty()) return;
  const std::map<Key, const model::Fleet*> own = written(context);
  std::map<Key, const CarriedObject*> taken;
  for (const CarriedObject& object : context.carried) {
    const std::string& cluster = object.fleet->source->identity.cluster;
    const auto there = own.find({cluster, "", object.kind, object.name_space, object.name});
    if (object.is_known && there != own.end())
      at(object, out.at(object.origin, "the {} is written for the fleet `{}` already",
                        title(object), there->second->names.fleet()))
          .label(there->second->is().head.origin, "by this fleet")
          .note("one would overwrite the other; a field of what is written is set by `patch`");
    const auto [entry, is_new] = taken.try_emplace(
        {cluster, group_of(object.api_version), object.kind, object.name_space, object.name},
        &object);
    if (is_new) continue;
    at(object, out.at(object.origin, "the {} is carried along twice", title(object)))
        .about(*entry->second->fleet)
        .label(entry->second->origin, "here as well")
        .note(
            "kustomize refuses a cluster's folder in which an object stands twice; let one fleet "
            "carry it");
  }
}

void no_namespace(const Context& context, Findings& out) {
  for (const CarriedObject& object : context.carried)
    if (object.has_namespace && object.name_space.empty())
      at(object, out.at(object.origin, "the {} says no namespace", title(object)))
          .note(fmt::format("say `namespace: {}` in its `metadata`", object.fleet->name_space()));
}

void elsewhere(const Context& context, Findings& out) {
  for (const CarriedObject& object : context.carried)
    if (!object.name_space.empty() && object.name_space != object.fleet->name_space())
      at(object,
         out.at(object.origin, "the {} is of the namespace `{}`", title(object), object.name_space))
          .here(fmt::format("its fleet is of `{}`", object.fleet->name_space()));
}

void unchecked(const Context& context, Findings& out) {
  for (const CarriedObject& object : context.carried)
    if (!object.is_known)
      at(object, out.at(object.origin, "the fields of the {} are not checked", title(object)))
          .here(fmt::format("nothing is known of {} of {}", object.kind, object.api_version));
}

constexpr Rule rules[] = {
    {.id = "OBJ001",
     .name = "object_clash",
     .title = "an object that is there already",
     .why = "An object is known by its group, kind, namespace and name. Of two in one cluster the "
            "later apply overwrites the earlier, and kustomize refuses a folder that has both: "
            "\"may not add resource with an already registered id\".",
     .program = clash},
    {.id = "OBJ002",
     .name = "object_without_namespace",
     .severity = Severity::warning,
     .title = "a carried object that says no namespace",
     .why = "A manifest is written as it is. Without a namespace it goes wherever the context of "
            "whoever runs kubectl points, mostly `default`, and there finds neither the fleet's "
            "Services nor its Secrets.",
     .program = no_namespace},
    {.id = "OBJ003",
     .name = "object_elsewhere",
     .severity = Severity::warning,
     .title = "a carried object of another namespace than its fleet's",
     .why = "Most objects refer to Services, Secrets and Pods of their own namespace only, and "
            "whoever deploys a fleet may have rights in its namespace alone. Where it is meant, a "
            "monitoring rule for instance, `allow` says so.",
     .program = elsewhere},
    {.id = "OBJ004",
     .name = "object_unchecked",
     .severity = Severity::info,
     .title = "a carried object of a kind whose fields are not known",
     .why = "The compiler knows the fields of the kinds that it writes, and of some that go with "
            "them. Others are written as they are, so that a misspelt field is found by the API "
            "server or by nobody.",
     .program = unchecked},
};

}  // namespace

std::span<const Rule> object_rules() { return rules; }

}  // namespace bkfc::rules
