#!/bin/sh
# `kaoji …` by hand as the site runs it: as its user, with its settings.
#
#   install -m 755 deploy/kaoji.sh /usr/local/sbin/kaoji
#   kaoji doctor
#   KAOJI_DATABASE_URL=postgresql://kaoji_owner:…@host/kaoji kaoji manage migrate     # what is said here counts more
#
# The settings are read as systemd reads them: a line is NAME=value to its end, blanks and signs included; quotation
# marks around the whole value do not belong to it. Name files by their whole path: it runs in the home folder.
set -eu
settings=/etc/kaoji/kaoji.env
home=/var/lib/kaoji
program=/srv/kaoji/venv/bin/kaoji

if [ ! -r "$settings" ]; then
    printf '%s\n' "$settings 读不了（没有，或要用 sudo）；cannot read $settings (it is not there, or try sudo)" >&2
    exit 2
fi
while read -r line || [ -n "$line" ]; do
    case $line in
        [A-Za-z_]*=*) ;;
        *) continue ;; # a comment, or nothing
    esac
    name=${line%%=*} value=${line#*=}
    case $value in
        \"*\") value=${value#\"} value=${value%\"} ;;
        \'*\') value=${value#\'} value=${value%\'} ;;
    esac
    printenv "$name" >/dev/null || export "$name=$value"
done <"$settings"

cd "$home"
umask 077
if [ "$(id -un)" = kaoji ]; then
    exec "$program" "$@"
fi
exec runuser -u kaoji -- "$program" "$@"
