#!/bin/sh
# Restores a backup of deploy/backup.sh into an empty volume, and starts everything:
#   deploy/restore.sh <file>
# The .env file has to be that of the backup.
set -eu

file="${1:?Name the backup}"
[ -r "$file" ] || { echo "$file cannot be read." >&2 && exit 1; }

# shellcheck disable=SC2016 # The container has its own PGDATA.
docker compose run --rm --no-deps -T --entrypoint /bin/sh postgres -euc '
  cd "$PGDATA"
  [ -z "$(ls -A)" ] || { echo "The volume postgres-data is not empty. Remove it first: docker compose down, docker volume rm crmflow_postgres-data" >&2; exit 1; }
  tar -xzf -
  chmod 700 .
  [ "$(id -u)" != 0 ] || chown -R postgres:postgres .
' <"$file"
docker compose up -d --wait
