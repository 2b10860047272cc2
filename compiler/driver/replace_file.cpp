#include "driver/replace_file.hpp"

#include <string>

namespace bkfc::driver {

Outcome replace_file(World& world, std::string_view path, std::string_view bytes) {
  // What does not exist yet has no links to follow.
  const Result<std::string> resolved = world.resolve(path);
  const std::string target = resolved ? resolved.value() : std::string(path);
  const Result<Entry> entry = world.look(target);
  if (!entry) return Refusal{entry.error()};
  const Access access = entry.value().executable ? Access::executable : Access::plain;
  const std::string aside = target + ".bkfc-new";
  // What a killed run left there is of no use to anyone.
  static_cast<void>(world.remove(aside));
  Outcome done = world.write(aside, bytes, access);
  if (done) done = world.rename(aside, target);
  if (!done) static_cast<void>(world.remove(aside));
  return done;
}

}  // namespace bkfc::driver
