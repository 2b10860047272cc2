#include "base/units.hpp"

#include <array>
#include <limits>

#include <fmt/core.h>

namespace bkfc {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
  std::string_view kubernetes;  // suffix of a quantity
};

// Products of two 64-bit numbers; GCC and Clang both have it.
__extension__ using Wide = __int128;

constexpr std::int64_t ki = 1024;

constexpr std::array<Unit, 11> byte_units{{{"PiB", ki* ki* ki* ki* ki, "Pi"},
                                           {"PB", 1'000'000'000'000'000, "P"},
                                           {"TiB", ki* ki* ki* ki, "Ti"},
                                           {"TB", 1'000'000'000'000, "T"},
                                           {"GiB", ki* ki* ki, "Gi"},
                                           {"GB", 1'000'000'000, "G"},
                                           {"MiB", ki* ki, "Mi"},
                                           {"MB", 1'000'000, "M"},
                                           {"KiB", ki, "Ki"},
                                           {"kB", 1'000, "k"},
                                           {"B", 1, ""}}};

constexpr std::array<Unit, 5> time_units{
    {{"w", 604'800, ""}, {"d", 86'400, ""}, {"h", 3'600, ""}, {"m", 60, ""}, {"s", 1, ""}}};

template <std::size_t N>
std::optional<std::int64_t> factor_of(const std::array<Unit, N>& units, std::string_view name) {
  for (const Unit& unit : units)
    if (unit.name == name) return unit.factor;
  return std::nullopt;
}

// The largest unit that divides exactly; binary before decimal where both do.
const Unit& exact_unit(std::int64_t count) {
  for (const Unit& unit : byte_units)
    if (count != 0 && count % unit.factor == 0) return unit;
  return byte_units.back();
}

std::string thousandths(std::int64_t count) {
  std::string text = fmt::format("{}.{:03}", count / 1000, count % 1000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal number;
  bool point = false;
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && !point && digits > 0) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      if (number.digits > (std::numeric_limits<std::int64_t>::max() - 9) / 10) return std::nullopt;
      number.digits = number.digits * 10 + (c - '0');
      number.places += point ? 1 : 0;
      ++digits;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || text.back() == '.' || number.places > 18) return std::nullopt;
  return number;
}

std::optional<std::int64_t> scale(Decimal number, std::int64_t factor, std::int64_t divisor) {
  while (number.places > 0 && number.digits % 10 == 0) {
    number.digits /= 10;
    --number.places;
  }
  const auto product = static_cast<Wide>(number.digits) * factor;
  const auto below = static_cast<Wide>(power_of_ten(number.places)) * divisor;
  if (product % below != 0) return std::nullopt;
  const auto whole = product / below;
  if (whole > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

std::optional<std::int64_t> part(Percent percent, std::int64_t whole) {
  const Wide exact = static_cast<Wide>(whole) * percent.thousandths / 100'000;
  if (exact > std::numeric_limits<std::int64_t>::max() || exact < 0) return std::nullopt;
  return static_cast<std::int64_t>(exact);
}

std::optional<std::int64_t> bytes_in(std::string_view unit) { return factor_of(byte_units, unit); }

std::optional<std::int64_t> seconds_in(std::string_view unit) {
  return factor_of(time_units, unit);
}

std::string to_text(Bytes bytes) {
  const Unit& unit = exact_unit(bytes.count);
  return fmt::format("{}{}", bytes.count / unit.factor, unit.name);
}

std::string to_text(Duration duration) {
  for (const Unit& unit : time_units)
    if (duration.seconds != 0 && duration.seconds % unit.factor == 0 && unit.name != "w")
      return fmt::format("{}{}", duration.seconds / unit.factor, unit.name);
  return fmt::format("{}s", duration.seconds);
}

std::string to_text(Cpu cpu) { return thousandths(cpu.millicores); }

std::string to_text(Percent percent) { return thousandths(percent.thousandths) + "%"; }

std::string about(Bytes bytes) {
  for (const Unit& unit : byte_units) {
    if (unit.name.size() < 3 && unit.name != "B") continue;
    if (bytes.count < unit.factor && unit.factor != 1) continue;
    if (bytes.count % unit.factor == 0)
      return fmt::format("{} {}", bytes.count / unit.factor, unit.name);
    const auto tenths = (static_cast<Wide>(bytes.count) * 10 + unit.factor / 2) / unit.factor;
    return fmt::format("≈ {}.{} {}", static_cast<std::int64_t>(tenths / 10),
                       static_cast<std::int64_t>(tenths % 10), unit.name);
  }
  return fmt::format("{} B", bytes.count);
}

std::string quantity(Bytes bytes) {
  const Unit& unit = exact_unit(bytes.count);
  return fmt::format("{}{}", bytes.count / unit.factor, unit.kubernetes);
}

std::string quantity(Cpu cpu) {
  return cpu.millicores % 1000 == 0 ? fmt::format("{}", cpu.millicores / 1000)
                                    : fmt::format("{}m", cpu.millicores);
}

}  // namespace bkfc
