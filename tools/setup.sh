#!/bin/sh
# Install what is missing and make .venv from pinned, hashed constraints. Quick when nothing is to be done.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.made-of
want=$(cat constraints.txt pyproject.toml tools/setup.sh | cksum)

fail() { printf '%s\n' "$1" >&2; exit 2; }

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  || fail "arznoma needs Python 3.11 or newer as python3."
python3 -c 'import venv, ensurepip' 2>/dev/null \
  || fail "Python's venv module is missing. Run: sudo apt-get install python3-venv"

if ! [ -f "$stamp" ] || [ "$(cat "$stamp")" != "$want" ]; then
  echo "Making .venv ..."
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints.txt
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
fi

# Pango draws the PDF; only what is missing is installed, and only where the user may.
libraries_work() {
  .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 \
    && .venv/bin/python -c 'import sys; from ctypes.util import find_library as f; sys.exit(not f("harfbuzz-subset"))'
}
if ! libraries_work; then
  packages="libpangoft2-1.0-0 libharfbuzz-subset0"
  line="sudo apt-get install -y --no-install-recommends $packages"
  if ! command -v apt-get >/dev/null; then
    command -v brew >/dev/null && line="brew install pango" || line="install Pango and HarfBuzz with your package manager"
    fail "The PDF needs Pango. Run: $line"
  fi
  if [ "$(id -u)" = 0 ]; then may=""; elif sudo -n true 2>/dev/null; then may="sudo"; else
    fail "The PDF needs Pango. Run this line, then make again: $line"
  fi
  echo "Installing $packages ..."
  $may apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends $packages >/dev/null
  libraries_work || fail "Pango was installed and still does not load. Run: .venv/bin/arznoma doctor"
fi

.venv/bin/arznoma schema > examples/case.schema.json
printf '%s' "$want" > "$stamp"
