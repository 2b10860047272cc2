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
