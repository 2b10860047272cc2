// Writes texts into a C++ file, so that the program carries them: `embed OUT NAMESPACE FOLDER
// SUFFIX`.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// In pieces, since a string literal may not be longer than 65536 characters everywhere.
std::string literal(const std::string& text) {
  constexpr std::size_t piece = 8000;
  std::string out;
  for (std::size_t at = 0; at == 0 || at < text.size(); at += piece)
    out += "\n     R\"~~~~(" + text.substr(at, piece) + ")~~~~\"";
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(argv[3]))
    if (entry.path().extension() == argv[4]) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());

  std::string out = "#include \"base/embedded.hpp\"\n\nnamespace " + std::string(argv[2]) +
                    " {\n\nextern const bkfc::EmbeddedText texts[];\n"
                    "extern const unsigned text_count;\n\nconst bkfc::EmbeddedText texts[] = {\n";
  for (const fs::path& path : paths)
    out += "    {\"" + path.stem().string() + "\"," + literal(read(path)) + "},\n";
  out +=
      "};\nconst unsigned text_count = " + std::to_string(paths.size()) + ";\n\n}  // namespace\n";

  // An unchanged file keeps its time, so nothing is compiled again.
  if (fs::exists(argv[1]) && read(argv[1]) == out) return 0;
  std::ofstream file(argv[1], std::ios::binary);
  file << out;
  return file ? 0 : 1;
}
