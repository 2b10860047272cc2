#include "ir/literal.hpp"

#include <charconv>

#include <fmt/core.h>

#include "base/assert.hpp"

namespace bkfc::ir {
namespace {

using schema::Range;
using schema::Stored;
using schema::Type;

std::int64_t number_of(std::string_view text, std::string_view& unit) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto number = parse_decimal(text.substr(0, end));
  BKFC_ASSERT(number, "a number of the table can be read");
  unit = text.substr(end);
  const std::int64_t factor =
      unit.empty() ? 1 : bytes_in(unit).value_or(seconds_in(unit).value_or(1000));
  const auto whole = scale(*number, factor);
  BKFC_ASSERT(whole, "a number of the table comes out whole");
  return *whole;
}

std::int64_t plain(std::string_view text) {
  std::string_view unit;
  return number_of(text, unit);
}

Cpu cpu(std::string_view text) {
  const auto number = parse_decimal(text);
  BKFC_ASSERT(number, "a CPU of the table can be read");
  return {scale(*number, 1000).value_or(0)};
}

template <class T, class Read>
Range<T> range(std::string_view text, Read read) {
  const std::size_t dots = text.find("..");
  if (dots == text.npos) return {read(text), read(text)};
  Range<T> out;
  if (dots > 0) out.min = read(text.substr(0, dots));
  if (dots + 2 < text.size()) out.max = read(text.substr(dots + 2));
  return out;
}

schema::ChoiceId choice(const schema::Attribute& row, std::string_view text) {
  for (std::size_t i = 0; i < row.choices.size(); ++i)
    if (row.choices[i].name == text) return static_cast<schema::ChoiceId>(i);
  BKFC_ASSERT(false, "a word of the table is one of its set");
  return {};
}

template <class T, class Spell>
std::string spell_range(const Range<T>& range, Spell spell) {
  if (range.min && range.max && *range.min == *range.max) return spell(*range.min);
  return (range.min ? spell(*range.min) : "") + ".." + (range.max ? spell(*range.max) : "");
}

// Bare where it reads as one word or several with dots, quoted otherwise.
std::string spell_choice(std::string_view name) {
  const bool bare =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") ==
          name.npos &&
      !(name.front() >= '0' && name.front() <= '9');
  return bare ? std::string(name) : quoted(name);
}

std::string spell_space(const schema::Space& space) {
  if (!space.percent) return to_text(space.bytes);
  const std::string percent = to_text(*space.percent);
  if (!space.of_daemons_disk) return percent;
  return fmt::format("daemon_percent({})", percent.substr(0, percent.size() - 1));
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
    } else {
      const bool interpolates = c == '{' && out.ends_with('$');
      if (interpolates) out.insert(out.size() - 1, 1, '\\');
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + "\"";
}

Stored parse_literal(const schema::Attribute& row, std::string_view text) {
  std::string_view unit;
  switch (row.type) {
    case Type::boolean: return text == "true";
    case Type::integer: return plain(text);
    case Type::text: return std::string(text.substr(1, text.size() - 2));
    case Type::bytes: return Bytes{plain(text)};
    case Type::space: {
      const std::int64_t number = number_of(text, unit);
      if (unit == "%") return schema::Space{{}, Percent{number}};
      return schema::Space{Bytes{number}, {}};
    }
    case Type::duration: return Duration{plain(text)};
    case Type::cpu: return cpu(text);
    case Type::integer_range: return range<std::int64_t>(text, plain);
    case Type::cpu_range: return range<Cpu>(text, cpu);
    case Type::bytes_range:
      return range<Bytes>(text, [](std::string_view one) { return Bytes{plain(one)}; });
    case Type::choice: return choice(row, text);
    case Type::text_list:
    case Type::text_map:
    case Type::choice_list: break;
  }
  BKFC_ASSERT(false, "the table has no defaults and bounds of lists and maps");
  return {};
}

std::string spell(const schema::Attribute& row, const Stored& stored) {
  const auto bytes = [](Bytes value) { return to_text(value); };
  if (const auto* value = std::get_if<bool>(&stored)) return *value ? "true" : "false";
  if (const auto* value = std::get_if<std::int64_t>(&stored)) return fmt::format("{}", *value);
  if (const auto* value = std::get_if<std::string>(&stored)) return quoted(*value);
  if (const auto* value = std::get_if<Bytes>(&stored)) return to_text(*value);
  if (const auto* value = std::get_if<schema::Space>(&stored)) return spell_space(*value);
  if (const auto* value = std::get_if<Duration>(&stored)) return to_text(*value);
  if (const auto* value = std::get_if<Cpu>(&stored)) return to_text(*value);
  if (const auto* value = std::get_if<Range<std::int64_t>>(&stored))
    return spell_range(*value, [](std::int64_t one) { return fmt::format("{}", one); });
  if (const auto* value = std::get_if<Range<Cpu>>(&stored))
    return spell_range(*value, [](Cpu one) { return to_text(one); });
  if (const auto* value = std::get_if<Range<Bytes>>(&stored)) return spell_range(*value, bytes);
  std::string out;
  const auto add = [&out](std::string_view item) {
    if (!out.empty()) out += ", ";
    out += item;
  };
  if (const auto* value = std::get_if<std::vector<std::string>>(&stored)) {
    for (const std::string& item : *value) add(quoted(item));
    return "[" + out + "]";
  }
  if (const auto* value = std::get_if<schema::TextMap>(&stored)) {
    for (const auto& [key, item] : *value) add(quoted(key) + " = " + quoted(item));
    return "{ " + out + " }";
  }
  if (const auto* value = std::get_if<schema::ChoiceId>(&stored))
    return spell_choice(row.choices[static_cast<std::size_t>(*value)].name);
  if (const auto* value = std::get_if<std::vector<schema::ChoiceId>>(&stored)) {
    for (const schema::ChoiceId item : *value)
      add(spell_choice(row.choices[static_cast<std::size_t>(item)].name));
    return "[" + out + "]";
  }
  return out;
}

std::vector<std::int64_t> magnitudes(const Stored& stored) {
  std::vector<std::int64_t> out;
  const auto add_range = [&out](const auto& range, auto number) {
    if (range.min) out.push_back(number(*range.min));
    if (range.max) out.push_back(number(*range.max));
  };
  if (const auto* value = std::get_if<std::int64_t>(&stored)) out.push_back(*value);
  if (const auto* value = std::get_if<Bytes>(&stored)) out.push_back(value->count);
  if (const auto* value = std::get_if<Duration>(&stored)) out.push_back(value->seconds);
  if (const auto* value = std::get_if<Cpu>(&stored)) out.push_back(value->millicores);
  if (const auto* value = std::get_if<schema::Space>(&stored); value && !value->percent)
    out.push_back(value->bytes.count);
  if (const auto* value = std::get_if<Range<std::int64_t>>(&stored))
    add_range(*value, [](std::int64_t one) { return one; });
  if (const auto* value = std::get_if<Range<Cpu>>(&stored))
    add_range(*value, [](Cpu one) { return one.millicores; });
  if (const auto* value = std::get_if<Range<Bytes>>(&stored))
    add_range(*value, [](Bytes one) { return one.count; });
  return out;
}

}  // namespace bkfc::ir
