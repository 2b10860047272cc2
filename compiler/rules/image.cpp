// IMG: the image that the daemons run.
#include "facts/releases.hpp"
#include "rules/catalogue.hpp"
#include "rules/edits.hpp"
#include "rules/findings.hpp"
#include "rules/spelling.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

// Replaces the tag, where the image is written as one plain string.
std::vector<Edit> other_tag(const Context& context, const Fleet& fleet, std::string_view tag) {
  const auto& image = fleet.is().image;
  if (!image.is_written() || !fleet.image.digest.empty()) return {};
  if (context.text(image.origin) != fmt::format("\"{}\"", image.value)) return {};
  return replace(context.origins, image.origin,
                 fmt::format("\"{}:{}\"", fleet.image.repository, tag));
}

std::string named(const Fleet& fleet) {
  return fleet.image.tag.empty() ? fleet.image.reference : fmt::format("…:{}", fleet.image.tag);
}

void reference(const Context&, const Fleet& fleet, Findings& out) {
  const auto& image = fleet.is().image;
  if (!image.is_written()) return;
  if (const auto refusal = refuse_image(image.value))
    out.at(image.origin, "`{}` is no reference of an image", image.value).here(*refusal);
}

void flavour(const Context& context, const Fleet& fleet, Findings& out) {
  if (!fleet.image.rootless) return;
  const bool wants = fleet.is().mode.value == schema::Mode::rootless;
  if (*fleet.image.rootless == wants) return;
  auto draft = out.at(fleet.image.origin, "mode `{}` needs the {} image, and `{}` is the {} one",
                      to_text(fleet.is().mode.value), wants ? "rootless" : "plain", named(fleet),
                      wants ? "plain" : "rootless");
  draft.label(fleet.is().mode.origin, "the mode");
  const facts::Flavour right = wants ? facts::Flavour::rootless : facts::Flavour::rootful;
  if (!fleet.image.release || fleet.image.moving) return;
  const std::string tag = facts::image_tag(*fleet.image.release, right);
  draft.here(fmt::format("say `{}`", tag))
      .fix(fmt::format("write `{}`", tag), other_tag(context, fleet, tag));
}

void moves(const Context& context, const Fleet& fleet, Findings& out) {
  const auto& image = fleet.is().image;
  if (!image.is_written() || !fleet.image.moving || refuse_image(image.value)) return;
  const facts::Flavour kind = fleet.is().mode.value == schema::Mode::rootless
                                  ? facts::Flavour::rootless
                                  : facts::Flavour::rootful;
  const std::string tag = facts::image_tag(facts::newest_buildkit(), kind);
  auto draft = out.at(image.origin, "`{}` may be another image tomorrow", named(fleet));
  draft.here("a tag that moves")
      .note(
          "a restarted daemon then runs another BuildKit than its neighbours, and nobody decided "
          "it")
      .note(fmt::format("say a release, like `{}`, or a digest", tag))
      .suggest(fmt::format("write `{}`", tag), other_tag(context, fleet, tag));
}

void stale(const Context&, const Fleet& fleet, Findings& out) {
  const auto& policy = fleet.is().image_pull_policy;
  if (!policy.is_written() || !fleet.image.moving || policy.value == schema::PullPolicy::Always)
    return;
  out.at(policy.origin,
         "with `{}`, each node keeps the image that this tag was when it first "
         "pulled it",
         to_text(policy.value))
      .here("daemons on different nodes run different releases")
      .label(fleet.image.origin, "a tag that moves");
}

// Whether two releases are the same as far as both are told: a tag `v0.34` tells no patch.
bool agree(Release a, Release b, bool is_coarse) {
  return a.major_part == b.major_part && a.minor_part == b.minor_part &&
         (is_coarse || a.patch == b.patch || a.patch == 0 || b.patch == 0);
}

void contradiction(const Context&, const Fleet& fleet, Findings& out) {
  const auto& said = fleet.is().buildkit;
  if (!said.is_written() || !fleet.is().image.is_written() || !fleet.image.release) return;
  const auto release = parse_release(said.value);
  if (!release || agree(*release, *fleet.image.release, fleet.image.moving)) return;
  out.at(said.origin, "the image is BuildKit {}, not {}", to_text(*fleet.image.release),
         to_text(*release))
      .here("everything is lowered for this release")
      .label(fleet.is().image.origin, "the image")
      .note("leave `buildkit` out where the image's tag tells the release");
}

constexpr Rule rules[] = {
    {.id = "IMG001",
     .name = "image_reference",
     .title = "a text that is no reference of an image",
     .why = "A node answers such a reference with InvalidImageName, and the pod never starts. "
            "(Repositories are in small letters; a tag has at most 128 letters, digits, `_`, `.` "
            "and `-`.)",
     .fleet = reference},
    {.id = "IMG002",
     .name = "image_flavour",
     .title = "an image of the other flavour than the mode",
     .why = "The rootless image starts rootlesskit as user 1000; the plain image is started as "
            "root. The plain image as user 1000 ends with \"rootless mode requires to be executed "
            "as the mapped root\", and the rootless one has no place in a privileged pod. "
            "(moby/buildkit's Dockerfile and cmd/buildkitd/main.go, every release.)",
     .fleet = flavour},
    {.id = "IMG003",
     .name = "image_moves",
     .severity = Severity::warning,
     .title = "a tag that moves",
     .why = "`master`, `latest`, `rootless`, `nightly`, `buildx-stable-1` and tags of a minor "
            "release point to another image from time to time. Daemons of one fleet then run "
            "different releases, and which keys of buildkitd.toml they know is not told by "
            "anything. Say a release or a digest.",
     .fleet = moves},
    {.id = "IMG004",
     .name = "image_pulled_once",
     .severity = Severity::warning,
     .title = "a moving tag that is not pulled again",
     .why = "With `IfNotPresent` a node that has the tag does not ask what it is now. A fleet over "
            "several nodes is then a mixture for as long as the nodes live.",
     .fleet = stale},
    {.id = "IMG005",
     .name = "image_release",
     .title = "`buildkit` says another release than the image's tag",
     .why = "Which keys are written, and how, is decided by the release. A daemon of another one "
            "ignores keys that it does not know without a word, bounds of its cache among them.",
     .fleet = contradiction},
};

}  // namespace

std::span<const Rule> image_rules() { return rules; }

}  // namespace bkfc::rules
