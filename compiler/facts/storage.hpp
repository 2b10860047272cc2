// What is known of storage: provisioners, what class names give away, and access modes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/release.hpp"

namespace bkfc::facts {

enum class Known : std::uint8_t { no, yes, depends };

struct Provisioner {
  std::string_view name;  // `*` stands for any run of characters
  // A network or shared file system: layers cannot be unpacked on it by a rootless daemon.
  Known network = Known::no;
  // Whether a volume ends where its claim says; else the daemon sees the node's whole disk.
  Known enforces_capacity = Known::yes;
  std::string_view note{};  // what it depends on, or what surprises
  std::string_view source{};
};

std::span<const Provisioner> provisioners();
// The provisioner of a StorageClass or CSI driver; null: nothing is known of it.
const Provisioner* find_provisioner(std::string_view name);

// What a class's mere name gives away: the provisioner that usually has such a class.
struct ClassHint {
  Known network = Known::no;
  Known enforces_capacity = Known::yes;
  std::string_view word;  // the part of the name that says so: `nfs`
};
std::optional<ClassHint> guess_storage_class(std::string_view class_name);

struct AccessMode {
  std::string_view name;        // `ReadWriteOnce`
  std::string_view short_name;  // `RWO`
  bool shared = false;          // by several nodes at once: such volumes are network file systems
  bool writable = true;
  Gate gate{};
};
std::span<const AccessMode> access_modes();
// By either name.
const AccessMode* find_access_mode(std::string_view name);

}  // namespace bkfc::facts
