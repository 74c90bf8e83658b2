#!/bin/sh
# Every check and every test; called as `./kaoji test`. Further arguments go to pytest.
set -eu
bin=$1
shift
cd "$(dirname -- "$0")/.."
PATH=$bin:$PATH
export PATH

# Browser tests use the distribution's Chromium and Chinese fonts; what drives the browser
# needs libatomic. Old Office formats are read through LibreOffice, scans through OpenCV, which
# needs libGL. They are part of the suite.
missing=
for package in chromium fonts-noto-cjk libatomic1 libgl1; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
# What touches the records is tried on PostgreSQL as well.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# The configuration for nginx is tried with nginx.
command -v nginx >/dev/null 2>&1 || missing="$missing nginx-light"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing$missing"
        apt-get update -qq
        # shellcheck disable=SC2086 # a list of packages
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "some tests need: sudo apt-get install$missing" >&2
    fi
fi

if [ $# -gt 0 ]; then
    exec pytest "$@"
fi
step() { printf '\n— %s\n' "$*"; "$@"; }
step ruff check src tests scripts accuracy
step ruff format --check src tests scripts accuracy
step mypy
step lint-imports
step python scripts/max_lines.py
step python scripts/english.py --check
step python scripts/rule_pages.py --check
step python scripts/openapi.py --check
step python scripts/schemas.py --check
step python -m accuracy --check
step python -m accuracy.reading --check
step pytest
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    step scripts/with_postgres.sh pytest tests/platform/events tests/platform/sqlite tests/subjects/verification tests/subjects/library tests/cli/test_backup.py tests/cli/test_move.py tests/platform/test_one_at_a_time.py tests/platform/health tests/platform/middleware tests/audit tests/subjects/benefits tests/platform/drafts tests/site_wide/test_rights.py tests/subjects/review/test_review.py -k "not same_roles_of_another_place"
else
    echo "PostgreSQL is not installed: the records were tried on SQLite alone" >&2
fi
