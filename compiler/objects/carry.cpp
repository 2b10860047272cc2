#include "objects/carry.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/core.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "objects/entry.hpp"
#include "objects/fleet_files.hpp"
#include "objects/messages.hpp"
#include "objects/value.hpp"
#include "read/read_yaml.hpp"

namespace bkfc::objects {
namespace {

using emit::Node;

// Of what the API server takes, and etcd behind it, this is a multiple.
constexpr std::size_t largest_manifest = 4u << 20;

// A manifest, read once for all fleets that carry it.
struct Manifest {
  FileId file{};
  std::string text;
  std::vector<Node> documents;
};

class Carrier {
 public:
  Carrier(std::span<const Home> homes, Files& files, Sources& sources, Origins& origins,
          Report& report)
      : homes_(homes), files_(files), sources_(sources), origins_(origins), report_(report) {}

  Carried carry(const std::vector<model::Fleet>& fleets) {
    for (const model::Fleet& fleet : fleets) {
      std::map<std::string_view, OriginId> names;
      for (const schema::Object& object : fleet.is().objects) {
        const std::string_view name = model::carried_name(object);
        const auto [before, is_new] = names.emplace(name, object.head.origin);
        if (!is_new)
          report_.add(message::object_twice, span_of(object.head.origin), name)
              .label(span_of(before->second), "the other one");
        if (is_new) carry_one(fleet, object);
      }
    }
    return std::move(carried_);
  }

 private:
  Span span_of(OriginId origin) const { return origins_.at(origin).span; }

  void carry_one(const model::Fleet& fleet, const schema::Object& object) {
    const Manifest* manifest = find_manifest(object);
    if (manifest == nullptr) return;
    carried_.artifacts.push_back({.path = model::carried_path(fleet, object),
                                  .subject = fleet.source->identity.text(),
                                  .content = emit::Text{manifest->text}});
    for (const Node& document : manifest->documents) add(fleet, object, *manifest, document);
  }

  // Null where it cannot be had; that was reported.
  const Manifest* find_manifest(const schema::Object& object) {
    const Span at = span_of(object.head.origin);
    const std::optional<std::string> path = find_path(object.head.label, at);
    if (!path) return nullptr;
    const auto [entry, is_new] = manifests_.try_emplace(*path);
    if (is_new) entry->second = read(*path, object.head.label, at);
    return entry->second ? &*entry->second : nullptr;
  }

  // A path is seen from the folder of the file that says it, and stays within that file's limits.
  std::optional<std::string> find_path(std::string_view path, Span at) {
    const auto home = std::find_if(homes_.begin(), homes_.end(),
                                   [&](const Home& one) { return one.file == at.file; });
    const std::string shown = join(folder_of(sources_.path(at.file)), path);
    const bool has_limit = home != homes_.end() && !home->limit.empty();
    const bool leaves = has_limit ? !lies_in(join(folder_of(home->path), path), home->limit)
                                  : shown.starts_with("..");
    if (path.starts_with('/') || leaves) {
      report_.add(message::object_outside, at, path)
          .note("write it as seen from the file that says it, within the project");
      return std::nullopt;
    }
    const Result<std::string> resolved = files_.resolve(shown);
    if (resolved && has_limit && !lies_in(resolved.value(), home->limit)) {
      report_.add(message::object_outside, at, path).note("it is a link, and leads elsewhere");
      return std::nullopt;
    }
    return shown;
  }

  std::optional<Manifest> read(const std::string& path, std::string_view said, Span at) {
    Result<std::string> text = files_.read(path, largest_manifest);
    if (!text) {
      report_.add(message::object_unreadable, at, said, text.error());
      return std::nullopt;
    }
    Manifest manifest{.text = std::move(text).value()};
    if (first_invalid_utf8(manifest.text)) {
      report_.add(message::object_unreadable, at, said, "it is not UTF-8");
      return std::nullopt;
    }
    manifest.file = sources_.add(path, manifest.text);
    read::Reading reading =
        read::read_yaml(sources_.text(manifest.file), {manifest.file, &origins_});
    if (reading.trouble) {
      const std::uint32_t offset = reading.trouble->offset;
      report_.add(message::object_not_yaml, {manifest.file, offset, offset},
                  reading.trouble->reason);
      return std::nullopt;
    }
    manifest.documents = std::move(reading.documents);
    if (manifest.documents.empty()) report_.add(message::object_empty, at, said);
    return manifest;
  }

  void add(const model::Fleet& fleet, const schema::Object& object, const Manifest& manifest,
           const Node& document) {
    const Span at =
        document.origin == OriginId::nowhere ? Span{manifest.file, 0, 0} : span_of(document.origin);
    if (!is_object(document, at)) return;
    model::CarriedObject out{
        .fleet = &fleet,
        .file = object.head.label,
        .api_version = std::string(text_at(document, {"apiVersion"})),
        .kind = std::string(kind_of(document)),
        .name_space = std::string(text_at(document, {"metadata", "namespace"})),
        .name = std::string(name_of(document)),
        .origin = object.head.origin,
        .document = document.origin};
    const facts::Kind* kind = facts::find_kind(out.kind);
    out.is_known = kind != nullptr && kind->api_version == out.api_version;
    out.has_namespace = out.is_known && out.kind != "Namespace" && !out.kind.starts_with("Cluster");
    if (out.is_known)
      check_manifest(document, *kind, {kind->name, fleet.target.kubernetes.release, &origins_}, at,
                     report_);
    carried_.objects.push_back(std::move(out));
  }

  // Whether it has what every object is known by.
  bool is_object(const Node& document, Span at) {
    if (document.kind != Node::Kind::map) {
      report_.add(message::object_nameless, at, fmt::format("it is {}", what(document)));
      return false;
    }
    if (kind_of(document) == "List") {
      report_.add(message::object_nameless, at, "a `List` holds objects and is none itself")
          .note("write each of its items as a document, apart by `---`");
      return false;
    }
    const std::string_view lacking = text_at(document, {"apiVersion"}).empty() ? "apiVersion"
                                     : kind_of(document).empty()               ? "kind"
                                     : name_of(document).empty()               ? "metadata.name"
                                                                               : "";
    if (lacking.empty()) return true;
    report_.add(message::object_nameless, at, fmt::format("it has no `{}`", lacking));
    return false;
  }

  std::span<const Home> homes_;
  Files& files_;
  Sources& sources_;
  Origins& origins_;
  Report& report_;
  std::map<std::string, std::optional<Manifest>> manifests_;  // by the path that is shown
  Carried carried_;
};

}  // namespace

Carried carry(const std::vector<model::Fleet>& fleets, std::span<const Home> homes, Files& files,
              Sources& sources, Origins& origins, Report& report) {
  return Carrier(homes, files, sources, origins, report).carry(fleets);
}

}  // namespace bkfc::objects
