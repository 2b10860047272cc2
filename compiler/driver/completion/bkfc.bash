# The command that the words before the cursor say: a command's name, `main` where a file stands in
# its place, `none` where neither is there yet.
_bkfc_command() {
  local i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case "$word" in
      -?*)
        # Bash cuts `--format=json` into three words.
        if [[ ${COMP_WORDS[i + 1]} == '=' ]]; then
          ((i += 2))
        elif _bkfc_values "$word" > /dev/null; then
          ((i += 1))
        fi
        ;;
      *)
        if [[ " $_bkfc_commands " == *" $word "* ]]; then echo "$word"; else echo main; fi
        return
        ;;
    esac
  done
  echo none
}

# Adds what the words may be to COMPREPLY: `@fleets`, `@files`, `@folders`, or the words themselves.
_bkfc_offer() {
  local kind=$1 current=$2 line
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(
    case "$kind" in
      @fleets)
        compgen -d -- "$current"
        compgen -f -X '!*.bkfleet' -- "$current"
        ;;
      @files) compgen -f -- "$current" ;;
      @folders) compgen -d -- "$current" ;;
      *) compgen -W "$kind" -- "$current" ;;
    esac
  )
  # A folder gets its slash, a name its quotes.
  if [[ $kind == @* ]]; then compopt -o filenames 2> /dev/null; fi
  return 0
}

_bkfc() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command values
  COMPREPLY=()
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $before == '=' ]] && ((COMP_CWORD > 1)); then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  command=$(_bkfc_command)
  if values=$(_bkfc_values "$before"); then
    _bkfc_offer "$values" "$current"
  elif [[ $current == -* ]]; then
    _bkfc_offer "$(_bkfc_options "$command")" "$current"
  else
    if [[ $command == none ]]; then _bkfc_offer "$_bkfc_commands" "$current"; fi
    _bkfc_offer "$(_bkfc_words "$command")" "$current"
  fi
}

complete -F _bkfc bkfc
