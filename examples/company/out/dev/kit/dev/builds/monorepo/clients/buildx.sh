#!/usr/bin/env bash
# Makes a buildx builder for dev/builds/monorepo.
# Run it again after a change, and with --remove to take it away; --help lists the rest.
set -euo pipefail

authority=dev/builds/monorepo
builder=monorepo
namespace=builds
service=monorepo
port=1234
endpoint=tcp://monorepo.builds.svc:1234
replicas=(tcp://monorepo-0.monorepo-headless.builds.svc:1234)
client=github
has_tls=yes

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

# A builder made here has one node. buildx does not spread builds over the nodes of a builder: of
# two nodes with the same platform, the first is taken every time, so that appending the other
# replicas would give them nothing to do. Through the Service, each connection goes to any replica,
# warm or cold. Where a build should find its cache again, give it a replica: --replica, --for, or a
# builder for each with --all.
usage() {
  cat <<END
usage: ${0##*/} [OPTION]...

Makes a buildx builder for this fleet, or sets it again to what it should be. Needs docker with
its buildx plugin, or buildx by itself. Paths are made absolute, as buildx demands.

  --name NAME        the builder's name ($builder)
  --endpoint URL     where the daemons are reached ($endpoint);
                     from outside the cluster, tcp://127.0.0.1:$port with this left running:
                     kubectl -n $namespace port-forward service/$service $port
  --replica N        one of the ${#replicas[@]} replicas, numbered from 0; its builder is NAME-N
  --for KEY          the replica that KEY, a repository's name for instance, always falls on
  --all              a builder for each replica
  --certs DIR        ca.pem, cert.pem and key.pem of a client, or ca.crt, tls.crt and tls.key
                     as in a mounted Secret ($certs)
  --client NAME      the certificates that create-certs.sh made for another client
  --servername NAME  the name to expect in the daemon's certificate, if it is not in the endpoint
  --use              let docker buildx use the builder from now on
  --check            connect to it
  --remove           remove the builder again; what the daemons have cached stays
  --help             this text
END
}

parse_arguments() {
  while (($# > 0)); do
    case "$1" in
      --*=*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        continue
        ;;
      --help | -h)
        usage
        exit 0
        ;;
      --use) use=yes ;;
      --all) all=yes ;;
      --check) check=yes ;;
      --remove) remove=yes ;;
      --name | --endpoint | --replica | --for | --certs | --client | --servername)
        [[ $# -ge 2 && -n "$2" ]] || fail 2 "$1 needs a value"
        take_value "$1" "$2"
        shift
        ;;
      *) fail 2 "there is no argument \`$1\`; --help lists them" ;;
    esac
    shift
  done
}

take_value() {
  case "$1" in
    --name) builder="$2" ;;
    --endpoint) given_endpoint="$(take_endpoint "$2")" ;;
    --certs) certs="$2" ;;
    --client) certs="$data/bkfc/$authority/clients/$2" ;;
    --servername) server_name="$2" ;;
    --replica)
      [[ "$2" =~ ^[0-9]{1,4}$ ]] || fail 2 "--replica takes a number, not \`$2\`"
      replica=$((10#$2))
      ;;
    --for) for_key="$2" ;;
  esac
}

check_arguments() {
  local count="${#replicas[@]}"
  if [[ -n "$for_key" && "$count" -gt 0 ]]; then
    replica="$(place_of "$for_key" "$count")"
  fi
  if [[ "$count" -eq 0 && ("$all" == yes || -n "$replica$for_key") ]]; then
    fail 2 'the replicas of this fleet have no names of their own'
  fi
  if [[ -n "$replica" && "$replica" -ge "$count" ]]; then
    fail 2 "there is no replica $replica: the fleet has $count, numbered from 0"
  fi
  if [[ "$all" == yes && ("$use" == yes || -n "$given_endpoint") ]]; then
    fail 2 '--all makes several builders, and --use and --endpoint are for one'
  fi
}

# With a node's name, `create` makes the builder or changes it, and refuses one of another driver.
set_up() {
  local name="$1" address="$2"
  "${buildx[@]}" create --name "$name" --node "${name}0" --driver remote \
    ${options[@]+"${options[@]}"} ${use_option[@]+"${use_option[@]}"} "$address" >/dev/null ||
    fail 3 "buildx did not make the builder \`$name\`; what it said stands above"
  printf 'builder %s: set to %s\n' "$name" "$address"
  if [[ "$check" == yes ]]; then connect "$name"; fi
}

one() {
  if [[ "$remove" == yes ]]; then take_down "$1"; else set_up "$1" "$2"; fi
}

certs="$data/bkfc/$authority/clients/$client"
given_endpoint=''
server_name=''
replica=''
for_key=''
all=no
use=no
check=no
remove=no
use_option=()

parse_arguments "$@"
check_arguments
find_buildx
if [[ "$remove" == no && "$has_tls" == yes ]]; then
  add_certificates "$certs"
  if [[ -n "$server_name" ]]; then add_option servername "$server_name"; fi
fi
if [[ "$use" == yes ]]; then use_option=(--use); fi
if [[ "$all" == yes ]]; then
  for ((i = 0; i < ${#replicas[@]}; i++)); do one "$builder-$i" "${replicas[i]}"; done
elif [[ -n "$replica" ]]; then
  one "$builder-$replica" "${given_endpoint:-${replicas[replica]}}"
else
  one "$builder" "${given_endpoint:-$endpoint}"
fi
if [[ "$remove" == no ]]; then
  echo 'a result stays in the cache of the daemon unless the build says --push or --load'
fi
