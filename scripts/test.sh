#!/bin/sh
# Every check and every test; called as `./kaoji test`. Further arguments go to pytest.
set -eu
bin=$1
shift
cd "$(dirname -- "$0")/.."
PATH=$bin:$PATH
export PATH

# Browser tests use the distribution's Chromium and fonts; they are part of the suite.
if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing Chromium and Chinese fonts"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
    else
        echo "browser tests need Chromium: sudo apt-get install chromium fonts-noto-cjk" >&2
    fi
fi

if [ $# -gt 0 ]; then
    exec pytest "$@"
fi
step() { printf '\n— %s\n' "$*"; "$@"; }
step ruff check src tests scripts
step ruff format --check src tests scripts
step mypy
step lint-imports
step python scripts/max_lines.py
step python scripts/english.py --check
step python scripts/rule_pages.py --check
step pytest
