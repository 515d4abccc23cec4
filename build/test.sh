#!/usr/bin/env bash
# Runs every test project that was built, two at a time, and ends with one line "N passed, N failed".
# A project that crashes or runs no test counts as one failure.
set -uo pipefail
cd "$(dirname "$0")/.."

export CONFIGURATION=${CONFIGURATION:-Release} TEST=${TEST:-}
# Time to stop the servers of a test process in order.
export VSTEST_TESTHOST_SHUTDOWN_TIMEOUT=30000
rm -rf TestResults
mkdir TestResults

printf '%s\n' tests/*/*.Tests.csproj | build/with-progress.sh "test: still running" xargs -P 2 -n 1 build/test-project.sh

passed=0
failed=0
while read -r name good bad; do
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -gt 0 ]; then
        echo "---- $name"
        cat "TestResults/$name/output.log"
    fi
done < <(cat TestResults/*/count)

if [ $((passed + failed)) -eq 0 ]; then
    echo "no test ran${TEST:+ for TEST=$TEST}"
    failed=1
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
