// A message of the language as a row: its id, its severity and its text, whose arguments the
// compiler checks.
#pragma once

#include <string_view>

#include <fmt/core.h>

#include "report/diagnostic.hpp"

namespace bkfc {

// What `explain`, the reference and the tests know of a message, whatever its arguments.
struct MessageRow {
  std::string_view id;
  Severity severity;
  std::string_view text;    // with its `{}`
  std::string_view detail;  // one paragraph for `explain`: why it is so, and what to write
  std::string_view bad;     // a small program that meets it
  std::string_view good;    // the same, mended
};

template <class... Args>
struct Message {
  std::string_view id;
  Severity severity;
  fmt::format_string<Args...> text;
  std::string_view detail = {};
  std::string_view bad = {};
  std::string_view good = {};

  MessageRow row() const {
    const fmt::string_view view = text;
    return {id, severity, {view.data(), view.size()}, detail, bad, good};
  }
};

}  // namespace bkfc
