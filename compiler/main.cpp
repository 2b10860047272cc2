#include <memory>
#include <string>
#include <vector>

#include "driver/real_world.hpp"
#include "driver/run.hpp"

int main(int count, char** words) {
  const std::unique_ptr<bkfc::driver::World> world = bkfc::driver::real_world();
  const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
  return bkfc::driver::run(arguments, *world);
}
