// Random documents, always the same for a seed, with texts that readers like to get wrong.
#pragma once

#include <cstdint>

#include "emit/document.hpp"

namespace bkfc::tests {

// A map at the top, up to a few hundred nodes.
emit::Node random_document(std::uint64_t seed);

}  // namespace bkfc::tests
