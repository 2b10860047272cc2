// What reading somebody else's text comes to: documents, and the place where it could not go on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emit/document.hpp"
#include "source/origin.hpp"

namespace bkfc::read {

// Why a text cannot be read, and where: the offset is in bytes.
struct Trouble {
  std::uint32_t offset = 0;
  std::string reason;
};

struct Reading {
  std::vector<emit::Node> documents;  // those before the trouble, if there is one
  std::optional<Trouble> trouble;
};

// Where the places of keys and values are noted: as origins of the nodes and entries.
struct Places {
  FileId file{};
  Origins* origins = nullptr;  // null: nobody asks
};

}  // namespace bkfc::read
