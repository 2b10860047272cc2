// Whatever parses keeps what it says and its comments when it is laid out, and is then laid out.
// Built by libFuzzer's driver, or with `replay.cpp` as a test without it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "support/format_promises.hpp"

// The name is libFuzzer's.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string broken = bkfc::tests::broken_promise(text);
  if (broken.empty()) return 0;
  std::fprintf(stderr, "formatting breaks a promise: %s\n", broken.c_str());
  std::abort();
}
