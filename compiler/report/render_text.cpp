#include <algorithm>
#include <cstdint>
#include <map>

#include <fmt/core.h>

#include "report/formats.hpp"
#include "report/visible.hpp"

namespace bkfc::formats {
namespace {

// What a frame is drawn with.
struct Strokes {
  std::string_view opening;    // before the first file
  std::string_view next_file;  // before every other
  std::string_view bar;        // between a line number and its line
  std::string_view empty_bar;  // the same where no number stands
  std::string_view note;
  std::string_view last_note;
  std::string_view gap;       // lines that are left out
  std::string_view ellipsis;  // text that is left out
  std::string_view primary_mark;
  std::string_view other_mark;
};

constexpr Strokes plain_strokes{.opening = "--> ",
                                .next_file = "::: ",
                                .bar = " | ",
                                .empty_bar = " | ",
                                .note = " = ",
                                .last_note = " = ",
                                .gap = "...",
                                .ellipsis = "...",
                                .primary_mark = "^",
                                .other_mark = "-"};

constexpr Strokes drawn_strokes{.opening = "╭─ ",
                                .next_file = "├─ ",
                                .bar = "│ ",
                                .empty_bar = "│ ",
                                .note = "├─ ",
                                .last_note = "╰─ ",
                                .gap = "┆",
                                .ellipsis = "…",
                                .primary_mark = "━",
                                .other_mark = "─"};

struct Paint {
  std::string_view severity;
  std::string_view strong;
  std::string_view frame;
  std::string_view help;
  std::string_view reset;
};

Paint paint_for(Severity severity, Look look) {
  if (look != Look::colored) return {};
  Paint paint{"\x1b[1;31m", "\x1b[1m", "\x1b[34m", "\x1b[32m", "\x1b[0m"};
  if (severity == Severity::warning) paint.severity = "\x1b[1;33m";
  if (severity == Severity::info) paint.severity = "\x1b[1;36m";
  return paint;
}

// The part of a label that lies on one line; bytes count from the line's beginning.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_primary = false;
  std::string_view text;
};

// Marks by line, in the order in which they are shown below it.
using MarkedLines = std::map<std::uint32_t, std::vector<Mark>>;

// Lines up to this many bytes are shown whole; of longer ones, this much around a mark.
constexpr std::size_t longest_line = 200;
constexpr std::size_t context = 40;

std::size_t cut_back(std::string_view line, std::size_t at) {
  while (at > 0 && at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) --at;
  return at;
}

void add_mark(MarkedLines& lines, const Sources& sources, const Label& label, bool is_primary) {
  const FileId file = label.span.file;
  const std::uint32_t last_byte = std::max(label.span.begin + 1, label.span.end) - 1;
  const std::uint32_t first = sources.position(file, label.span.begin).line;
  const std::uint32_t last =
      label.span.end > label.span.begin ? sources.position(file, last_byte).line : first;
  for (const std::uint32_t number : {first, last}) {
    const std::string_view line = sources.line(file, number);
    const std::size_t line_begin = sources.line_begin(file, number);
    const std::size_t blank = std::min(line.find_first_not_of(" \t"), line.size());
    Mark mark{.is_primary = is_primary};
    mark.begin = number == first ? std::min(label.span.begin - line_begin, line.size()) : blank;
    mark.end = number == last ? std::min(label.span.end - line_begin, line.size()) : line.size();
    if (number == last) mark.text = label.text;
    lines[number].push_back(mark);
    if (first == last) break;
  }
}

class Page {
 public:
  Page(const Sources& sources, Look look)
      : sources_(sources),
        look_(look),
        strokes_(look == Look::plain ? plain_strokes : drawn_strokes) {}

  void show(const Diagnostic& diagnostic);
  std::string take() { return std::move(out_); }

 private:
  void show_heading(const Diagnostic& diagnostic);
  void show_places(const Diagnostic& diagnostic);
  void show_file(FileId file, std::uint32_t offset, const MarkedLines& lines, bool is_first);
  void show_line(FileId file, std::uint32_t number, const std::vector<Mark>& marks);
  void show_excerpt(std::string_view number, std::string_view line, std::size_t begin,
                    std::size_t end);
  void show_mark(std::string_view line, std::size_t from, std::size_t to, const Mark& mark);
  void show_notes(const Diagnostic& diagnostic);

  // Ends a line: `gutter` right-aligned in the column of numbers, a stroke, a content.
  void put(std::string_view gutter, std::string_view stroke, std::string_view content);

  const Sources& sources_;
  Look look_;
  Strokes strokes_;
  Paint paint_;
  std::size_t gutter_ = 0;  // columns that the largest line number of the diagnostic takes
  std::string out_;
};

void Page::put(std::string_view gutter, std::string_view stroke, std::string_view content) {
  std::string line = fmt::format("{}{:>{}}{}", paint_.frame, gutter, gutter_, stroke);
  line += paint_.reset;
  line += content;
  if (look_ != Look::colored) line.erase(line.find_last_not_of(' ') + 1);
  out_ += line;
  out_ += '\n';
}

void Page::show(const Diagnostic& diagnostic) {
  paint_ = paint_for(diagnostic.severity, look_);
  show_heading(diagnostic);
  show_places(diagnostic);
  show_notes(diagnostic);
}

void Page::show_heading(const Diagnostic& diagnostic) {
  out_ += fmt::format("{}{}[{}]{}: {}{}{}\n", paint_.severity, to_text(diagnostic.severity),
                      id_and_name(diagnostic), paint_.reset, paint_.strong,
                      visible_text(diagnostic.sentence), paint_.reset);
}

void Page::show_places(const Diagnostic& diagnostic) {
  gutter_ = 1;
  if (!diagnostic.primary) return;
  std::vector<FileId> files{diagnostic.primary->span.file};
  std::vector<std::uint32_t> offsets{diagnostic.primary->span.begin};
  std::map<FileId, MarkedLines> marked;
  add_mark(marked[files[0]], sources_, *diagnostic.primary, true);
  for (const Label& label : diagnostic.labels) {
    if (std::find(files.begin(), files.end(), label.span.file) == files.end()) {
      files.push_back(label.span.file);
      offsets.push_back(label.span.begin);
    }
    add_mark(marked[label.span.file], sources_, label, false);
  }
  for (const auto& [file, lines] : marked)
    gutter_ = std::max(gutter_, fmt::format("{}", lines.rbegin()->first).size());
  for (std::size_t i = 0; i < files.size(); ++i)
    show_file(files[i], offsets[i], marked[files[i]], i == 0);
}

void Page::show_file(FileId file, std::uint32_t offset, const MarkedLines& lines, bool is_first) {
  const Position at = sources_.position(file, offset);
  put("", is_first ? strokes_.opening : strokes_.next_file,
      fmt::format("{}:{}:{}", visible(sources_.path(file)).text, at.line, at.column));
  std::uint32_t previous = 0;
  for (const auto& [number, marks] : lines) {
    if (previous != 0 && number == previous + 2) show_line(file, previous + 1, {});
    if (previous != 0 && number > previous + 2) put("", strokes_.gap, "");
    show_line(file, number, marks);
    previous = number;
  }
}

void Page::show_line(FileId file, std::uint32_t number, const std::vector<Mark>& marks) {
  const std::string_view line = sources_.line(file, number);
  const std::string shown_number = fmt::format("{}", number);
  if (line.size() <= longest_line || marks.empty()) {
    show_excerpt(shown_number, line, 0, std::min(line.size(), cut_back(line, longest_line)));
    for (const Mark& mark : marks) show_mark(line, 0, line.size(), mark);
    return;
  }
  for (const Mark& mark : marks) {
    const std::size_t from = mark.begin <= 2 * context ? 0 : cut_back(line, mark.begin - context);
    const std::size_t to =
        cut_back(line, std::min({line.size(), mark.end + context, mark.begin + 3 * context}));
    show_excerpt(shown_number, line, from, to);
    show_mark(line, from, to, mark);
  }
}

void Page::show_excerpt(std::string_view number, std::string_view line, std::size_t begin,
                        std::size_t end) {
  std::string content;
  if (begin > 0) content += strokes_.ellipsis;
  content += visible(line.substr(begin, end - begin)).text;
  if (end < line.size()) content += strokes_.ellipsis;
  put(number, strokes_.bar, content);
}

void Page::show_mark(std::string_view line, std::size_t from, std::size_t to, const Mark& mark) {
  const std::size_t end = std::min(mark.end, to);
  std::size_t indent = visible(line.substr(from, mark.begin - from)).width;
  if (from > 0) indent += visible(strokes_.ellipsis).width;
  const std::size_t width =
      end > mark.begin ? visible(line.substr(mark.begin, end - mark.begin)).width : 0;
  std::string row(indent, ' ');
  row += mark.is_primary ? paint_.severity : paint_.frame;
  for (std::size_t i = 0; i < std::max<std::size_t>(width, 1); ++i)
    row += mark.is_primary ? strokes_.primary_mark : strokes_.other_mark;
  if (!mark.text.empty()) row += " " + visible(mark.text).text;
  row += paint_.reset;
  put("", strokes_.empty_bar, row);
}

// `in 200 fleets: a, b, c, ...`: one place that serves several.
std::string grouped(const std::vector<std::string>& subjects, std::string_view ellipsis) {
  constexpr std::size_t most_shown = 5;
  std::string out = fmt::format("in {} fleets: ", subjects.size());
  for (std::size_t i = 0; i < std::min(subjects.size(), most_shown); ++i)
    out += (i == 0 ? "" : ", ") + visible(subjects[i]).text;
  if (subjects.size() > most_shown) out += fmt::format(", {}", ellipsis);
  return out;
}

void Page::show_notes(const Diagnostic& diagnostic) {
  std::vector<std::string> notes;
  if (diagnostic.subjects.size() > 1)
    notes.push_back(grouped(diagnostic.subjects, strokes_.ellipsis));
  for (const std::string& note : diagnostic.notes) notes.push_back(visible_text(note));
  for (const Fix& fix : diagnostic.fixes)
    notes.push_back(
        fmt::format("{}help{}: {}", paint_.help, paint_.reset, visible_text(fix.title)));
  for (std::size_t i = 0; i < notes.size(); ++i) {
    std::string_view rest = notes[i];
    std::string_view stroke = i + 1 == notes.size() ? strokes_.last_note : strokes_.note;
    while (true) {
      const std::size_t end = rest.find('\n');
      put("", stroke, rest.substr(0, end));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      stroke = i + 1 == notes.size() ? "   " : strokes_.empty_bar;
    }
  }
}

// How many diagnostics are shown: all up to the one that reaches the limit of errors.
std::size_t shown_of(const std::vector<Diagnostic>& sorted, std::size_t error_limit) {
  std::size_t errors = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i)
    if (sorted[i].severity == Severity::error && ++errors == error_limit) return i + 1;
  return sorted.size();
}

}  // namespace

std::string plain_text(const Diagnostic& diagnostic, const Sources& sources) {
  Page page(sources, Look::plain);
  page.show(diagnostic);
  return page.take();
}

std::string text(const std::vector<Diagnostic>& sorted, const Sources& sources,
                 const RenderOptions& options) {
  if (sorted.empty()) return {};
  const std::size_t shown = shown_of(sorted, options.error_limit);
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    Page page(sources, options.look);
    page.show(sorted[i]);
    out += page.take() + "\n";
  }
  out += summary(sorted);
  if (shown < sorted.size())
    out += fmt::format("; {} of {} are shown, `--error-limit 0` shows all", shown, sorted.size());
  return out + "\n";
}

}  // namespace bkfc::formats
