// A world that lives in a map: what cases run in, and where any call can be made to fail.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "driver/world.hpp"

namespace bkfc::tests {

class MemoryWorld final : public driver::World {
 public:
  struct Node {
    driver::Kind kind = driver::Kind::file;
    std::string bytes;  // of a link: where it leads
    bool executable = false;
    bool readable = true;
    bool writable = true;  // of a folder: whether entries may come and go

    bool operator==(const Node&) const = default;
  };
  // From the `at`-th changing call on (counted from 1), this call or all of them are refused.
  struct Fault {
    std::size_t at = 0;
    std::string reason;
    bool lasting = false;
    bool only_growth = false;  // as a full disk: what takes no room is still done
  };

  // Makes a node and the folders above it; replaces what is there.
  void put(std::string_view path, Node node);
  void erase(std::string_view path);
  Node* find(std::string_view path);
  // Every file and link by its path below the current folder.
  std::map<std::string, Node> files() const;

  std::string input;   // what standard input holds
  std::string output;  // what was printed
  std::string errors;  // what was complained of
  std::map<std::string, std::string> variables;
  bool terminal = false;
  bool output_is_full = false;
  bool is_held = false;  // another run is in the folder
  Fault fault;
  std::size_t changes = 0;  // changing calls so far

  Result<std::string> read(std::string_view path, std::size_t limit) override;
  Result<driver::Entry> look(std::string_view path) override;
  Result<std::vector<std::string>> list(std::string_view path) override;
  Result<std::string> resolve(std::string_view path) override;
  Outcome make_folder(std::string_view path) override;
  Outcome write(std::string_view path, std::string_view bytes, driver::Access access) override;
  Outcome link(std::string_view from, std::string_view to) override;
  Outcome rename(std::string_view from, std::string_view to) override;
  Outcome remove(std::string_view path) override;
  Outcome set_access(std::string_view path, driver::Access access) override;
  Outcome hold(std::string_view folder) override;
  Outcome print(std::string_view text) override;
  void complain(std::string_view text) override { errors += text; }
  bool errors_reach_a_terminal() override { return terminal; }
  std::optional<std::string> environment(std::string_view name) override;
  std::string folder() override { return "/here"; }

 private:
  bool is_faulty(bool is_growth);
  Outcome may_change(const std::string& path, bool is_growth);
  // What a path names once links are followed; null if nothing.
  Node* followed(std::string path);
  bool has_children(const std::string& path) const;

  std::map<std::string, Node> nodes_ = {{"/", {driver::Kind::folder}},
                                        {"/here", {driver::Kind::folder}}};
};

}  // namespace bkfc::tests
