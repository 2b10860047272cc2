#include "emit/shell.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "emit/characters.hpp"

namespace bkfc::emit {
namespace {

constexpr std::size_t columns = 100;

constexpr std::array<std::string_view, 21> reserved_words = {
    "!",    "[[", "]]",  "{",        "}",  "case", "coproc", "do",   "done",  "elif", "else",
    "esac", "fi", "for", "function", "if", "in",   "select", "then", "until", "while"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain(char c) {
  return is_letter(c) || is_digit(c) ||
         std::string_view("_./:@%+,-").find(c) != std::string_view::npos;
}

// `=` is plain only in an option: at a command's place `a=b` would be an assignment.
bool is_bare(std::string_view word) {
  const bool is_option = word.starts_with('-');
  return !word.empty() && word != "time" &&
         std::find(reserved_words.begin(), reserved_words.end(), word) == reserved_words.end() &&
         std::all_of(word.begin(), word.end(),
                     [&](char c) { return is_plain(c) || (c == '=' && is_option); });
}

bool is_name(std::string_view name) {
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

std::string in_quotes(std::string_view word) {
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// `x=all-by-itself` looks like arithmetic to shellcheck, where `all` is a variable.
std::string assigned(std::string_view word) {
  return word.find_first_of("+-") == std::string_view::npos ? quoted(word) : in_quotes(word);
}

}  // namespace

std::string quoted(std::string_view word) {
  BKFC_ASSERT(word.find('\0') == std::string_view::npos, "a word of a script has no NUL byte");
  return is_bare(word) ? std::string(word) : in_quotes(word);
}

std::string command_line(std::span<const std::string> words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += quoted(word);
  }
  return out;
}

Script::Script(Shell shell, std::string_view lines) : shell_(shell) {
  text_ = shell == Shell::bash ? "#!/usr/bin/env bash\n" : "#!/bin/sh\n";
  append_comment(text_, lines);
  text_ += shell == Shell::bash ? "set -euo pipefail\n" : "set -eu\n";
}

Script& Script::assign(Literal name, std::string_view word, std::string_view why) {
  BKFC_ASSERT(is_name(name.text), "a variable's name is letters, digits and `_`");
  begin(true);
  append_comment(text_, why);
  text_ += name.text;
  text_ += '=';
  text_ += assigned(word);
  text_ += '\n';
  return *this;
}

Script& Script::assign_array(Literal name, std::span<const std::string> words,
                             std::string_view why) {
  BKFC_ASSERT(is_name(name.text), "an array's name is letters, digits and `_`");
  BKFC_ASSERT(shell_ == Shell::bash, "only a bash script has arrays");
  begin(true);
  append_comment(text_, why);
  text_ += name.text;
  const std::string on_one_line = command_line(words);
  if (name.text.size() + count_code_points(on_one_line) + 3 <= columns) {
    text_ += "=(" + on_one_line + ")\n";
    return *this;
  }
  text_ += "=(\n";
  for (const std::string& word : words) text_ += "  " + quoted(word) + "\n";
  text_ += ")\n";
  return *this;
}

Script& Script::text(Literal raw) {
  begin(false);
  std::string_view lines = raw.text;
  if (lines.starts_with('\n')) lines.remove_prefix(1);
  text_ += lines;
  if (!lines.ends_with('\n')) text_ += '\n';
  return *this;
}

void Script::begin(bool is_value) {
  if (!is_value || !after_value_) text_ += '\n';
  after_value_ = is_value;
}

}  // namespace bkfc::emit
