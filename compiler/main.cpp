#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "driver/options.hpp"
#include "driver/real_world.hpp"
#include "driver/run.hpp"

int main(int count, char** words) {
  // A broken belief aborts; to the caller it is a fault of bkfc like any other.
  std::signal(SIGABRT, [](int) { std::_Exit(static_cast<int>(bkfc::driver::Exit::fault)); });
  const std::unique_ptr<bkfc::driver::World> world = bkfc::driver::real_world();
  const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
  return bkfc::driver::run(arguments, *world);
}
