#!/bin/sh
# Runs once, when the database server is new: creates separate roles and databases for CRMFlow and
# Temporal, so that neither can read the other's data.
set -eu

psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
  --set=crmflow_password="$CRMFLOW_DB_PASSWORD" \
  --set=temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE crmflow LOGIN PASSWORD :'crmflow_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE crmflow OWNER crmflow;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE crmflow, temporal, temporal_visibility FROM PUBLIC;
SQL
