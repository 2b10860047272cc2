export LC_ALL=C
umask 077

# Exit status 1: a step failed; 2: the command line; 3: this machine refuses.
fail() {
  local status="$1"
  shift
  printf '%s: error: %s\n' "${0##*/}" "$*" >&2
  exit "$status"
}

ok() { printf 'ok: %s — %s\n' "$1" "$2"; }

skipped() { printf 'skipped: %s — %s\n' "$1" "$2"; }

# Says what failed and why, and the end of the log where there is one.
failed() {
  failures=$((failures + 1))
  printf 'fail: %s — %s\n' "$1" "$2"
  if [[ -n "${3:-}" && -s "$3" ]]; then sed 's/^/  | /' "$3" | tail -n 20 >&2; fi
}

in_list() {
  local wanted="$1" each
  shift
  for each in "$@"; do
    if [[ "$each" == "$wanted" ]]; then return 0; fi
  done
  return 1
}

human() {
  awk -v n="$1" 'BEGIN {
    split("B KiB MiB GiB TiB PiB", unit, " ")
    i = 1
    while (n >= 1024 && i < 6) { n /= 1024; i++ }
    printf(n == int(n) ? "%.0f %s" : "%.1f %s", n, unit[i])
  }'
}

clean_up() {
  stop_forwarding
  if [[ "$smoke_is_there" == yes ]]; then
    cluster delete -f "$smoke_file" --wait=false >/dev/null 2>&1 || true
  fi
  if [[ -n "$work" ]]; then rm -rf "$work"; fi
}

# ---- the cluster ----

has_cluster() { [[ -z "$given_address" ]]; }

cluster() { kubectl ${context:+--context "$context"} --namespace "$namespace" "$@"; }

# The pods of the fleet, one a line, by name: name, uid, whether it is ready. A pod that is being
# deleted is left out.
pods() {
  local row='{.metadata.name} {.metadata.uid} {.status.conditions[?(@.type=="Ready")].status}'
  cluster get pods --selector "$selector" \
    -o jsonpath="{range .items[*]}$row deleted={.metadata.deletionTimestamp}{\"\\n\"}{end}" |
    awk '$NF == "deleted=" && NF >= 3 { print $1, $2, NF == 4 ? $3 : "False" }' | sort
}

# Sets pod and pod_uid to the pod that is asked for, else to the first one that is ready.
find_pod() {
  local name uid ready
  while read -r name uid ready; do
    if [[ "$ready" == True && (-z "$given_pod" || "$name" == "$given_pod") ]]; then
      pod="$name"
      pod_uid="$uid"
      return 0
    fi
  done < <(pods 2>"$work/log")
  return 1
}

in_pod() { cluster exec "$pod" --container "$container" -- "$@"; }

stop_forwarding() {
  if [[ -n "$forwarder" ]]; then
    kill "$forwarder" 2>/dev/null || true
    wait "$forwarder" 2>/dev/null || true
    forwarder=''
  fi
}

# Forwards a free local port to the pod and sets address. kubectl says which port it took. With
# `exec` the number kept is kubectl's own, and not that of a shell that waits for it.
forward() {
  local log="$work/forward" waited local_port
  stop_forwarding
  (exec kubectl ${context:+--context "$context"} --namespace "$namespace" \
    port-forward "pod/$pod" ":$port" >"$log" 2>&1) &
  forwarder=$!
  for ((waited = 0; waited < 100; waited++)); do
    local_port="$(sed -n 's/^Forwarding from 127\.0\.0\.1:\([0-9]*\) .*$/\1/p' "$log" | head -n 1)"
    if [[ -n "$local_port" ]]; then
      address="tcp://127.0.0.1:$local_port"
      return 0
    fi
    kill -0 "$forwarder" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# ---- the daemon ----

# Connects once for all steps; what stands in the way is in `obstacle`, with a log.
connect() {
  if [[ "$connection" == untried ]]; then
    connection=down
    if make_connection; then connection=up; fi
  fi
  [[ "$connection" == up ]]
}

make_connection() {
  address="$given_address"
  if has_cluster; then
    if ! find_pod; then
      obstacle="no pod of $workload is ready${given_pod:+ under the name $given_pod}"
      return 1
    fi
    if ! forward; then
      obstacle="kubectl does not forward a port to $pod"
      cp "$work/forward" "$work/log"
      return 1
    fi
  fi
  if ! answers; then
    obstacle="the daemon does not answer at $address"
    return 1
  fi
}

buildctl_there() { buildctl --addr "$address" ${tls[@]+"${tls[@]}"} --timeout 10 "$@"; }

buildx_there() { BUILDX_CONFIG="$work/buildx" "${buildx[@]}" "$@"; }

# --driver-opt is read as a line of CSV: quoted as one field, a path may hold commas and quotes.
add_builder() {
  local options=() i
  for ((i = 0; i < ${#tls[@]}; i += 2)); do
    options+=(--driver-opt "\"${tls[i]#--tls}=${tls[i + 1]//\"/\"\"}\"")
  done
  buildx_there rm verify >/dev/null 2>&1 || true
  buildx_there create --name verify --driver remote ${options[@]+"${options[@]}"} "$address"
}

answers() {
  if [[ "$client_program" == buildctl ]]; then
    buildctl_there debug workers >"$work/log" 2>&1
  else
    { add_builder && buildx_there inspect --bootstrap verify; } >"$work/log" 2>&1
  fi
}

# Asks the daemon; without a buildctl here, the one in the pod does it.
ask() {
  if [[ "$client_program" == buildctl ]]; then buildctl_there "$@"; else in_pod buildctl "$@"; fi
}

can_ask() { [[ "$client_program" == buildctl ]] || has_cluster; }

# Builds a folder into the cache of the daemon and writes what it says into a log.
build() {
  if [[ "$client_program" == buildctl ]]; then
    buildctl_there build --frontend dockerfile.v0 --local "context=$1" --local "dockerfile=$1" \
      --progress plain >"$2" 2>&1
  else
    buildx_there build --builder verify --progress plain "$1" >"$2" 2>&1
  fi
}

# A folder whose build is new wherever the marker is: it needs no image and no registry. Modes count
# for the cache, so they are set.
make_context() {
  mkdir -p "$work/context"
  printf '%s\n' "$marker" >"$work/context/marker"
  printf 'FROM scratch\nCOPY marker /marker\n' >"$work/context/Dockerfile"
  chmod 644 "$work/context/marker" "$work/context/Dockerfile"
}

# Whether a step of the build came from the cache; the builds here have one that is not about input.
was_cached() { grep -Eq '^#[0-9]+ CACHED' "$1"; }

# Size, use and description of every record of the cache, one a line.
records() {
  ask du --format '{{range .}}{{printf "%d %t %q" .Size .InUse .Description}}{{println}}{{end}}' \
    2>"$work/log"
}

total() { awk '{ sum += $1 } END { printf "%.0f\n", sum }'; }
