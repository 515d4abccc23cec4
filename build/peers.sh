#!/usr/bin/env bash
# Installs what tests/Interop/package.json pins (the official gRPC library for Node.js) into tests/Interop/node_modules.
# Does nothing when it is there already. Without it those tests are skipped, and fail on CI, so a failure here ends nothing.
set -uo pipefail
cd "$(dirname "$0")/../tests/Interop"

wanted="$(node --version 2>/dev/null) $(cksum < package-lock.json)"
stamp=node_modules/.promptplatform-stamp
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

if ! command -v npm >/dev/null; then
    echo "interop peers: npm is missing; install Node.js 20 or later (Debian: apt-get install npm; macOS: brew install node)" >&2
    exit 0
fi

# Package scripts stay off: nothing that was downloaded runs while it is installed.
if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
    echo "$wanted" > "$stamp"
else
    echo "interop peers: not installed; the tests against grpc-js cannot run" >&2
fi
