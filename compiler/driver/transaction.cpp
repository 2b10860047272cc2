#include "driver/transaction.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <fmt/core.h>

#include "base/sha256.hpp"
#include "driver/lock.hpp"

namespace bkfc::driver {
namespace {

constexpr std::string_view record_head = "bkfc-commit 1\n";
constexpr std::size_t largest_output = 64 * 1024 * 1024;

// A line of the record. Its position in the record is the name of its files in the staging folder.
struct Step {
  enum class Kind : std::uint8_t { folder, put, remove, access };
  Kind kind = Kind::put;
  std::string path;
  std::string new_hash;
  std::string old_hash;
  bool executable = false;
};

struct Place {
  World& world;
  std::string folder;

  std::string of(std::string_view path) const { return fmt::format("{}/{}", folder, path); }
  std::string staging() const { return of(staging_name); }
  std::string staged(std::string_view name) const {
    return fmt::format("{}/{}/{}", folder, staging_name, name);
  }
  std::string fresh(std::size_t step) const { return staged(fmt::format("{}.new", step)); }
  std::string kept(std::size_t step) const { return staged(fmt::format("{}.old", step)); }

  Kind kind_at(const std::string& path) const {
    const Result<Entry> entry = world.look(path);
    return entry ? entry.value().kind : Kind::other;
  }
  bool has(const std::string& path) const { return kind_at(path) != Kind::nothing; }
};

// Where a line of the record stands in its life, as a person or a second kill may have left it.
enum class Trust : std::uint8_t {
  just_written,  // by this run
  found,         // by an earlier one: what is staged is held against its hash
};

std::string_view word_or_dash(std::string_view word) { return word.empty() ? "-" : word; }

std::string record_text(const std::vector<Step>& steps) {
  std::string text(record_head);
  for (const Step& step : steps) {
    const std::string path = escaped_path(step.path);
    switch (step.kind) {
      case Step::Kind::folder: text += fmt::format("folder {}\n", path); break;
      case Step::Kind::put:
        text += fmt::format("put {} {} {}\n", step.new_hash, word_or_dash(step.old_hash), path);
        break;
      case Step::Kind::remove: text += fmt::format("remove {} {}\n", step.old_hash, path); break;
      case Step::Kind::access:
        text += fmt::format("access {} {}\n", step.executable ? "x" : "-", path);
        break;
    }
  }
  return text + "end\n";
}

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

std::optional<Step> parse_step(std::string_view line) {
  Step step;
  const std::string_view verb = take_until(line, ' ');
  if (verb == "folder")
    step.kind = Step::Kind::folder;
  else if (verb == "put")
    step.new_hash = take_until(line, ' ');
  else if (verb == "remove")
    step.kind = Step::Kind::remove;
  else if (verb == "access")
    step.kind = Step::Kind::access;
  else
    return std::nullopt;
  if (step.kind == Step::Kind::access) step.executable = take_until(line, ' ') == "x";
  if (step.kind == Step::Kind::put || step.kind == Step::Kind::remove)
    step.old_hash = take_until(line, ' ');
  if (step.old_hash == "-") step.old_hash.clear();
  step.path = unescaped_path(line);
  if (!is_inner_path(step.path)) return std::nullopt;
  return step;
}

// Nothing unless all of it is there and understood.
std::optional<std::vector<Step>> parse_record(std::string_view text) {
  if (!text.starts_with(record_head)) return std::nullopt;
  text.remove_prefix(record_head.size());
  std::vector<Step> steps;
  while (!text.empty()) {
    const std::string_view line = take_until(text, '\n');
    if (line == "end") return steps;
    std::optional<Step> step = parse_step(line);
    if (!step) return std::nullopt;
    steps.push_back(std::move(*step));
  }
  return std::nullopt;
}

// `a/b` and `a` for `a/b/c`, the deepest first.
std::vector<std::string> folders_above(std::string_view path) {
  std::vector<std::string> folders;
  for (std::size_t slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/')) {
    path = path.substr(0, slash);
    folders.emplace_back(path);
  }
  return folders;
}

// The folders that do not exist yet, a parent before its children.
std::vector<Step> folder_steps(const Place& place, const std::vector<Change>& changes) {
  std::vector<std::string> missing;
  std::set<std::string> seen;
  for (const Change& change : changes) {
    if (change.kind != Change::Kind::put) continue;
    for (std::string& folder : folders_above(change.path)) {
      if (!seen.insert(folder).second) break;
      if (!place.has(place.of(folder))) missing.push_back(std::move(folder));
    }
  }
  std::sort(missing.begin(), missing.end());
  std::vector<Step> steps;
  for (std::string& folder : missing)
    steps.push_back({.kind = Step::Kind::folder, .path = std::move(folder)});
  return steps;
}

// Writes the new files and the record aside, and decides by the record's rename.
Outcome stage(const Place& place, const std::vector<Change>& changes, std::vector<Step>& steps) {
  steps = folder_steps(place, changes);
  for (const Change& change : changes) {
    Step step{.path = change.path, .old_hash = change.old_hash, .executable = change.executable};
    if (change.kind == Change::Kind::remove) step.kind = Step::Kind::remove;
    if (change.kind == Change::Kind::access) step.kind = Step::Kind::access;
    if (change.kind == Change::Kind::put) {
      step.new_hash = sha256(change.bytes);
      const Access access = change.executable ? Access::executable : Access::plain;
      const Outcome written = place.world.write(place.fresh(steps.size()), change.bytes, access);
      if (!written) return written;
    }
    steps.push_back(std::move(step));
  }
  const std::string part = place.staged("part");
  const Outcome written = place.world.write(part, record_text(steps), Access::plain);
  if (!written) return written;
  return place.world.rename(part, place.staged("commit"));
}

// A second name for what is about to be replaced. A disk without hard links gets a copy, which has
// its name only when it is whole.
Outcome keep(const Place& place, const std::string& path, std::size_t step) {
  if (place.has(place.kept(step)) || place.world.link(path, place.kept(step))) return Done{};
  Result<std::string> bytes = place.world.read(path, largest_output);
  if (!bytes) return Refusal{bytes.error()};
  const Result<Entry> entry = place.world.look(path);
  const std::string part = place.staged(fmt::format("{}.part", step));
  if (place.has(part))
    if (Outcome removed = place.world.remove(part); !removed) return removed;
  const bool executable = entry && entry.value().executable;
  Outcome written =
      place.world.write(part, bytes.value(), executable ? Access::executable : Access::plain);
  return written ? place.world.rename(part, place.kept(step)) : written;
}

Outcome apply_put(const Place& place, const Step& step, std::size_t number, Trust trust) {
  const std::string fresh = place.fresh(number);
  if (!place.has(fresh)) return Done{};  // an interrupted run has put it
  if (trust == Trust::found && hash_at(place.world, fresh) != step.new_hash)
    return Refusal{fmt::format("`{}` is damaged", fresh)};
  const std::string path = place.of(step.path);
  const std::string now = hash_at(place.world, path);
  if (now != step.old_hash && now != step.new_hash)
    return place.world.remove(fresh);  // somebody wrote it meanwhile: theirs stays
  if (!now.empty())
    if (Outcome kept = keep(place, path, number); !kept) return kept;
  return place.world.rename(fresh, path);
}

Outcome apply_remove(const Place& place, const Step& step, std::size_t number) {
  const std::string path = place.of(step.path);
  if (hash_at(place.world, path) != step.old_hash) return Done{};
  return place.world.rename(path, place.kept(number));
}

Outcome set_access(const Place& place, const Step& step, bool executable) {
  const std::string path = place.of(step.path);
  const Result<Entry> entry = place.world.look(path);
  if (!entry) return Refusal{entry.error()};
  if (entry.value().kind != Kind::file || entry.value().executable == executable) return Done{};
  return place.world.set_access(path, executable ? Access::executable : Access::plain);
}

Outcome apply_step(const Place& place, const Step& step, std::size_t number, Trust trust) {
  switch (step.kind) {
    case Step::Kind::folder:
      return place.has(place.of(step.path)) ? Done{} : place.world.make_folder(place.of(step.path));
    case Step::Kind::put: return apply_put(place, step, number, trust);
    case Step::Kind::remove: return apply_remove(place, step, number);
    case Step::Kind::access: return set_access(place, step, step.executable);
  }
  return Done{};
}

// Folders that a removal left empty. One that stays is no harm.
void prune(const Place& place, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.kind != Step::Kind::remove || place.has(place.of(step.path))) continue;
    for (const std::string& folder : folders_above(step.path))
      if (place.kind_at(place.of(folder)) != Kind::folder || !place.world.remove(place.of(folder)))
        break;
  }
}

Outcome apply(const Place& place, const std::vector<Step>& steps, Trust trust) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Outcome applied = apply_step(place, steps[i], i, trust);
    if (!applied) return Refusal{fmt::format("`{}`: {}", place.of(steps[i].path), applied.error())};
  }
  prune(place, steps);
  return Done{};
}

Outcome undo_put(const Place& place, const Step& step, std::size_t number) {
  if (place.has(place.fresh(number))) return Done{};  // it was not put
  const std::string path = place.of(step.path);
  if (hash_at(place.world, path) != step.new_hash) return Done{};  // not ours any more
  if (step.old_hash.empty()) return place.world.remove(path);
  if (!place.has(place.kept(number))) return Done{};  // the old bytes were the new ones
  return place.world.rename(place.kept(number), path);
}

Outcome undo_remove(const Place& place, const Step& step, std::size_t number) {
  const std::string path = place.of(step.path);
  if (!place.has(place.kept(number)) || place.has(path)) return Done{};
  const std::vector<std::string> above = folders_above(step.path);
  for (std::size_t i = above.size(); i-- > 0;)
    if (!place.has(place.of(above[i])))
      if (Outcome made = place.world.make_folder(place.of(above[i])); !made) return made;
  return place.world.rename(place.kept(number), path);
}

Outcome undo(const Place& place, const std::vector<Step>& steps) {
  for (std::size_t i = steps.size(); i-- > 0;) {
    Outcome undone = Done{};
    switch (steps[i].kind) {
      case Step::Kind::folder:
        // It stays if somebody put something into it.
        if (place.kind_at(place.of(steps[i].path)) == Kind::folder)
          static_cast<void>(place.world.remove(place.of(steps[i].path)));
        break;
      case Step::Kind::put: undone = undo_put(place, steps[i], i); break;
      case Step::Kind::remove: undone = undo_remove(place, steps[i], i); break;
      case Step::Kind::access: undone = set_access(place, steps[i], !steps[i].executable); break;
    }
    if (!undone) return undone;
  }
  return Done{};
}

// `commit`, `12.new`, …: what a run makes in its staging folder.
bool is_staged_name(std::string_view name) {
  constexpr std::array<std::string_view, 4> states = {"commit", "finished", "part", "undo"};
  if (std::find(states.begin(), states.end(), name) != states.end()) return true;
  const std::size_t dot = name.find_first_not_of("0123456789");
  if (dot == 0 || dot == name.npos) return false;
  const std::string_view ending = name.substr(dot);
  return ending == ".new" || ending == ".old" || ending == ".part";
}

Outcome clear(const Place& place) {
  const Result<std::vector<std::string>> names = place.world.list(place.staging());
  if (!names) return Refusal{names.error()};
  for (const std::string& name : names.value())
    if (is_staged_name(name))
      if (Outcome removed = place.world.remove(place.staged(name)); !removed) return removed;
  return place.world.remove(place.staging());
}

Outcome finish(const Place& place, std::string_view state) {
  const Outcome finished = place.world.rename(place.staged(state), place.staged("finished"));
  return finished ? clear(place) : finished;
}

Outcome take_back(const Place& place, const std::vector<Step>& steps) {
  const Outcome undone = undo(place, steps);
  return undone ? finish(place, "undo") : undone;
}

// Completes a commit, or takes it back and says why it could not be.
Outcome carry_out(const Place& place, const std::vector<Step>& steps, Trust trust) {
  const Outcome applied = apply(place, steps, trust);
  if (applied) return finish(place, "commit");
  Outcome undone = place.world.rename(place.staged("commit"), place.staged("undo"));
  if (undone) undone = take_back(place, steps);
  if (undone) return applied;
  return Refusal{fmt::format("{}; taking it back was refused too ({}): the next run tries again",
                             applied.error(), undone.error())};
}

}  // namespace

std::string hash_at(World& world, std::string_view path) {
  const Result<Entry> entry = world.look(path);
  if (!entry) return std::string(unreadable);
  if (entry.value().kind == Kind::nothing) return {};
  const Result<std::string> bytes = world.read(path, largest_output);
  return bytes ? sha256(bytes.value()) : std::string(unreadable);
}

Outcome commit(World& world, std::string_view folder, const std::vector<Change>& changes) {
  const Place place{world, std::string(folder)};
  if (Outcome made = world.make_folder(place.staging()); !made) return made;
  std::vector<Step> steps;
  const Outcome staged = stage(place, changes, steps);
  if (staged) return carry_out(place, steps, Trust::just_written);
  // Should this be refused too, the next run does it.
  static_cast<void>(clear(place));
  return staged;
}

Result<Interruption> interruption(World& world, std::string_view folder) {
  const Place place{world, std::string(folder)};
  const Kind kind = place.kind_at(place.staging());
  if (kind == Kind::nothing) return Interruption::none;
  if (kind != Kind::folder) return Interruption::foreign;
  const Result<std::vector<std::string>> names = world.list(place.staging());
  if (!names) return Refusal{names.error()};
  bool is_mixture = false;
  for (const std::string& name : names.value()) {
    if (!is_staged_name(name)) return Interruption::foreign;
    is_mixture = is_mixture || name == "commit" || name == "undo";
  }
  return is_mixture ? Interruption::mixture : Interruption::staging;
}

Outcome recover(World& world, std::string_view folder) {
  const Place place{world, std::string(folder)};
  const Result<Interruption> found = interruption(world, folder);
  if (!found) return Refusal{found.error()};
  if (found.value() == Interruption::none) return Done{};
  if (found.value() == Interruption::foreign)
    return Refusal{fmt::format("`{}` is none of bkfc's: move it away", place.staging())};
  if (found.value() == Interruption::staging) return clear(place);

  const bool is_undo = !place.has(place.staged("commit"));
  const Result<std::string> text =
      world.read(place.staged(is_undo ? "undo" : "commit"), largest_output);
  if (!text) return Refusal{text.error()};
  const std::optional<std::vector<Step>> steps = parse_record(text.value());
  if (!steps)
    return Refusal{
        fmt::format("the record of an interrupted run in `{}` cannot be read: look at "
                    "what is there, and remove it",
                    place.staging())};
  if (is_undo) return take_back(place, *steps);
  return carry_out(place, *steps, Trust::found);
}

}  // namespace bkfc::driver
