#include <cstdio>

int main() {
  std::puts("bkfc " BKFC_VERSION);
  return 0;
}
