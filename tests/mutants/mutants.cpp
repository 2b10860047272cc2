// One token too few or too many, everywhere in the examples: how many messages is such a mistake?
// `mutants ROOT [STEP [SHOWN]]` tries every STEP-th, prints how many gave 0, 1, 2, … errors, and
// the SHOWN worst. Two are enough; it fails where more than one in twenty gives more, or where any
// gives more than six, which is what was measured.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "driver/run.hpp"
#include "support/memory_world.hpp"
#include "support/tokens.hpp"

namespace {

namespace fs = std::filesystem;
using bkfc::tests::MemoryWorld;

constexpr std::size_t enough = 2;
constexpr std::size_t most = 6;
constexpr std::size_t one_in = 20;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Mutant {
  std::string place;  // of what, `examples/x/fleet.bkfleet:7 without “size”`
  std::string errors;
  std::size_t count = 0;
};

std::size_t count_errors(std::string_view errors) {
  std::size_t count = errors.starts_with("error[") ? 1 : 0;
  for (std::size_t at = errors.find("\nerror["); at != errors.npos;
       at = errors.find("\nerror[", at + 1))
    ++count;
  return count;
}

// An example as it stands on a disk. The files beside its README are checked as one program, those
// in folders are what they import.
struct Example {
  std::string name;
  std::map<std::string, std::string> files;

  std::string check() const {
    MemoryWorld world;
    for (const auto& [path, text] : files) world.put(path, {.bytes = text});
    world.put(".bkfc", {.bytes = ""});  // the folder is the project
    std::vector<std::string> words{"check", "-q"};
    for (const auto& [path, text] : files)
      if (path.find('/') == path.npos) words.push_back(path);
    bkfc::driver::run(words, world);
    return world.errors;
  }
};

std::vector<Example> examples(const fs::path& root) {
  std::vector<Example> out;
  for (const auto& folder : fs::directory_iterator(root / "examples")) {
    if (!folder.is_directory()) continue;
    Example example{"examples/" + folder.path().filename().string(), {}};
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
      if (entry.is_regular_file() && entry.path().extension() == ".bkfleet")
        example.files[fs::relative(entry.path(), folder.path())] = read(entry.path());
    out.push_back(std::move(example));
  }
  std::sort(out.begin(), out.end(),
            [](const Example& a, const Example& b) { return a.name < b.name; });
  return out;
}

// Takes every `step`-th mistake, counted through all files, so that a sample is spread evenly.
class Trial {
 public:
  explicit Trial(std::size_t step) : step_(step) {}

  void try_example(Example example) {
    if (count_errors(example.check()) > 0) {
      fmt::print("{} has errors as it is:\n{}", example.name, example.check());
      mutants_.push_back({example.name, "it has errors as it is", most + 1});
      return;
    }
    for (auto& [path, text] : example.files) {
      const std::string original = text;
      for (const bkfc::tests::Token& token : bkfc::tests::tokens(original)) {
        const std::string word = original.substr(token.begin, token.end - token.begin);
        const std::size_t line =
            1 + static_cast<std::size_t>(
                    std::count(original.begin(),
                               original.begin() + static_cast<std::ptrdiff_t>(token.begin), '\n'));
        const std::string place = fmt::format("{}/{}:{}", example.name, path, line);
        text = original;
        text.erase(token.begin, word.size());
        try_text(example, fmt::format("{} without `{}`", place, word));
        text = original;
        text.insert(token.end, " " + word);
        try_text(example, fmt::format("{} with `{}` twice", place, word));
      }
      text = original;
    }
  }

  const std::vector<Mutant>& mutants() const { return mutants_; }

 private:
  void try_text(const Example& example, std::string place) {
    if (turn_++ % step_ != 0) return;
    Mutant mutant{std::move(place), example.check()};
    mutant.count = count_errors(mutant.errors);
    mutants_.push_back(std::move(mutant));
  }

  std::size_t step_;
  std::size_t turn_ = 0;
  std::vector<Mutant> mutants_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::size_t step = argc > 2 ? std::max(1UL, std::strtoul(argv[2], nullptr, 10)) : 1;
  const std::size_t shown = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 5;
  Trial trial(step);
  for (Example& example : examples(argv[1])) trial.try_example(std::move(example));

  std::map<std::size_t, std::size_t> times;
  std::vector<const Mutant*> worst;
  for (const Mutant& mutant : trial.mutants()) {
    ++times[mutant.count];
    if (mutant.count > enough) worst.push_back(&mutant);
  }
  for (const auto& [count, n] : times) fmt::print("{} mistakes with {} errors\n", n, count);
  fmt::print("{} of {} with more than {}\n", worst.size(), trial.mutants().size(), enough);
  std::stable_sort(worst.begin(), worst.end(),
                   [](const Mutant* a, const Mutant* b) { return a->count > b->count; });
  for (std::size_t i = 0; i < std::min(shown, worst.size()); ++i)
    fmt::print("\n{} gives {}:\n{}", worst[i]->place, worst[i]->count, worst[i]->errors);
  const bool is_seldom = worst.size() * one_in <= trial.mutants().size();
  const bool is_bounded = worst.empty() || worst.front()->count <= most;
  return is_seldom && is_bounded && !trial.mutants().empty() ? 0 : 1;
}
