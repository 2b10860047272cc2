#include "base/sha256.hpp"

#include <doctest/doctest.h>

using namespace bkfc;

TEST_CASE("sha256 gives the vectors of FIPS 180-4, at and around a block's end") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256 pads messages of every length around a block's end") {
  CHECK(sha256(std::string(55, 'a')).substr(0, 16) == "9f4390f8d30c2dd9");
  CHECK(sha256(std::string(56, 'a')).substr(0, 16) == "b35439a4ac6f0948");
  CHECK(sha256(std::string(63, 'a')).substr(0, 16) == "7d3e74a05d7db15b");
  CHECK(sha256(std::string(64, 'a')).substr(0, 16) == "ffe054fe7ae0cb6d");
  CHECK(sha256(std::string(119, 'a')).substr(0, 16) == "31eba51c313a5c08");
  CHECK(sha256(std::string(120, 'a')).substr(0, 16) == "2f3d335432c70b58");
}
