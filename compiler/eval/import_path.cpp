#include "eval/import_path.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "eval/messages.hpp"
#include "eval/standard_library.hpp"

namespace bkfc::eval {
namespace {

constexpr std::string_view suffix = ".bkfleet";
constexpr std::string_view standard = "std/";

std::vector<std::string> names_of_standard_library() {
  std::vector<std::string> names;
  for (const EmbeddedText& module : standard_library())
    names.push_back(std::string(standard) + std::string(module.name));
  return names;
}

std::string with_suffix(std::string_view path) {
  return path.ends_with(suffix) ? std::string(path) : std::string(path) + std::string(suffix);
}

bool is_name(std::string_view text) {
  constexpr std::string_view reserved[] = {"if", "then", "else", "and",   "or",   "not",
                                           "in", "of",   "true", "false", "unset"};
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9'); }) &&
         std::find(std::begin(reserved), std::end(reserved), text) == std::end(reserved);
}

bool is_relative(std::string_view path) {
  return path.starts_with("./") || path.starts_with("../");
}

class Search {
 public:
  Search(std::string_view path, const Vantage& from, Files& files, Span place, Report& report)
      : path_(path), from_(&from), files_(&files), place_(place), report_(&report) {}

  std::optional<Target> relative() {
    const std::string shown = join(folder_of(from_->shown), path_);
    // The text alone may lead outside, whether or not there is anything.
    const std::string seen = join(folder_of(from_->resolved), path_);
    if (!from_->limit.empty() && !lies_in(seen, from_->limit)) return leaves(from_->limit);
    const Result<std::string> resolved = files_->resolve(shown);
    if (!resolved) return missing();
    if (!from_->limit.empty() && !lies_in(resolved.value(), from_->limit))
      return leaves(from_->limit, resolved.value());
    return Target{shown, resolved.value(), from_->limit, std::nullopt};
  }

  std::optional<Target> included(std::span<const std::string> folders) {
    for (const std::string& folder : folders) {
      const std::string shown = join(folder, with_suffix(path_));
      const Result<std::string> limit = files_->resolve(folder);
      const Result<std::string> resolved = files_->resolve(shown);
      if (!limit || !resolved) continue;
      if (!lies_in(resolved.value(), limit.value())) return leaves(limit.value(), resolved.value());
      return Target{shown, resolved.value(), limit.value(), std::nullopt};
    }
    if (path_.starts_with(standard))
      if (const EmbeddedText* text = find_standard_module(path_.substr(standard.size())))
        return Target{std::string(path_), std::string(path_), "", text->text};
    return missing();
  }

  std::optional<Target> absolute() {
    report_->add(message::import_outside, place_, path_)
        .note("write it as seen from this file: `./…` or `../…`");
    return std::nullopt;
  }

 private:
  std::optional<Target> leaves(std::string_view limit, std::string_view resolved = {}) {
    auto draft = report_->add(message::import_outside, place_, path_);
    if (!resolved.empty()) draft.note("it is a link, and leads elsewhere");
    draft.note(
        limit == folder_of(from_->resolved)
            ? "this file's own folder is the limit; an empty file `.bkfc` in a folder above makes "
              "that folder the project"
            : "the limit is the project: the nearest folder above that holds `.bkfc` or `.git`");
    return std::nullopt;
  }

  std::optional<Target> missing() {
    auto draft = report_->add(message::import_missing, place_, path_);
    const std::string beside = fmt::format("./{}", with_suffix(path_));
    const std::vector<std::string> names = names_of_standard_library();
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (is_relative(path_)) {
      if (files_->resolve(join(folder_of(from_->shown), with_suffix(path_))) &&
          !path_.ends_with(suffix))
        offer(draft, with_suffix(path_));
    } else if (!from_->standard && files_->resolve(join(folder_of(from_->shown), beside))) {
      offer(draft, beside);
    } else if (const auto near = nearest(path_, known)) {
      offer(draft, *near);
    } else {
      draft.note("the standard library has " + listed(known))
          .note("a file beside this one is imported by `./…`");
    }
    return std::nullopt;
  }

  void offer(Report::Draft& draft, std::string_view path) {
    draft.here(fmt::format("did you mean `{}`?", path))
        .fix(fmt::format("write `\"{}\"`", path), {{place_, fmt::format("\"{}\"", path)}});
  }

  std::string_view path_;
  const Vantage* from_;
  Files* files_;
  Span place_;
  Report* report_;
};

}  // namespace

std::optional<Target> find_import(std::string_view path, const Vantage& from,
                                  std::span<const std::string> include_dirs, Files& files,
                                  Span place, Report& report) {
  Search search(path, from, files, place, report);
  if (path.starts_with('/')) return search.absolute();
  if (is_relative(path) && !from.standard) return search.relative();
  return search.included(include_dirs);
}

std::string import_name(std::string_view path) {
  std::string_view name = name_of(path);
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return is_name(name) ? std::string(name) : std::string();
}

}  // namespace bkfc::eval
