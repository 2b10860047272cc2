#include <fmt/core.h>

#include "lower/artifacts.hpp"
#include "lower/container.hpp"
#include "lower/parts.hpp"
#include "lower/suppressions.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

// A client needs no user of its own: any that no node has.
constexpr std::int64_t any_user = 65532;

constexpr std::string_view workspace = "/workspace";
constexpr std::string_view context = "/workspace/context";
constexpr std::string_view workspace_volume = "workspace";

// The image's own busybox is all that the build needs, so no registry has a part in it. What comes
// after the script is the command that builds.
constexpr std::string_view script =
    R"(mkdir -p /workspace/context/root/bin /workspace/context/root/lib
cp /bin/busybox /workspace/context/root/bin/
for loader in /lib/ld-musl-*; do
  if [ -e "$loader" ]; then cp "$loader" /workspace/context/root/lib/; fi
done
printf '%s\n' 'FROM scratch' 'COPY root /' 'RUN ["/bin/busybox", "echo", "a step ran"]' \
  >/workspace/context/Dockerfile
exec "$@"
)";

constexpr std::string_view as_a_user = "the smoke build is a client like any other, and no more";
constexpr std::string_view own_limits = "busybox is copied and run once: little is enough";

Node arguments(const model::Fleet& fleet) {
  const model::KeyFiles& files = fleet.tls.files;
  const auto certificate = [&](const std::string& file) {
    return fmt::format("{}/{}", fleet.paths.certificates, file);
  };
  return emit::list({
                        "buildctl",
                        "--addr",
                        Node(fmt::format("tcp://{}.{}.svc:{}", fleet.names.service(),
                                         fleet.name_space(), fleet.port))
                            .from(fleet.is().listen.tcp.origin),
                        "--tlscacert",
                        Node(certificate(files.ca)),
                        "--tlscert",
                        Node(certificate(files.cert)),
                        "--tlskey",
                        Node(certificate(files.key)),
                        "build",
                        "--progress=plain",
                        "--no-cache",
                        "--frontend=dockerfile.v0",
                        Node(fmt::format("--local=context={}", context)),
                        Node(fmt::format("--local=dockerfile={}", context)),
                        Node(fmt::format("--output=type=oci,dest={}/image.tar", workspace)),
                    })
      .because("builds one small image through the Service, with the client's certificate");
}

Node pod_security_context() {
  Node out = emit::map({{"runAsUser", any_user}, {"runAsGroup", any_user}, {"runAsNonRoot", true}});
  out.set("fsGroup", any_user);
  out.set("seccompProfile", emit::map({{"type", "RuntimeDefault"}}));
  out.why = as_a_user;
  return out;
}

Node container(const model::Fleet& fleet) {
  Node out = emit::map({{"name", Node("smoke-build").because(as_a_user)}});
  out.set("image", Node(fleet.image.reference).from(fleet.image.origin));
  out.set("imagePullPolicy",
          Node(schema::to_text(fleet.pull_policy.value)).from(fleet.pull_policy.origin));
  out.set("command", emit::list({"sh", "-euc", script, "smoke-build"})
                         .because("makes a context of the image's own busybox, and builds it"));
  out.set("args", arguments(fleet));
  Node limits;
  limits.why = own_limits;
  limits.set("requests",
             emit::map({{"cpu", "100m"}, {"memory", "64Mi"}, {"ephemeral-storage", "64Mi"}}));
  limits.set("limits",
             emit::map({{"cpu", "1"}, {"memory", "256Mi"}, {"ephemeral-storage", "256Mi"}}));
  out.set("resources", std::move(limits));
  out.set("volumeMounts",
          emit::list({read_only_mount(certificates_volume, fleet.paths.certificates),
                      mount(workspace_volume, std::string(workspace))}));
  Node security = emit::map({{"allowPrivilegeEscalation", false}}).because(as_a_user);
  security.set("capabilities", emit::map({{"drop", emit::list({"ALL"})}}));
  security.set("readOnlyRootFilesystem", true);
  out.set("securityContext", std::move(security));
  return out;
}

Node pod(const model::Fleet& fleet) {
  const schema::Fleet& is = fleet.is();
  Node spec;
  spec.set("serviceAccountName",
           object_name(fleet, fleet.names.service_account(), is.names.service_account));
  spec.set("automountServiceAccountToken", Node(false).because(as_a_user));
  spec.set("enableServiceLinks", Node(false).because(as_a_user));
  if (!is.image_pull_secrets.value.empty()) {
    Node secrets = emit::list();
    for (const std::string& name : is.image_pull_secrets.value)
      secrets.push(emit::map({{"name", Node(name).from(is.image_pull_secrets.origin)}}));
    spec.set("imagePullSecrets", std::move(secrets));
  }
  spec.set("restartPolicy", Node("Never").because("a failure is shown, not repeated"));
  spec.set("securityContext", pod_security_context());
  spec.set("containers", emit::list({container(fleet)}));
  spec.set("volumes",
           emit::list({secret_volume(certificates_volume, fleet.tls.clients.front().secret),
                       temporary_folder(workspace_volume, Bytes{std::int64_t{64} << 20})}));
  Node out;
  out.set("metadata", emit::map({{"labels", labels_of(fleet, smoke_app, "smoke-build")}}));
  out.set("spec", std::move(spec));
  return out;
}

// Nobody connects to the pod, and it connects to the daemons alone.
Node policy(const model::Fleet& fleet) {
  Node out = object(fleet, {"networking.k8s.io/v1", "NetworkPolicy", fleet.names.smoke_build(),
                            fleet.is().names.smoke_build.origin});
  out.find("metadata")->set("labels", labels_of(fleet, smoke_app, "smoke-build"));
  const auto port = [](std::int64_t number, std::string_view protocol) {
    return emit::map({{"port", number}, {"protocol", protocol}});
  };
  Node daemons;
  daemons.set(
      "to",
      emit::list({emit::map({{"podSelector", emit::map({{"matchLabels", selector(fleet)}})}})}));
  daemons.set("ports", emit::list({port(fleet.port, "TCP").from(fleet.is().listen.tcp.origin)}));
  Node& spec = out.set("spec", emit::map());
  spec.set("podSelector", emit::map({{"matchLabels", selector_of(fleet, smoke_app)}}));
  spec.set("policyTypes",
           emit::list({"Ingress", "Egress"}).because("nobody connects to the smoke build"));
  Node names = emit::map({{"ports", emit::list({port(53, "UDP"), port(53, "TCP")})}})
                   .because("names, by whatever server the cluster has");
  spec.set("egress", emit::list({std::move(names), std::move(daemons)}));
  return out;
}

Node job(const model::Fleet& fleet) {
  Node out = object(
      fleet, {"batch/v1", "Job", fleet.names.smoke_build(), fleet.is().names.smoke_build.origin});
  out.comment =
      "Builds an image through the fleet as a user's pod would. A Job runs once; this runs it "
      "again:\n  kubectl replace --force -f smoke-build.yaml";
  out.find("metadata")->set("labels", labels_of(fleet, smoke_app, "smoke-build"));
  Node annotations;
  add_suppressions(annotations, excuses_of_image(fleet));
  if (!annotations.entries.empty())
    out.find("metadata")->set("annotations", std::move(annotations));
  Node& spec = out.set("spec", emit::map());
  spec.set("backoffLimit", Node(1).because("one more try, for a daemon that just starts"));
  spec.set("activeDeadlineSeconds",
           Node(600).because("a small build that takes longer has failed"));
  spec.set("ttlSecondsAfterFinished", 86400, "A day to read its log.");
  spec.set("template", pod(fleet));
  return out;
}

}  // namespace

Content smoke_build(const model::Fleet& fleet) {
  emit::Yaml out;
  if (fleet.is().network_policy.enabled.value) out.documents.push_back(policy(fleet));
  out.documents.push_back(job(fleet));
  if (out.documents.size() > 1) return out;
  out.documents.front().comment = head_comment(fleet) + "\n\n" + out.documents.front().comment;
  return out;
}

}  // namespace bkfc::lower
