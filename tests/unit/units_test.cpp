#include <doctest/doctest.h>

#include "base/units.hpp"

namespace bkfc {

TEST_CASE("a decimal keeps every digit that was written") {
  CHECK(parse_decimal("1.5")->digits == 15);
  CHECK(parse_decimal("1.5")->places == 1);
  CHECK_FALSE(parse_decimal("1."));
  CHECK_FALSE(parse_decimal(".5"));
  CHECK_FALSE(parse_decimal("99999999999999999999"));
}

TEST_CASE("a fraction must come out whole") {
  CHECK(scale({15, 1}, 1024) == 1536);
  CHECK_FALSE(scale({15, 1}, 1));
  CHECK_FALSE(scale({9'000'000'000, 0}, 9'000'000'000));
}

TEST_CASE("bytes are spelt by the largest unit that is exact") {
  CHECK(to_text(Bytes{536'870'912'000}) == "500GiB");
  CHECK(to_text(Bytes{400'000'000'000}) == "400GB");
  CHECK(to_text(Bytes{0}) == "0B");
  CHECK(quantity(Bytes{536'870'912'000}) == "500Gi");
  CHECK(quantity(Bytes{1'500'000'000}) == "1500M");
  CHECK(about(Bytes{50'000'000'000}) == "≈ 46.6 GiB");
}

TEST_CASE("durations and CPUs are spelt as the language spells them") {
  CHECK(to_text(Duration{2'592'000}) == "30d");
  CHECK(to_text(Duration{5400}) == "90m");
  CHECK(to_text(Cpu{500}) == "0.5");
  CHECK(quantity(Cpu{250}) == "250m");
  CHECK(quantity(Cpu{6000}) == "6");
}

}  // namespace bkfc
