// The quantities of the language, each in one integer unit, with their spellings in and out.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bkfc {

// Bytes. Invariant: what the language reads is between 0 and 2^63 - 1.
struct Bytes {
  std::int64_t count = 0;
  auto operator<=>(const Bytes&) const = default;
};

// Whole seconds.
struct Duration {
  std::int64_t seconds = 0;
  auto operator<=>(const Duration&) const = default;
};

// Thousandths of a CPU.
struct Cpu {
  std::int64_t millicores = 0;
  auto operator<=>(const Cpu&) const = default;
};

// Thousandths of a percent: `12.5%` is 12500.
struct Percent {
  std::int64_t thousandths = 0;
  auto operator<=>(const Percent&) const = default;
};

// A number as written: `1.5` is {15, 1}. Invariant: no digit is lost.
struct Decimal {
  std::int64_t digits = 0;
  int places = 0;  // of `digits`, behind the point
};

// `"1.50"` to {150, 2}; nothing if it is no number or has more than 18 digits.
std::optional<Decimal> parse_decimal(std::string_view text);

// number × factor ÷ divisor; nothing if it does not come out whole or does not fit.
std::optional<std::int64_t> scale(Decimal number, std::int64_t factor, std::int64_t divisor = 1);

std::int64_t power_of_ten(int exponent);  // 0 to 18

// A percentage of a whole, rounded down; nothing if it does not fit.
std::optional<std::int64_t> part(Percent percent, std::int64_t whole);

// How many bytes (seconds) a unit of the language stands for: `GiB`, `kB`; `s m h d w`.
std::optional<std::int64_t> bytes_in(std::string_view unit);
std::optional<std::int64_t> seconds_in(std::string_view unit);

// The language's own spelling, the largest unit that is exact: `50GiB`, `1500MB`, `90s`, `30d`.
std::string to_text(Bytes bytes);
std::string to_text(Duration duration);
std::string to_text(Cpu cpu);
std::string to_text(Percent percent);

// For people: at most one decimal place, `≈` in front where that is not exact: `46.6 GiB`.
std::string about(Bytes bytes);

// As Kubernetes spells a quantity: `500Gi`, `1500M`, `42`; `6`, `250m`.
std::string quantity(Bytes bytes);
std::string quantity(Cpu cpu);

}  // namespace bkfc
