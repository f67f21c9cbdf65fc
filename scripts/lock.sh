#!/bin/sh
# Renew requirements/*.lock. uv writes no index address and one file for every platform.
set -eu
cd "$(dirname "$0")/.."
for name in runtime dev; do
  UV_PYTHON_DOWNLOADS=never uv pip compile --universal --generate-hashes --python-version 3.11 \
    --no-header --quiet "requirements/$name.in" -o "requirements/$name.lock"
done
