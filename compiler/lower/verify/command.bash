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
