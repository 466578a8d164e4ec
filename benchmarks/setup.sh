#!/bin/sh
# Installs the peers below benchmarks/.peers: airspeed-ext and Jinja2 (from PyPI), velocityjs (from npm), and the Java program
# that runs Debian's Velocity 1.7. Needs Python with venv, npm, a JDK and the Debian package `velocity`; a peer that cannot be
# installed is left out of the table.
#   PYTHON=python3 sh benchmarks/setup.sh
set -u
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
peers=$here/.peers
jars=${VTL_JARS:-/usr/share/java}
mkdir -p "$peers"

echo "Python peers"
"${PYTHON:-python3}" -m venv "$peers/python" && "$peers/python/bin/python" -m pip install -q airspeed-ext==0.6.9 jinja2==3.1.6

echo "Node peer"
mkdir -p "$peers/node"
[ -f "$peers/node/package.json" ] || echo '{"private": true}' >"$peers/node/package.json"
(cd "$peers/node" && npm install --silent velocityjs@2.1.7)

echo "Java peer"
mkdir -p "$peers/java"
javac -encoding UTF-8 -cp "$jars/velocity.jar:$jars/commons-lang.jar" -d "$peers/java" "$here/workers/VelocityBench.java"
ls "$peers"
