#!/bin/sh
# Runs the command line with addresses that are made of secrets in files, which is how Docker hands them over.
#   SPARK_HOST, SPARK_TOKEN_FILE              make SPARK_REMOTE
#   DATABASE_HOST, DATABASE_PASSWORD_FILE     make DATABASE_URL; the user and the database are called ripplerank
set -eu

secret() { # a file's first line, with or without a line end
  read -r value < "$1" || [ -n "$value" ]
  printf %s "$value"
}
if [ -n "${SPARK_HOST:-}" ]; then
  SPARK_REMOTE="sc://$SPARK_HOST:15002/;token=$(secret "${SPARK_TOKEN_FILE:-/run/secrets/spark_token}")"
  export SPARK_REMOTE
fi
if [ -n "${DATABASE_HOST:-}" ]; then
  password=$(secret "${DATABASE_PASSWORD_FILE:-/run/secrets/database_password}")
  DATABASE_URL="mysql://ripplerank:$password@$DATABASE_HOST:3306/ripplerank"
  export DATABASE_URL
fi
exec node "$(dirname "$0")/ripplerank.mjs" "$@"
