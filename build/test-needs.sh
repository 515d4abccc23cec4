#!/usr/bin/env bash
# Programs that only tests use and no package feed has. On Debian as root the missing ones are installed; elsewhere one line says
# what to install. Tests that lack theirs are skipped on a laptop and fail on CI, so nothing that goes wrong here ends the run.
set -uo pipefail

# Debian package | how to see that it is there
needs=(
    "python3-grpcio|/usr/bin/python3 -c 'import grpc'"
    "python3-protobuf|/usr/bin/python3 -c 'import google.protobuf.json_format'"
    "redis-server|command -v redis-server && command -v redis-cli"
    "rabbitmq-server|command -v rabbitmqctl"
)

missing=()
for need in "${needs[@]}"; do
    bash -c "${need#*|}" >/dev/null 2>&1 || missing+=("${need%%|*}")
done

if [ "${#missing[@]}" -eq 0 ]; then
    exit 0
fi

if [ "$(id -u)" -ne 0 ] || [ ! -e /etc/debian_version ]; then
    echo "tests: some will be skipped; for all of them: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 0
fi

echo "tests: installing ${missing[*]}"
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; }
if ! output=$(install 2>&1 || { apt-get update -q && install; } 2>&1); then
    echo "$output" | tail -n 20 >&2
    echo "tests: could not install ${missing[*]}" >&2
fi
