#!/usr/bin/env bash
# Applies the migrations of every service that has some: `<service> migrate`, one after the other.
set -euo pipefail
cd "$(dirname "$0")/.."
for migrations in services/*/Storage; do
    name=$(basename "$(dirname "$migrations")")
    echo "migrate: $name"
    dotnet "services/$name/bin/${CONFIGURATION:-Release}/net10.0/PromptPlatform.$name.dll" migrate
done
