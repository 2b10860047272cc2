// What the daemon itself is told: its worker, its log, its listener.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

enum class LogLevel : std::uint8_t { trace, debug, info, warn, error };
enum class LogFormat : std::uint8_t { text, json };
enum class Snapshotter : std::uint8_t { automatic, overlayfs, fuse_overlayfs, native, stargz };

struct Worker {
  Head head;
  Field<std::int64_t> max_parallelism;
  Field<Snapshotter> snapshotter;
  Field<std::vector<std::string>> platforms;
  Field<TextMap> labels;
};

struct Log {
  Head head;
  Field<LogLevel> level;
  Field<LogFormat> format;
};

struct Listen {
  Head head;
  Field<std::int64_t> tcp;
};

extern const BlockType worker_type;
extern const BlockType log_type;
extern const BlockType listen_type;

}  // namespace bkfc::schema
