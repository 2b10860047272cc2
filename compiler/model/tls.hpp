// Every name that a fleet's daemons answer to, and the certificates of its clients.
#pragma once

#include "model/fleet.hpp"

namespace bkfc::model {

// Of a fleet whose names and domain are known, and the authority that it shares, if it does.
Tls tls_of(const Fleet& fleet, const schema::Authority* authority, Origins& origins);

}  // namespace bkfc::model
