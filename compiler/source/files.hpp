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

  // The absolute path of what exists, without links: a file is known by it. Where there are no
  // folders, the path itself.
  virtual Result<std::string> resolve(std::string_view path) { return std::string(path); }

  // The folder that bounds what a root file may import: the nearest one above it that is marked as
  // a project, else its own. Absolute, without links, no slash at its end; empty where there are no
  // folders.
  virtual std::string project_root(std::string_view) { return {}; }
};

}  // namespace bkfc
