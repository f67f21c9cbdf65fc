#!/bin/sh
# Make .venv and install the locked requirements named by $1 (runtime or dev), hashes checked.
set -eu
cd "$(dirname "$0")/.."
wanted=$1
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
  echo "thidua needs Python 3.11 or newer; '$python' was not found." >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "thidua needs Python 3.11 or newer; '$python' is $("$python" -V 2>&1)." >&2
  echo "Name another one: make PYTHON=/path/to/python3.12 …" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  line="apt-get install -y python3-venv"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Python's venv module is missing; installing it: $line"
    apt-get update -qq && $line -qq >/dev/null
  else
    echo "Python's venv module is missing. Install it, then try again: sudo $line" >&2
    exit 1
  fi
fi

if [ ! -x .venv/bin/python ]; then
  echo "== making .venv with $("$python" -V)"
  "$python" -m venv .venv
fi
echo "== installing requirements/$wanted.lock (hashes checked)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
  -r "requirements/$wanted.lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
  --editable .
touch ".venv/$wanted"
# Everything of runtime is part of dev.
[ "$wanted" = dev ] && touch .venv/runtime || true
