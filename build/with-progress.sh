#!/usr/bin/env bash
# Runs a command and says every 15 seconds that it is still running: with-progress.sh "message" command...
set -euo pipefail
message=$1
shift
start=$SECONDS
# Sleep gives its output away, or a reader of ours would wait for it after we are done.
(while sleep 15 </dev/null >/dev/null 2>&1; do echo "$message ($((SECONDS - start)) s)"; done) &
ticker=$!
trap 'kill "$ticker" 2>/dev/null || true' EXIT
"$@"
