// Whatever is read comes to an end; what compiles gives the same bytes again, and as it is laid out
// by the formatter, too.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "format/format.hpp"
#include "pipeline.hpp"
#include "support/one_file.hpp"
#include "syntax/parse.hpp"

namespace bkfc {
namespace {

struct Compiled {
  bool is_good = false;
  std::vector<emit::File> files;

  explicit Compiled(const std::string& text) {
    Sources sources;
    Origins origins;
    Report report;
    tests::OneFile file{text};
    const Analysis analysis = analyse(sources, origins, file, {.files = {"main.bkfleet"}}, report);
    is_good = !report.has_errors() && analysis.modules.readable;
    if (is_good) files = produce(analysis);
  }
};

bool same(const Compiled& a, const Compiled& b) {
  if (a.is_good != b.is_good || a.files.size() != b.files.size()) return false;
  for (std::size_t i = 0; i < a.files.size(); ++i)
    if (a.files[i].path != b.files[i].path || a.files[i].bytes != b.files[i].bytes) return false;
  return true;
}

void hold(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "evaluating breaks a promise: %s\n", what);
  std::abort();
}

}  // namespace
}  // namespace bkfc

// The name is libFuzzer's.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bkfc;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Compiled first(text);
  if (!first.is_good) return 0;
  hold(same(first, Compiled(text)), "the same text gives the same bytes");
  const syntax::Tree tree = syntax::parse(text);
  if (tree.errors.empty())
    hold(same(first, Compiled(format::format(tree))), "its layout changes nothing that compiles");
  return 0;
}
