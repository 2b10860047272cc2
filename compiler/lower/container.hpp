// The daemon's container: its argv, its mounts, its probes, and the little that it may do.
#pragma once

#include <string_view>

#include "emit/document.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

inline constexpr std::string_view config_volume = "config";
inline constexpr std::string_view certificates_volume = "certs";
inline constexpr std::string_view runtime_volume = "runtime";
inline constexpr std::string_view user_tmp_volume = "user-tmp";
inline constexpr std::string_view tmp_volume = "tmp";

emit::Node daemon_container(const model::Fleet& fleet);

}  // namespace bkfc::lower
