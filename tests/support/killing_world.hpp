// A world whose process ends itself before a chosen change, as a kill would.
#pragma once

#include <unistd.h>

#include "driver/world.hpp"

namespace bkfc::tests {

class KillingWorld final : public driver::World {
 public:
  static constexpr int exit_status = 99;

  KillingWorld(driver::World& world, std::size_t at) : world_(world), at_(at) {}

  Result<std::string> read(std::string_view path, std::size_t limit) override {
    return world_.read(path, limit);
  }
  Result<driver::Entry> look(std::string_view path) override { return world_.look(path); }
  Result<std::vector<std::string>> list(std::string_view path) override {
    return world_.list(path);
  }
  Result<std::string> resolve(std::string_view path) override { return world_.resolve(path); }

  Outcome make_folder(std::string_view path) override {
    maybe_end();
    return world_.make_folder(path);
  }
  // A kill within a write leaves a part of the file: both its beginning and nothing of it are
  // tried.
  Outcome write(std::string_view path, std::string_view bytes, driver::Access access) override {
    maybe_end();
    if (++count_ == at_) {
      static_cast<void>(world_.write(path, bytes.substr(0, bytes.size() / 2), access));
      ::_exit(exit_status);
    }
    return world_.write(path, bytes, access);
  }
  Outcome link(std::string_view from, std::string_view to) override {
    maybe_end();
    return world_.link(from, to);
  }
  Outcome rename(std::string_view from, std::string_view to) override {
    maybe_end();
    return world_.rename(from, to);
  }
  Outcome remove(std::string_view path) override {
    maybe_end();
    return world_.remove(path);
  }
  Outcome set_access(std::string_view path, driver::Access access) override {
    maybe_end();
    return world_.set_access(path, access);
  }
  Outcome hold(std::string_view folder) override { return world_.hold(folder); }
  Outcome print(std::string_view text) override { return world_.print(text); }
  void complain(std::string_view text) override { world_.complain(text); }
  bool errors_reach_a_terminal() override { return false; }
  std::optional<std::string> environment(std::string_view) override { return std::nullopt; }
  std::string folder() override { return world_.folder(); }

 private:
  void maybe_end() {
    if (++count_ == at_) ::_exit(exit_status);
  }

  driver::World& world_;
  std::size_t at_;
  std::size_t count_ = 0;
};

}  // namespace bkfc::tests
