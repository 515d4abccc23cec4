#!/usr/bin/env bash
# Builds the servers that the transport benchmarks compare with, into tests/Benchmarks/peers: C++ gRPC from Debian's libgrpc++-dev,
# optimised, and grpc-js from npm. Does nothing for one that is up to date.
set -euo pipefail
cd "$(dirname "$0")/../tests/Benchmarks/peers"

need() {
    command -v "$1" >/dev/null || { echo "bench: $1 is missing; on Debian: apt-get install $2" >&2; exit 1; }
}
need h2load nghttp2-client
need nginx nginx-light
need g++ g++
need protoc protobuf-compiler
need grpc_cpp_plugin protobuf-compiler-grpc
need pkg-config pkg-config
need npm npm

bin=cpp/bin
if [ ! "$bin/echo_server" -nt cpp/echo_server.cc ] || [ ! "$bin/echo_server" -nt echo.proto ]; then
    echo "bench: building the C++ peer"
    mkdir -p "$bin"
    protoc --cpp_out="$bin" --grpc_out="$bin" --plugin=protoc-gen-grpc="$(command -v grpc_cpp_plugin)" echo.proto
    g++ -std=c++17 -O2 -DNDEBUG -I"$bin" cpp/echo_server.cc "$bin/echo.pb.cc" "$bin/echo.grpc.pb.cc" \
        -o "$bin/echo_server" $(pkg-config --libs grpc++ protobuf)
fi

stamp=node/node_modules/.promptplatform-stamp
wanted="$(cksum < node/package-lock.json)"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    echo "bench: installing the grpc-js peer"
    (cd node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    echo "$wanted" > "$stamp"
fi
