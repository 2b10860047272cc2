# ---- the command line's other wishes ----

forget_client() {
  local name="$1" folder="$store/clients/$1"
  if in_list "$name" ${clients[@]+"${clients[@]}"}; then
    fail 2 "client \`$name\` is named by the fleet or its authority and would be made again: take it" \
      'out there, compile, then forget it'
  fi
  [[ -d "$folder" ]] || fail 2 "there is no client \`$name\` in \`$store\`"
  say "client:$name: forgotten; buildkitd knows no revocation, so its certificate is good until" \
    "$(expiry "$folder/cert.pem" 2>/dev/null || printf 'it expires'), or until --new-ca"
  rm -rf "$folder"
  written=$((written + 1))
}

# Remembers new names, once openssl has taken them: one that it refuses must not spoil later runs.
add_names() {
  local kept
  make_key "$work/trial.pem"
  leaf_config "$chosen" trial >"$work/leaf.conf"
  request_leaf "$work/trial.pem"
  kept="$(added_names "$chosen")"
  mkdir -p "${kept%/*}" || fail 3 "cannot make the folder \`${kept%/*}\`"
  {
    if [[ -e "$kept" ]]; then cat "$kept"; fi
    printf '%s\n' "${new_names[@]}"
  } | awk 'NF && !seen[$0]++' >"$work/names"
  if [[ ! -e "$kept" || "$(cat "$work/names")" != "$(cat "$kept")" ]]; then
    mv -f "$work/names" "$kept"
  fi
}

# The place of a fleet's daemons, by the fleet's name as far as it has to be said; fails if it is
# none's, or several fleets'.
find_daemons() {
  local i found=''
  for ((i = 0; i < ${#daemons[@]}; i++)); do
    if [[ "/${daemons[i]#daemons/}" == */"$1" ]]; then
      [[ -z "$found" ]] || fail 2 "several fleets are called \`$1\`: say \`cluster/namespace/name\`"
      found="$i"
    fi
  done
  [[ -n "$found" ]] || fail 2 "there is no fleet \`$1\`: there are ${daemons[*]#daemons/}"
  printf '%s' "$found"
}

# A client to renew that there is none of is a slip of the pen, and so is a fleet.
check_renewals() {
  local i place
  for ((i = 0; i < ${#renew[@]}; i++)); do
    if [[ "${renew[i]}" == client:* ]] &&
      ! client_names | grep -xF -e "${renew[i]#client:}" >/dev/null; then
      fail 2 "there is no client \`${renew[i]#client:}\` to renew"
    elif [[ "${renew[i]}" == daemon:* ]]; then
      place="$(find_daemons "${renew[i]#daemon:}")" || exit
      renew[i]="$(daemon_title "$place")"
    fi
  done
}

# ---- the Secrets ----

# One Secret. What is in the files goes from openssl to standard output, into no word of a command.
secret() {
  local namespace="$1" name="$2" folder="$3" type='Opaque' pair
  if [[ "$certificate_key_name" == tls.crt && "$private_key_name" == tls.key ]]; then
    type='kubernetes.io/tls'
  fi
  cat <<END
---
apiVersion: v1
kind: Secret
metadata:
  name: "$name"
  namespace: "$namespace"
  labels:
    app.kubernetes.io/managed-by: bkfc
type: $type
data:
END
  for pair in "$ca_key_name/ca.pem" "$certificate_key_name/cert.pem" "$private_key_name/key.pem"; do
    printf '  "%s": ' "${pair%/*}"
    openssl base64 -A -in "$folder/${pair##*/}" || fail 3 "cannot read \`$folder/${pair##*/}\`"
    printf '\n'
  done
}

# A client's Secret is written once where several fleets of one namespace call it the same.
secrets() {
  local i name group seen=' '
  for ((i = 0; i < ${#daemons[@]}; i++)); do
    if [[ -n "$cluster" && "${clusters[i]}" != "$cluster" ]]; then continue; fi
    secret "${namespaces[i]}" "${daemon_secrets[i]}" "$store/${daemons[i]}"
    group="${namespaces[i]}/${client_secret_prefixes[i]}"
    if [[ "$seen" == *" $group "* ]]; then continue; fi
    seen="$seen$group "
    while IFS= read -r name; do
      secret "${namespaces[i]}" "${client_secret_prefixes[i]}$name" "$store/clients/$name"
    done < <(client_names)
  done
}

# Server-side, since a client-side apply would copy the keys into an annotation. The file is
# complete before kubectl reads it.
apply() {
  local i
  secrets >"$work/secrets.yaml"
  kubectl ${context:+--context "$context"} apply --server-side --force-conflicts \
    --field-manager=bkfc -f "$work/secrets.yaml" >&"$talk" ||
    fail 3 'kubectl did not take the Secrets; what it said stands above'
  say 'a buildkitd that runs does not read its certificates again; where they changed:'
  for ((i = 0; i < ${#daemons[@]}; i++)); do
    if [[ -n "$cluster" && "${clusters[i]}" != "$cluster" ]]; then continue; fi
    say "  kubectl -n ${namespaces[i]} rollout restart ${workloads[i]}"
  done
}

# ---- the run ----

usage() {
  cat <<END
usage: ${0##*/} [OPTION]...

Makes what is missing, issues again what expires within $renew_before days or no longer
fits, and leaves the rest alone. Needs openssl; --apply needs kubectl as well.

  --ca-dir DIR          where the CA and all that it issued are kept
                        ($store)
  --add-client NAME     issue a certificate for one more client, now and from now on
  --forget-client NAME  delete what was issued for a client that the fleet does not name
  --add-name NAME       one more DNS name or IP address for the daemons, from now on
  --for FLEET           for the daemons of which fleet --add-name is, where there are several
  --renew WHAT          issue again: daemon, daemon:FLEET, all, ca, or a client's name
                        (client:NAME where that is one of these); ca keeps its key, so that
                        what it has issued stays good
  --force               the same as --renew all
  --new-ca              begin again with a new CA; the old one is put aside, and no client of
                        it is let in any more
  --renew-before DAYS   issue again what expires within DAYS days ($renew_before); what lasts no
                        longer than that, in its last third
  --check               change nothing; exit 1 if a run would, or if the CA is about to expire
  --manifests           print the Secrets, keys included, for sops or kubeseal
  --apply               write the Secrets to the cluster with kubectl
  --cluster NAME        --manifests and --apply for the fleets of this cluster only
  --context NAME        the kubectl context for --apply
  --help                this text
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
      --check | --manifests | --apply) modes+=("${1#--}") ;;
      --force) renew+=(all) ;;
      --new-ca) new_ca=yes ;;
      --ca-dir | --add-client | --forget-client | --add-name | --for | --renew | --renew-before | \
        --cluster | --context)
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
    --ca-dir) store="$2" ;;
    --context) context="$2" ;;
    --cluster) cluster="$2" ;;
    --for) chosen_fleet="$2" ;;
    --renew) take_renewal "$2" ;;
    --renew-before)
      [[ "$2" =~ ^[0-9]{1,5}$ ]] || fail 2 "--renew-before takes a number of days, not \`$2\`"
      renew_before=$((10#$2))
      ;;
    --add-name) take_name "$(printf '%s' "$2" | tr '[:upper:]' '[:lower:]')" ;;
    --add-client | --forget-client)
      is_client_name "$2" ||
        fail 2 "\`$2\` is no name for a client: small letters, digits, \`-\` and \`.\` only"
      if [[ "$1" == --add-client ]]; then new_clients+=("$2"); else forgotten+=("$2"); fi
      ;;
  esac
}

take_renewal() {
  case "$1" in
    ca | daemon | daemon:* | all | client:*) renew+=("$1") ;;
    *) renew+=("client:$1") ;;
  esac
}

take_name() {
  is_ip_address "$1" || is_dns_name "$1" || fail 2 "\`$1\` is no DNS name and no IP address"
  new_names+=("$1")
}

is_mode() { in_list "$1" ${modes[@]+"${modes[@]}"}; }

known_clusters() {
  printf '%s\n' "${clusters[@]}" | sort -u | awk '{ printf "%s%s", comma, $0; comma = ", " }'
}

# Which fleet, and which cluster: there is no asking where there is one.
check_choices() {
  if [[ -n "$chosen_fleet" ]]; then
    chosen="$(find_daemons "$chosen_fleet")" || exit
  elif ((${#new_names[@]} > 0 && ${#daemons[@]} > 1)); then
    fail 2 "--add-name is for the daemons of one fleet: say --for, one of ${daemons[*]#daemons/}"
  fi
  if [[ -n "$cluster" ]]; then
    in_list "$cluster" "${clusters[@]}" ||
      fail 2 "none of the fleets is in a cluster \`$cluster\`: they are in $(known_clusters)"
  elif { is_mode manifests || is_mode apply; } &&
    [[ "$(known_clusters)" == *', '* ]]; then
    fail 2 "the fleets are in several clusters: say --cluster, one of $(known_clusters)"
  fi
}

check_arguments() {
  if is_mode check && { ((${#modes[@]} > 1)) || [[ "$new_ca" == yes ]] ||
    ((${#renew[@]} + ${#new_names[@]} + ${#new_clients[@]} + ${#forgotten[@]} > 0)); }; then
    fail 2 '--check changes nothing, so it goes with --ca-dir and --renew-before only'
  fi
  check_choices
  if is_mode manifests; then talk=2; fi
  command -v openssl >/dev/null || fail 3 "openssl is missing: install the package \`openssl\`"
  if is_mode apply && ! command -v kubectl >/dev/null; then
    fail 3 '--apply needs kubectl, which is missing; --manifests prints the Secrets without it'
  fi
}

run_check() {
  work="$(mktemp -d)"
  if [[ -e "$store" ]] && ! is_readable; then fail 3 "cannot read the folder \`$store\`"; fi
  if [[ ! -e "$store/ca.pem" ]]; then
    fail 1 "there is no CA in \`$store\`: a run without --check makes one, or says what is missing"
  fi
  check_ca
  for_each_leaf check_leaf
  ((stale == 0)) || fail 1 "$stale of them cannot stay as they are"
  say 'all is current'
}

run() {
  local name
  open_store
  check_renewals
  keep_ca
  check_ca
  for name in ${forgotten[@]+"${forgotten[@]}"}; do forget_client "$name"; done
  if ((${#new_names[@]} > 0)); then add_names; fi
  for_each_leaf keep_leaf
  if ((written == 0)); then say 'all is current: nothing was changed'; else
    say "files are in $store"
  fi
  if is_mode manifests; then secrets; fi
  if is_mode apply; then apply; fi
  if ((written > 0 && ${#modes[@]} == 0)); then
    say 'the cluster has not seen them yet: --apply, or --manifests for sops and kubeseal'
  fi
}

data="${XDG_DATA_HOME:-${HOME:?is not set: name a folder with XDG_DATA_HOME}/.local/share}"
store="$data/bkfc/$authority"
renew_before="$renew_before_days"
context=''
cluster=''
chosen=0
chosen_fleet=''
new_ca=no
modes=()
renew=()
new_names=()
new_clients=()
forgotten=()

lock_patience=60
me=''
work=''
written=0
stale=0
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

parse_arguments "$@"
check_arguments
if is_mode check; then run_check; else run; fi
