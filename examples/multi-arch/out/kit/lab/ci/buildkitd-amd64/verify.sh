#!/usr/bin/env bash
# Shows step by step that lab/ci/buildkitd-amd64 works.
# --list says what the steps are, --only STEP runs one, --help lists the rest.
set -euo pipefail

authority=authorities/ci
daemon_folder='daemons/lab/ci/buildkitd-amd64'
namespace=ci
workload='statefulset/buildkitd-amd64'
selector='app.kubernetes.io/name=buildkitd,app.kubernetes.io/instance=buildkitd-amd64'
container=buildkitd
port=1234
client=github
has_tls=yes
state_directory=/home/user/.local/share/buildkit
volume_size=322122547200
# As the daemon is to report it: nanoseconds and bytes.
policy=(
  'all=false keep=604800000000000 max=161061273600 reserved=0 free=0 filters=[type==source.local type==exec.cachemount type==source.git.checkout]'
  'all=true keep=0 max=225485783040 reserved=0 free=32212254720 filters=[]'
)
cache_limit=225485783040
restart_seconds=3075
smoke_job='buildkitd-amd64-smoke-build'

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

# ---- the steps ----

steps=(pods reach certificate strangers build cached run persisted policy bound gc accounting smoke)

describe() {
  case "$1" in
    pods) echo 'every pod of the fleet is ready' ;;
    reach) echo 'a port is forwarded to a pod, and the daemon answers there' ;;
    certificate) echo 'the daemon serves the certificate of create-certs.sh, and it lasts' ;;
    strangers) echo 'a client without a certificate is refused' ;;
    build) echo 'a build that nobody has made before is made; it needs no registry' ;;
    cached) echo 'the same build again comes from the cache' ;;
    run) echo 'a RUN step runs, on the image that --image names' ;;
    persisted) echo 'the build still comes from the cache after a restart; needs --restart' ;;
    policy) echo 'the daemon reports the collection policy that the fleet says' ;;
    bound) echo 'the cache keeps within the bound that the policy sets' ;;
    gc) echo 'collection collects what is put in beyond the bound; needs --gc-fill' ;;
    accounting) echo 'the daemon counts what its volume holds' ;;
    smoke) echo 'a Pod in the cluster builds: the Job of smoke-build.yaml' ;;
  esac
}

# Without a connection, the first step that needs it fails, and the others are skipped.
needs_connection() {
  if connect; then return 0; fi
  if [[ "$obstacle_is_said" == yes ]]; then skipped "$1" "$obstacle"; else
    say_obstacle "$1"
  fi
  return 1
}

say_obstacle() {
  obstacle_is_said=yes
  failed "$1" "$obstacle" "$work/log"
}

needs_cluster() {
  if has_cluster; then return 0; fi
  skipped "$1" 'it needs the cluster, and --address names a daemon without one'
  return 1
}

needs_answers() {
  if can_ask; then return 0; fi
  skipped "$1" 'it needs buildctl, which is missing here'
  return 1
}

step_pods() {
  local what='pods' all ready
  needs_cluster "$what" || return 0
  if ! pods >"$work/pods" 2>"$work/log"; then
    failed "$what" 'kubectl does not list them' "$work/log"
    return 0
  fi
  all="$(awk 'END { print NR }' "$work/pods")"
  ready="$(awk '$3 == "True" { n++ } END { print n + 0 }' "$work/pods")"
  if ((all > 0 && all == ready)); then
    ok "$what" "$ready of $all are ready"
  else
    failed "$what" "$ready of $all are ready" "$work/pods"
  fi
}

step_reach() {
  if connect; then
    ok 'reach' "the daemon answers at $address${pod:+, pod $pod}"
  else
    say_obstacle 'reach'
  fi
}

step_certificate() {
  local what='certificate' kept="$data/bkfc/$authority/$daemon_folder/cert.pem" served="$work/served.pem"
  if [[ "$has_tls" == no ]]; then
    skipped "$what" 'this fleet has no TLS'
    return 0
  elif ! command -v openssl >/dev/null; then
    skipped "$what" 'it needs openssl, which is missing here'
    return 0
  fi
  needs_connection "$what" || return 0
  openssl s_client -connect "${address#tcp://}" -CAfile "${tls[1]}" -cert "${tls[3]}" \
    -key "${tls[5]}" </dev/null 2>"$work/log" | openssl x509 -out "$served" 2>>"$work/log" || true
  if [[ ! -s "$served" ]]; then
    failed "$what" 'the daemon shows none' "$work/log"
  elif ! openssl x509 -noout -checkend "$((7 * 86400))" -in "$served" >/dev/null; then
    failed "$what" "it expires on $(expiry "$served"): create-certs.sh --apply, then a restart"
  elif [[ -e "$kept" && "$(fingerprint "$kept")" != "$(fingerprint "$served")" ]]; then
    failed "$what" "it is not the one in $kept, which a daemon reads at its start only"
  else
    ok "$what" "expires on $(expiry "$served")"
  fi
}

expiry() { openssl x509 -noout -enddate -in "$1" | sed 's/^notAfter=//'; }

fingerprint() { openssl x509 -noout -fingerprint -sha256 -in "$1"; }

step_strangers() {
  local what='strangers'
  if [[ "$has_tls" == no ]]; then
    skipped "$what" 'this fleet has no TLS: whoever reaches the port may build'
    return 0
  elif [[ "$client_program" != buildctl ]]; then
    skipped "$what" 'it needs buildctl, which is missing here'
    return 0
  fi
  needs_connection "$what" || return 0
  if answers_strangers; then
    failed "$what" 'a client without a certificate is let in'
  elif ! answers; then
    failed "$what" 'the daemon answers nobody any more' "$work/log"
  else
    ok "$what" 'a client without a certificate is refused'
  fi
}

answers_strangers() {
  local ca="${tls[1]}"
  local tls=(--tlscacert "$ca" ${server_name:+--tlsservername "$server_name"})
  answers
}

step_build() {
  local what='build'
  needs_connection "$what" || return 0
  make_context
  if ! build "$work/context" "$work/build"; then
    failed "$what" 'the build fails' "$work/build"
  elif was_cached "$work/build" && [[ -z "$given_marker" ]]; then
    failed "$what" 'a build that nobody can have made comes from a cache' "$work/build"
  else
    is_built=yes
    ok "$what" "marker $marker"
  fi
}

step_cached() {
  local what='cached'
  needs_connection "$what" || return 0
  make_context
  if [[ "$is_built" == no && -z "$given_marker" ]] && ! build "$work/context" "$work/build"; then
    skipped "$what" 'the build before it fails'
    return 0
  fi
  is_built=yes
  report_cached "$what" 'the same build comes from the cache'
}

# Builds once more and says whether that came from the cache.
report_cached() {
  if ! build "$work/context" "$work/again"; then
    failed "$1" 'the build fails' "$work/again"
  elif ! was_cached "$work/again"; then
    failed "$1" 'the same build is made again' "$work/again"
  else
    ok "$1" "$2"
  fi
}

step_run() {
  local what='run'
  if [[ -z "$image" ]]; then
    skipped "$what" 'no image was named with --image; without a RUN step nobody knows that one runs'
    return 0
  fi
  needs_connection "$what" || return 0
  mkdir -p "$work/run"
  printf 'FROM %s\nRUN echo %s >/marker && test -s /marker\n' "$image" "$marker" \
    >"$work/run/Dockerfile"
  if build "$work/run" "$work/ran"; then
    ok "$what" "on $image"
  else
    failed "$what" "a build with a RUN step fails on $image" "$work/ran"
  fi
}

step_persisted() {
  local what='persisted'
  if [[ "$restart" == no && -z "$restarter" ]]; then
    skipped "$what" 'it restarts a pod, where builds may run; --restart does it'
    return 0
  fi
  needs_connection "$what" || return 0
  make_context
  if [[ "$is_built" == no && -z "$given_marker" ]] && ! build "$work/context" "$work/build"; then
    skipped "$what" 'the build before it fails'
    return 0
  fi
  if ! restart_daemon; then
    failed "$what" "$obstacle" "$work/log"
    return 0
  fi
  report_cached "$what" "the build comes from the cache after a restart${pod:+ of $pod}"
}

# Restarts the daemon and connects again.
restart_daemon() {
  connection=down
  if [[ -n "$restarter" ]]; then
    obstacle="\`$restarter\` fails"
    "$restarter" >"$work/log" 2>&1 || return 1
  else
    obstacle="pod $pod is not deleted within $restart_seconds seconds"
    stop_forwarding
    cluster delete pod "$pod" --timeout "${restart_seconds}s" >"$work/log" 2>&1 || return 1
  fi
  wait_for_daemon
}

# A StatefulSet gives the new pod the old name; elsewhere any other pod will do.
wait_for_daemon() {
  local before="$pod_uid" waited
  if [[ "$workload" == statefulset/* ]]; then given_pod="$pod"; fi
  for ((waited = 0; waited < restart_seconds; waited += 2)); do
    if make_connection && { [[ -z "$pod" || "$pod_uid" != "$before" ]]; }; then
      connection=up
      return 0
    fi
    sleep 2
  done
  obstacle="after $restart_seconds seconds, $obstacle"
  return 1
}

step_policy() {
  local what='policy' row
  if ((${#policy[@]} == 0)); then
    skipped "$what" 'this fleet leaves it to the daemon'
    return 0
  fi
  needs_answers "$what" || return 0
  needs_connection "$what" || return 0
  row='all={{.All}} keep={{printf "%d" .KeepDuration}} max={{.MaxUsedSpace}}'
  row="$row reserved={{.ReservedSpace}} free={{.MinFreeSpace}} filters={{.Filter}}{{println}}"
  if ! ask debug workers --format "{{range (index . 0).GCPolicy}}$row{{end}}" \
    >"$work/said" 2>"$work/log"; then
    skipped "$what" 'this buildctl cannot say it; one of 0.17 or later can'
    return 0
  fi
  sed '/^$/d' "$work/said" >"$work/reported"
  printf '%s\n' "${policy[@]}" >"$work/promised"
  if [[ "$(cat "$work/reported")" == "$(cat "$work/promised")" ]]; then
    ok "$what" "the daemon reports the ${#policy[@]} tiers of the fleet"
  else
    diff "$work/promised" "$work/reported" >"$work/log" || true
    failed "$what" 'the daemon has another, perhaps an older one (< the fleet, > the daemon)' \
      "$work/log"
  fi
}

# What the daemon holds against what the policy allows. A sweep follows a build, at most one a
# minute, so it is given the time of two.
step_bound() {
  local what='bound' used
  needs_bound "$what" || return 0
  make_context
  used="$(settle)" || true
  if [[ -z "$used" ]]; then
    skipped "$what" 'the daemon does not say what it holds'
  elif ((used > cache_limit)); then
    failed "$what" "$(human "$used") is held, and the bound is $(human "$cache_limit")"
  else
    ok "$what" "$(human "$used") of at most $(human "$cache_limit")"
  fi
}

needs_bound() {
  if ((cache_limit == 0)); then
    skipped "$1" 'the policy of this fleet sets none'
    return 1
  fi
  needs_answers "$1" && needs_connection "$1"
}

# Waits until the cache is within its bound, and prints what it holds then or at the end.
settle() {
  local waited used=''
  for ((waited = 0; waited <= sweep_seconds; waited += 5)); do
    used="$(records | total)" || return 1
    if ((used <= cache_limit)); then break; fi
    if ((waited % 60 == 0)); then build "$work/context" "$work/again" || true; fi
    sleep 5
  done
  printf '%s' "$used"
}

step_gc() {
  local what='gc' used left sent
  sent="$(human "$fill") was put in"
  if ((fill == 0)); then
    skipped "$what" 'it puts more into the cache than its bound; --gc-fill SIZE does it'
    return 0
  fi
  needs_bound "$what" || return 0
  make_context
  if ! fill_cache; then
    failed "$what" 'a build of the filling fails' "$work/filled"
    return 0
  fi
  used="$(settle)" || true
  left="$(records | grep -c "fill-$marker")" || true
  if [[ -z "$used" ]]; then
    failed "$what" 'the daemon does not say what it holds' "$work/log"
  elif ((left >= fill_count)); then
    failed "$what" "$sent, nothing is collected, the daemon counts $(human "$used") in all"
  elif ((used > cache_limit)); then
    failed "$what" "$sent, $(human "$used") is left, and the bound is $(human "$cache_limit")"
  else
    sent="$sent, $left of $fill_count layers are left"
    ok "$what" "$sent, $(human "$used") in all; the bound is $(human "$cache_limit")"
  fi
}

# Makes layers of random bytes. A build sends its bytes once and copies them into sixteen layers, so
# that the daemon's disk sets the pace and not the way to it.
fill_cache() {
  local layers=16 size build_number builds i
  size=$((fill / layers < 67108864 ? fill / layers + 1 : 67108864))
  builds=$(((fill + size * layers - 1) / (size * layers)))
  fill_count=$((builds * layers))
  mkdir -p "$work/fill"
  for ((build_number = 0; build_number < builds; build_number++)); do
    head -c "$size" /dev/urandom >"$work/fill/fill-$marker"
    echo 'FROM scratch' >"$work/fill/Dockerfile"
    for ((i = 0; i < layers; i++)); do
      printf 'COPY fill-%s /%d\n' "$marker" "$i" >>"$work/fill/Dockerfile"
    done
    build "$work/fill" "$work/filled" || return 1
  done
  rm -rf "$work/fill"
}

# Only a volume of its own can be compared: the space of a node's disk is everybody's. What the
# daemon does not count, it cannot collect; moby/buildkit#5459 tells of such daemons.
step_accounting() {
  local what='accounting' size used counted
  needs_cluster "$what" || return 0
  needs_connection "$what" || return 0
  if ! in_pod df -P -k "$state_directory" >"$work/df" 2>"$work/log"; then
    skipped "$what" 'df does not run in the pod'
    return 0
  fi
  size="$(awk 'NR == 2 { printf "%.0f", $2 * 1024 }' "$work/df")"
  used="$(awk 'NR == 2 { printf "%.0f", $3 * 1024 }' "$work/df")"
  if ((volume_size == 0 || size > volume_size * 11 / 10 || size < volume_size * 7 / 10)); then
    skipped "$what" "the cache shares its file system of $(human "$size") with others"
    return 0
  fi
  counted="$(records | total)" || counted=''
  if [[ -z "$counted" ]]; then
    skipped "$what" 'the daemon does not say what it holds'
  elif ((used > counted + counted / 4 + 2147483648)); then
    failed "$what" "the volume holds $(human "$used"), the daemon counts $(human "$counted") only"
  else
    ok "$what" "the volume holds $(human "$used"), the daemon counts $(human "$counted")"
  fi
}

step_smoke() {
  local what='smoke' waited state
  needs_cluster "$what" || return 0
  if [[ ! -r "$smoke_file" ]]; then
    skipped "$what" "there is no $smoke_file"
    return 0
  fi
  smoke_is_there=yes
  if ! { cluster delete -f "$smoke_file" --ignore-not-found && cluster apply -f "$smoke_file"; } \
    >"$work/log" 2>&1; then
    failed "$what" 'the cluster does not take the Job' "$work/log"
    return 0
  fi
  for ((waited = 0; waited < smoke_seconds; waited += 2)); do
    state="$(cluster get job "$smoke_job" \
      -o jsonpath='{.status.conditions[?(@.status=="True")].type}')" || state=''
    case " $state " in
      *' Complete '*)
        ok "$what" 'a Pod in the cluster built'
        return 0
        ;;
      *' Failed '*) break ;;
    esac
    sleep 2
  done
  cluster logs --selector "job-name=$smoke_job" --tail 20 >"$work/log" 2>&1 || true
  failed "$what" "the Job does not complete${state:+ ($state)}" "$work/log"
}

# ---- the run ----

usage() {
  cat <<END
usage: ${0##*/} [OPTION]...

Shows step by step that the fleet works: each line says ok, fail or skipped, and why. Exit status
1 if a step fails. Needs kubectl, and buildctl or buildx; leaves nothing behind but a few bytes of
cache.

  --list            the steps
  --only STEP       this step alone; may be repeated
  --context NAME    the kubectl context
  --pod NAME        this pod; otherwise the first one that is ready
  --address URL     a daemon that is reached without the cluster, tcp://host:port
  --certs DIR       the certificates of a client
                    ($certs)
  --servername NAME the name to expect in the daemon's certificate
  --image IMAGE     an image with a shell, for step \`run\`
  --restart         let step \`persisted\` delete the pod, which ends when its builds have ended
  --restart-by FILE the same by a program of yours, with --address
  --marker TEXT     what is built; given again later, \`--only cached\` tells whether it is there
  --gc-fill SIZE    let step \`gc\` put SIZE (as 20GiB) into the cache: more than its bound, so that
                    what is warm is pushed out as well
  --help            this text
END
}

list_steps() {
  local step
  for step in "${steps[@]}"; do printf '%-12s %s\n' "$step" "$(describe "$step")"; done
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
      --list)
        list_steps
        exit 0
        ;;
      --restart) restart=yes ;;
      --only | --context | --pod | --address | --certs | --servername | --image | --restart-by | \
        --marker | --gc-fill)
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
    --only)
      in_list "$2" "${steps[@]}" || fail 2 "there is no step \`$2\`; --list names them"
      chosen+=("$2")
      ;;
    --context) context="$2" ;;
    --pod) given_pod="$2" ;;
    --address) given_address="tcp://${2#tcp://}" ;;
    --certs) certs="$2" ;;
    --servername) server_name="$2" ;;
    --image)
      [[ "$2" =~ ^[A-Za-z0-9][A-Za-z0-9._/:@-]*$ ]] || fail 2 "\`$2\` is no name of an image"
      image="$2"
      ;;
    --restart-by) restarter="$2" ;;
    --marker)
      [[ "$2" =~ ^[A-Za-z0-9._-]{1,64}$ ]] ||
        fail 2 '--marker takes up to 64 letters, digits, dots, dashes and underscores'
      given_marker="$2"
      ;;
    --gc-fill) fill="$(bytes "$2")" || exit 2 ;;
  esac
}

# 20GiB as bytes; GB counts as GiB, as it does for BuildKit.
bytes() {
  local number unit factor
  [[ "$1" =~ ^([0-9]{1,9})([KMGT]?)(i?B)?$ ]] ||
    fail 2 "--gc-fill takes a size as 20GiB, not \`$1\`"
  number="${BASH_REMATCH[1]}"
  unit="${BASH_REMATCH[2]}"
  case "$unit" in
    K) factor=1024 ;;
    M) factor=1048576 ;;
    G) factor=1073741824 ;;
    T) factor=1099511627776 ;;
    *) factor=1 ;;
  esac
  printf '%d' "$((10#$number * factor))"
}

check_arguments() {
  if ((fill > 0 && cache_limit > 0 && fill <= cache_limit)); then
    fail 2 "--gc-fill has to be more than the bound of $(human "$cache_limit")," \
      'or nothing needs to be collected'
  fi
  if [[ -n "$restarter" ]] && has_cluster; then
    fail 2 '--restart-by goes with --address; in the cluster, --restart deletes the pod'
  fi
  if [[ "$restart" == yes ]] && ! has_cluster; then
    fail 2 '--restart deletes a pod, and --address names a daemon without one: --restart-by'
  fi
  if [[ "$restart" == yes && "$workload" == daemonset/* && -z "$given_pod" ]]; then
    fail 2 '--restart of a DaemonSet needs --pod: another pod has another cache'
  fi
}

find_programs() {
  if command -v buildctl >/dev/null; then
    client_program=buildctl
  elif docker buildx version >/dev/null 2>&1; then
    client_program=buildx
    buildx=(docker buildx)
  elif command -v buildx >/dev/null; then
    client_program=buildx
    buildx=(buildx)
  else
    fail 3 'neither buildctl nor buildx is here: one of them has to build'
  fi
  if has_cluster && ! command -v kubectl >/dev/null; then
    fail 3 'kubectl is missing; --address names a daemon that is reached without the cluster'
  fi
}

# The certificates as buildctl's arguments: the CA's first, then the client's two, then the name.
find_certificates() {
  local folder names name
  [[ "$has_tls" == yes ]] || return 0
  folder="$(cd "$certs" 2>/dev/null && pwd)" ||
    fail 3 "there is no folder \`$certs\`: run create-certs.sh, or name one with --certs"
  names=(ca.pem cert.pem key.pem)
  if [[ ! -e "$folder/ca.pem" ]]; then names=(ca.crt tls.crt tls.key); fi
  for name in "${names[@]}"; do
    [[ -r "$folder/$name" ]] || fail 3 "cannot read \`$folder/$name\`"
  done
  tls=(--tlscacert "$folder/${names[0]}" --tlscert "$folder/${names[1]}"
    --tlskey "$folder/${names[2]}")
  if [[ -n "$server_name" ]]; then tls+=(--tlsservername "$server_name"); fi
}

data="${XDG_DATA_HOME:-${HOME:?is not set: name a folder with XDG_DATA_HOME}/.local/share}"
certs="$data/bkfc/$authority/clients/$client"
smoke_file="$(dirname "$0")/smoke-build.yaml"
sweep_seconds=150
smoke_seconds=620

context=''
given_pod=''
given_address=''
given_marker=''
server_name=''
image=''
restart=no
restarter=''
fill=0
chosen=()

client_program=''
buildx=()
tls=()
connection=untried
obstacle=''
obstacle_is_said=no
address=''
pod=''
pod_uid=''
forwarder=''
is_built=no
fill_count=0
smoke_is_there=no
failures=0
work=''
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

parse_arguments "$@"
check_arguments
find_programs
find_certificates
work="$(mktemp -d)"
marker="${given_marker:-$(od -An -N 8 -t x1 /dev/urandom | tr -d ' \n')}"
for step in "${steps[@]}"; do
  if ((${#chosen[@]} == 0)) || in_list "$step" "${chosen[@]}"; then "step_$step"; fi
done
((failures == 0)) || exit 1
