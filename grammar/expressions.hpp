// Expressions, from the tightest to the loosest.
#pragma once

#include "grammar/tokens.hpp"

namespace bkfc::grammar {

struct unary;
struct inversion;
struct negated;
struct inverted;
struct item;
struct attribute;

// What brackets hold.

// What nobody wanted in brackets, up to the end of the line; strings are taken whole, so that what
// they hold opens and closes nothing.
struct bracket_junk
    : plus<sor<any_string, seq<plus<blank>, not_at<foreign_start>>,
               seq<not_at<sor<blank, eol, one<'(', ')', '[', ']', '{', '}', '#', '"'>>>, any>>> {};
// The way out of brackets. Junk is read once and never given back: nesting stays linear.
template <class Close>
struct closing
    : sor<seq<gap, Close>, seq<opt<short_gap, mistake<bracket_junk>>, expect<blanks, Close>>> {};

struct operand_start
    : sor<one<'"', '[', '{', '('>, digit, true_word, false_word, seq<not_at<reserved>, letter>> {};
// A brace at the end of a line opens the body of the header whose brackets were not closed.
struct forgotten_comma
    : seq<at<gap, not_at<brace_at_line_end>, operand_start>, missing<comma>, gap> {};
struct element : sor<expression, seq<at<comma>, missing<expression>>> {};
struct next_element : sor<seq<gap, comma, free_gap, element>, seq<forgotten_comma, expression>> {};
struct elements : seq<opt<free_gap, element, star<next_element>>, opt<gap, comma>> {};

struct list : seq<one<'['>, within<in_brackets, elements, closing<close_bracket>>> {};
// `${ }` where no text is.
struct outer_interpolation
    : seq<interpolation_open,
          within<in_brackets, expect<free_gap, expression>, closing<interpolation_close>>> {};
struct paren
    : seq<one<'('>, within<in_brackets, expect<free_gap, expression>, closing<close_paren>>> {};

// An object reads whatever a body can hold, so that a block written with `=` keeps its contents;
// what is no field is said afterwards.
struct field_junk : plus<not_at<sor<eol, one<'}', '"'>>>, any> {};
struct line_fields : star<blanks, sor<attribute, mistake<field_junk>>, blanks, opt<comma>> {};
struct entry_end;
struct closer_around : seq<where<&Surroundings::in_brackets>, one<')', ']'>> {};
struct entries
    : seq<wide_gap, star<not_at<sor<close_brace, closer_around, eof>>, item, entry_end, wide_gap>> {
};
struct object_fields : sor<seq<where<&Surroundings::in_string>, line_fields>, entries> {};
struct object : seq<not_at<where<&Surroundings::in_header>>, one<'{'>,
                    within<in_object, object_fields, expect<blanks, close_brace>>> {};

// Operands.

struct boolean : sor<true_word, false_word> {};
struct unset_value : unset_word {};
struct callee : seq<free_word> {};
struct call : seq<callee, one<'('>, within<in_brackets, elements, closing<close_paren>>> {};
struct primary : sor<any_string, number, boolean, unset_value, list, object, paren, call, reference,
                     mistake<outer_interpolation>, mistake<heredoc>> {};

// Each of these takes what stands before it as its first part.
struct member : seq<point, expect<peg::success, member_name>> {};
struct index
    : seq<one<'['>, within<in_brackets, expect<free_gap, expression>, closing<close_bracket>>> {};

// What other languages ask of a value behind a point is a function here.
struct method_call : seq<one<'('>, within<in_brackets, elements, closing<close_paren>>> {};

struct postfix : seq<primary, star<sor<seq<member, opt<mistake<method_call>>>, index>>> {};
struct minus : seq<one<'-'>, expect<right_gap, negated>> {};
struct not_sign : seq<one<'!'>, not_at<one<'='>>> {};
struct bang : seq<mistake<not_sign>, expect<right_gap, negated>> {};
struct unary : sor<minus, bang, postfix> {};
struct negated : unary {};  // one level deeper

// Operators, tighter first.

struct of_sign : of_word {};
struct product_sign : one<'*', '/'> {};
struct sum_sign : seq<one<'+', '-'>, not_at<one<'='>>> {};
struct range_sign : dots {};
struct single_equals : equals {};
struct comparison_sign
    : sor<exactly<"==">, exactly<"!=">, exactly<"<=">, exactly<">=">, one<'<', '>'>, in_word,
          seq<where<&Surroundings::in_header>, mistake<single_equals>>> {};
struct double_and : exactly<"&&"> {};
struct double_or : exactly<"||"> {};
struct and_sign : sor<and_word, mistake<double_and>> {};
struct or_sign : sor<or_word, mistake<double_or>> {};

struct of_tail : seq<gap, of_sign, expect<right_gap, unary>> {};
struct share : seq<unary, star<of_tail>> {};

struct product_tail : seq<gap, product_sign, expect<right_gap, share>> {};
struct product : seq<share, star<product_tail>> {};

struct sum_tail : seq<gap, sum_sign, expect<right_gap, product>> {};
struct sum : seq<product, star<sum_tail>> {};

struct open_range : seq<range_sign, expect<short_gap, sum>> {};
struct range_tail : seq<gap, range_sign, opt<short_gap, sum>> {};
struct chained_range : range_tail {};
struct span : sor<open_range, seq<sum, opt<range_tail, star<mistake<chained_range>>>>> {};

struct comparison_tail : seq<gap, comparison_sign, expect<right_gap, span>> {};
struct chained_comparison : comparison_tail {};
struct comparison : seq<span, opt<comparison_tail, star<mistake<chained_comparison>>>> {};

struct negation : seq<not_word, expect<right_gap, inverted>> {};
struct inversion : sor<negation, comparison> {};
struct inverted : inversion {};  // one level deeper

// On a line of their own `and` and `or` go on; before `=` they are names.
struct and_tail : seq<free_gap, not_at<assignment_start>, and_sign, expect<right_gap, inversion>> {
};
struct conjunction : seq<inversion, star<and_tail>> {};

struct or_tail : seq<free_gap, not_at<assignment_start>, or_sign, expect<right_gap, conjunction>> {
};
struct disjunction : seq<conjunction, star<or_tail>> {};

struct then_part : seq<not_at<assignment_start>, then_word> {};
struct else_part : seq<not_at<assignment_start>, else_word> {};
struct else_value
    : sor<seq<free_gap, else_part, expect<right_gap, expression>>, missing<else_part>> {};
struct then_value
    : sor<seq<free_gap, then_part, expect<right_gap, expression>, else_value>, missing<then_part>> {
};
struct conditional : seq<if_word, expect<right_gap, expression>, then_value> {};

// The whole of `? :` is its head, so that a `?` behind a type is none.
struct question_sign : question {};
struct colon_part : colon {};
struct ternary_tail : seq<free_gap, question_sign, right_gap, expression, free_gap, colon_part,
                          expect<right_gap, expression>> {};

struct expression : sor<conditional, seq<disjunction, opt<mistake<ternary_tail>>>> {};

}  // namespace bkfc::grammar
