// A world of one text: whatever is read is this.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "source/files.hpp"

namespace bkfc::tests {

class OneFile final : public Files {
 public:
  explicit OneFile(std::string text) : text_(std::move(text)) {}
  Result<std::string> read(std::string_view, std::size_t) override { return text_; }

 private:
  std::string text_;
};

}  // namespace bkfc::tests
