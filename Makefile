# PromptPlatform: `make run` starts everything on this machine, `make test` proves it. `make help` lists the rest.
SHELL := bash
.DEFAULT_GOAL := help

# One configuration for everything, so that run and test share what is built.
CONFIGURATION ?= Release
STANDALONE := aspire/PromptPlatform.Standalone
DOTNET_BUILD := dotnet build -c $(CONFIGURATION) --nologo -v minimal --tl:off -clp:NoSummary

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.PHONY: help run build test corpus-test bench bench-engine bench-inference bench-transport migrate wire-lock native clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: native ## build what is missing and start everything on http://localhost:8080 (PORT, PROMPTPLATFORM_DATA)
	@build/require-dotnet.sh
	@build/with-progress.sh "run: still building" $(DOTNET_BUILD) $(STANDALONE)
	@exec dotnet $(STANDALONE)/bin/$(CONFIGURATION)/net10.0/PromptPlatform.Standalone.dll

build: native ## build the whole solution
	@build/require-dotnet.sh
	@build/with-progress.sh "build: still building" $(DOTNET_BUILD) PromptPlatform.sln

test: build ## run every test against real servers; TEST=<filter> for some, such as TEST=FullyQualifiedName~Catalog
	@build/test-needs.sh
	@build/peers.sh
	@CONFIGURATION=$(CONFIGURATION) build/test.sh

corpus-test: ## try every promise of the enhancement engine on prompts of your own: CORPUS="<files or folders of JSON lines with a field text>"
	@build/require-dotnet.sh
	@test -n "$(CORPUS)" || { echo 'corpus-test: name the prompts, as in make corpus-test CORPUS=prompts.jsonl'; exit 2; }
	@build/with-progress.sh "corpus-test: still building" $(DOTNET_BUILD) tests/Enhancement.Tests
	@CORPUS="$(foreach path,$(CORPUS),$(abspath $(path)))" CONFIGURATION=$(CONFIGURATION) build/corpus-test.sh

bench: native ## measure POST /v1/enhance through the gateway at 1, 16 and 64 clients, and events: ingestion, funnels, lag of counts
	@build/require-dotnet.sh
	@build/with-progress.sh "bench: still building" $(DOTNET_BUILD) tests/Load
	@dotnet tests/Load/bin/$(CONFIGURATION)/net10.0/PromptPlatform.Load.dll

bench-engine: ## measure the enhancement engine step by step for 20, 200 and 2,000 words
	@build/require-dotnet.sh
	@build/with-progress.sh "bench: still building" $(DOTNET_BUILD) tests/Benchmarks
	@dotnet tests/Benchmarks/bin/$(CONFIGURATION)/net10.0/PromptPlatform.Benchmarks.dll engine

bench-inference: native ## measure the shipped model beside onnxruntime-node, its raw int8 limit, a padded queue and single runs
	@build/require-dotnet.sh
	@build/with-progress.sh "bench: still building" $(DOTNET_BUILD) tests/Benchmarks
	@dotnet tests/Benchmarks/bin/$(CONFIGURATION)/net10.0/PromptPlatform.Benchmarks.dll onnx inference

bench-transport: ## measure gRPC, gateway and transcoding beside their peers, in ten minutes (Debian: build/bench-peers.sh names the packages)
	@build/require-dotnet.sh
	@build/bench-peers.sh
	@build/with-progress.sh "bench: still building" $(DOTNET_BUILD) tests/Benchmarks
	@dotnet tests/Benchmarks/bin/$(CONFIGURATION)/net10.0/PromptPlatform.Benchmarks.dll transport

migrate: build ## bring the databases to the newest schema, by env "ConnectionStrings__<service>-owner"
	@CONFIGURATION=$(CONFIGURATION) build/migrate.sh

wire-lock: ## write protos/wire.lock anew after the contracts grew
	@build/require-dotnet.sh
	@$(DOTNET_BUILD) tests/Platform.Tests
	@PROMPTPLATFORM_WRITE_WIRE_LOCK=1 dotnet test tests/Platform.Tests/bin/$(CONFIGURATION)/net10.0/PromptPlatform.Platform.Tests.dll --filter FullyQualifiedName~WireLock
	@git diff --stat -- protos/wire.lock

native: ## install the native parts that are missing (ONNX Runtime, PostgreSQL)
	@build/native/install.sh

clean: ## remove everything that was built or installed here; the data in .data stays
	@find . -name node_modules -prune -o -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	@rm -rf build/native/node_modules tests/Interop/node_modules TestResults
