#!/usr/bin/env bash
# Runs the corpus test on the files and folders in CORPUS and ends with its line "N outputs, N violations".
set -euo pipefail
cd "$(dirname "$0")/.."

result=$(mktemp)
trap 'rm -f "$result"' EXIT
export CORPUS CORPUS_RESULT="$result"
status=0
dotnet test "tests/Enhancement.Tests/bin/${CONFIGURATION:-Release}/net10.0/PromptPlatform.Enhancement.Tests.dll" \
    --filter FullyQualifiedName~OutsideCorpusTests --logger "console;verbosity=quiet" >"$result.log" 2>&1 || status=$?
if [ ! -s "$result" ]; then
    cat "$result.log"
    rm -f "$result.log"
    echo "corpus-test: no row was tried"
    exit 1
fi
rm -f "$result.log"
cat "$result"
exit "$status"
