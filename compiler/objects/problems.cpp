#include "objects/problems.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace bkfc::objects {
namespace {

using emit::Node;

constexpr std::size_t label_limit = 63;
constexpr std::size_t name_limit = 253;
constexpr std::size_t port_name_limit = 15;
// The pods' label `controller-revision-hash` is the name, `-`, and up to ten letters.
constexpr std::size_t stateful_set_limit = 52;
constexpr std::size_t config_limit = 1024 * 1024;
constexpr std::size_t annotations_limit = 256 * 1024;

bool is_word_end(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The text of a label's value, or of its key behind the `/`.
bool is_label_word(std::string_view text) {
  if (text.empty()) return true;
  return is_word_end(text.front()) && is_word_end(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_word_end(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_label_key(std::string_view key) {
  const std::size_t slash = key.find('/');
  const std::string_view name = slash == key.npos ? key : key.substr(slash + 1);
  const std::string_view domain = slash == key.npos ? std::string_view{} : key.substr(0, slash);
  return !name.empty() && name.size() <= label_limit && is_label_word(name) &&
         is_label_word(domain) && slash != 0;
}

std::string title(const Node& object) {
  return fmt::format("{} `{}`", kind_of(object), name_of(object));
}

const Node* pod_of(const Node& object) { return find(object, {"spec", "template", "spec"}); }

bool is_daemon_workload(const Node& object) {
  const std::string_view kind = kind_of(object);
  return kind == "StatefulSet" || kind == "Deployment" || kind == "DaemonSet";
}

std::vector<const Node*> items_of(const Node* list) {
  std::vector<const Node*> out;
  if (list == nullptr) return out;
  for (const Node& item : list->items) out.push_back(&item);
  return out;
}

std::vector<const Node*> containers_of(const Node& pod) {
  std::vector<const Node*> out = items_of(pod.find("containers"));
  for (const Node* one : items_of(pod.find("initContainers"))) out.push_back(one);
  return out;
}

std::string text_of(const Node& node) {
  return node.kind == Node::Kind::integer ? std::to_string(node.integer) : node.text;
}

class Finder {
 public:
  explicit Finder(const FleetFiles& files) : files_(files) {
    for (const Node* object : files.objects)
      if (is_daemon_workload(*object)) workload_ = object;
  }

  std::vector<Problem> run() {
    for (const Node* object : files_.objects) {
      check_lengths(*object);
      check_labels(find(*object, {"metadata", "labels"}));
      if (const Node* pod = pod_of(*object)) check_pod(*object, *pod);
    }
    if (workload_ != nullptr) check_references();
    return std::move(problems_);
  }

 private:
  void add(Problem problem) {
    for (Problem& there : problems_)
      if (there.is_same(problem)) {
        there.askers.insert(there.askers.end(), problem.askers.begin(), problem.askers.end());
        return;
      }
    problems_.push_back(std::move(problem));
  }

  void check_length(std::string what, std::size_t length, std::size_t limit, OriginId origin) {
    if (length > limit)
      add({.kind = Problem::Kind::too_long,
           .what = std::move(what),
           .length = length,
           .limit = limit,
           .origin = origin});
  }

  void check_lengths(const Node& object) {
    const std::string_view kind = kind_of(object);
    const Node* name = find(object, {"metadata", "name"});
    if (name != nullptr)
      check_length(fmt::format("the name of {}", title(object)), name->text.size(),
                   kind == "StatefulSet"                ? stateful_set_limit
                   : kind == "Service" || kind == "Job" ? label_limit
                                                        : name_limit,
                   name->origin);
    check_total(object.find("data"), fmt::format("what {} holds", title(object)), config_limit);
    check_total(find(object, {"metadata", "annotations"}),
                fmt::format("what the annotations of {} hold", title(object)), annotations_limit);
  }

  void check_total(const Node* map, std::string what, std::size_t limit) {
    if (map == nullptr) return;
    std::size_t total = 0;
    for (const emit::Entry& entry : map->entries)
      total += entry.key.size() + entry.value.text.size();
    check_length(std::move(what), total, limit, map->origin);
  }

  void check_labels(const Node* labels) {
    if (labels == nullptr) return;
    for (const emit::Entry& entry : labels->entries) {
      if (!is_label_key(entry.key))
        add({.kind = Problem::Kind::bad_label,
             .what = entry.key,
             .which = "key of a label",
             .origin = entry.value.origin});
      if (entry.value.text.size() > label_limit || !is_label_word(entry.value.text))
        add({.kind = Problem::Kind::bad_label,
             .what = entry.value.text,
             .which = "value of a label",
             .origin = entry.value.origin});
    }
  }

  void check_pod(const Node& object, const Node& pod) {
    check_labels(find(object, {"spec", "template", "metadata", "labels"}));
    std::vector<std::string> volumes;
    for (const Node* volume : items_of(pod.find("volumes")))
      volumes.emplace_back(text_at(*volume, {"name"}));
    for (const Node* claim : items_of(find(object, {"spec", "volumeClaimTemplates"})))
      volumes.emplace_back(name_of(*claim));
    check_repeated(pod.find("volumes"), "name", "the volumes of " + title(object));
    // The controller puts the claim in the place of a volume that is called like it.
    for (const Node* claim : items_of(find(object, {"spec", "volumeClaimTemplates"})))
      if (std::count(volumes.begin(), volumes.end(), name_of(*claim)) > 1)
        add({.kind = Problem::Kind::repeated,
             .what = std::string(name_of(*claim)),
             .which = "the volumes of " + title(object),
             .origin = find(*claim, {"metadata", "name"})->origin});
    check_repeated(pod.find("containers"), "name", "the containers of " + title(object));
    for (const Node* container : containers_of(pod)) check_container(*container, volumes);
  }

  void check_container(const Node& container, const std::vector<std::string>& volumes) {
    const std::string name(text_at(container, {"name"}));
    for (const Node* mount : items_of(container.find("volumeMounts"))) {
      const Node* volume = mount->find("name");
      if (volume == nullptr) continue;
      if (std::find(volumes.begin(), volumes.end(), volume->text) == volumes.end())
        add({.kind = Problem::Kind::mount_without_volume,
             .what = name,
             .which = volume->text,
             .origin = volume->origin});
    }
    const std::string of = fmt::format("container `{}`", name);
    check_repeated(container.find("volumeMounts"), "mountPath", "the mounts of " + of);
    check_repeated(container.find("env"), "name", "the environment of " + of);
    check_repeated(container.find("ports"), "name", "the ports of " + of);
    for (const Node* port : items_of(container.find("ports")))
      if (const Node* port_name = port->find("name"))
        check_length(fmt::format("the port name `{}`", port_name->text), port_name->text.size(),
                     port_name_limit, port_name->origin);
  }

  void check_repeated(const Node* list, std::string_view key, const std::string& where) {
    std::vector<std::string> seen;
    for (const Node* item : items_of(list)) {
      const Node* value = item->find(key);
      if (value == nullptr) continue;
      const std::string text = text_of(*value);
      if (std::find(seen.begin(), seen.end(), text) != seen.end())
        add({.kind = Problem::Kind::repeated,
             .what = text,
             .which = where,
             .origin = value->origin});
      seen.push_back(text);
    }
  }

  // What points to the daemons' pods, and what the workload itself points to.
  void check_references() {
    check_selector(*workload_, find(*workload_, {"spec", "selector", "matchLabels"}));
    for (const Node* object : files_.objects) {
      const std::string_view kind = kind_of(*object);
      if (kind == "Service") {
        check_selector(*object, find(*object, {"spec", "selector"}));
        for (const Node* port : items_of(find(*object, {"spec", "ports"})))
          check_port(*object, port->find("targetPort"));
      } else if (kind == "PodDisruptionBudget") {
        check_selector(*object, find(*object, {"spec", "selector", "matchLabels"}));
      } else if (kind == "NetworkPolicy") {
        check_selector(*object, find(*object, {"spec", "podSelector", "matchLabels"}));
        for (const Node* rule : items_of(find(*object, {"spec", "ingress"})))
          for (const Node* port : items_of(rule->find("ports")))
            check_port(*object, port->find("port"));
      }
    }
    if (kind_of(*workload_) == "StatefulSet") check_governing_service();
  }

  static const Node* labels_of(const Node& object) {
    return find(object, {"spec", "template", "metadata", "labels"});
  }

  static bool selects(const Node& selector, const Node* labels) {
    return labels != nullptr && std::all_of(selector.entries.begin(), selector.entries.end(),
                                            [&](const emit::Entry& entry) {
                                              const Node* label = labels->find(entry.key);
                                              return label != nullptr &&
                                                     label->text == entry.value.text;
                                            });
  }

  // Whether the pods of something else are meant, as those of the smoke build.
  bool selects_others(const Node& selector) const {
    return std::any_of(files_.objects.begin(), files_.objects.end(), [&](const Node* object) {
      return object != workload_ && selects(selector, labels_of(*object));
    });
  }

  void check_selector(const Node& object, const Node* selector) {
    const Node* labels = labels_of(*workload_);
    if (selector == nullptr || selects_others(*selector)) return;
    for (const emit::Entry& entry : selector->entries) {
      const Node* label = labels == nullptr ? nullptr : labels->find(entry.key);
      if (label != nullptr && label->text == entry.value.text) continue;
      add({.kind = Problem::Kind::selector_misses,
           .what = fmt::format("{}={}", entry.key, entry.value.text),
           .why = label == nullptr ? std::string("they have no such label")
                                   : fmt::format("theirs is `{}`", label->text),
           .askers = {title(object)},
           .origin = label == nullptr ? entry.value.origin : label->origin});
    }
  }

  void check_port(const Node& object, const Node* port) {
    if (port == nullptr || port->kind != Node::Kind::text) return;
    const Node* pod = pod_of(*workload_);
    if (pod == nullptr) return;
    for (const Node* container : containers_of(*pod))
      for (const Node* one : items_of(container->find("ports")))
        if (text_at(*one, {"name"}) == port->text) return;
    add({.kind = Problem::Kind::no_such_port,
         .what = port->text,
         .askers = {title(object)},
         .origin = port->origin});
  }

  void check_governing_service() {
    const Node* name = find(*workload_, {"spec", "serviceName"});
    if (name == nullptr) return;
    for (const Node* object : files_.objects)
      if (kind_of(*object) == "Service" && name_of(*object) == name->text &&
          text_at(*object, {"spec", "clusterIP"}) == "None")
        return;
    add({.kind = Problem::Kind::no_governing_service, .what = name->text, .origin = name->origin});
  }

  const FleetFiles& files_;
  const Node* workload_ = nullptr;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> problems_of(const FleetFiles& files) { return Finder(files).run(); }

}  // namespace bkfc::objects
