#!/bin/sh
# Install what is missing and make .venv from pinned, hashed constraints. Quick when nothing is to be done.
# PYTHON names another interpreter than python3. Exit code 2: the one line that was printed says what to do first.
set -eu
cd "$(dirname "$0")/.."

fail() { printf '%s\n' "$1" >&2; exit 2; }

case $PWD in *" "*) fail "The path of this folder has a space in it, which make cannot bear: move the folder." ;; esac

# A stamp holds what a part of .venv was made of; the path is in it because .venv cannot be moved or copied.
made() { [ "$(cat ".venv/.$1" 2>/dev/null)" = "$2" ]; }
packages="$(pwd -P) $(cksum < constraints.txt)"
project=$(cat pyproject.toml tools/setup.sh | cksum)
pip="-m pip --disable-pip-version-check -q install"

if ! made packages "$packages" || ! .venv/bin/python -c "" 2>/dev/null; then
  python=${PYTHON:-python3}
  "$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null \
    || fail "arznoma needs Python 3.11 or newer, and $python is older or missing; make PYTHON=... names another one."
  "$python" -c "import venv, ensurepip" 2>/dev/null \
    || fail "Python's venv module is missing. On Debian and Ubuntu, run: sudo apt-get install python3-venv"
  echo "Making .venv: a minute or so, the packages are downloaded ..."
  rm -rf .venv
  "$python" -m venv .venv
  # shellcheck disable=SC2086  # words on purpose
  .venv/bin/python $pip --require-hashes -r constraints.txt || fail "The packages could not be installed: see above."
  printf '%s' "$packages" > .venv/.packages
fi

# Pango draws the PDF; HarfBuzz's subset library makes it smaller. Whether they load is asked, not how they came here.
pango_loads() { .venv/bin/python -c "import weasyprint" >/dev/null 2>&1; }
subset_loads() {
  .venv/bin/python -W ignore -c "import sys; from weasyprint.text import ffi; sys.exit(not ffi.harfbuzz_subset)" 2>/dev/null
}

install_libraries() {  # for PDF: through apt where the user may, else say what to run
  debian="libpangoft2-1.0-0 libharfbuzz-subset0"
  line="sudo apt-get install -y --no-install-recommends $debian"
  may=no
  if ! command -v apt-get >/dev/null; then
    line="install Pango and HarfBuzz with the package manager of your system"
    ! command -v brew >/dev/null || line="brew install pango"
  elif [ "$(id -u)" = 0 ]; then
    may=""
  elif sudo -n true 2>/dev/null; then
    may="sudo"
  fi
  if [ "$may" != no ]; then
    echo "Installing $debian ..."
    $may apt-get update -qq || true  # one dead source need not matter
    # shellcheck disable=SC2086  # words on purpose
    $may env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $debian >/dev/null \
      || fail "The libraries for PDF could not be installed. Run: $line"
    pango_loads || fail "Pango was installed and still does not load. Run: .venv/bin/python -c 'import weasyprint'"
  elif pango_loads; then
    echo "PDF files will be larger than need be, for HarfBuzz's subset library is missing. Some time, run: $line"
  else
    fail "The PDF needs Pango. Run this, then make again: $line"
  fi
}

if ! made project "$project"; then
  # shellcheck disable=SC2086  # words on purpose
  .venv/bin/python $pip --no-deps --no-build-isolation -e . || fail "arznoma could not be installed: see above."
  { pango_loads && subset_loads; } || install_libraries
  printf '%s' "$project" > .venv/.project
fi

# For editors: the schema that the examples name. It follows the code, and a fault in the code must not stop make.
schema=examples/case.schema.json
if ! [ -f "$schema" ] || [ -n "$(find generator/case \( -name '*.py' -o -name '*.yaml' \) -newer "$schema")" ]; then
  if .venv/bin/arznoma schema > .venv/schema 2>/dev/null; then mv .venv/schema "$schema"; else
    echo "$schema was not written: arznoma schema fails." >&2
  fi
fi
