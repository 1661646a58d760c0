#!/bin/sh
# Backs up the databases of docker-compose.yml, all three at one moment and while everything runs:
#   deploy/backup.sh <new file>
# It is what PostgreSQL itself would recover after a crash, so nothing that was acknowledged is missing.
set -eu

file="${1:?Name a new file, such as crmflow-$(date +%F).tar.gz}"
[ ! -e "$file" ] || { echo "$file exists already. Name a new file." >&2 && exit 1; }

umask 077
trap 'rm -f "$file.unfinished"' EXIT
docker compose exec -T postgres pg_basebackup --username=postgres --pgdata=- --format=tar \
  --wal-method=fetch --checkpoint=fast --compress=gzip >"$file.unfinished"
mv "$file.unfinished" "$file"
echo "The backup is in $file. Keep a copy of .env with it: it has the keys and passwords."
