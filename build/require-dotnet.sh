#!/usr/bin/env bash
# One clear line when the SDK is missing, in place of a page of errors.
set -euo pipefail
if ! command -v dotnet >/dev/null; then
    echo "the .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download/dotnet/10.0 (or: apt-get install dotnet-sdk-10.0), then run make again" >&2
    exit 1
fi
