# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_call_coach_global_optspecs
    string join \n format= json o/output= q/quiet v/verbose log-format= log-file= no-color no-input config= database-url= h/help V/version
end

function __fish_call_coach_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_call_coach_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_call_coach_using_subcommand
    set -l cmd (__fish_call_coach_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c call-coach -n "__fish_call_coach_needs_command" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_needs_command" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_needs_command" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_needs_command" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_needs_command" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_needs_command" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_needs_command" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_needs_command" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_needs_command" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_needs_command" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_needs_command" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_needs_command" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "analyze" -d 'Score calls and print the reports'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "import" -d 'Bring in transcript files without scoring them'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "sync" -d 'Pull calls and their words from Gong'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "show" -d 'Print a stored call and what was said'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "search" -d 'Find calls: by people, time, score, concerns, words'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "insights" -d 'How a rep or the team develops, and the one thing to work on'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "roster" -d 'Who our people are: names, e-mails, aliases, roles, teams'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "review" -d 'Correct a verdict: your word replaces the analyst\'s'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "forget" -d 'Remove calls with words and results for good'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "demo" -d 'A sample team to explore, in a database of its own'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "rubric" -d 'See and check the questions, weights and guidelines'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "db" -d 'The database: update its schema, look at it, move it'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "config" -d 'The settings'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "init" -d 'Set up in a few questions: data, company, Gong, Claude'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "doctor" -d 'Say what is wrong with the set-up, and what to type'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "serve" -d 'Serve assistants and web pages over HTTP'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "mcp" -d 'Serve one assistant over standard input and output'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "completions" -d 'What a shell needs to complete commands and flags'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "man" -d 'The manual: call-coach man | man -l -'
complete -c call-coach -n "__fish_call_coach_needs_command" -f -a "help" -d 'How to use a command, or a topic: exit-codes, formats, dates'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l at-once -d 'How many calls are asked about at a time' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -s d -l dimension -d 'Only this dimension; may be given several times' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l rep -d 'Who is coached: e-mail, name or a part of it. With --unscored only calls in which they took part' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l colleague -d 'Another person of our side; may be given several times' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l buyer -d 'A person of the buyer\'s side; may be given several times' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l role -d 'Score as this role: ae, se, csm, support or one of yours' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l from -d 'Calls that began then or later: 2026-10-05, 30d, last-month' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l to -d 'Calls that began before the end of it; a day is included' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l period -d 'A range: 30d, last-quarter, 2026-Q3, 2026-10' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l analyst -d 'Who answers: Claude where it is configured, else the built-in analyst' -r -f -a "claude\t''
local\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l model -d 'Which model to ask, to see what it would say' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l facts -d 'A folder of markdown files that say what is true of the product' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l max-cost -d 'Spend at most so many US dollars; what is done by then is kept' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l title -d 'What the call is called' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l started-at -d 'When it began, such as 2026-02-14T15:02 or 2026-02-14' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l call-type -d 'Its kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l product -d 'The product it was about' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l account -d 'The customer\'s company' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l unscored -d 'Every stored call that this analyst has not scored yet, a line each'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l yes -d 'Spend on many calls without being asked'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l no-cache -d 'Ask anew even if answers are stored'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l make-current -d 'Let a result with --role or --model become the one that counts'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l dry-run -d 'Ask nothing: say what would be asked and what it would cost'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l brief -d 'Only the verdict and the one action'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l full -d 'Every check and its evidence'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l no-snippets -d 'Print no words of the call'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand analyze" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l title -d 'What the call is called' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l started-at -d 'When it began, such as 2026-02-14T15:02 or 2026-02-14' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l call-type -d 'Its kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l product -d 'The product it was about' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l account -d 'The customer\'s company' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand import" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l from -d 'Calls that began then or later, such as 2026-02-14 or last-month; by default the last sync less a week' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l to -d 'Calls that began before the end of it; a day is included. By default now' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l since -d 'Calls of the last days, weeks or hours: 7d, 2w, 36h' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l workspace -d 'Only this workspace: its name or id' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l include-private -d 'Also calls that Gong shows to some people only'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l dry-run -d 'Store nothing: say what would be asked for and how many requests that takes'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand sync" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l at -d 'Only around this moment, such as 3:12' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand show" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l rep -d 'A rep who took part: e-mail, name or a part of it' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l participant -d 'A part of the name or e-mail of anybody who took part' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l product -d 'The product' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l call-type -d 'The kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l from -d 'Calls that began then or later: 2026-10-05, 30d, last-month' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l to -d 'Calls that began before the end of it; a day is included' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l period -d 'A range: 30d, last-quarter, 2026-Q3, 2026-10' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l min-score -d 'The lowest score, 0 to 100' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l max-score -d 'The highest score, 0 to 100' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -s d -l dimension -d 'The dimension that the scores are of, instead of the overall one' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l objection -d 'A concern of this type was raised: pricing, budget, timing, authority, need, competitor, technical_fit, implementation, security_legal, trust_risk or other' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l objection-status -d 'How that concern ended; open is unresolved or missed' -r -f -a "open\t''
resolved\t''
parked\t''
unresolved\t''
missed\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l topic -d 'What the call was about, as Gong names it; may be given several times' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l role -d 'Somebody was coached as this role: ae, se, csm, support or one of yours' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l text -d 'What was said in one line: words, "phrases" and -exclusions' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l said-by -d 'Only words of this side' -r -f -a "rep\t''
buyer\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l sort -d 'The order' -r -f -a "date\t''
score\t''
duration\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l limit -d 'At most this many calls' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l offset -d 'Leave out this many before them' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l reverse -d 'The other way round: oldest, lowest or shortest first'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand search" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l from -d 'Calls that began then or later: 2026-10-05, 30d, last-month' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l to -d 'Calls that began before the end of it; a day is included' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l period -d 'A range: 30d, last-quarter, 2026-Q3, 2026-10' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l product -d 'Only calls about this product' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l call-type -d 'Only this kind: cold_call, discovery, demo, technical, negotiation, follow_up, renewal or support' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l focus -d 'Look at this check instead of the one that costs most' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l sort -d 'The order of the team' -r -f -a "name\t''
overall\t''
calls\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l team -d 'Everybody, by name'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l weekly -d 'The team\'s last seven whole days as markdown to paste, beginning with what is worth your hour'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l share -d 'Markdown for the rep: nothing about anybody else'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand insights" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -f -a "list" -d 'Everybody who is known'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -f -a "set" -d 'Say something about a person; an e-mail that nobody has makes a new one'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -f -a "import" -d 'Read a CSV file with columns such as email, name, aliases, role, team, manager, active, no_coaching'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and not __fish_seen_subcommand_from list set import merge" -f -a "merge" -d 'Make two people one: all calls and names of the second become the first\'s'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l name -d 'Their name' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l email -d 'A further e-mail address; may be given several times' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l alias -d 'Another name that means them; may be given several times' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l role -d 'Their role: ae, se, csm, support or one of yours' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l team -d 'Their team' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l manager -d 'Who leads them' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l active -d 'Whether they still work here' -r -f -a "true\t''
false\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l no-coaching -d 'They asked not to be coached: no call of theirs is scored or shown in insights; =false takes it back' -r -f -a "true\t''
false\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand roster; and __fish_seen_subcommand_from merge" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l check -d 'The check, as --full prints it: "why now asked" or why_now_asked; left out, every check is listed' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l verdict -d 'What it should be' -r -f -a "yes\t''
partial\t''
no\t''
not_applicable\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l rep -d 'Whose score, when several of ours were coached' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l line -d 'The line that shows it' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l at -d 'The moment that shows it, such as 3:12, instead of its line' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l note -d 'Why' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand review" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l party -d 'Every call on which the person with this e-mail took part' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l before -d 'Every call that began before then: 2025-01-01, 2y, last-year' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -s y -l yes -d 'Do not ask'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand forget" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l file -d 'Where to put it; by default demo.db in the folder of your data. An earlier sample there is replaced' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand demo" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -f -a "list" -d 'The dimensions and what they are worth for whom'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -f -a "show" -d 'Every question of one dimension, or of all'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -f -a "validate" -d 'Check a folder of rubric files; every mistake is named with its line'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and not __fish_seen_subcommand_from list show validate export" -f -a "export" -d 'Write the embedded files into a folder, to edit them there'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from validate" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand rubric; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -f -a "migrate" -d 'Apply what is pending. An SQLite file does this by itself on first use'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -f -a "status" -d 'What is applied, what is pending, engine and size'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and not __fish_seen_subcommand_from migrate status copy" -f -a "copy" -d 'Copy everything into an empty database, of the same engine or the other'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l into-existing -d 'Put the tables beside those of another program'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from migrate" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from status" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand db; and __fish_seen_subcommand_from copy" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -f -a "show" -d 'Every effective value and where it came from; secrets are masked'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -f -a "path" -d 'Which files are read, and which of them exist'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -f -a "edit" -d 'Open the configuration file in your editor; it is checked before it counts'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and not __fish_seen_subcommand_from show path edit set" -f -a "set" -d 'Change one value in the configuration file; comments and the other values stay'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from path" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand config; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l company-domains -d 'Your company\'s e-mail domains, separated by commas' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l gong-api-key-file -d 'A file with Gong\'s access key; - for a line of standard input' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l gong-api-secret-file -d 'A file with the access key\'s secret; - for a line of standard input' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l gong-api-base-url -d 'Gong\'s address for your company' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l anthropic-api-key-file -d 'A file with Anthropic\'s key; - for a line of standard input' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l no-gong -d 'Leave Gong as it is'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l no-claude -d 'Leave Claude as it is'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l no-test -d 'Try neither keys nor database'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand init" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l live -d 'Ask Gong and Claude too: a few requests, which cost nothing'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l listen -d 'Where to listen. Another address than this machine\'s own needs CALL_COACH_SERVER_TOKEN' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l max-cost-per-day -d 'Spend at most so many US dollars a day (UTC)' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l analyst -d 'Who answers: Claude where it is configured, else the built-in analyst' -r -f -a "claude\t''
local\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l model -d 'Which model to ask, to see what it would say' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l facts -d 'A folder of markdown files that say what is true of the product' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l max-cost -d 'Spend at most so many US dollars; what is done by then is kept' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l dev -d 'Ask no service before the start'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l read-only -d 'Leave out the tools that may cost money'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand serve" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l max-cost-per-day -d 'Spend at most so many US dollars a day (UTC)' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l analyst -d 'Who answers: Claude where it is configured, else the built-in analyst' -r -f -a "claude\t''
local\t''"
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l model -d 'Which model to ask, to see what it would say' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l facts -d 'A folder of markdown files that say what is true of the product' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l max-cost -d 'Spend at most so many US dollars; what is done by then is kept' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l print-config -d 'Print what to put into the assistant\'s configuration'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l dev -d 'Ask no service before the start'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l read-only -d 'Leave out the tools that may cost money'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand mcp" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand completions" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l dir -d 'Write a page for every command into this folder instead' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand man" -s V -l version -d 'Print version'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l format -d 'How to print the result; by default what the ending of --output says, else a table' -r -f -a "table\t'For people, in a terminal'
json\t'One object'
jsonl\t'One object a line, each as soon as it is there'
markdown\t'For documents and chats'
html\t'A page to open or to mail (analyze, insights)'
csv\t'For spreadsheets (search, insights)'"
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -s o -l output -d 'Write the result to a file instead of stdout' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l log-format -d 'How the log is written' -r -f -a "text\t'A line an event, for people'
json\t'An object an event, for programs'"
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l log-file -d 'Write the log to the end of a file instead of stderr' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l config -d 'The configuration file to read' -r -F
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l database-url -d 'Where the data is kept: a PostgreSQL URL or the path of an SQLite file' -r
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l json -d 'The same as --format json'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -s q -l quiet -d 'No notes on stderr'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -s v -l verbose -d 'Show what lies behind an error, and log more; twice for details'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l no-color -d 'No colours'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -l no-input -d 'Never ask anything'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c call-coach -n "__fish_call_coach_using_subcommand help" -s V -l version -d 'Print version'
