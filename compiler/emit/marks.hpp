// What the lines of a printed document are made from: kept by the printers as they print.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emit/document.hpp"

namespace bkfc::emit {

// A value, or the comment above one, at the place where it begins.
struct Mark {
  std::size_t offset = 0;  // in the printed bytes
  std::string path;        // `spec.template.spec.containers[0].image`; empty: the document
  OriginId origin = OriginId::nowhere;  // of the document, or of the nearest around it that has one
  std::string why;        // the reason that the compiler states of it, or of the nearest around it
  bool is_own = false;    // there is an origin or a reason nearer than the document's
  bool is_frame = false;  // a map or list of which nothing is known but what is in it
  bool is_inner = false;  // one of several on a line, which the first of them stands for
  const Node* text = nullptr;  // where it is a text of several lines, which may be another file
};

// What a frame holds first of which something is known; null where there is nothing.
const Mark* first_within(const std::vector<Mark>& marks, const Mark& frame);

// Bytes [begin, end) of a line of a text, counted from 1, without its end; nothing beyond the last.
std::optional<std::pair<std::size_t, std::size_t>> line_bounds(std::string_view text,
                                                               std::size_t line);

// What stands at a line, or at a column of it, which counts code points from 1: a line that begins
// nothing is of what began before it. Null if there is no such line.
const Mark* mark_at(const std::vector<Mark>& marks, std::string_view bytes, std::size_t line,
                    std::optional<std::size_t> column = {});

// Where a printer is in a document.
class Marker {
 public:
  // Null: nothing is kept.
  explicit Marker(std::vector<Mark>* marks) : marks_(marks) {}

  bool is_on() const { return marks_ != nullptr; }
  // A document begins.
  void begin(const Node& document);
  // A value below the one that was entered last.
  void enter(const Entry& entry);
  void enter(const Node& item, std::size_t index);
  void leave();
  // What was entered last, or a comment on it, is printed from here.
  void mark(std::size_t offset);
  void mark_inner(std::size_t offset);

 private:
  struct Scope {
    std::string path;
    OriginId origin = OriginId::nowhere;
    std::string why;
    bool is_own = false;
    const Node* node = nullptr;
  };

  void enter(std::string path, const Node& node, std::string_view comment);

  std::vector<Mark>* marks_;
  std::vector<Scope> scopes_;
};

}  // namespace bkfc::emit
