# Each fleet is a node of the builder, for its platforms; of two nodes with one platform buildx takes
# the first every time. Through a fleet's Service each connection goes to any replica, warm or cold.
# Where a build should find its cache again, --for gives it a replica of each fleet.
usage() {
  cat <<END
usage: ${0##*/} [OPTION]...

Makes one buildx builder over several fleets, or sets it again to what it should be. Needs docker
with its buildx plugin, or buildx by itself. The fleets:
$(list_fleets)

  --name NAME           the builder's name ($builder)
  --endpoint FLEET=URL  where the daemons of a fleet are reached, if not by their Service; from
                        outside the cluster with this left running, on a port for each fleet:
                        kubectl -n NAMESPACE port-forward service/SERVICE PORT:1234
  --for KEY             of each fleet the replica that KEY, a repository's name for instance,
                        always falls on
  --certs FLEET=DIR     ca.pem, cert.pem and key.pem of a client, or ca.crt, tls.crt and tls.key
                        as in a mounted Secret; DIR alone is for all fleets
  --client NAME         the certificates that create-certs.sh made for another client
  --use                 let docker buildx use the builder from now on
  --check               connect to it
  --remove              remove the builder again; what the daemons have cached stays
  --help                this text
END
}

list_fleets() {
  local i
  for ((i = 0; i < ${#fleets[@]}; i++)); do
    printf '  %s  %s  %s\n' "${fleets[i]}" "${platforms[i]:-as the daemon says}" "${endpoints[i]}"
  done
}

parse_arguments() {
  while (($# > 0)); do
    case "$1" in
      --name=* | --endpoint=* | --for=* | --certs=* | --client=*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        continue
        ;;
      --help | -h)
        usage
        exit 0
        ;;
      --use) use=yes ;;
      --check) check=yes ;;
      --remove) remove=yes ;;
      --name | --endpoint | --for | --certs | --client)
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
    --for) for_key="$2" ;;
    --client) take_client "$2" ;;
    --certs) take_certificates "$2" ;;
    --endpoint)
      [[ "$2" == *=* ]] || fail 2 "--endpoint takes FLEET=URL, not \`$2\`"
      find_fleet "${2%%=*}"
      endpoints[found]="$(take_endpoint "${2#*=}")"
      given[found]=yes
      ;;
  esac
}

take_client() {
  local i
  for ((i = 0; i < ${#fleets[@]}; i++)); do
    if [[ -n "${clients[i]}" ]]; then clients[i]="$1"; fi
  done
}

# A folder's name may hold `=`, so it is a fleet's only if a fleet is called so.
take_certificates() {
  local i
  if [[ "$1" == *=* ]] && place_of_fleet "${1%%=*}" >/dev/null; then
    find_fleet "${1%%=*}"
    folders[found]="${1#*=}"
    return
  fi
  for ((i = 0; i < ${#fleets[@]}; i++)); do folders[i]="$1"; done
}

# The places of the fleets that are called so, by as much of a fleet's name as is said.
place_of_fleet() {
  local i status=1
  for ((i = 0; i < ${#fleets[@]}; i++)); do
    if [[ "/${fleets[i]}" == */"$1" ]]; then
      printf '%s\n' "$i"
      status=0
    fi
  done
  return "$status"
}

find_fleet() {
  found="$(place_of_fleet "$1")" ||
    fail 2 "there is no fleet \`$1\` in this builder; there are ${fleets[*]}"
  [[ "$found" =~ ^[0-9]+$ ]] ||
    fail 2 "several fleets are called \`$1\`: say \`cluster/namespace/name\`"
}

# A replica has a name of its own, its place in it.
take_replica() {
  local i="$1" count="${replica_counts[$1]}"
  if [[ -z "$for_key" || "${given[i]}" == yes ]]; then return 0; fi
  ((count > 0)) || fail 2 "the fleet ${fleets[i]} has no replicas"
  endpoints[i]="${replicas[i]/\*/$(place_of "$for_key" "$count")}"
}

certificates_of() {
  if [[ -n "${folders[$1]}" ]]; then
    printf '%s' "${folders[$1]}"
  else
    printf '%s' "$data/bkfc/${authorities[$1]}/clients/${clients[$1]}"
  fi
}

add_node() {
  local i="$1" words=(--driver remote)
  options=()
  if [[ -n "${clients[i]}" ]]; then add_certificates "$(certificates_of "$i")"; fi
  if [[ -n "${platforms[i]}" ]]; then words+=(--platform "${platforms[i]}"); fi
  if ((i > 0)); then
    words+=(--append)
  elif [[ "$use" == yes ]]; then
    words+=(--use)
  fi
  "${buildx[@]}" create --name "$builder" --node "$builder$i" "${words[@]}" \
    ${options[@]+"${options[@]}"} "${endpoints[i]}" >/dev/null ||
    fail 3 "buildx did not make the builder \`$builder\`; what it said stands above"
  printf 'builder %s: %s at %s\n' "$builder" "${fleets[i]}" "${endpoints[i]}"
}

# All that can be refused is refused before the builder that was there is taken away.
check_certificates() {
  local i
  for ((i = 0; i < ${#fleets[@]}; i++)); do
    take_replica "$i"
    options=()
    if [[ -n "${clients[i]}" ]]; then add_certificates "$(certificates_of "$i")"; fi
  done
}

# buildx changes no node's platforms and refuses two nodes with one endpoint on the way, so the
# builder is made anew; the one that docker buildx uses stays the one.
set_up() {
  local i seen
  check_certificates
  if seen="$("${buildx[@]}" inspect "$builder" 2>/dev/null)"; then
    refuse_others "$builder" "$seen"
    if is_used; then use=yes; fi
    forget "$builder"
  fi
  for ((i = 0; i < ${#fleets[@]}; i++)); do add_node "$i"; done
  if [[ "$check" == yes ]]; then connect "$builder"; fi
}

is_used() {
  "${buildx[@]}" inspect 2>/dev/null |
    awk -v builder="$builder" '$1 == "Name:" && !seen++ { is = $2 == builder } END { exit !is }'
}

folders=()
given=()
for ((i = 0; i < ${#fleets[@]}; i++)); do
  folders[i]=''
  given[i]=no
done
for_key=''
found=''
use=no
check=no
remove=no

parse_arguments "$@"
find_buildx
if [[ "$remove" == yes ]]; then
  take_down "$builder"
else
  set_up
  echo 'a result stays in the cache of the daemons unless the build says --push'
fi
