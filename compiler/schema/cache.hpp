// Where a daemon's cache lies, what it may hold, and what its history keeps.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

enum class CacheKind : std::uint8_t { persistent, ephemeral, memory, host_path };
enum class AccessMode : std::uint8_t {
  ReadWriteOnce,
  ReadWriteOncePod,
  ReadWriteMany,
  ReadOnlyMany
};
enum class ClaimRetention : std::uint8_t { Retain, Delete };

struct Cache {
  Head head;
  Field<CacheKind> kind;
  Field<std::string> storage_class;
  Field<Bytes> size;
  Field<AccessMode> access_mode;
  Field<ClaimRetention> when_deleted;
  Field<ClaimRetention> when_scaled;
};

// A kind of cache record, in buildkitd's own words.
enum class RecordType : std::uint8_t {
  source_local,
  exec_cachemount,
  source_git_checkout,
  regular,
  internal,
  frontend,
};

struct GcTier {
  Head head;  // its label is for people: buildkitd's policies have no name
  Field<bool> all;
  Field<std::vector<RecordType>> types;
  Field<std::vector<std::string>> filters;
  Field<Duration> keep_duration;
  Field<Space> reserved_space;
  Field<Space> max_used_space;
  Field<Space> min_free_space;
};

struct Gc {
  Head head;
  Field<bool> enabled;
  Field<Space> reserved_space;  // of buildkitd's default policy, like the next two
  Field<Space> max_used_space;
  Field<Space> min_free_space;
  std::vector<GcTier> tiers;
};

struct History {
  Head head;
  Field<Duration> max_age;
  Field<std::int64_t> max_entries;
};

// The name of a record type, as filters and `buildctl du` spell it.
std::string_view to_text(RecordType type);

extern const BlockType cache_type;
extern const BlockType gc_type;
extern const BlockType history_type;

}  // namespace bkfc::schema
