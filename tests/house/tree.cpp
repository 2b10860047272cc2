#include "house/tree.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

#include "options.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;

std::vector<Line> lines_of(const fs::path& path) {
  std::vector<Line> lines;
  std::ifstream in(path);
  for (std::string text; std::getline(in, text);)
    lines.push_back({static_cast<int>(lines.size()) + 1, text});
  return lines;
}

std::string folder_of(const fs::path& path) {
  auto part = path.begin();
  const std::string top = *part++;
  if (top != "compiler") return top;
  return std::next(part) == path.end() ? "" : part->string();
}

std::vector<SourceFile> read_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (const char* top : {"compiler", "grammar", "tests"})
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
      const fs::path extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      const fs::path path = entry.path().lexically_relative(root);
      SourceFile file{path.generic_string(), folder_of(path), lines_of(entry.path())};
      file.is_generated = !file.lines.empty() && file.lines[0].text.starts_with("// Written by ");
      files.push_back(std::move(file));
    }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

const std::vector<SourceFile>& source_tree() {
  static const std::vector<SourceFile> files = read_tree(options().root);
  return files;
}

std::string_view included(std::string_view line) {
  constexpr std::string_view word = "#include ";
  if (!line.starts_with(word)) return {};
  line.remove_prefix(word.size());
  const std::size_t end = line.find_first_of("\">", 1);
  return line.substr(0, end == std::string_view::npos ? end : end + 1);
}

std::string code_of(std::string_view line) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != 0) {
      if (line[i] == '\\')
        ++i;
      else if (line[i] == quote)
        quote = 0;
      continue;
    }
    if (line.substr(i, 2) == "//") break;
    const bool separates_digits = line[i] == '\'' && i > 0 && is_word_character(line[i - 1]);
    if (line[i] == '"' || (line[i] == '\'' && !separates_digits))
      quote = line[i];
    else
      out += line[i];
  }
  return out;
}

bool has_word(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != line.npos; at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_character(line[at - 1]);
    const bool ends = end == line.size() || !is_word_character(line[end]);
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace bkfc::tests
