#!/bin/sh
# Run a command beside a fresh PostgreSQL that goes when it ends:
#   scripts/with_postgres.sh pytest tests/platform/events
set -eu
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)
folder=$(mktemp -d)
chmod 755 "$folder"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# PostgreSQL refuses to be run by root.
as_its_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && su postgres -s /bin/sh -c "$1")
    else
        sh -c "$1"
    fi
}
end() {
    as_its_owner "$bin/pg_ctl -D $folder/data -m immediate stop >/dev/null" || true
    rm -rf "$folder"
}

[ "$(id -u)" != 0 ] || chown postgres "$folder"
as_its_owner "$bin/initdb -D $folder/data -A trust -U kaoji >/dev/null"
as_its_owner "$bin/pg_ctl -D $folder/data -o '-p $port -k $folder -c fsync=off' -l $folder/log -w start >/dev/null"
trap end EXIT INT TERM
as_its_owner "$bin/createdb -h 127.0.0.1 -p $port -U kaoji kaoji"
KAOJI_DATABASE_URL="postgresql://kaoji:none@127.0.0.1:$port/kaoji" "$@"
