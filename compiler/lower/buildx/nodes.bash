export LC_ALL=C

# Exit status 2: the command line; 3: this machine refuses.
fail() {
  local status="$1"
  shift
  printf '%s: error: %s\n' "${0##*/}" "$*" >&2
  exit "$status"
}

take_endpoint() { printf 'tcp://%s' "${1#tcp://}"; }

# The place of a key among so many: always the same for the same key.
place_of() { printf '%d' "$(($(printf '%s' "$1" | cksum | cut -d ' ' -f 1) % $2))"; }

find_buildx() {
  if docker buildx version >/dev/null 2>&1; then
    buildx=(docker buildx)
  elif command -v buildx >/dev/null; then
    buildx=(buildx)
  else
    fail 3 'buildx is missing: install the buildx plugin of the docker CLI, or buildx by itself'
  fi
}

# --driver-opt is read as a line of CSV: quoted as one field, a path may hold commas and quotes.
add_option() { options+=(--driver-opt "\"$1=${2//\"/\"\"}\""); }

# The options for the certificates in a folder: as create-certs.sh names them, or as a mounted Secret
# of cert-manager does.
add_certificates() {
  local folder names name
  folder="$(cd "$1" 2>/dev/null && pwd)" ||
    fail 3 "there is no folder \`$1\`: run create-certs.sh, or name one with --certs"
  names=(ca.pem cert.pem key.pem)
  if [[ ! -e "$folder/ca.pem" ]]; then names=(ca.crt tls.crt tls.key); fi
  for name in "${names[@]}"; do
    [[ -r "$folder/$name" ]] || fail 3 "cannot read \`$folder/$name\`"
  done
  add_option cacert "$folder/${names[0]}"
  add_option cert "$folder/${names[1]}"
  add_option key "$folder/${names[2]}"
}

connect() {
  "${buildx[@]}" inspect --bootstrap "$1" >/dev/null ||
    fail 3 "the builder \`$1\` does not reach its daemons; what buildx said stands above"
  printf 'builder %s: connected\n' "$1"
}

# Removing a builder of another driver could delete a cache, so it has to be ours.
refuse_others() {
  [[ "$2" =~ Driver:[[:space:]]+remote ]] ||
    fail 2 "the builder \`$1\` is not one of the remote driver, so this script did not make it"
}

# What buildx says of it goes to the error stream, though it is no error.
forget() {
  local said
  said="$("${buildx[@]}" rm "$1" 2>&1)" || fail 3 "buildx did not remove the builder \`$1\`: $said"
}

take_down() {
  local name="$1" seen
  if ! seen="$("${buildx[@]}" inspect "$name" 2>/dev/null)"; then
    printf 'builder %s: there was none\n' "$name"
    return
  fi
  refuse_others "$name" "$seen"
  forget "$name"
  printf 'builder %s: removed\n' "$name"
}

data="${XDG_DATA_HOME:-${HOME:?is not set: name a folder with XDG_DATA_HOME}/.local/share}"
options=()
