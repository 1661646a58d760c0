#!/bin/sh
# Migrates Temporal's own tables to the version of its tools. Runs at each start: it creates what is
# missing and keeps what exists. SQL_HOST, SQL_USER, SQL_PASSWORD and SQL_PLUGIN configure it.
set -eu

schemas="${TEMPORAL_SCHEMAS:-/etc/temporal/schema/postgresql/v12}"

for pair in temporal:temporal temporal_visibility:visibility; do
  database="${pair%%:*}"
  temporal-sql-tool --db "$database" setup-schema --version 0.0
  temporal-sql-tool --db "$database" update-schema --schema-dir "$schemas/${pair##*:}/versioned"
done
