#include "syntax/words.hpp"

namespace bkfc::syntax {
namespace {

using Kind = Word::Kind;

constexpr Word table[] = {
    {Kind::keyword, "language", "language 1",
     "The edition of the language that a file is written in: its first line, if it is there.",
     R"(language 1

fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "import", "import \"PATH\" [as NAME]",
     "Makes the parameters, `let`s and profiles of another file usable here, under its name. "
     "`std/…` is the standard library; `./…` lies beside the file.",
     R"(import "std/gc"

fleet "ci" {
  namespace = "ci"
  use gc.balanced
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "as", "import \"PATH\" as NAME", "Gives an imported file another name here.",
     R"(import "std/gc" as policies

fleet "ci" {
  namespace = "ci"
  use policies.balanced
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "param", "param NAME: TYPE[?] [= DEFAULT]",
     "A value that is chosen for each run: `bkfc --set env=prod`. Without a default it has to be "
     "set; after `?` it may be absent, and is then `unset`.",
     R"(param env: "dev" | "prod" = "dev"
param replicas: int in 1..20 = 3

fleet "ci-${env}" {
  namespace = "ci"
  replicas  = replicas
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "let", "let NAME[: TYPE] = VALUE",
     "Names a value, for all that stands in the same braces, before and after it.",
     R"(let registry = "harbor.example.com"

fleet "ci" {
  namespace = "ci"
  image     = "${registry}/moby/buildkit:v0.24.0-rootless"
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "profile", "profile NAME[(PARAMETER, …)] { … }",
     "A part of a fleet that several fleets take over with `use`. What a fleet says itself is "
     "stronger.",
     R"(profile builder(arch: string) {
  placement { arch = arch }
  cache { size = 100GiB }
}

fleet "ci" {
  namespace = "ci"
  use builder(arch = "arm64")
}
)"},
    {Kind::keyword, "use", "use PROFILE[(NAME = VALUE, …)]",
     "Takes a profile over into a fleet or into another profile. Of two profiles that say the "
     "same attribute, the later `use` wins.",
     R"(import "std/gc"

profile large {
  cache { size = 500GiB }
}

fleet "ci" {
  namespace = "ci"
  use gc.balanced
  use large
}
)"},
    {Kind::keyword, "for", "for NAME[, NAME] in LIST_OR_MAP { … }",
     "Says what is in its braces once for each element of a list, or for each key and value of a "
     "map.",
     R"(for arch in ["amd64", "arm64"] {
  fleet "ci-${arch}" {
    namespace = "ci"
    placement { arch = arch }
    cache { size = 100GiB }
  }
}
)"},
    {Kind::keyword, "in", "for NAME in LIST · VALUE in LIST · int in 1..20",
     "In `for`: what is gone through. Between two values: whether the left one is in the list or "
     "range. In a type: its bounds.",
     R"(param env: string = "prod"

fleet "ci" {
  namespace = "ci"
  replicas  = if env in ["prod", "stage"] then 3 else 1
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "if", "if CONDITION { … } [else …] · if CONDITION then VALUE else VALUE",
     "As a statement, says what is in its braces where the condition holds, over what stands "
     "around it. As a value, chooses one of two.",
     R"(param env: "dev" | "prod" = "dev"

fleet "ci" {
  namespace = "ci"
  replicas  = 1
  cache { size = if env == "prod" then 500GiB else 100GiB }
  if env == "prod" {
    replicas = 3
  }
}
)"},
    {Kind::keyword, "then", "if CONDITION then VALUE else VALUE",
     "The value of an `if` whose condition holds.",
     R"(param is_busy: bool = true

fleet "ci" {
  namespace = "ci"
  replicas  = if is_busy then 3 else 1
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "else", "if CONDITION { … } else { … } · require CONDITION else \"MESSAGE\"",
     "What holds otherwise: the other body or value of an `if`, or what a `require` says.",
     R"(param env: "dev" | "prod" = "dev"

fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  if env == "prod" {
    replicas = 3
  } else {
    replicas = 1
  }
}
)"},
    {Kind::keyword, "unset", "NAME = unset · unset BLOCK [\"LABEL\"] · VALUE == unset",
     "Takes away what weaker layers gave: an attribute goes back to its default, a labelled block "
     "goes, or all of its kind. As a value, it is what an absent optional parameter has.",
     R"(import "std/gc"

fleet "ci" {
  namespace = "ci"
  use gc.balanced
  gc {
    unset tier "sources"
  }
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "policy", "policy NAME { require … }",
     "A rule of your own, held against every fleet of the program, which it reads as `fleet`. "
     "`severity = warning` lets what breaks it be built.",
     R"(policy caches_hold_a_day {
  require fleet.cache.size >= 100GiB else "a cache under 100 GiB is emptied several times a day"
}

fleet "ci" {
  namespace = "ci"
  cache { size = 200GiB }
}
)"},
    {Kind::keyword, "require", "require CONDITION else \"MESSAGE\"",
     "What a policy asks of a fleet, and what it says where that does not hold.",
     R"(policy has_a_namespace_of_its_own {
  require fleet.namespace != "default" else "builds run apart from everything else"
}

fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "allow", "allow RULE \"REASON\" [until \"DATE\"]",
     "Silences a rule or policy for the block that it stands in, or at the top of the file for "
     "the program. The reason is shown in the findings and beside what is generated.",
     R"(fleet "ci" {
  namespace = "ci"
  image     = "moby/buildkit:rootless"
  allow image_moves "the mirror pins it"
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "until", "allow RULE \"REASON\" until \"2027-06\"",
     "The month or day to which an `allow` holds, judged with `--today`.",
     R"(fleet "ci" {
  namespace = "ci"
  image     = "moby/buildkit:rootless"
  allow image_moves "the mirror pins it" until "2099-06"
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "patch",
     "patch KIND [\"NAME\"] { PATH = VALUE } · patch \"buildkitd.toml\" { … }",
     "Sets fields of what is generated that no attribute says, held against the fields that the "
     "target release has. An element of a list is named by its key.",
     R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    metadata.annotations."example.com/owner"         = "ci"
    spec.template.spec.containers["buildkitd"].args += ["--trace"]
  }
}
)"},
    {Kind::keyword, "delete", "patch KIND { delete PATH }",
     "Removes a field from what is generated, or a text from a list.",
     R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    delete spec.template.spec.terminationGracePeriodSeconds
  }
}
)"},
    {Kind::keyword, "before", "BLOCK \"LABEL\" before \"OTHER\" { … }",
     "Moves a block whose order counts in front of another one.",
     R"(fleet "ci" {
  namespace = "ci"
  cache { size = 200GiB }
  gc {
    tier "everything" {
      all            = true
      max_used_space = 80%
    }
    tier "sources" before "everything" {
      types          = [source.local]
      keep_duration  = 7d
      max_used_space = 20%
    }
  }
}
)"},
    {Kind::keyword, "and", "CONDITION and CONDITION", "Holds where both sides hold.",
     R"(param env: "dev" | "prod" = "prod"
param is_busy: bool = true

fleet "ci" {
  namespace = "ci"
  replicas  = if env == "prod" and is_busy then 3 else 1
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "or", "CONDITION or CONDITION", "Holds where one side holds, or both.",
     R"(param env: "dev" | "stage" | "prod" = "prod"

fleet "ci" {
  namespace = "ci"
  replicas  = if env == "prod" or env == "stage" then 3 else 1
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "not", "not CONDITION", "Holds where its condition does not.",
     R"(param is_busy: bool = true

fleet "ci" {
  namespace = "ci"
  replicas  = if not is_busy then 1 else 3
  cache { size = 100GiB }
}
)"},
    {Kind::keyword, "of", "PERCENT of QUANTITY · list of TYPE",
     "A part of a quantity, rounded down. In a type: what a list, a map or a range is made of.",
     R"(let disk = 800GiB

fleet "ci" {
  namespace = "ci"
  cache { size = 50% of disk }
}
)"},
    {Kind::keyword, "true", "true", "Yes, the one value of a `bool`.",
     R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  smoke_build { enabled = true }
}
)"},
    {Kind::keyword, "false", "false", "No, the other value of a `bool`.",
     R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  smoke_build { enabled = false }
}
)"},
    {Kind::type, "bool", "true · false", "Yes or no.", R"(let is_busy: bool = true
)"},
    {Kind::type, "int", "3", "A whole number of 64 bits; what does not fit is an error.",
     R"(let replicas: int = 3
)"},
    {Kind::type, "string", "\"text\" · \"ci-${name}\"",
     "A text. `${…}` puts a value in; `\"\"\"` begins one of several lines.",
     R"(let registry: string = "harbor.example.com"
let image = "${registry}/moby/buildkit:v0.24.0-rootless"
)"},
    {Kind::type, "bytes", "512MB · 50GiB",
     "An amount of memory or disk. `MB` is a million bytes and `MiB` is 1024 times 1024, here as "
     "everywhere in the output.",
     R"(let size: bytes = 50GiB
let half = 50% of size
)"},
    {Kind::type, "percent", "20%",
     "A share. Where an attribute takes bytes too, it is a share of `cache.size`.",
     R"(let share: percent = 20%
)"},
    {Kind::type, "duration", "90s · 1h30m · 30d", "A time: seconds, minutes, hours, days, weeks.",
     R"(let longest: duration = 1h30m
)"},
    {Kind::type, "cpu", "6 · 0.5 · 250m",
     "Processors, whole or in parts; `250m` is a quarter of one.",
     R"(fleet "ci" {
  namespace = "ci"
  resources { cpu = 0.5..6 }
  cache { size = 100GiB }
}
)"},
    {Kind::type, "version", "\"1.31\" · \"0.24.0\"",
     "A release, compared number by number: \"1.9\" is before \"1.31\".",
     R"(let release: version = "0.24.0"
)"},
    {Kind::type, "range", "range of TYPE: 6..12 · 6.. · ..12",
     "From one value to another, both within: requests and limits, a minimum and a maximum. A "
     "single value is both.",
     R"(fleet "ci" {
  namespace = "ci"
  resources { memory = 8GiB..16GiB }
  cache { size = 100GiB }
}
)"},
    {Kind::type, "list", "list of TYPE: [a, b]",
     "Values in order. `=` replaces a list, `+=` appends to what weaker layers gave.",
     R"(let arches: list of string = ["amd64", "arm64"]
)"},
    {Kind::type, "map", "map of TYPE: { \"key\" = value }",
     "Values by quoted keys: labels, selectors, the environment.",
     R"(let owner: map of string = { "example.com/owner" = "ci" }
)"},
};

}  // namespace

std::span<const Word> words() { return table; }

}  // namespace bkfc::syntax
