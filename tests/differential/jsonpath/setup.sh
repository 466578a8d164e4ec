#!/bin/sh
# Fetches Jayway JsonPath 2.9 and 2.4 with json-smart, as the npm package `wiremock` bundles them in its Java archive, into
# tests/differential/.jayway (or $VTL_JAYWAY). Needs npm; ends non-zero when a version cannot be had.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
folder=${VTL_JAYWAY:-$here/.jayway}
mkdir -p "$folder"
fetch() { # FILE VERSION: the archive of one version of the package
  [ -e "$folder/$1" ] && return
  work=$(mktemp -d)
  (cd "$work" && npm pack --silent "wiremock@$2" >/dev/null && tar -xzf wiremock-*.tgz)
  mv "$(find "$work" -name 'wiremock-standalone-*.jar' | head -1)" "$folder/$1"
  rm -rf "$work"
}
fetch jayway-2.9.jar 3.13.2
fetch jayway-2.4.jar 2.25.0
ls "$folder"
