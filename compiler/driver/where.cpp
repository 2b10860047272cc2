// `bkfc where`: from a generated line back to what made it.
#include <algorithm>
#include <optional>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "driver/commands.hpp"
#include "driver/expand_json.hpp"
#include "driver/lock.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"
#include "emit/print.hpp"
#include "lower/outputs.hpp"
#include "source/whence.hpp"

namespace bkfc::driver {
namespace {

constexpr std::size_t largest_file = 64u << 20;

// `out/…/statefulset.yaml:41:7`.
struct Asked {
  std::string file;
  std::optional<std::size_t> line;  // without one the whole file is asked for
  std::optional<std::size_t> column;
};

std::optional<std::size_t> take_number(std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  const std::string_view digits = std::string_view(text).substr(colon + 1);
  if (digits.size() > 9 || digits.find_first_not_of("0123456789") != digits.npos)
    return std::nullopt;
  std::size_t number = 0;
  for (const char digit : digits) number = number * 10 + static_cast<std::size_t>(digit - '0');
  if (number == 0) return std::nullopt;
  text.resize(colon);
  return number;
}

Asked parse_asked(std::string text) {
  Asked asked;
  const std::optional<std::size_t> last = take_number(text);
  const std::optional<std::size_t> before = last ? take_number(text) : std::nullopt;
  asked.line = before ? before : last;
  if (before) asked.column = last;
  asked.file = std::move(text);
  return asked;
}

std::string parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos || slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string joined(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  return fmt::format("{}/{}", folder == "/" ? "" : folder, path);
}

bool is_there(World& world, const std::string& path) {
  const Result<Entry> entry = world.look(path);
  return entry && entry.value().kind != Kind::nothing;
}

// Every folder from one up to the root.
std::vector<std::string> upwards(std::string folder) {
  std::vector<std::string> out{folder};
  while (folder != "/") out.push_back(folder = parent_of(folder));
  return out;
}

// A generated file with the record that lists it.
struct Generated {
  std::string path;    // from the output folder
  std::string folder;  // that folder, absolute
  std::string bytes;
  Lock lock;
};

class Search {
 public:
  Search(const Options& options, World& world)
      : options_(options), world_(&world), files_(world, options) {}

  Exit run() {
    const Exit exit = find();
    tell(session_, options_, *world_);
    return exit == Exit::done ? print_result(answer_, *world_) : exit;
  }

 private:
  Exit find();
  std::optional<Generated> generated();
  bool adopt(const Lock& lock, const std::string& folder);
  std::string shown(const std::string& path) const;
  Exit answer(const Generated& file, const Analysis& analysis);
  std::string whole(const emit::Artifact& artifact, const Analysis& analysis) const;

  Options options_;
  World* world_;
  NamedFiles files_;
  Session session_;
  Asked asked_;
  Exit refusal_ = Exit::errors;
  std::string answer_;
};

// A path as people write it here: from the current folder, where it lies below.
std::string Search::shown(const std::string& path) const {
  const std::string here = joined(world_->folder(), "");
  return path.starts_with(here) ? path.substr(here.size()) : path;
}

std::optional<Generated> Search::generated() {
  const Result<std::string> resolved = world_->resolve(asked_.file);
  Result<std::string> bytes = world_->read(asked_.file, largest_file);
  if (!resolved || !bytes) {
    session_.report.add(unreadable_file, asked_.file, resolved ? bytes.error() : resolved.error());
    refusal_ = Exit::refused;
    return std::nullopt;
  }
  for (const std::string& folder : upwards(parent_of(resolved.value()))) {
    Result<std::string> text = world_->read(joined(folder, lock_name), largest_file);
    if (!text) continue;
    Generated file{resolved.value().substr(folder == "/" ? 1 : folder.size() + 1), folder,
                   std::move(bytes).value(), parse_lock(text.value())};
    if (file.lock.lists(file.path)) return file;
    break;
  }
  session_.report.add(not_generated, asked_.file);
  return std::nullopt;
}

// Takes the program of a lock for this run's own, if all of its files are to be found.
bool Search::adopt(const Lock& lock, const std::string& folder) {
  std::vector<std::string> bases = upwards(folder);
  for (std::string& base : upwards(world_->folder())) bases.push_back(std::move(base));
  const Provenance& from = lock.made_from;
  const auto has_all = [&](const std::string& base) {
    const auto has = [&](const std::string& path) { return is_there(*world_, joined(base, path)); };
    return !from.roots.empty() && std::all_of(from.roots.begin(), from.roots.end(), has) &&
           std::all_of(from.set_files.begin(), from.set_files.end(), has);
  };
  const auto base = std::find_if(bases.begin(), bases.end(), has_all);
  if (base == bases.end()) return false;
  options_.words.clear();
  options_.set_files.clear();
  for (const std::string& root : from.roots) options_.words.push_back(shown(joined(*base, root)));
  for (const std::string& file : from.set_files)
    options_.set_files.push_back(shown(joined(*base, file)));
  options_.set = from.values;
  return true;
}

Exit Search::find() {
  if (options_.words.size() != 1) {
    session_.report.add(no_place_named, options_.words.empty() ? "none" : "several");
    return Exit::usage;
  }
  asked_ = is_there(*world_, options_.words.front()) ? Asked{options_.words.front(), {}, {}}
                                                     : parse_asked(options_.words.front());
  std::optional<Generated> file = generated();
  if (!file) return refusal_;
  if (!adopt(file->lock, file->folder)) {
    const std::vector<std::string>& roots = file->lock.made_from.roots;
    session_.report.add(lost_program, asked_.file,
                        roots.empty() ? "the record names none" : roots.front());
    return Exit::errors;
  }
  // Findings are for a compile to say; here only what keeps it from being one counts.
  options_.quiet = true;
  options_.today.clear();
  const Analysis analysis = analyse(session_.sources, session_.origins, files_,
                                    request_of(options_, options_.words), session_.report);
  if (session_.report.has_errors()) return files_.refused() ? Exit::refused : Exit::errors;
  return answer(*file, analysis);
}

// What a printed line is made from.
struct Answer {
  std::string path;  // of the value in its document
  const emit::Artifact* artifact = nullptr;
  emit::Mark mark;
  std::string text;   // the line
  std::string holds;  // of a frame: the path of the value in it that the answer is about
};

// The file that a text of several lines is too, so that its lines are answered by that file's.
const emit::Artifact* file_of_text(const Analysis& analysis, const emit::Artifact& outer,
                                   const std::string& text) {
  for (const emit::Artifact& other : analysis.artifacts)
    if (&other != &outer && other.subject == outer.subject && emit::print(other).bytes == text)
      return &other;
  return nullptr;
}

std::optional<Answer> answer_at(const Analysis& analysis, const emit::Artifact& artifact,
                                std::size_t line, std::optional<std::size_t> column) {
  const std::string bytes = emit::print(artifact).bytes;
  const std::vector<emit::Mark> marks = emit::marks_of(artifact);
  const emit::Mark* mark = emit::mark_at(marks, bytes, line, column);
  if (mark == nullptr) return std::nullopt;
  const auto bounds = emit::line_bounds(bytes, line);
  const emit::Mark* held = mark->is_frame ? emit::first_within(marks, *mark) : nullptr;
  Answer out{mark->path, &artifact, *mark,
             bytes.substr(bounds->first, bounds->second - bounds->first)};
  if (held != nullptr) {
    out.mark = *held;
    out.holds = held->path;
  }
  if (mark->text == nullptr) return out;
  const auto first = static_cast<std::size_t>(
      1 +
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(mark->offset), '\n'));
  const emit::Artifact* same = file_of_text(analysis, artifact, mark->text->text);
  if (same == nullptr || line <= first) return out;
  if (column) {
    const std::size_t indent = out.text.find_first_not_of(' ');
    column = *column > indent ? *column - indent : 1;
  }
  std::optional<Answer> inner = answer_at(analysis, *same, line - first, column);
  if (!inner) return out;
  inner->path = fmt::format("{}: {}", out.path, inner->path);
  return inner;
}

std::string quoted_line(const Session& session, Span span) {
  const Position at = session.sources.position(span.file, span.begin);
  return fmt::format("{:>6} | {}\n", at.line, session.sources.line(span.file, at.line));
}

std::string told(const Session& session, OriginId id) {
  const Origin& origin = session.origins.at(id);
  const std::string place = place_text(session.sources, origin.span);
  std::string out;
  switch (origin.kind) {
    case Origin::Kind::nowhere: return "";
    case Origin::Kind::defaulted:
      out = fmt::format("default: {}\nleft out at {}\n", origin.note, place);
      break;
    case Origin::Kind::derived:
      out = fmt::format("derived: {}\nof what stands at {}\n", origin.note, place);
      break;
    default: out = fmt::format("written at {}\n", place); break;
  }
  out += quoted_line(session, origin.span);
  for (const Origin& way : ways(session.origins, id)) {
    const std::string_view what = way.kind == Origin::Kind::turn ? "turn" : "use";
    out +=
        fmt::format("through {} {} at {}\n", what, way.note, place_text(session.sources, way.span));
    out += quoted_line(session, way.span);
  }
  return out;
}

std::string document_of(const emit::Artifact& artifact) {
  const std::size_t slash = artifact.path.rfind('/');
  return artifact.path.substr(slash == std::string::npos ? 0 : slash + 1);
}

// What the compiler says of its own accord.
std::string reason_of(const Answer& answer) {
  if (!answer.mark.why.empty()) return answer.mark.why;
  return fmt::format("every {} has it", document_of(*answer.artifact));
}

std::string fleet_line(const Analysis& analysis, const Session& session,
                       const emit::Artifact& artifact) {
  for (const ir::Fleet& fleet : analysis.program.fleets)
    if (fleet.identity.text() == artifact.subject)
      return fmt::format("for fleet {} at {}\n", artifact.subject,
                         whence(session.sources, session.origins, fleet.is.head.origin));
  return "";
}

std::string text_of(const Answer& answer, const Analysis& analysis, const Session& session) {
  const emit::Mark& mark = answer.mark;
  if (!answer.holds.empty()) {
    Answer held = answer;
    held.holds.clear();
    return fmt::format("it holds `{}`, which is\n{}", answer.holds,
                       text_of(held, analysis, session));
  }
  if (!mark.is_own || mark.origin == OriginId::nowhere)
    return fmt::format("of the compiler: {}\n{}", reason_of(answer),
                       fleet_line(analysis, session, *answer.artifact));
  std::string out = told(session, mark.origin);
  if (!mark.why.empty()) out += fmt::format("why: {}\n", mark.why);
  return out;
}

std::string json_of(const Answer& answer, const Asked& asked, const Session& session) {
  const emit::Mark& mark = answer.mark;
  const bool is_placed = mark.is_own && mark.origin != OriginId::nowhere;
  nlohmann::ordered_json out = {{"file", asked.file}, {"line", *asked.line}};
  if (asked.column) out["column"] = *asked.column;
  out["path"] = answer.path;
  out["text"] = answer.text;
  if (!answer.holds.empty()) out["holds"] = answer.holds;
  out["origin"] = nlohmann::ordered_json::parse(
      origin_json(session, is_placed ? mark.origin : OriginId::nowhere));
  if (!is_placed)
    out["why"] = reason_of(answer);
  else if (!mark.why.empty())
    out["why"] = mark.why;
  if (!answer.artifact->subject.empty()) out["fleet"] = answer.artifact->subject;
  return out.dump(2) + "\n";
}

// Of a file as a whole.
std::string Search::whole(const emit::Artifact& artifact, const Analysis& analysis) const {
  std::string out;
  for (const ir::Fleet& fleet : analysis.program.fleets) {
    if (fleet.identity.text() != artifact.subject) continue;
    for (const lower::Output& output : lower::outputs())
      if (lower::path_of(output, fleet.identity) == artifact.path)
        out += fmt::format("{}\n", output.doc);
    out += fmt::format("made from fleet {}\n", artifact.subject);
    out += told(session_, fleet.is.head.origin);
  }
  if (std::holds_alternative<emit::Text>(artifact.content))
    out += "The values of the fleet stand at its top; below them it is the same for every fleet.\n";
  if (artifact.subject.empty()) out += "made from all fleets of the program that it speaks of\n";
  return out;
}

Exit Search::answer(const Generated& file, const Analysis& analysis) {
  const auto artifact =
      std::find_if(analysis.artifacts.begin(), analysis.artifacts.end(),
                   [&](const emit::Artifact& one) { return one.path == file.path; });
  if (artifact == analysis.artifacts.end() || emit::print(*artifact).bytes != file.bytes) {
    session_.report.add(stale_file, asked_.file);
    return Exit::errors;
  }
  const auto lines =
      static_cast<std::size_t>(std::count(file.bytes.begin(), file.bytes.end(), '\n'));
  if (asked_.line && *asked_.line > lines) {
    session_.report.add(no_such_line, asked_.file, lines);
    return Exit::usage;
  }
  std::optional<Answer> found;
  if (asked_.line) found = answer_at(analysis, *artifact, *asked_.line, asked_.column);
  if (!found) {
    answer_ = fmt::format("{}\n{}", asked_.file, whole(*artifact, analysis));
  } else if (options_.format == Format::json) {
    answer_ = json_of(*found, asked_, session_);
  } else {
    answer_ = fmt::format("{}:{}{}\n{}\n{}", asked_.file, *asked_.line,
                          found->path.empty() ? "" : ": " + found->path, found->text,
                          text_of(*found, analysis, session_));
  }
  return Exit::done;
}

}  // namespace

Exit where_from(const Options& options, World& world) { return Search(options, world).run(); }

}  // namespace bkfc::driver
