#include "lower/container.hpp"

#include <fmt/core.h>

#include "lower/parts.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

std::string socket_address(const model::Fleet& fleet) {
  return fmt::format("unix://{}", fleet.paths.socket);
}

Node arguments(const model::Fleet& fleet) {
  const model::Paths& paths = fleet.paths;
  const model::KeyFiles& files = fleet.tls.files;
  const auto certificate = [&](const std::string& file) {
    return fmt::format("{}/{}", paths.certificates, file);
  };
  Node out = emit::list();
  const auto flag = [&](std::string_view name, std::string value, OriginId origin) {
    out.push(Node(name).from(origin));
    out.push(Node(std::move(value)).from(origin));
  };
  const OriginId mode = fleet.is().mode.origin;
  const OriginId tls = fleet.is().tls.head.origin;
  flag("--config", paths.config_file, mode);
  flag("--addr", socket_address(fleet), mode);
  flag("--addr", fmt::format("tcp://0.0.0.0:{}", fleet.port), fleet.is().listen.tcp.origin);
  flag("--tlscacert", certificate(files.ca), tls);
  flag("--tlscert", certificate(files.cert), tls);
  flag("--tlskey", certificate(files.key), tls);
  return out;
}

Node ports(const model::Fleet& fleet) {
  const OriginId origin = fleet.is().listen.tcp.origin;
  return emit::list({emit::map({{"name", Node(model::Names::port).from(origin)},
                                {"containerPort", Node(fleet.port).from(origin)},
                                {"protocol", "TCP"}})
                         .from(origin)});
}

Node mounts(const model::Fleet& fleet) {
  const model::Paths& paths = fleet.paths;
  Node cache = mount(fleet.names.cache_volume(), paths.state);
  cache.origin = fleet.is().cache.head.origin;
  Node config = read_only_mount(config_volume, paths.config_folder);
  config.comment = "The whole folder: what is mounted by `subPath` is never updated.";
  Node tmp = mount(runtime_volume, paths.runtime);
  tmp.comment = "What the daemon writes beside its cache; the image itself is read-only.";
  return emit::list({std::move(cache), std::move(config),
                     read_only_mount(certificates_volume, paths.certificates), std::move(tmp),
                     mount(user_tmp_volume, paths.user_tmp), mount(tmp_volume, paths.tmp)});
}

// While the pod ends, its name is still known for some seconds, and the daemon still listens.
Node drain(const model::Fleet& fleet) {
  const OriginId origin = fleet.is().rollout.drain.origin;
  const std::int64_t seconds = fleet.stopping.drain.seconds;
  Node action;
  if (fleet.target.kubernetes.release >= has_sleep_action)
    action.set("sleep", emit::map({{"seconds", Node(seconds).from(origin)}}));
  else
    action.set("exec",
               emit::map({{"command",
                           emit::list({"sleep", Node(std::to_string(seconds)).from(origin)})}}));
  return emit::map({{"preStop", std::move(action)}});
}

Node probe(const model::Fleet& fleet, Node command, const model::Probe& numbers,
           OriginId threshold_origin = OriginId::nowhere) {
  Node out;
  out.why =
      "a daemon is asked for its workers through its socket, as often as it can bear under load";
  out.set("exec", emit::map({{"command", std::move(command)}}));
  out.set("periodSeconds", Node(numbers.period));
  out.set("timeoutSeconds", Node(numbers.timeout).from(fleet.probes.timeout_origin));
  out.set("failureThreshold", Node(numbers.failure_threshold).from(threshold_origin));
  return out;
}

// Asks the daemon for its workers. By itself, buildctl waits five seconds for a connection.
Node question(const model::Fleet& fleet) {
  return emit::list({"buildctl", "--addr", Node(socket_address(fleet)), "debug", "workers"});
}

Node patient_question(const model::Fleet& fleet) {
  const std::int64_t timeout = fleet.probes.liveness.timeout;
  return emit::list({"buildctl", "--addr", Node(socket_address(fleet)), "--timeout",
                     Node(std::to_string(timeout)).from(fleet.probes.timeout_origin), "debug",
                     "workers"});
}

void add_probes(Node& container, const model::Fleet& fleet) {
  const model::Probes& probes = fleet.probes;
  const std::int64_t start = probes.startup.period * probes.startup.failure_threshold;
  container.set("startupProbe",
                probe(fleet, patient_question(fleet), probes.startup, probes.startup_origin),
                fmt::format("{} to start: a daemon reads the metadata of its whole cache first.",
                            to_text(Duration{start})));
  container.set("readinessProbe", probe(fleet, question(fleet), probes.readiness));
  container.set("livenessProbe", probe(fleet, patient_question(fleet), probes.liveness),
                "A busy daemon answers late. It is killed, with all its builds, only when it is "
                "silent for long.");
}

Node security_context(const model::Fleet& fleet) {
  const OriginId mode = fleet.is().mode.origin;
  Node capabilities;
  capabilities.set("drop", emit::list({"ALL"}).from(mode));
  capabilities.set("add", emit::list({Node("SETUID").from(mode), Node("SETGID").from(mode)}),
                   "newuidmap and newgidmap each need their own one, and nothing needs more.");
  Node out;
  out.set("allowPrivilegeEscalation", Node(true).from(mode),
          "newuidmap and newgidmap are setuid: without this they gain nothing.");
  if (fleet.target.kubernetes.release >= has_apparmor_field)
    out.set("appArmorProfile", emit::map({{"type", Node("Unconfined").from(mode)}}),
            "The default profile denies mount.");
  out.set("capabilities", std::move(capabilities));
  out.set("readOnlyRootFilesystem", Node(true).from(mode));
  return out;
}

}  // namespace

Node daemon_container(const model::Fleet& fleet) {
  Node out;
  out.set("name", Node(model::Names::container)
                      .because("patches, `kubectl logs` and suppressions know the daemon by it"));
  out.set("image", Node(fleet.image.reference).from(fleet.image.origin));
  out.set("imagePullPolicy",
          Node(schema::to_text(fleet.pull_policy.value)).from(fleet.pull_policy.origin));
  out.set("args", arguments(fleet));
  out.set("ports", ports(fleet));
  Node limits = resources(fleet.is().resources);
  if (!limits.entries.empty()) out.set("resources", std::move(limits));
  out.set("volumeMounts", mounts(fleet));
  if (fleet.stopping.drain.seconds > 0)
    out.set("lifecycle", drain(fleet),
            "The daemon goes on taking builds until its name is gone everywhere; then it is told "
            "to stop,\nand lets the ones it has come to their end.");
  add_probes(out, fleet);
  out.set("securityContext", security_context(fleet));
  return out;
}

}  // namespace bkfc::lower
