# Whether the words before the cursor say one of these commands: a command's name, `main` where a file
# stands in its place, `none` where neither is there yet.
function __bkfc_is
    set -l words (commandline -opc)
    set -e words[1]
    set -l said none
    while set -q words[1]
        if string match -q -- '-?*' $words[1]
            if contains -- $words[1] $__bkfc_valued
                set -e words[1]
            end
        else if contains -- $words[1] $__bkfc_commands
            set said $words[1]
            break
        else
            set said main
            break
        end
        set -e words[1]
    end
    contains -- $said $argv
end

# Fish's own completion of endings offers other files, too.
function __bkfc_fleets
    set -l begun (string unescape -- (commandline -ct))
    for path in $begun*.bkfleet $begun*/
        echo $path
    end
end

complete -c bkfc -f
