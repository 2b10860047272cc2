#include "support/documents.hpp"

#include <array>
#include <limits>
#include <string>

#include "base/text.hpp"

namespace bkfc::tests {
namespace {

using emit::Node;

constexpr auto nasty = std::to_array<std::string_view>({"",
                                                        " ",
                                                        "yes",
                                                        "No",
                                                        "on",
                                                        "OFF",
                                                        "y",
                                                        "N",
                                                        "true",
                                                        "False",
                                                        "null",
                                                        "NULL",
                                                        "~",
                                                        "0",
                                                        "0755",
                                                        "0o7",
                                                        "0x1f",
                                                        "0b1",
                                                        "1e3",
                                                        "1_000",
                                                        "1,000",
                                                        ".5",
                                                        "5.",
                                                        "+1",
                                                        "-1",
                                                        "-.5",
                                                        ".inf",
                                                        "-.Inf",
                                                        ".NaN",
                                                        "nan",
                                                        "inf",
                                                        "12:30:00",
                                                        "190:20:30",
                                                        "2024-01-01",
                                                        "2001-12-14t21:59:43.10-05:00",
                                                        "1.31",
                                                        "0.34.2",
                                                        "=",
                                                        "<<",
                                                        " a",
                                                        "a ",
                                                        "\ta",
                                                        "a\t",
                                                        "a: b",
                                                        "a:",
                                                        ":a",
                                                        "a #b",
                                                        "#a",
                                                        "- a",
                                                        "-",
                                                        "--",
                                                        "---",
                                                        "--- a",
                                                        "...",
                                                        "... a",
                                                        "-a",
                                                        "--a=b",
                                                        "? a",
                                                        "?",
                                                        ", a",
                                                        "[a]",
                                                        "{a}",
                                                        "&a",
                                                        "*a",
                                                        "!a",
                                                        "!!str a",
                                                        "|",
                                                        ">",
                                                        "|-",
                                                        "'a'",
                                                        "\"a\"",
                                                        "%a",
                                                        "@a",
                                                        "`a",
                                                        "a\nb",
                                                        "a\nb\n",
                                                        "a\n\n",
                                                        "\na",
                                                        "\n",
                                                        "\n\n",
                                                        " a\nb",
                                                        "\ta\nb",
                                                        "\n  a\nb\n",
                                                        "a \nb",
                                                        "a\n \nb",
                                                        "a\n\t",
                                                        "a\r\nb",
                                                        "\r",
                                                        "# a\n- b\nc: d\n",
                                                        "---\na\n...\n",
                                                        "a\n  b\n    c",
                                                        "\x01",
                                                        "\x7f",
                                                        "a\u0085b",
                                                        "a\u2028b\u2029",
                                                        "\ufeff",
                                                        "\u00a0",
                                                        "é",
                                                        "日本語",
                                                        "\U0001f433",
                                                        "\U000e0001",
                                                        "\\",
                                                        "\\n",
                                                        "\"",
                                                        "'",
                                                        "''",
                                                        "a\\",
                                                        "tcp://x:1234",
                                                        "$(id)",
                                                        "key = \"value\"  # no\n[table]\n",
                                                        "a.b",
                                                        "\"\"\"\n'''"});

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : state_(seed * 2 + 1) {}

  Node map(int depth) {
    Node out;
    for (std::uint64_t i = below(6); i > 0; --i) {
      Node& value = out.set(text(), node(depth - 1));
      value.origin = {};
    }
    for (emit::Entry& entry : out.entries) {
      if (below(4) == 0) entry.comment = text();
    }
    return out;
  }

 private:
  // A generator that is the same on every machine.
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_ >> 33U;
  }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  std::string text() {
    if (below(3) > 0) return std::string(nasty[below(nasty.size())]);
    constexpr std::string_view common = "ab01-:#.,_ '\"\n\t\\[]{}&*!|>%@`?=~";
    std::string out;
    for (std::uint64_t i = below(below(12) == 0 ? 200 : 12); i > 0; --i) {
      if (below(8) > 0) {
        out += common[below(common.size())];
      } else {
        constexpr std::array<char32_t, 10> rare = {1,    0x1f,   0x7f,   0x80,   0x85,
                                                   0xa0, 0x2028, 0xfeff, 0xfffd, 0x10ffff};
        append_utf8(out, below(2) == 0 ? rare[below(rare.size())]
                                       : static_cast<char32_t>(0x20 + below(0x3000)));
      }
    }
    return out;
  }

  Node node(int depth) {
    switch (below(depth > 0 ? 8 : 5)) {
      case 0: return integer();
      case 1: return below(2) == 0;
      case 5:
      case 6: return map(depth);
      case 7: {
        Node out = emit::list();
        for (std::uint64_t i = below(5); i > 0; --i) {
          Node& item = out.push(node(depth - 1));
          if (below(6) == 0) item.comment = text();
        }
        return out;
      }
      default: return text();
    }
  }

  std::int64_t integer() {
    constexpr std::array<std::int64_t, 4> bounds = {0, -1, std::numeric_limits<std::int64_t>::max(),
                                                    std::numeric_limits<std::int64_t>::min()};
    return below(2) == 0 ? bounds[below(4)] : static_cast<std::int64_t>(below(100'000));
  }

  std::uint64_t state_;
};

}  // namespace

emit::Node random_document(std::uint64_t seed) { return Maker(seed).map(5); }

}  // namespace bkfc::tests
