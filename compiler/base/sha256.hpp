// SHA-256, by which the lock knows files and pods know their configuration.
#pragma once

#include <string>
#include <string_view>

namespace bkfc {

// 64 lowercase hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace bkfc
