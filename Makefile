# Every target with one line: `make`.
PYTHON ?= python3
BIN := .venv/bin
S ?= content
M ?= change
CODE := shared services gateway deploy tests bench

.DEFAULT_GOAL := help
.PHONY: help setup run walk test check fmt lint types migrate migration seed schema lock bench image manifests

help: ## print every target
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 14

setup: ## build .venv from requirements.lock, if that changed
	@$(PYTHON) deploy/local/install.py

run: setup ## start everything here, load the demonstration group, walk the main job, stay up
	@$(BIN)/zhengbu run

walk: setup ## walk the main job again through the running stack: DOCUMENT=file
	@$(BIN)/zhengbu walk $(if $(DOCUMENT),--document "$(DOCUMENT)")

test: setup ## run every test, on real servers from the wheels or on given ones
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore tests/journeys
	@$(BIN)/python -m pytest tests/journeys  # apart, for a running stack slows what runs beside it

check: setup lint types test ## everything CI runs, in CI's order

fmt: setup ## format the code
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix --quiet $(CODE)

lint: setup ## format, lint and import contracts, without changing anything
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/lint-imports --no-cache

types: setup ## check the types
	@$(BIN)/mypy shared services gateway deploy bench

migrate: setup ## bring the local databases up to date (a running stack does it by itself)
	@for s in content interaction audit; do $(BIN)/zhengbu migrate $$s || exit 1; done

migration: setup ## write a migration for what the tables now say: S=content M="why"
	@$(BIN)/zhengbu migration $(S) "$(M)"

seed: setup ## load the demonstration group into a running stack that has none
	@$(BIN)/zhengbu seed

schema: setup ## write gateway/schema.graphql and docs/openapi/*.json from the code
	@$(BIN)/zhengbu schema

LOCK := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --python-version 3.11
lock: setup ## resolve the lock files anew: this machine's, the image's, the image's build's
	@$(LOCK) --extra local --extra dev pyproject.toml -o requirements.lock
	@$(LOCK) -c requirements.lock pyproject.toml -o requirements.image.lock
	@echo hatchling | $(LOCK) -c requirements.lock - -o requirements.build.lock

bench: setup ## measure speed as ratios inside one run
	@$(BIN)/python -m bench

image: ## build the container image; BASE=image@digest pins what it stands on
	docker build -t zhengbu:0.1.0 --build-arg VERSION=0.1.0 \
		--build-arg REVISION=$$(git rev-parse --short HEAD) $(if $(BASE),--build-arg BASE=$(BASE)) .

manifests: setup ## render and validate the Kubernetes manifests, as `make test` does too
	@$(BIN)/python -m pytest -q tests/deploy
