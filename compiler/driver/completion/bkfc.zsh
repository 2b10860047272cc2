_bkfc_fleets() { _files -g '*.bkfleet' }

_bkfc_first() {
  if [[ $bkfc_command == none ]]; then _describe -t commands command _bkfc_commands; fi
  _bkfc_fleets
}

# The command that the words before the cursor say: a command's name, `main` where a file stands in
# its place, `none` where neither is there yet.
_bkfc_command() {
  local -i i
  for ((i = 2; i < CURRENT; i++)); do
    if [[ $words[i] == -?* ]]; then
      if ((${_bkfc_valued[(Ie)$words[i]]})); then ((i += 1)); fi
    elif ((${_bkfc_commands[(I)${(b)words[i]}:*]})); then
      bkfc_command=$words[i]
      return
    else
      bkfc_command=main
      return
    fi
  done
  bkfc_command=none
}

_bkfc() {
  local bkfc_command
  _bkfc_command
  _bkfc_arguments
}

# Sourced, or found in a folder of `fpath` and loaded when it is first wanted.
if [[ $funcstack[1] == _bkfc ]]; then _bkfc "$@"; else compdef _bkfc bkfc; fi
