#include "schema/daemon.hpp"

namespace bkfc::schema {
namespace {

constexpr Choice snapshotters[] = {
    {"auto", "the first that works: overlayfs, fuse-overlayfs, native"},
    {"overlayfs", "the kernel's; rootless from Linux 5.11"},
    {"fuse-overlayfs", "needs `/dev/fuse` in the pod"},
    {"native", "full copies of every layer: works everywhere, slow and large"},
    {"stargz", "lazy pulling; needs its own configuration"},
};

constexpr Attribute worker_rows[] = {
    attribute<&Worker::max_parallelism>(
        {.name = "max_parallelism",
         .doc = "How many steps of all builds run at once in one daemon.",
         .because =
             "the memory limit over `builds.step_memory`, where both are said; else unlimited, "
             "as buildkitd has it",
         .min = "1",
         .max = "10000",
         .gate = buildkit(0, 9),
         .toml = "max-parallelism",
         .example = "8"}),
    attribute<&Worker::snapshotter>(
        {.name = "snapshotter",
         .doc = "How layers become file systems. Changing it on a volume in use orphans the old "
                "cache.",
         .fallback = "auto",
         .because = "buildkitd's own default",
         .choices = snapshotters,
         .gate = buildkit(0, 3),
         .toml = "snapshotter"}),
    attribute<&Worker::platforms>(
        {.name = "platforms",
         .doc = "The platforms that the daemon says it builds. Without it, those it detects.",
         .gate = buildkit(0, 3),
         .toml = "platforms",
         .example = R"(["linux/amd64"])"}),
    attribute<&Worker::labels>({.name = "labels",
                                .doc = "Labels that `buildctl debug workers` shows.",
                                .gate = buildkit(0, 3),
                                .toml = "labels"}),
};

constexpr Choice log_levels[] = {
    {"trace", "everything, secrets of requests among it"},
    {"debug", "what garbage collection frees, among much else"},
    {"info", "starts, stops and failures"},
    {"warn", "what needs a look"},
    {"error", "what failed"},
};

constexpr Choice log_formats[] = {
    {"text", "lines for people"},
    {"json", "an object a line"},
};

constexpr Attribute log_rows[] = {
    attribute<&Log::level>({.name = "level",
                            .doc = "How much the daemon logs. Before BuildKit 0.30, `debug` and "
                                   "`trace` are lowered to the keys of those names.",
                            .fallback = "info",
                            .because = "buildkitd's own default",
                            .choices = log_levels}),
    attribute<&Log::format>({.name = "format",
                             .doc = "How the daemon logs.",
                             .fallback = "text",
                             .because = "buildkitd's own default",
                             .choices = log_formats,
                             .gate = buildkit(0, 13),
                             .toml = "format"}),
};

constexpr Attribute listen_rows[] = {
    attribute<&Listen::tcp>({.name = "tcp",
                             .doc = "The port that clients connect to.",
                             .fallback = "1234",
                             .because = "the port of BuildKit's own examples",
                             .min = "1024",
                             .max = "65535",
                             .field = "Service spec.ports[].port"}),
};

}  // namespace

constexpr BlockType worker_type{.name = "worker",
                                .doc = "How the daemon runs the steps of builds.",
                                .attributes = worker_rows,
                                .toml = "worker.oci",
                                .example = "worker {\n  max_parallelism = 8\n}",
                                .head = head_of<Worker>()};

constexpr BlockType log_type{.name = "log",
                             .doc = "What the daemon logs.",
                             .attributes = log_rows,
                             .toml = "log",
                             .example = "log {\n  level = debug\n}",
                             .head = head_of<Log>()};

constexpr BlockType listen_type{.name = "listen",
                                .doc = "Where the daemon listens, beside its socket in the pod.",
                                .attributes = listen_rows,
                                .example = "listen {\n  tcp = 1234\n}",
                                .head = head_of<Listen>()};

}  // namespace bkfc::schema
