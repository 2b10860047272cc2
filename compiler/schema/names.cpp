#include "schema/names.hpp"

namespace bkfc::schema {
namespace {

constexpr Attribute names_rows[] = {
    attribute<&Names::workload>({.name = "workload",
                                 .doc = "The StatefulSet, and what its pods' names begin with.",
                                 .because = "the fleet's name",
                                 .field = "StatefulSet metadata.name",
                                 .example = R"("buildkitd")",
                                 .also = "stateful_set statefulset"}),
    attribute<&Names::claim>(
        {.name = "claim",
         .doc = "The cache's volume. Each daemon's claim is this, the workload and a number: "
                "`cache-ci-0`. Under another name, a daemon gets a new and empty volume.",
         .because = "`cache`",
         .field = "StatefulSet spec.volumeClaimTemplates[].metadata.name",
         .example = R"("buildkit")",
         .also = "volume_claim pvc"}),
    attribute<&Names::config_map>({.name = "config_map",
                                   .doc = "The ConfigMap that holds buildkitd.toml.",
                                   .because = "the fleet's name and `-config`",
                                   .field = "ConfigMap metadata.name",
                                   .example = R"("buildkitd-config")"}),
    attribute<&Names::service>({.name = "service",
                                .doc = "The Service that clients connect to.",
                                .because = "the fleet's name",
                                .field = "Service metadata.name",
                                .example = R"("buildkitd")"}),
    attribute<&Names::headless_service>(
        {.name = "headless_service",
         .doc = "The Service by which each daemon has a name of its own.",
         .because = "the fleet's name and `-headless`",
         .field = "Service metadata.name, StatefulSet spec.serviceName",
         .example = R"("buildkitd-pods")"}),
    attribute<&Names::service_account>({.name = "service_account",
                                        .doc = "The ServiceAccount of the pods.",
                                        .because = "the fleet's name",
                                        .field = "ServiceAccount metadata.name",
                                        .example = R"("buildkitd")"}),
    attribute<&Names::daemon_certs>(
        {.name = "daemon_certs",
         .doc = "The Secret with the daemons' certificate, its key and the CA's certificate.",
         .because = "the fleet's name and `-daemon-certs`",
         .field = "Secret metadata.name",
         .example = R"("buildkit-daemon-certs")",
         .also = "daemon_certificates"}),
    attribute<&Names::client_certs>(
        {.name = "client_certs",
         .doc = "What a client's Secret is called before `-` and the client's name.",
         .because = "the fleet's name and `-client`",
         .field = "Secret metadata.name",
         .example = R"("buildkit-client")",
         .also = "client_certificates"}),
    attribute<&Names::disruption_budget>({.name = "disruption_budget",
                                          .doc = "The PodDisruptionBudget.",
                                          .because = "the fleet's name",
                                          .field = "PodDisruptionBudget metadata.name",
                                          .example = R"("buildkitd")"}),
    attribute<&Names::network_policy>({.name = "network_policy",
                                       .doc = "The NetworkPolicy.",
                                       .because = "the fleet's name",
                                       .field = "NetworkPolicy metadata.name",
                                       .example = R"("buildkitd")"}),
    attribute<&Names::smoke_build>({.name = "smoke_build",
                                    .doc = "The Job of the smoke build, and its network policy.",
                                    .because = "the fleet's name and `-smoke-build`",
                                    .field = "Job metadata.name",
                                    .example = R"("buildkitd-smoke-build")"}),
};

}  // namespace

constexpr BlockType names_type{
    .name = "names",
    .doc =
        "What the generated objects are called, to adopt what is there already. Without it, "
        "after the fleet.",
    .attributes = names_rows,
    .example = "names {\n  claim = \"buildkit\"\n}",
    .also = "name object_names",
    .head = head_of<Names>()};

}  // namespace bkfc::schema
