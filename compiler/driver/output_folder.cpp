#include "driver/output_folder.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/core.h>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "driver/diff.hpp"
#include "driver/messages.hpp"

namespace bkfc::driver {
namespace {

constexpr std::size_t largest_output = 64 * 1024 * 1024;
constexpr std::size_t shown_lines = 24;

constexpr std::string_view git_attributes =
    "# Generated files: git keeps their line ends and does not merge them. After a merge run "
    "bkfc.\n"
    "* -text -merge linguist-generated\n";

// What lies at a path, as far as it matters for replacing it.
struct Found {
  Kind kind = Kind::nothing;
  bool executable = false;
  std::optional<std::string> bytes;  // none: it cannot be read
};

Found find(World& world, const std::string& path) {
  const Result<Entry> entry = world.look(path);
  if (!entry) return {Kind::other};
  Found found{entry.value().kind, entry.value().executable, {}};
  if (found.kind != Kind::file && found.kind != Kind::link) return found;
  Result<std::string> bytes = world.read(path, largest_output);
  if (bytes) found.bytes = std::move(bytes).value();
  return found;
}

std::string hash_of(const Found& found) {
  if (found.kind == Kind::nothing) return {};
  return found.bytes ? sha256(*found.bytes) : std::string(unreadable);
}

// The first lines of a text, and how many more there are.
std::string shortened(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t line = 0; line < shown_lines && end < text.size(); ++line)
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  const auto more = std::count(text.begin() + static_cast<std::ptrdiff_t>(end), text.end(), '\n');
  std::string shown(text.substr(0, end));
  if (more > 0) return fmt::format("{}… and {} more lines", shown, more);
  if (shown.ends_with('\n')) shown.pop_back();
  return shown;
}

// The fields of `a/b/c`, three at most; what is missing is empty.
std::array<std::string_view, 3> fields_of(std::string_view path) {
  std::array<std::string_view, 3> fields;
  for (std::string_view& field : fields) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    field = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return fields;
}

class Planner {
 public:
  Planner(World& world, Output& output, Report& report)
      : world_(world), output_(output), wanted_(output.files), report_(report) {}

  Plan run() {
    wanted_.push_back({".gitattributes", std::string(git_attributes), false});
    std::sort(wanted_.begin(), wanted_.end(),
              [](const emit::File& a, const emit::File& b) { return a.path < b.path; });
    read_lock();
    if (is_of_another_program() && !output_.relock) return std::move(plan_);
    for (emit::File& file : wanted_) consider(file);
    for (const LockedFile& file : old_lock_.files) consider_stale(file);
    consider_lock();
    std::stable_sort(plan_.changes.begin(), plan_.changes.end(),
                     [](const Change& a, const Change& b) {
                       return std::pair(a.path == lock_name, std::string_view(a.path)) <
                              std::pair(b.path == lock_name, std::string_view(b.path));
                     });
    return std::move(plan_);
  }

 private:
  std::string at(std::string_view path) const { return fmt::format("{}/{}", output_.folder, path); }

  void read_lock() {
    const Found found = find(world_, at(lock_name));
    if (found.bytes) old_lock_ = parse_lock(*found.bytes);
  }

  // Says how this program differs from the one that made the folder.
  bool is_of_another_program() {
    const Provenance& old = old_lock_.made_from;
    const Provenance& now = output_.made_from;
    if (old.roots.empty()) return false;
    const bool shares_a_root =
        std::any_of(now.roots.begin(), now.roots.end(), [&](const std::string& root) {
          return std::find(old.roots.begin(), old.roots.end(), root) != old.roots.end();
        });
    if (shares_a_root && old.values == now.values) return false;
    if (output_.relock) return true;
    Report::Draft draft = report_.add(other_program, output_.folder);
    if (!shares_a_root) {
      draft.note(fmt::format("it was made from {}; this run reads {}", listed_texts(old.roots),
                             listed_texts(now.roots)));
    }
    if (old.values != now.values)
      draft.note(
          fmt::format("it was made with {}; this run has {}", values_of(old), values_of(now)));
    draft.note(
        "choose another folder, or take this one over with `--relock`: what this program "
        "does not produce is then removed from it");
    return true;
  }

  static std::string listed_texts(const std::vector<std::string>& texts) {
    return listed(std::vector<std::string_view>(texts.begin(), texts.end()));
  }
  static std::string values_of(const Provenance& made_from) {
    std::vector<std::string> words;
    for (const std::string& value : made_from.values) words.push_back("--set " + value);
    return words.empty() ? "no `--set`" : listed_texts(words);
  }

  // With `--only`, what several fleets share is left alone once it is there: made from some of the
  // fleets it would drop the others.
  bool is_left_alone(const emit::File& file, const Found& found) const {
    return !output_.only.empty() && found.kind != Kind::nothing && file.path != ".gitattributes" &&
           !is_selected(output_.only, file.path);
  }

  void consider(emit::File& file) {
    const Found found = find(world_, at(file.path));
    if (found.kind == Kind::folder || found.kind == Kind::other) {
      plan_.is_refused = true;
      report_.add(no_room_for_file, at(file.path),
                  found.kind == Kind::folder ? "a folder is there" : "it is no regular file");
      return;
    }
    if (is_blocked(file.path)) return;
    const std::string hash = hash_of(found);
    if (is_left_alone(file, found) && found.bytes != file.bytes) {
      for (const LockedFile& locked : old_lock_.at(file.path)) new_lock_.files.push_back(locked);
      return;
    }
    new_lock_.files.push_back({file.path, sha256(file.bytes), file.executable});
    if (found.bytes == file.bytes) {
      if (found.kind == Kind::file && found.executable != file.executable)
        plan_.changes.push_back({Change::Kind::access, file.path, {}, file.executable, hash});
      else
        ++plan_.unchanged;
      return;
    }
    if (!may_replace(file.path, found, hash)) {
      complain_of_edit(file.path, found, &file);
      return;
    }
    plan_.changes.push_back(
        {Change::Kind::put, file.path, std::move(file.bytes), file.executable, hash});
  }

  // A file where the path of another needs a folder.
  bool is_blocked(std::string_view path) {
    const std::string_view parent = path.substr(0, std::min(path.rfind('/'), path.size()));
    if (parent == open_parent_) return false;  // files come in the order of their paths
    for (std::size_t slash = path.find('/'); slash != path.npos;
         slash = path.find('/', slash + 1)) {
      const std::string above = at(path.substr(0, slash));
      const Result<Entry> entry = world_.look(above);
      const Kind kind = entry ? entry.value().kind : Kind::other;
      if (kind == Kind::nothing) break;
      if (kind == Kind::folder || kind == Kind::link) continue;
      plan_.is_refused = true;
      report_.add(no_room_for_file, at(path), fmt::format("`{}` is no folder", above));
      return true;
    }
    open_parent_ = parent;
    return false;
  }

  bool may_replace(const std::string& path, const Found& found, const std::string& hash) const {
    if (found.kind == Kind::nothing || output_.force) return true;
    return is_ours(path, found, hash);
  }

  // What bkfc wrote, what git left of it, or what a power cut did: nobody's work is in it.
  bool is_ours(const std::string& path, const Found& found, const std::string& hash) const {
    if (!found.bytes) return false;
    if (found.kind == Kind::file && old_lock_.knows(path, hash)) return true;
    if (has_conflict_markers(*found.bytes)) return true;
    return found.bytes->empty() && old_lock_.lists(path);
  }

  void complain_of_edit(const std::string& path, const Found& found, const emit::File* wanted) {
    Report::Draft draft = old_lock_.lists(path) ? report_.add(edited_file, at(path))
                                                : report_.add(foreign_file, at(path));
    if (!found.bytes) {
      draft.note("it cannot be read");
    } else if (wanted != nullptr) {
      draft.note("how it differs (`-` as it is, `+` as it would be written):\n" +
                 shortened(unified_hunks(*found.bytes, wanted->bytes)));
    } else {
      draft.note("the program no longer produces it, and it would be removed");
    }
    draft.note(
        "to keep the change, say it in the fleet (`patch` sets any field); "
        "`--force` replaces the file");
  }

  bool is_wanted(std::string_view path) const {
    const auto found = std::lower_bound(
        wanted_.begin(), wanted_.end(), path,
        [](const emit::File& file, std::string_view name) { return file.path < name; });
    return found != wanted_.end() && found->path == path;
  }

  void consider_stale(const LockedFile& locked) {
    if (is_wanted(locked.path)) return;
    if (!output_.only.empty() && !is_selected(output_.only, locked.path)) {
      new_lock_.files.push_back(locked);
      return;
    }
    // Of a path that a conflicted lock has twice, the second says the same.
    if (!plan_.changes.empty() && plan_.changes.back().path == locked.path) return;
    const Found found = find(world_, at(locked.path));
    if (found.kind == Kind::nothing || found.kind == Kind::folder) return;
    const std::string hash = hash_of(found);
    if (is_ours(locked.path, found, hash))
      plan_.changes.push_back({Change::Kind::remove, locked.path, {}, false, hash});
    else if (output_.force)
      report_.add(kept_file, at(locked.path));  // it is a person's file from now on
    else
      complain_of_edit(locked.path, found, nullptr);
  }

  // The lock is bkfc's own notebook: an edited one is renewed, a lost one made again.
  void consider_lock() {
    new_lock_.made_from = output_.made_from;
    const std::string text = to_text(std::move(new_lock_));
    const Found found = find(world_, at(lock_name));
    if (found.bytes == text) return;
    if (found.kind == Kind::folder || found.kind == Kind::other) {
      plan_.is_refused = true;
      report_.add(no_room_for_file, at(lock_name), "it is no regular file");
      return;
    }
    plan_.changes.push_back(
        {Change::Kind::put, std::string(lock_name), text, false, hash_of(found)});
  }

  World& world_;
  const Output& output_;
  std::vector<emit::File>& wanted_;  // of the output, with what git needs
  Report& report_;
  std::string open_parent_;  // a folder that nothing is in the way of
  Lock old_lock_;
  Lock new_lock_;
  Plan plan_;
};

}  // namespace

Plan plan_output(World& world, Output& output, Report& report) {
  return Planner(world, output, report).run();
}

bool is_selected(std::string_view only, std::string_view path) {
  const std::array<std::string_view, 3> wanted = fields_of(only);
  const auto matches = [&](std::size_t field, std::string_view name) {
    return !name.empty() && (wanted[field] == "*" || wanted[field] == name);
  };
  if (path.starts_with("namespaces/")) {
    path.remove_prefix(11);
    const std::array<std::string_view, 3> named = fields_of(path);
    // A namespace is of all its fleets.
    return named[1].ends_with(".yaml") && wanted[2] == "*" && matches(0, named[0]) &&
           matches(1, named[1].substr(0, named[1].size() - 5));
  }
  for (const std::string_view folder : {"deploy/", "kit/"}) {
    if (!path.starts_with(folder)) continue;
    const std::string_view below = path.substr(folder.size());
    if (std::count(below.begin(), below.end(), '/') < 3) return false;
    const std::array<std::string_view, 3> named = fields_of(below);
    return matches(0, named[0]) && matches(1, named[1]) && matches(2, named[2]);
  }
  return false;
}

}  // namespace bkfc::driver
