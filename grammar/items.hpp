// Statements. A head may fail and lets the next alternative try; after it, nothing does.
#pragma once

#include "grammar/expressions.hpp"

namespace bkfc::grammar {

// Junk.

struct body;

struct line_end : sor<eolf, at<close_brace>> {};
struct junk_blanks : seq<plus<blank>, not_at<foreign_start>> {};
struct junk_char
    : sor<any_string, junk_blanks, seq<not_at<sor<blank, eol, one<'{', '}', '#', '"'>>>, any>> {};
// A bad line keeps its bodies: what they hold stays in place.
struct junk : plus<sor<plus<junk_char>, body>> {};
struct rest_of_line : plus<sor<plus<junk_char>, body>> {};
struct header_junk : plus<junk_char> {};

// Ends and bodies.

struct statement_separator : one<',', ';'> {};
// The elements of a list whose `[` was forgotten are no statements.
struct dotted;
struct list_rest
    : seq<statement_separator, line_gap,
          sor<digit, seq<sor<quoted_start, dotted>, line_gap, sor<one<',', ']'>, line_end>>>> {};
struct terminator
    : seq<line_gap,
          sor<line_end,
              seq<not_at<list_rest>, plus<mistake<statement_separator>, line_gap>, opt<line_end>>,
              mistake<rest_of_line>>> {};
struct entry_end : sor<seq<line_gap, sor<comma, at<closer_around>>>, terminator> {};

struct items : seq<wide_gap, star<not_at<sor<close_brace, eof>>, item, terminator, wide_gap>> {};
struct body : seq<one<'{'>, within<in_body, items, expect<blanks, close_brace>>> {};

struct late_brace : at<one<'{'>> {};
struct late_body : seq<wide_gap, mistake<late_brace>, body> {};
struct header_end
    : sor<seq<line_gap, body>, late_body,
          seq<line_gap, not_at<sor<line_end, comma, one<';'>>>, mistake<header_junk>, opt<body>>> {
};
struct needed_body : sor<header_end, missing<body>> {};

// Attributes and blocks.

struct append : plus_equals {};
struct set : equals {};
struct colon_sign : sor<exactly<":=">, seq<colon, opt<equals>>> {};
struct double_equals : exactly<"=="> {};
struct assign : sor<append, set, mistake<colon_sign>, mistake<double_equals>> {};

// A list as YAML writes one, each element behind its dash on a line of its own. A single line with
// a dash before a number is a negative number.
struct dash : seq<one<'-'>, plus<blank>> {};
struct next_line : seq<line_gap, eol, wide_gap> {};
struct yaml_junk : plus<sor<junk_blanks, seq<not_at<sor<blank, eol, one<'#'>>>, any>>> {};
struct yaml_value : sor<seq<expression, at<line_gap, eolf>>, yaml_junk> {};
struct yaml_item : seq<dash, yaml_value> {};
struct yaml_list : seq<yaml_item, star<next_line, yaml_item>> {};
struct yaml_start : seq<next_line, dash, not_at<digit>> {};
struct value
    : sor<seq<at<yaml_start>, next_line, mistake<yaml_list>>, expect<right_gap, expression>> {};

// A text at a statement's start can only be a key, so nothing that holds `${ }` is read twice.
struct quoted_attribute
    : seq<any_string, sor<seq<short_gap, assign, value>,
                          seq<missing<assign>, opt<short_gap, at<operand_start>, expression>>>> {};

// What can only be a value: the `=` before it was forgotten.
struct dotted : seq<free_word, star<one<'.'>, word>> {};
struct value_start : sor<digit, one<'['>, seq<one<'-'>, digit>, true_word, false_word, unset_word,
                         seq<dotted, line_gap, line_end>> {};
struct forgotten_assign
    : seq<not_at<reserved>, bare_key, at<line_gap, value_start>, missing<assign>> {};
struct named_attribute
    : sor<seq<bare_key, short_gap, assign, value>, seq<forgotten_assign, short_gap, expression>> {};
// Two names before a `=`: the second is taken.
struct extra_word : seq<not_at<reserved>, dashed_word> {};
struct attribute : sor<quoted_attribute, named_attribute,
                       seq<at<extra_word, plus<blank>, bare_key, line_gap, assign_sign>,
                           mistake<extra_word>, plus<blank>, named_attribute>> {};

struct before_word : keyword<"before"> {};
struct bare_label_text : dashed_word {};
struct bare_label : seq<not_at<sor<reserved, before_word>>, bare_label_text,
                        at<sor<seq<line_gap, sor<one<'{'>, seq<dashed_word, line_gap, one<'{'>>>>,
                               seq<plus<blank>, quote>>>> {};
struct label : sor<any_string, mistake<bare_label>> {};
struct before : seq<before_word, expect<line_gap, any_string>> {};
struct header_equals : seq<sor<equals, colon>, at<line_gap, one<'{'>>> {};
struct block : seq<block_name, star<line_gap, label>, opt<line_gap, before>,
                   opt<line_gap, mistake<header_equals>>, opt<header_end>> {};

// A path of names before `=`: all but the last would be blocks.
struct dotted_start
    : seq<not_at<reserved>, dashed_word, plus<one<'.'>, dashed_word>, line_gap, assign_sign> {};
struct dotted_body;
struct dotted_block : seq<block_name, one<'.'>, dotted_body> {};
struct dotted_body : sor<dotted_block, attribute> {};
struct dotted_attribute : seq<at<dotted_start>, mistake<dotted_block>> {};

// Types.

struct type;
struct container : sor<keyword<"list">, keyword<"map">, keyword<"range">> {};
struct type_of : seq<container, line_gap, of_word, expect<right_gap, type>> {};
struct type_name : seq<name, opt<gap, in_word, expect<right_gap, expression>>> {};
struct type_union : seq<any_string, star<gap, one<'|'>, expect<right_gap, any_string>>> {};
struct type : sor<type_of, type_union, type_name> {};

// Declarations.

struct language_word : keyword<"language"> {};
struct import_word : keyword<"import"> {};
struct as_word : keyword<"as"> {};
struct param_word : keyword<"param"> {};
struct let_word : keyword<"let"> {};
struct profile_word : keyword<"profile"> {};
struct policy_word : keyword<"policy"> {};
struct require_word : keyword<"require"> {};
struct for_word : keyword<"for"> {};
struct use_word : keyword<"use"> {};
struct allow_word : keyword<"allow"> {};
struct until_word : keyword<"until"> {};
struct patch_word : keyword<"patch"> {};
struct delete_word : keyword<"delete"> {};

struct language : seq<language_word, expect<line_gap, number>> {};
struct bare_path_text : plus<not_at<sor<blank, eol, one<'"', '#', ';', '{', '}'>>>, any> {};
struct bare_path : seq<not_at<as_word>, bare_path_text> {};
struct import_path : sor<seq<line_gap, sor<any_string, mistake<bare_path>>>, missing<any_string>> {
};
struct import : seq<import_word, import_path, opt<line_gap, as_word, expect<line_gap, name>>> {};

struct optional : question {};
struct typed : sor<seq<gap, colon, expect<gap, type>, opt<gap, optional>>,
                   seq<missing<colon>, opt<gap, type, opt<gap, optional>>>> {};
struct initial : seq<gap, assign, expect<right_gap, expression>> {};
struct parameter : seq<name, typed, opt<initial>> {};
struct param : seq<param_word, expect<line_gap, parameter>> {};

// What stands behind a colon and can be no type.
struct colon_before_value : seq<colon, line_gap,
                                sor<digit, one<'[', '{', '-'>, true_word, false_word,
                                    seq<quoted_start, line_gap, eolf>>> {};
// The word for `let` of other languages.
struct other_let : seq<sor<keyword<"local">, keyword<"const">, keyword<"var">, keyword<"val">>,
                       at<plus<blank>, free_word, line_gap, equals>> {};
struct let_value
    : sor<seq<line_gap, assign, value>, seq<missing<assign>, opt<line_gap, expression>>> {};
struct let_type : seq<line_gap, not_at<colon_before_value>, colon, expect<line_gap, type>> {};
struct let
    : seq<sor<let_word, mistake<other_let>>, expect<line_gap, name>, opt<let_type>, let_value> {};

struct next_parameter : sor<seq<gap, comma, free_gap>, seq<gap, at<letter>, missing<comma>>> {};
struct parameters
    : seq<one<'('>, within<in_brackets, opt<free_gap, parameter, star<next_parameter, parameter>>,
                           opt<gap, comma>, closing<close_paren>>> {};
struct profile : seq<profile_word, expect<line_gap, name>, opt<line_gap, parameters>, needed_body> {
};

struct policy : seq<policy_word, expect<line_gap, name>, needed_body> {};
struct require_message : sor<seq<wide_gap, else_part, expect<operand_gap, any_string>>,
                             seq<missing<else_part>, opt<line_gap, any_string>>> {};
struct require
    : seq<require_word, within<in_header, expect<right_gap, expression>>, require_message> {};

// Loops and choices.

struct for_list : sor<seq<line_gap, in_word, within<in_header, expect<right_gap, expression>>>,
                      seq<missing<in_word>, opt<line_gap, within<in_header, expression>>>> {};
struct other_for : seq<sor<keyword<"for_each">, keyword<"foreach">>, at<plus<blank>, free_word>> {};
struct for_each : seq<sor<for_word, mistake<other_for>>, expect<line_gap, name>,
                      opt<line_gap, comma, expect<line_gap, name>>, for_list, needed_body> {};

struct branch : seq<if_word, within<in_header, expect<right_gap, expression>>, needed_body> {};
struct else_branch : needed_body {};
struct other_else_if : sor<keyword<"elif">, keyword<"elseif">, keyword<"elsif">> {};
struct other_branch
    : seq<mistake<other_else_if>, within<in_header, expect<right_gap, expression>>, needed_body> {};
struct if_chain
    : seq<branch, star<wide_gap, sor<seq<else_part, sor<seq<line_gap, branch>, else_branch>>,
                                     seq<not_at<assignment_start>, other_branch>>>> {};

// What acts on other statements.

struct path : seq<name, star<point, expect<peg::success, member_name>>> {};
struct bare_argument : expression {};
struct argument_name : seq<word, at<gap, assign>> {};
struct argument
    : sor<seq<argument_name, gap, assign, expect<right_gap, expression>>, mistake<bare_argument>> {
};
struct next_argument : sor<seq<gap, comma, free_gap, argument>, seq<forgotten_comma, argument>> {};
struct arguments : seq<one<'('>, within<in_brackets, opt<free_gap, argument, star<next_argument>>,
                                        opt<gap, comma>, closing<close_paren>>> {};
struct use : seq<use_word, expect<line_gap, path>, opt<blanks, arguments>> {};
// A profile that is called like a function.
struct bare_use : seq<at<free_word, star<one<'.'>, word>, one<'('>>, path, arguments> {};
struct unset : seq<unset_word, expect<line_gap, name>, opt<line_gap, any_string>> {};
struct allow : seq<allow_word, expect<line_gap, name>, expect<line_gap, any_string>,
                   opt<line_gap, until_word, expect<line_gap, any_string>>> {};

// Patches.

struct target_key
    : seq<one<'['>, within<in_brackets, expect<free_gap, any_string>, closing<close_bracket>>> {};
struct segment : sor<any_string, bare_key> {};
struct target : seq<segment, star<sor<seq<point, expect<peg::success, segment>>, target_key>>> {};
struct patch_set
    : seq<target, line_gap, sor<seq<assign, expect<right_gap, expression>>, missing<assign>>> {};
struct patch_delete
    : seq<delete_word, line_gap, not_at<sor<assign, one<'.', '['>>>, expect<peg::success, target>> {
};
struct patch_body;
struct patch_junk : plus<sor<plus<junk_char>, patch_body>> {};
struct patch_entry : sor<patch_delete, patch_set, mistake<patch_junk>> {};
struct patch_entries
    : seq<wide_gap, star<not_at<sor<close_brace, eof>>, patch_entry, terminator, wide_gap>> {};
struct patch_body : seq<one<'{'>, within<in_body, patch_entries, expect<blanks, close_brace>>> {};
struct patch_header_junk : header_junk {};
struct late_patch_body : seq<wide_gap, mistake<late_brace>, patch_body> {};
struct patch_end : sor<seq<line_gap, patch_body>, late_patch_body,
                       seq<line_gap, not_at<line_end>, mistake<patch_header_junk>, opt<patch_body>>,
                       missing<patch_body>> {};
struct patch
    : seq<patch_word,
          sor<seq<line_gap, name, opt<line_gap, any_string>>, expect<line_gap, any_string>>,
          patch_end> {};

// All of them.

// A word before `=` is an attribute, whatever it is elsewhere.
struct keyword_statement
    : seq<not_at<assignment_start>, sor<language, import, param, let, profile, policy, require,
                                        for_each, if_chain, use, unset, allow, patch>> {};
// What a file of another language begins with.
struct toml_table : seq<one<'['>, opt<one<'['>>, word_char,
                        star<sor<word_char, one<'.', '-', '"', '/', ':', '*'>>>, one<']'>,
                        opt<one<']'>>, at<line_gap, eolf>> {};
struct yaml_mark : seq<sor<exactly<"---">, exactly<"...">>, at<line_gap, eolf>> {};
struct foreign_line : sor<mistake<toml_table>, mistake<yaml_mark>> {};

struct item : sor<keyword_statement, mistake<bare_use>, attribute, dotted_attribute, block,
                  foreign_line, mistake<junk>> {};

}  // namespace bkfc::grammar
