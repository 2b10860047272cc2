#include "ir/convert.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/release.hpp"
#include "base/text.hpp"
#include "ir/literal.hpp"
#include "ir/messages.hpp"

namespace bkfc::ir {
namespace {

using eval::Value;
using schema::Range;
using schema::Stored;
using schema::Type;
using Kind = Value::Kind;

// Only looks: what it cannot take, it leaves to `say_wrong_type`.
std::optional<Bytes> as_bytes(const Value& value) {
  if (!value.is(Kind::bytes)) return std::nullopt;
  return Bytes{value.number};
}

std::optional<std::int64_t> as_integer(const Value& value) {
  if (!value.is(Kind::integer)) return std::nullopt;
  return value.number;
}

std::optional<Cpu> as_cpu(const Value& value) {
  if (value.is(Kind::cpu)) return Cpu{value.number};
  const Decimal number = value.is(Kind::integer) ? Decimal{value.number, 0} : value.decimal();
  if (!value.is(Kind::integer) && !value.is(Kind::decimal)) return std::nullopt;
  const auto millicores = value.number < 0 ? std::nullopt : scale(number, 1000);
  return millicores ? std::optional(Cpu{*millicores}) : std::nullopt;
}

template <class T, class Read>
std::optional<Stored> as_range(const Value& value, Read read) {
  if (!value.is(Kind::range)) {
    const std::optional<T> both = read(value);
    return both ? std::optional<Stored>(Range<T>{both, both}) : std::nullopt;
  }
  Range<T> out{read(value.items[0]), read(value.items[1])};
  const bool ends_fit = (out.min || value.items[0].is(Kind::unset)) &&
                        (out.max || value.items[1].is(Kind::unset)) && (out.min || out.max);
  return ends_fit ? std::optional<Stored>(std::move(out)) : std::nullopt;
}

std::optional<Stored> as_space(const Value& value) {
  if (value.is(Kind::percent))
    return schema::Space{{}, Percent{value.number}, value.of_daemons_disk};
  if (value.is(Kind::bytes)) return schema::Space{Bytes{value.number}, {}, false};
  return std::nullopt;
}

class Converter {
 public:
  Converter(const schema::Attribute& row, const Sources& sources, Report& report)
      : row_(&row), sources_(&sources), report_(&report) {}

  std::optional<Stored> convert(const Value& value) {
    if (value.is(Kind::unknown)) return std::nullopt;
    std::optional<Stored> stored = plain(value);
    if (!stored || !within_bounds(value, *stored)) return std::nullopt;
    return stored;
  }

 private:
  std::optional<Stored> plain(const Value& value) {
    switch (row_->type) {
      case Type::choice: return one_choice(value);
      case Type::choice_list: return choices(value);
      case Type::text_list: return texts(value);
      case Type::text_map: return map(value);
      default: break;
    }
    std::optional<Stored> stored = scalar(value);
    if (!stored) say_wrong_type(value);
    if (stored && row_->is_release && !parse_release(value.text)) {
      report_->add(message::no_release, value.span, value.text)
          .here("a release is written like `1.31`");
      return std::nullopt;
    }
    return stored;
  }

  std::optional<Stored> scalar(const Value& value) const {
    switch (row_->type) {
      case Type::boolean:
        return value.is(Kind::boolean) ? std::optional<Stored>(value.boolean) : std::nullopt;
      case Type::integer: return as_integer(value);
      case Type::text:
        return value.is(Kind::text) ? std::optional<Stored>(value.text) : std::nullopt;
      case Type::bytes: return as_bytes(value);
      case Type::space: return as_space(value);
      case Type::duration:
        return value.is(Kind::duration) ? std::optional<Stored>(Duration{value.number})
                                        : std::nullopt;
      case Type::cpu: return as_cpu(value);
      case Type::integer_range: return as_range<std::int64_t>(value, as_integer);
      case Type::cpu_range: return as_range<Cpu>(value, as_cpu);
      case Type::bytes_range: return as_range<Bytes>(value, as_bytes);
      default: return std::nullopt;
    }
  }

  std::optional<Stored> one_choice(const Value& value) {
    const std::optional<schema::ChoiceId> id = choice(value);
    return id ? std::optional<Stored>(*id) : std::nullopt;
  }

  std::optional<schema::ChoiceId> choice(const Value& value) {
    if (value.is(Kind::unknown)) return std::nullopt;
    if (!value.is(Kind::word) && !value.is(Kind::text)) {
      say_wrong_type(value);
      return std::nullopt;
    }
    for (std::size_t i = 0; i < row_->choices.size(); ++i) {
      const schema::Choice& one = row_->choices[i];
      if (one.name != value.text) continue;
      if (one.compiled) return static_cast<schema::ChoiceId>(i);
      report_->add(message::choice_not_compiled, value.span, row_->name, one.name)
          .note(fmt::format("it compiles {}", names(true)));
      return std::nullopt;
    }
    say_unknown_choice(value);
    return std::nullopt;
  }

  void say_unknown_choice(const Value& value) {
    auto draft = report_->add(message::unknown_choice, value.span, value.text, row_->name);
    std::vector<std::string_view> known;
    for (const schema::Choice& one : row_->choices) known.push_back(one.name);
    if (const auto near = nearest(value.text, known))
      draft.here(fmt::format("did you mean `{}`?", *near))
          .fix(fmt::format("write `{}`", *near), {{value.span, spelled(*near)}});
    draft.note(fmt::format("it is one of {}", names(false)));
  }

  // Bare where it reads as a word, quoted otherwise.
  static std::string spelled(std::string_view word) {
    const bool bare = word.find_first_not_of(
                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                          "0123456789_.") == word.npos;
    return bare ? std::string(word) : fmt::format("\"{}\"", word);
  }

  std::string names(bool compiled_only) const {
    std::vector<std::string_view> words;
    for (const schema::Choice& one : row_->choices)
      if (one.compiled || !compiled_only) words.push_back(one.name);
    return listed(words, compiled_only ? "and" : "or");
  }

  std::optional<Stored> choices(const Value& value) {
    if (!value.is(Kind::list)) {
      say_wrong_type(value);
      return std::nullopt;
    }
    std::vector<schema::ChoiceId> out;
    bool whole = true;
    for (const Value& item : value.items) {
      const std::optional<schema::ChoiceId> id = choice(item);
      whole = whole && id;
      if (id && std::find(out.begin(), out.end(), *id) != out.end())
        report_->add(message::repeated_item, item.span, item.text, row_->name);
      if (id) out.push_back(*id);
    }
    return whole ? std::optional<Stored>(std::move(out)) : std::nullopt;
  }

  std::optional<Stored> texts(const Value& value) {
    if (!value.is(Kind::list)) {
      say_wrong_type(value);
      return std::nullopt;
    }
    std::vector<std::string> out;
    bool whole = true;
    for (const Value& item : value.items) {
      if (!item.is(Kind::text)) {
        whole = false;
        if (!item.is(Kind::unknown)) say_wrong_type(item, "a list of strings");
      } else {
        out.push_back(item.text);
      }
    }
    return whole ? std::optional<Stored>(std::move(out)) : std::nullopt;
  }

  std::optional<Stored> map(const Value& value) {
    if (!value.is(Kind::object)) {
      say_wrong_type(value);
      return std::nullopt;
    }
    schema::TextMap out;
    bool whole = true;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const Value& item = value.items[i];
      if (!item.is(Kind::text)) {
        whole = false;
        if (!item.is(Kind::unknown)) say_wrong_type(item, "a map of strings");
      } else {
        out.emplace_back(value.keys[i], item.text);
      }
    }
    return whole ? std::optional<Stored>(std::move(out)) : std::nullopt;
  }

  bool within_bounds(const Value& value, const Stored& stored) {
    for (const std::int64_t number : magnitudes(stored)) {
      if (!row_->min.empty() && number < bound(row_->min)) {
        auto draft = report_->add(message::below, value.span, row_->name, row_->min);
        offer_range(draft, value);
        return false;
      }
      if (!row_->max.empty() && number > bound(row_->max)) {
        report_->add(message::above, value.span, row_->name, row_->max);
        return false;
      }
    }
    return true;
  }

  std::int64_t bound(std::string_view text) const {
    return magnitudes(parse_literal(*row_, text)).front();
  }

  std::string_view wanted() const {
    switch (row_->type) {
      case Type::boolean: return "a bool";
      case Type::integer: return "an int";
      case Type::text: return "a string";
      case Type::duration: return "a duration";
      case Type::space: return "bytes or a percentage";
      case Type::integer_range: return "an int or a range of ints";
      case Type::cpu_range: return "cpu or a range of cpu";
      case Type::bytes_range: return "bytes or a range of bytes";
      case Type::text_list: return "a list of strings";
      case Type::text_map: return "a map of strings";
      case Type::choice_list: return "a list of words";
      case Type::choice: return "a word of a closed set";
      default: return to_text(row_->type);
    }
  }

  void say_wrong_type(const Value& value) { say_wrong_type(value, wanted()); }

  void say_wrong_type(const Value& value, std::string_view expected) {
    const std::string got =
        value.is(Kind::word) ? fmt::format("the bare word `{}`", value.text) : describe(value);
    auto draft = report_->add(message::wrong_type, value.span, row_->name, expected, got);
    offer(draft, value);
  }

  // The certain ways from what people write to what is meant.
  void offer(Report::Draft& draft, const Value& value) {
    const std::string written(sources_->text(value.span));
    const bool wants_text =
        row_->type == Type::text || row_->type == Type::text_list || row_->type == Type::text_map;
    const bool is_list = row_->type == Type::text_list || row_->type == Type::choice_list;
    if (offer_range(draft, value) || offer_map(draft, value)) return;
    const bool is_literal = written == "true" || written == "false" || starts_with_digit(written);
    if (wants_text && is_literal) {
      draft.here("a string is quoted")
          .fix(fmt::format("write `\"{}\"`", written),
               {{value.span, fmt::format("\"{}\"", written)}});
    } else if (is_list && (value.is(Kind::text) || value.is(Kind::word))) {
      draft.here("a list is written in `[ ]`")
          .fix(fmt::format("write `[{}]`", written), {{value.span, fmt::format("[{}]", written)}});
    } else if (value.is(Kind::text) && !wants_text && row_->type != Type::choice) {
      offer_unquoted(draft, value);
    } else if (value.is(Kind::duration) && written.ends_with('m') && needs_unit()) {
      offer_minutes(draft, value.span, written);
    } else if (value.is(Kind::duration) && row_->type == Type::cpu_range) {
      draft.here(
          "`m` is a thousandth of a CPU only where a CPU is expected: say so, `let name: cpu = "
          "500m`");
    } else if (value.is(Kind::integer) && needs_unit()) {
      draft.here(fmt::format("a number with its unit is meant: `{}{}`?", written, usual_unit()));
    }
  }

  static bool starts_with_digit(std::string_view text) {
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
  }

  bool is_range() const {
    return row_->type == Type::integer_range || row_->type == Type::cpu_range ||
           row_->type == Type::bytes_range;
  }

  // `[2, 4]` and `2-4` for a range; says whether that was offered.
  bool offer_range(Report::Draft& draft, const Value& value) const {
    if (!is_range()) return false;
    const std::string_view written = sources_->text(value.span);
    std::string range;
    const std::size_t dash = written.find('-');
    if (value.is(Kind::list) && value.items.size() == 2 && written.starts_with('[')) {
      range = fmt::format("{}..{}", sources_->text(value.items[0].span),
                          sources_->text(value.items[1].span));
    } else if (dash != written.npos && starts_with_digit(written) &&
               starts_with_digit(written.substr(dash + 1))) {
      range = fmt::format("{}..{}", written.substr(0, dash), written.substr(dash + 1));
    }
    if (range.empty()) return false;
    draft.here("a range is written with two points")
        .fix(fmt::format("write `{}`", range), {{value.span, range}});
    return true;
  }

  // `["team=ci"]` and `[{ name = "A", value = "1" }]` for a map; says whether that was offered.
  bool offer_map(Report::Draft& draft, const Value& value) const {
    if (row_->type != Type::text_map || !value.is(Kind::list) || value.items.empty()) return false;
    std::string map;
    for (const Value& item : value.items) {
      const std::string pair = pair_of(item);
      if (pair.empty()) return false;
      map += (map.empty() ? "" : ", ") + pair;
    }
    draft.here("a map has keys and values")
        .fix("write a map", {{value.span, fmt::format("{{ {} }}", map)}});
    return true;
  }

  static std::string pair_of(const Value& item) {
    if (item.is(Kind::text)) {
      const std::size_t sign = std::min(item.text.find('='), item.text.find(':'));
      return sign == item.text.npos || sign == 0 || !is_plain(item.text)
                 ? std::string()
                 : fmt::format("\"{}\" = \"{}\"", item.text.substr(0, sign),
                               item.text.substr(sign + 1));
    }
    if (!item.is(Kind::object) || item.items.size() != 2) return {};
    const bool is_pair = (item.keys[0] == "name" || item.keys[0] == "key") &&
                         item.keys[1] == "value" && item.items[0].is(Kind::text) &&
                         item.items[1].is(Kind::text) && is_plain(item.items[0].text) &&
                         is_plain(item.items[1].text);
    return is_pair ? fmt::format("\"{}\" = \"{}\"", item.items[0].text, item.items[1].text)
                   : std::string();
  }
  // It can stand in quotes as it is.
  static bool is_plain(std::string_view text) {
    return text.find_first_of("\"\\$\n\t") == text.npos;
  }

  // `m` is a thousandth of a CPU in one place, and a minute everywhere else.
  static void offer_minutes(Report::Draft& draft, Span at, std::string_view written) {
    const std::string_view digits = written.substr(0, written.find_first_not_of("0123456789."));
    if (starts_with_digit(written))
      draft.here("`m` stands for minutes")
          .suggestion(fmt::format("write `{}MiB`", digits), {{at, fmt::format("{}MiB", digits)}});
  }

  void offer_unquoted(Report::Draft& draft, const Value& value) {
    const bool is_literal =
        value.text == "true" || value.text == "false" ||
        (!value.text.empty() && value.text.front() >= '0' && value.text.front() <= '9' &&
         value.text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                                      "XYZ.%") == value.text.npos);
    if (is_literal)
      draft.here("only strings are quoted")
          .fix(fmt::format("write `{}`", value.text), {{value.span, value.text}});
  }

  bool needs_unit() const {
    return row_->type == Type::bytes || row_->type == Type::space ||
           row_->type == Type::bytes_range || row_->type == Type::duration;
  }
  std::string_view usual_unit() const { return row_->type == Type::duration ? "s" : "GiB"; }

  const schema::Attribute* row_;
  const Sources* sources_;
  Report* report_;
};

}  // namespace

std::optional<Stored> convert(const Value& value, const schema::Attribute& row,
                              const Sources& sources, Report& report) {
  return Converter(row, sources, report).convert(value);
}

}  // namespace bkfc::ir
