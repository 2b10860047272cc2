#include "schema/builder.hpp"

namespace bkfc::schema {
namespace {

constexpr Attribute builder_rows[] = {
    attribute<&Builder::fleets>(
        {.name = "fleets",
         .doc = "The fleets that builds go to, each with its platforms. A name that several fleets "
                "have is written with its namespace, or with its cluster and namespace: "
                "`lab/ci/buildkitd`.",
         .required = true,
         .example = R"(["buildkitd-amd64", "buildkitd-arm64"])",
         .also = "nodes append"}),
};

}  // namespace

constexpr BlockType builder_type{
    .name = "builder",
    .doc =
        "One buildx builder over several fleets, so that one build makes an image for several "
        "platforms.",
    .attributes = builder_rows,
    .label = "the builder's name",
    .example = "builder \"ci\" {\n  fleets = [\"buildkitd-amd64\", \"buildkitd-arm64\"]\n}",
    .also = "buildx",
    .head = head_of<Builder>()};

}  // namespace bkfc::schema
