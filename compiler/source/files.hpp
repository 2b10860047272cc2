// Reading by path, as a compile sees it: the disk, an editor's unsaved texts, or a test's map.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace bkfc {

class Files {
 public:
  virtual ~Files() = default;

  // The whole content. Refuses a folder, what cannot be read, and what is larger than `limit`
  // bytes.
  virtual Result<std::string> read(std::string_view path, std::size_t limit) = 0;
};

}  // namespace bkfc
