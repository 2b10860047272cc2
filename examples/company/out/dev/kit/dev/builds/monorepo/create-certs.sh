#!/usr/bin/env bash
# Keeps the certificates of dev/builds/monorepo: a CA, a certificate for the
# daemons of each fleet, one for each client, and the Secrets that hold them. Run it again whenever
# that has changed, and before they expire; it says what it did. --help lists what else it can do.
set -euo pipefail

authority=dev/builds/monorepo
daemons=(daemon)
clusters=(dev)
namespaces=(builds)
daemon_secrets=(monorepo-daemon-certs)
client_secret_prefixes=(monorepo-client-)
workloads=(statefulset/monorepo)
daemon_names=(
  'monorepo
   monorepo.builds
   monorepo.builds.svc
   monorepo.builds.svc.cluster.local
   monorepo-headless
   monorepo-headless.builds
   monorepo-headless.builds.svc
   monorepo-headless.builds.svc.cluster.local
   *.monorepo-headless
   *.monorepo-headless.builds
   *.monorepo-headless.builds.svc
   *.monorepo-headless.builds.svc.cluster.local
   localhost
   127.0.0.1
   ::1'
)
daemon_validity_days=(90)
clients=(github gerrit)
client_validity_days=(90 90)
key_type=ecdsa_p256
validity_days=90
ca_validity_days=3650
renew_before_days=30
ca_key_name=ca.pem
certificate_key_name=cert.pem
private_key_name=key.pem

export LC_ALL=C
umask 077

# Standard output belongs to the Secrets where they are asked for.
talk=1
say() { printf '%s\n' "$*" >&"$talk"; }

# Exit status 1: the certificates need a person; 2: the command line; 3: this machine refuses.
fail() {
  local status="$1"
  shift
  printf '%s: error: %s\n' "${0##*/}" "$*" >&2
  exit "$status"
}

# Runs a command whose words matter only if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 && return
  cat "$work/log" >&2
  fail 3 "\`$1 ${2:-}\` failed; what it said stands above"
}

in_list() {
  local wanted="$1" each
  shift
  for each in "$@"; do
    if [[ "$each" == "$wanted" ]]; then return 0; fi
  done
  return 1
}

# ---- names ----

is_client_name() {
  [[ "$1" =~ ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$ && "${#1}" -le 200 && "$1" != *..* ]]
}

is_dns_name() {
  local label='[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?'
  [[ "${#1}" -le 253 && "$1" =~ ^(\*\.)?$label(\.$label)*$ ]]
}

is_ip_address() {
  local part='(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
  [[ "$1" =~ ^$part(\.$part){3}$ || ("$1" == *:*:* && "$1" =~ ^[0-9a-f:.]+$) ]]
}

# Daemons are known by their place in the lists above.

# What a fleet's daemons are called on the command line and in what is said.
daemon_title() { printf '%s' "${daemons[$1]/#daemons\//daemon:}"; }

# Where the names are that --add-name has added to the certificate of a fleet's daemons.
added_names() {
  if [[ "${daemons[$1]}" == daemon ]]; then
    printf '%s' "$store/names"
  else
    printf '%s' "$store/${daemons[$1]}/names"
  fi
}

# The names of a fleet's daemons, one a line: the fleet's, then those that --add-name has added.
names_of() {
  {
    printf '%s\n' "${daemon_names[$1]}" | tr ' ' '\n'
    if [[ -e "$(added_names "$1")" ]]; then cat "$(added_names "$1")"; fi
    if [[ "$1" == "$chosen" ]]; then printf '%s\n' ${new_names[@]+"${new_names[@]}"}; fi
  } | tr '[:upper:]' '[:lower:]' | awk 'NF && !seen[$0]++'
}

# The clients, one a line: those that were compiled, then those that have a folder, then the new ones.
client_names() {
  local folder
  {
    printf '%s\n' ${clients[@]+"${clients[@]}"}
    for folder in "$store"/clients/*/; do
      if [[ -d "$folder" ]]; then basename "$folder"; fi
    done
    printf '%s\n' ${new_clients[@]+"${new_clients[@]}"}
  } | awk 'NF && !seen[$0]++'
}

# How many days the certificate of a client lasts: its own number, or that of all.
client_days() {
  local i
  for ((i = 0; i < ${#clients[@]}; i++)); do
    if [[ "${clients[i]}" == "$1" ]]; then
      printf '%d' "${client_validity_days[i]}"
      return
    fi
  done
  printf '%d' "$validity_days"
}

# ---- what openssl is told ----

# A common name holds 64 characters and goes through a configuration file in which some have a
# meaning.
common_name() { printf '%.64s' "$(printf '%s' "$1" | tr -c 'A-Za-z0-9._/ -' '-')"; }

# Numbered entries of a configuration file for the names on standard input.
name_entries() {
  local name dns=0 ip=0
  while IFS= read -r name; do
    if is_ip_address "$name"; then
      ip=$((ip + 1))
      printf 'IP.%d = %s\n' "$ip" "$name"
    else
      dns=$((dns + 1))
      printf 'DNS.%d = %s\n' "$dns" "$name"
    fi
  done
}

ca_config() {
  cat <<END
[req]
prompt = no
string_mask = utf8only
distinguished_name = subject
x509_extensions = ca
[subject]
CN = $(common_name "buildkit CA $authority")
[ca]
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
END
}

# The configuration for a leaf: of the daemons whose place is given, with their names, or of a
# client (-), without. Section `wanted` is what a request can ask for, so that a request shows how openssl prints what a
# certificate should say.
leaf_config() {
  local daemon="$1" name="$2" role='server' usage='digitalSignature' alternatives=''
  if [[ "$daemon" == - ]]; then role='client'; fi
  if [[ "$key_type" == rsa* ]]; then usage='digitalSignature,keyEncipherment'; fi
  if [[ "$role" == server ]]; then alternatives='subjectAltName = @names'; fi
  cat <<END
[req]
prompt = no
string_mask = utf8only
distinguished_name = subject
[subject]
CN = $(common_name "$name")
[wanted]
basicConstraints = critical,CA:false
keyUsage = critical,$usage
extendedKeyUsage = ${role}Auth
$alternatives
[leaf]
basicConstraints = critical,CA:false
keyUsage = critical,$usage
extendedKeyUsage = ${role}Auth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
$alternatives
[names]
END
  if [[ "$role" == server ]]; then names_of "$daemon" | name_entries; fi
}

# Makes leaf.csr: what the leaf of leaf.conf and this key should say.
request_leaf() {
  openssl req -new -key "$1" -config "$work/leaf.conf" -reqexts wanted -out "$work/leaf.csr" \
    2>"$work/log" || fail 3 "openssl does not take the names: $(tr '\n' ' ' <"$work/log")"
}

make_key() {
  local kind
  case "$key_type" in
    ecdsa_p256) kind=(EC -pkeyopt ec_paramgen_curve:prime256v1) ;;
    rsa_*) kind=(RSA -pkeyopt "rsa_keygen_bits:${key_type#rsa_}") ;;
    *) fail 3 "there is no key type \`$key_type\`" ;;
  esac
  quietly openssl genpkey -algorithm "${kind[@]}" -out "$1"
}

# The first digit keeps the number positive and within the twenty octets of RFC 5280.
serial() { printf '0x1%s' "$(openssl rand -hex 15)"; }

# ---- what a certificate says ----

expiry() { openssl x509 -noout -enddate -in "$1" | sed 's/^notAfter=//'; }

lasts_days() { openssl x509 -noout -checkend "$(($2 * 86400))" -in "$1" >/dev/null 2>&1; }

# The whole days that a certificate has left, at most the number given: asked for by halving, since
# every system's `date` reads dates in its own way.
days_left() {
  local low=0 high="$2" middle
  while ((low < high)); do
    middle=$(((low + high + 1) / 2))
    if lasts_days "$1" "$middle"; then low="$middle"; else high=$((middle - 1)); fi
  done
  printf '%d' "$low"
}

# A leaf that outlives its CA would promise what it cannot keep.
days_to_issue() {
  if lasts_days "$store/ca.pem" "$1"; then printf '%d' "$1"; else days_left "$store/ca.pem" "$1"; fi
}

# What a certificate or request says, from openssl's text form, one thing a line, sorted. A request
# is made with the key that is there; the second word says the type that is wanted in its place.
contents() {
  awk -v key="${2:-}" '
    heading == "Subject Alternative Name" {
      count = split($0, names, ",")
      for (i = 1; i <= count; i++) { gsub(/^ +| +$/, "", names[i]); print names[i] }
    }
    heading != "" && heading != "Subject Alternative Name" {
      gsub(/^ +| +$/, "")
      print heading ": " $0
    }
    { heading = "" }
    match($0, /X509v3 (Subject Alternative Name|Key Usage|Extended Key Usage|Basic Constraints)/) {
      heading = substr($0, RSTART + 7, RLENGTH - 7)
    }
    /^ *Subject:/ { gsub(/^ +| +$/, ""); print }
    /Public-Key: \(/ { bits = $0; gsub(/[^0-9]/, "", bits) }
    /ASN1 OID:/ { curve = $NF }
    END {
      if (key == "" && curve == "prime256v1") key = "ecdsa_p256"
      if (key == "" && curve != "") key = curve
      if (key == "") key = "rsa_" bits
      print "Key: " key
    }' "$1" | sort -u
}

belong_together() {
  local certificate key
  certificate="$(openssl x509 -noout -pubkey -in "$1" 2>/dev/null)" || return 1
  key="$(openssl pkey -pubout -in "$2" 2>/dev/null)" || return 1
  [[ "$certificate" == "$key" ]]
}

# How a certificate differs from what leaf.conf asks for; silent if it does not.
difference() {
  local folder="$1" lacking
  openssl x509 -noout -text -in "$folder/cert.pem" >"$work/text"
  contents "$work/text" >"$work/is"
  request_leaf "$folder/key.pem"
  openssl req -noout -text -in "$work/leaf.csr" >"$work/text"
  contents "$work/text" "$key_type" >"$work/wanted"
  lacking="$(comm -13 "$work/is" "$work/wanted" |
    awk 'NR <= 3 { printf "%s%s", comma, $0; comma = ", " }')"
  if [[ -n "$lacking" ]]; then
    printf 'it lacks %s' "$lacking"
  elif [[ "$(cat "$work/is")" != "$(cat "$work/wanted")" ]]; then
    printf 'it has names that are wanted no more'
  fi
}

is_to_renew() { in_list "$1" ${renew[@]+"${renew[@]}"}; }

# When to issue again: before the last days, or in the last third of what lasts no longer than that.
days_before() { printf '%d' "$(($1 > renew_before ? renew_before : $1 / 3))"; }

# Near the end of its CA a certificate is left alone: a new one would end with the CA as well.
is_near_its_end() {
  local certificate="$1" days="$2" before
  before="$(days_before "$days")"
  ! lasts_days "$certificate" "$before" &&
    (($(days_to_issue "$days") > $(days_left "$certificate" "$before") + 1))
}

# Why the certificate in a folder cannot stay; silent if it can. leaf.conf says what is wanted.
trouble() {
  local folder="$1" what="$2" days="$3" problem
  if [[ ! -e "$folder/cert.pem" && ! -e "$folder/key.pem" ]]; then
    printf 'there was none'
  elif is_to_renew "$what" || is_to_renew "${what%%:*}" || is_to_renew all; then
    printf 'asked for'
  elif ! belong_together "$folder/cert.pem" "$folder/key.pem"; then
    printf 'its files are damaged or do not belong together'
  elif ! lasts_days "$folder/cert.pem" 0; then
    printf 'expired on %s' "$(expiry "$folder/cert.pem")"
  elif ! problem="$(openssl verify -CAfile "$store/ca.pem" "$folder/cert.pem" 2>&1)"; then
    printf 'the CA did not issue it: %s' "$(printf '%s\n' "$problem" | sed -n 's/^.*lookup: *//p')"
  elif is_near_its_end "$folder/cert.pem" "$days"; then
    printf 'expires on %s' "$(expiry "$folder/cert.pem")"
  else
    difference "$folder"
  fi
}

# ---- the store ----

# The lock is a symbolic link: that is made at once together with what it says, who holds it.
lock() {
  local holder waited=0
  me="$$@$(uname -n)"
  until ln -s "$me" "$store/.lock" 2>/dev/null; do
    [[ -w "$store" ]] || fail 3 "cannot write into \`$store\`"
    holder="$(readlink "$store/.lock" 2>/dev/null || true)"
    if [[ "${holder#*@}" == "${me#*@}" ]] && is_dead "${holder%%@*}"; then
      unlock_dead "$holder"
    elif ((waited >= lock_patience)); then
      fail 3 "another run (${holder:-unknown}) is at work in \`$store\`;" \
        "if there is none, remove \`$store/.lock\`"
    else
      sleep 1
      waited=$((waited + 1))
    fi
  done
}

# A process of another user cannot be signalled either, and is alive.
is_dead() { [[ "$(kill -0 "$1" 2>&1)" == *'No such process'* ]]; }

# Takes away the lock of a run that was killed. Only one of two runs wins the rename, and a lock
# that is not the one looked at is put back.
unlock_dead() {
  mv "$store/.lock" "$store/.lock.$$" 2>/dev/null || return 0
  if [[ "$(readlink "$store/.lock.$$")" != "$1" ]]; then
    ln -s "$(readlink "$store/.lock.$$")" "$store/.lock" 2>/dev/null || true
  fi
  rm -f "$store/.lock.$$"
}

# A signal may come before a variable says what was made, so the store is asked.
clean_up() {
  if [[ -n "$work" ]]; then rm -rf "$work"; fi
  if [[ -n "$me" && "$(readlink "$store/.lock" 2>/dev/null)" == "$me" ]]; then
    rm -rf "$store"/.new.*
    rm -f "$store/.lock"
  fi
}

is_issued() {
  local issued
  for issued in daemon/cert.pem daemons clients; do
    if [[ -f "$store/$issued" || -n "$(ls -A "$store/$issued" 2>/dev/null)" ]]; then return 0; fi
  done
  return 1
}

# Whether a folder holds what no run of this script has put there, and no CA to begin from.
is_foreign() {
  [[ ! -e "$store/ca.pem" && ! -e "$store/ca-key.pem" ]] || return 1
  [[ -n "$(find "$store" -mindepth 1 -maxdepth 1 ! -name '.lock*' ! -name '.new.*' \
    ! -name retired ! -name names ! -name daemon ! -name daemons ! -name clients | head -n 1)" ]]
}

is_readable() { [[ -r "$store" && -x "$store" ]]; }

open_store() {
  mkdir -p "$store" 2>/dev/null || fail 3 "cannot make the folder \`$store\`"
  is_readable || fail 3 "cannot read the folder \`$store\`"
  if is_foreign; then
    fail 3 "\`$store\` holds other things; name a new or an empty folder with --ca-dir"
  fi
  lock
  rm -rf "$store"/.new.*
  work="$(mktemp -d "$store/.new.XXXXXX")" || fail 3 "cannot write into \`$store\`"
  close_to_others "$store" 700
}

# Keys and their folders are their owner's alone, whatever was done to them meanwhile.
close_to_others() {
  if [[ -n "$(find "$1" -prune ! -perm "$2")" ]]; then
    chmod "$2" "$1" || fail 3 "cannot close \`$1\` to others"
    say "mode of $1: set to $2"
  fi
}

# ---- the CA ----

needs_ca_key() {
  if [[ ! -e "$store/ca-key.pem" ]]; then
    fail 1 "$1 has to be issued, and the key of the CA is not there: put it back as" \
      "\`$store/ca-key.pem\`; if it is lost, --new-ca begins again, and every client needs its" \
      'new files'
  fi
}

sign_ca() {
  ca_config >"$work/ca.conf"
  quietly openssl req -x509 -new -key "$1" -config "$work/ca.conf" -sha256 \
    -set_serial "$(serial)" -days "$ca_validity_days" -out "$work/ca.pem"
}

make_ca() {
  make_key "$work/ca-key.pem"
  sign_ca "$work/ca-key.pem"
  mv -f "$work/ca-key.pem" "$store/ca-key.pem"
  mv -f "$work/ca.pem" "$store/ca.pem"
  written=$((written + 1))
  say "ca: made, expires $(expiry "$store/ca.pem")"
}

sign_ca_again() {
  needs_ca_key 'the CA'
  sign_ca "$store/ca-key.pem"
  mv -f "$work/ca.pem" "$store/ca.pem"
  written=$((written + 1))
  say "ca: signed again with its own key ($1), expires $(expiry "$store/ca.pem");" \
    'what it has issued stays good'
}

retire_ca() {
  local aside file
  mkdir -p "$store/retired"
  aside="$(mktemp -d "$store/retired/ca.XXXXXX")"
  for file in ca.pem ca-key.pem; do
    if [[ -e "$store/$file" ]]; then mv "$store/$file" "$aside/$file"; fi
  done
  say "ca: the former one is put aside in $aside"
}

keep_ca() {
  if [[ "$new_ca" == yes && (-e "$store/ca.pem" || -e "$store/ca-key.pem") ]]; then retire_ca; fi
  if [[ ! -e "$store/ca.pem" && ! -e "$store/ca-key.pem" ]]; then
    if is_issued && [[ "$new_ca" == no ]]; then
      fail 1 "\`$store\` holds certificates, and neither \`ca.pem\` nor \`ca-key.pem\` of the CA" \
        'that issued them: put them back; if they are lost, --new-ca begins again, and every' \
        'client needs its new files'
    fi
    make_ca
  elif [[ ! -e "$store/ca.pem" ]]; then
    sign_ca_again 'its certificate was missing'
  elif is_to_renew ca; then
    sign_ca_again 'asked for'
  fi
  if [[ -e "$store/ca-key.pem" ]]; then close_to_others "$store/ca-key.pem" 600; fi
}

# What is wrong with the CA: ends the run, or says what is near.
check_ca() {
  local text
  text="$(openssl x509 -noout -text -in "$store/ca.pem" 2>/dev/null)" ||
    fail 1 "\`$store/ca.pem\` is no certificate: put the CA's back, or remove the file to have it" \
      'signed again with its key'
  [[ "$text" == *CA:TRUE* ]] || fail 1 "\`$store/ca.pem\` is not the certificate of a CA"
  if [[ -e "$store/ca-key.pem" ]] && ! belong_together "$store/ca.pem" "$store/ca-key.pem"; then
    fail 1 "\`$store/ca.pem\` and \`$store/ca-key.pem\` do not belong together:" \
      'put the right pair there'
  fi
  if ! lasts_days "$store/ca.pem" 0; then
    fail 1 "the CA expired on $(expiry "$store/ca.pem"), so nobody is let in:" \
      '--renew ca signs it again with its own key'
  fi
  if ! lasts_days "$store/ca.pem" "$(days_before "$ca_validity_days")"; then
    stale=$((stale + 1))
    say "ca: warning: expires on $(expiry "$store/ca.pem");" \
      '--renew ca signs it again with its own key'
  fi
}

# ---- leaves ----

issue() {
  local folder="$1" what="$2" days
  needs_ca_key "$what"
  days="$(days_to_issue "$3")"
  ((days > 0)) || fail 1 'the CA expires within a day: --renew ca first'
  make_key "$work/key.pem"
  request_leaf "$work/key.pem"
  quietly openssl x509 -req -in "$work/leaf.csr" -CA "$store/ca.pem" -CAkey "$store/ca-key.pem" \
    -set_serial "$(serial)" -sha256 -days "$days" -extfile "$work/leaf.conf" -extensions leaf \
    -out "$work/cert.pem"
  quietly openssl verify -CAfile "$store/ca.pem" "$work/cert.pem"
  mkdir -p "$folder" || fail 3 "cannot make the folder \`$folder\`"
  mv -f "$work/key.pem" "$folder/key.pem"
  mv -f "$work/cert.pem" "$folder/cert.pem"
}

has_this_ca() { [[ "$(cat "$1/ca.pem" 2>/dev/null)" == "$(cat "$store/ca.pem")" ]]; }

hand_out_ca() {
  cp "$store/ca.pem" "$work/ca.copy"
  mv -f "$work/ca.copy" "$1/ca.pem"
}

# Issues what has to be issued for one leaf, and says what was done.
keep_leaf() {
  local folder="$1" daemon="$2" what="$3" name="$4" days="$5" reason did='current'
  leaf_config "$daemon" "$name" >"$work/leaf.conf"
  reason="$(trouble "$folder" "$what" "$days")"
  if [[ -n "$reason" ]]; then
    issue "$folder" "$what" "$days"
    did="issued ($reason)"
  fi
  if ! has_this_ca "$folder"; then
    hand_out_ca "$folder"
    if [[ -z "$reason" ]]; then did='given the CA as it is now, otherwise current'; fi
  fi
  if [[ "$did" != current ]]; then written=$((written + 1)); fi
  say "$what: $did, expires $(expiry "$folder/cert.pem")"
  close_to_others "$folder/key.pem" 600
}

# Says what keep_leaf would do.
check_leaf() {
  local folder="$1" daemon="$2" what="$3" name="$4" days="$5" reason
  leaf_config "$daemon" "$name" >"$work/leaf.conf"
  reason="$(trouble "$folder" "$what" "$days")"
  if [[ -z "$reason" ]] && ! has_this_ca "$folder"; then
    reason='it has another CA beside it'
  fi
  if [[ -z "$reason" ]]; then
    say "$what: current, expires $(expiry "$folder/cert.pem")"
  else
    stale=$((stale + 1))
    say "$what: to be issued ($reason)"
  fi
}

# Calls keep_leaf or check_leaf for the daemons of each fleet and for each client. The common name
# of a fleet's daemons is the fleet.
for_each_leaf() {
  local name i fleet
  for ((i = 0; i < ${#daemons[@]}; i++)); do
    fleet="${daemons[i]#daemons/}"
    if [[ "$fleet" == daemon ]]; then fleet="$authority"; fi
    "$1" "$store/${daemons[i]}" "$i" "$(daemon_title "$i")" "$fleet" "${daemon_validity_days[i]}"
  done
  while IFS= read -r name; do
    "$1" "$store/clients/$name" - "client:$name" "$name" "$(client_days "$name")"
  done < <(client_names)
}

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
