#include "format/format.hpp"

#include "base/assert.hpp"
#include "format/printer.hpp"

namespace bkfc::format {

std::string format(const syntax::Tree& tree) {
  BKFC_ASSERT(tree.errors.empty(), "only a text without syntax errors is formatted");
  return Printer(tree).file();
}

}  // namespace bkfc::format
