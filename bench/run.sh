#!/usr/bin/env bash
# Runs every benchmark; each ends non-zero when an answer is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build/release}
for name in rollup submit entry tree direct papers import journal; do
  echo "== $name"
  "$build/bench/${name}_bench"
done
echo "== start"
/usr/bin/python3 bench/start_bench.py "$build/server/app/thongsuot"
echo "== workbook"
/usr/bin/python3 bench/workbook_bench.py "$build/bench/workbook_bench"
echo "== public pages"
/usr/bin/python3 bench/public_bench.py "$build/server/app/thongsuot"
if [[ -d tests/web/node_modules && -f web/build/index.html ]]; then
  echo "== web client"
  node bench/web_bench.mjs "$build/server/app/thongsuot" web/build
else
  echo "== web client: not run, it needs npm --prefix tests/web ci and npm --prefix web run build"
fi
