// Text as bytes, code points and UTF-16 units, and how near one word is to another.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bkfc {

// The offset of the first byte that is not UTF-8; nothing if all of it is.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// The length of the well-formed UTF-8 sequence at `at`, which lies in the text; 0 if there is none.
std::size_t sequence_length(std::string_view text, std::size_t at);

// How many code points, and how many UTF-16 units, a valid UTF-8 text has.
std::size_t count_code_points(std::string_view text);
std::size_t count_utf16(std::string_view text);

// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The known word that a misspelt one most likely means; nothing if none is near.
// Case, `_` and `-` are no difference: `storageClass` is near `storage_class`.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);

// `a`, `b` and `c`, each in backticks.
std::string listed(std::span<const std::string_view> words, std::string_view last = "and");

}  // namespace bkfc
