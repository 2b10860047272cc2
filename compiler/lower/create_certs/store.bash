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
