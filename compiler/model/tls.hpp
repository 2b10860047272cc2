// Every name that a fleet's daemons answer to, and the certificates of its clients.
#pragma once

#include "model/fleet.hpp"

namespace bkfc::model {

// Of a fleet whose names and domain are known.
Tls tls_of(const Fleet& fleet, Origins& origins);

}  // namespace bkfc::model
