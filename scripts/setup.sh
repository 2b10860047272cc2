# Sourced by scripts/compile and scripts/test: what a Debian 12 machine needs, and where things lie.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${BKFC_CACHE:-$HOME/.cache/bkfc}
export BKFC_CACHE=$cache

build_packages=(
  ccache g++ libcli11-dev libfmt-dev libssl-dev libtomlplusplus-dev libyaml-cpp-dev meson ninja-build
  nlohmann-json3-dev pkg-config tao-pegtl-dev doctest-dev
)
test_packages=(
  busybox-static clang-format clang-tidy e2fsprogs fish git groff iproute2 man-db mandoc openssl python3 python3-venv
  python3-yaml runc shellcheck strace uidmap zsh
)

say() { printf '%s\n' "$*" >&2; }

step() { say "==> $* (${SECONDS} s)"; }

die() {
  say "$*"
  exit 1
}

# Installs those of the named Debian packages that are not there.
need_packages() {
  command -v dpkg-query > /dev/null || return 0 # another system: meson says what it misses
  local missing=() package known as_root=()
  known=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2> /dev/null || true)
  for package; do
    [[ $'\n'$known$'\n' == *$'\n'"$package installed"$'\n'* ]] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || die "packages are missing; as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  step "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null ||
    die "the packages could not be installed"
}

# Brings a build folder up to date: `build NAME TARGET MESON_OPTIONS...` in build/NAME.
build() {
  local folder=$root/build/$1 target=$2
  shift 2
  # Clones of one project share what is compiled: paths inside the tree count as relative.
  export CXX='ccache g++' CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.options" 2> /dev/null)" != "$*" ]; then
    step "configuring ${folder#"$root"/}"
    rm -rf "$folder"
    mkdir -p "$folder"
    meson setup "$folder" "$root" "$@" > "$folder.log" 2>&1 || {
      cat "$folder.log" >&2
      die "meson could not configure the build"
    }
    printf '%s\n' "$*" > "$folder/.options"
  fi
  [[ $(ninja -C "$folder" -n "$target") != *'no work to do.' ]] || return 0
  step "building ${folder#"$root"/}"
  ninja -C "$folder" "$target" >&2 || die "the build failed"
}

build_release() { build release bkfc --buildtype=release; }
