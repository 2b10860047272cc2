// The smallest parts: gaps, words, numbers with units, strings.
#pragma once

#include "grammar/recovery.hpp"

namespace bkfc::grammar {

struct expression;

// Words.

struct letter : ranges<'a', 'z', 'A', 'Z', '_'> {};
struct word_char : ranges<'a', 'z', 'A', 'Z', '0', '9', '_'> {};
struct foreign_char : range<'\x80', '\xff'> {};  // any byte of a code point beyond ASCII
struct ascii_word : seq<letter, star<word_char>, not_at<foreign_char>> {};
struct foreign_word : seq<star<word_char>, plus<foreign_char>, star<sor<word_char, foreign_char>>> {
};
struct word : sor<ascii_word, mistake<foreign_word>> {};

template <Letters Text>
struct keyword : seq<exactly<Text>, not_at<sor<word_char, foreign_char>>> {};

struct if_word : keyword<"if"> {};
struct then_word : keyword<"then"> {};
struct else_word : keyword<"else"> {};
struct and_word : keyword<"and"> {};
struct or_word : keyword<"or"> {};
struct not_word : keyword<"not"> {};
struct in_word : keyword<"in"> {};
struct of_word : keyword<"of"> {};
struct true_word : keyword<"true"> {};
struct false_word : keyword<"false"> {};
struct unset_word : keyword<"unset"> {};
struct reserved : sor<if_word, then_word, else_word, and_word, or_word, not_word, in_word, of_word,
                      true_word, false_word, unset_word> {};

// A name that is declared; one that is read; one after a point, where no word is reserved.
struct free_word : seq<not_at<reserved>, word> {};
struct name : seq<free_word> {};
struct reference : seq<free_word> {};
struct member_name : seq<word> {};

// What is said at a statement's start: a `-` in it is for the table to refuse, which knows better.
struct dashed_word : seq<word, star<one<'-'>, plus<word_char>>> {};
struct block_name : seq<not_at<reserved>, dashed_word> {};
struct bare_key : seq<dashed_word> {};

// Signs.

struct colon : one<':'> {};
struct comma : one<','> {};
struct point : seq<one<'.'>, not_at<one<'.'>>> {};
struct dots : exactly<".."> {};
struct close_paren : one<')'> {};
struct close_bracket : one<']'> {};
struct close_brace : one<'}'> {};
struct question : one<'?'> {};
struct equals : seq<one<'='>, not_at<one<'='>>> {};
struct plus_equals : exactly<"+="> {};
struct assign_sign : sor<equals, plus_equals> {};

// Gaps.

// `//` and `/* */` behind a blank or at the start of a line are read as what they are elsewhere;
// whoever reviews the tree says it. Junk stops where one begins, as it does at `#`.
struct foreign_start : sor<exactly<"//">, exactly<"/*">> {};
struct slash_comment : seq<exactly<"//">, until<at<eolf>>> {};
struct star_comment : seq<exactly<"/*">, until<sor<exactly<"*/">, eof>>> {};
struct foreign_comment
    : seq<not_at<where<&Surroundings::in_string>>, sor<slash_comment, star_comment>> {};
struct comment : seq<one<'#'>, not_at<where<&Surroundings::in_string>>, until<at<eolf>>> {};
struct blank_gap : seq<plus<blank>, opt<foreign_comment>> {};
struct line_break : seq<eol, opt<foreign_comment>> {};
struct blanks : star<blank> {};
struct line_gap : star<sor<blank_gap, comment>> {};
struct wide_gap : star<sor<blank_gap, line_break, comment>> {};

// A line that begins so has no part in an expression that is still open: it closes it.
// It holds no `${`, so where it ends is where the string ends.
struct quoted_start : seq<one<'"'>, plus<not_one<'"', '\\', '$', '\n', '\r'>>, one<'"'>> {};
struct assignment_start : seq<sor<word, quoted_start>, line_gap, sor<plus_equals, equals>> {};
struct statement_start
    : sor<close_brace, assignment_start,
          seq<free_word, line_gap, sor<one<'"'>, seq<plus<blank>, free_word>, free_word>>> {};
struct block_start : seq<free_word, line_gap, one<'{'>> {};

struct joined_gap
    : seq<line_gap, opt<at<eol>, wide_gap, not_at<sor<statement_start, block_start>>>> {};
struct operand_gap : seq<line_gap, opt<at<eol>, wide_gap, not_at<statement_start>>> {};

// Between the parts of an expression: lines end it, but not in brackets.
struct gap : sor<seq<where<&Surroundings::in_string>, blanks>,
                 seq<where<&Surroundings::joins_lines>, joined_gap>, line_gap> {};
// After what needs a right side.
struct right_gap : sor<seq<where<&Surroundings::in_string>, blanks>, operand_gap> {};
// After an opener or a comma, and around `then`, `else`, `and`, `or`.
struct free_gap : sor<seq<where<&Surroundings::in_string>, blanks>, wide_gap> {};
// After `..`, whose right side stands on its line.
struct short_gap : sor<seq<where<&Surroundings::in_string>, blanks>, line_gap> {};

// Numbers.

struct unit : sor<one<'%'>, plus<sor<alpha, one<'_'>, foreign_char>>> {};
// A blank between a number and its unit; what else could follow a number is none.
struct unit_letters
    : sor<one<'%'>, seq<one<'k', 'K', 'M', 'G', 'T', 'P'>, opt<one<'i'>>, opt<one<'B'>>>,
          one<'B', 's', 'm', 'h', 'd', 'w'>> {};
struct after_unit
    : seq<line_gap, sor<eolf, one<',', ')', ']', '}', '+', '-', '*', '/'>, dots, of_word>> {};
struct spaced_unit
    : seq<plus<blank>, unit_letters, not_at<sor<word_char, foreign_char>>, at<after_unit>> {};
struct number_part
    : seq<plus<digit>, opt<one<'.'>, plus<digit>>, opt<sor<unit, mistake<spaced_unit>>>> {};
struct number : plus<number_part> {};

// Strings.

struct quote : one<'"'> {};
struct block_quote : exactly<"\"\"\""> {};
struct interpolation_open : exactly<"${"> {};

struct known_escape
    : seq<one<'\\'>, sor<one<'"', '\\', '$', 'n', 't'>,
                         seq<exactly<"u{">, peg::rep_min_max<1, 6, peg::xdigit>, one<'}'>>>> {};
struct unknown_escape : seq<one<'\\'>, opt<not_at<eol>, any>> {};
struct escape : sor<known_escape, mistake<unknown_escape>> {};

// A brace at the end of the line is the block's: such a string was not closed.
struct brace_at_line_end : seq<blanks, one<'{'>, blanks, eolf> {};
struct plain_char : not_one<'"', '\\', '$', '{', ' ', '\t', '\n', '\r'> {};
struct string_char : sor<plus<plain_char>, escape,
                         seq<not_at<sor<quote, interpolation_open, eol, brace_at_line_end>>,
                             sor<plus<blank>, any>>> {};
struct chunk : plus<string_char> {};

struct interpolation_junk : plus<not_at<eol>, not_one<'}', '"'>> {};
struct interpolation_close : close_brace {};
struct interpolation
    : seq<interpolation_open, expect<blanks, expression>, opt<blanks, mistake<interpolation_junk>>,
          expect<blanks, interpolation_close>> {};

struct close_quote : quote {};
struct string : seq<quote, within<in_quotes, star<sor<interpolation, chunk>>>,
                    expect<peg::success, close_quote>> {};

struct block_char : sor<plus<not_one<'"', '\\', '$'>>, escape,
                        seq<not_at<sor<block_quote, interpolation_open>>, any>> {};
struct block_chunk : plus<block_char> {};
struct opening_junk : plus<not_at<sor<eol, block_quote>>, any> {};
struct close_block_quote : block_quote {};
struct block_string : seq<block_quote, blanks, opt<mistake<opening_junk>>, opt<eol>,
                          within<in_quotes, star<sor<interpolation, block_chunk>>>,
                          expect<peg::success, close_block_quote>> {};

// The quotes of other languages, and those that a word processor makes of ours.
struct single_chunk : plus<not_one<'\'', '\n', '\r'>> {};
struct single_quoted : seq<one<'\''>, opt<single_chunk>, one<'\''>> {};
struct curled_quote : seq<exactly<"\xE2\x80">, ranges<'\x98', '\x9A', '\x9C', '\x9E'>> {};
struct curled_chunk : plus<not_at<sor<curled_quote, quote, eol>>, any> {};
struct curled : seq<curled_quote, opt<curled_chunk>, sor<curled_quote, quote>> {};
struct other_string : sor<single_quoted, curled> {};

// In a `${ }` there is one line, so there is no `"""`.
struct any_string : sor<seq<not_at<where<&Surroundings::in_string>>, block_string>, string,
                        mistake<other_string>> {};

// `<<EOF` and its lines, up to one that holds that word only.
struct heredoc {
  using rule_t = heredoc;
  using subs_t = peg::empty_list;

  template <peg::apply_mode, peg::rewind_mode, template <class...> class, template <class...> class,
            class Input, class... States>
  [[nodiscard]] static bool match(Input& in, const States&...) {
    const std::string_view text(in.current(), in.size());
    const std::size_t length = heredoc_length(text);
    in.bump(length);
    return length > 0;
  }

  // 0 if the text does not begin with one.
  static constexpr std::size_t heredoc_length(std::string_view text) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    if (!text.starts_with("<<")) return 0;
    const std::size_t begin = text.size() > 2 && (text[2] == '-' || text[2] == '~') ? 3 : 2;
    const std::size_t end = text.find_first_not_of(letters, begin);
    if (end == text.npos || end == begin || (text[end] != '\n' && text[end] != '\r')) return 0;
    const std::string_view word = text.substr(begin, end - begin);
    for (std::size_t line = text.find('\n', end); line != text.npos;
         line = text.find('\n', line + 1)) {
      const std::size_t first = text.find_first_not_of(" \t", line + 1);
      if (first == text.npos || !text.substr(first).starts_with(word)) continue;
      const std::size_t after = first + word.size();
      if (after == text.size() || text[after] == '\n' || text[after] == '\r') return after;
    }
    return 0;
  }
};

}  // namespace bkfc::grammar
