#!/usr/bin/env bash
# Runs one test project and leaves "name passed failed" in TestResults/<name>/count: test-project.sh <project file>
set -uo pipefail
project=$1
name=$(basename "$project" .csproj)
results=TestResults/$name
mkdir -p "$results"

dotnet test "$(dirname "$project")/bin/$CONFIGURATION/net10.0/$name.dll" ${TEST:+--filter "$TEST"} \
    --logger "trx;LogFileName=results.trx" --results-directory "$results" > "$results/output.log" 2>&1
code=$?

# <Counters total="7" executed="7" passed="7" failed="0" ... />
counters=$(grep -o '<Counters [^>]*' "$results/results.trx" 2>/dev/null || true)
count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
total=$(count total) passed=$(count passed) executed=$(count executed)
failed=$(( ${executed:-0} - ${passed:-0} ))

if [ "$failed" -eq 0 ]; then
    if [ "$code" -ne 0 ]; then
        failed=1
        echo "$name: the test process ended with code $code" >> "$results/output.log"
    elif [ "${total:-0}" -eq 0 ] && [ -z "$TEST" ]; then
        failed=1
        echo "$name: no test ran" >> "$results/output.log"
    fi
fi

skipped=$(( ${total:-0} - ${executed:-0} ))
echo "$name ${passed:-0} $failed" > "$results/count"
echo "  $name: ${passed:-0} ok, $failed not ok, $skipped skipped"
