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
