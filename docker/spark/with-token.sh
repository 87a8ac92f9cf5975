#!/bin/sh
# Starts Spark Connect with the token of a file, which is how Docker hands over secrets. Arguments are Spark settings.
set -eu
read -r SPARK_CONNECT_AUTHENTICATE_TOKEN < "${SPARK_TOKEN_FILE:-/run/secrets/spark_token}" \
  || [ -n "$SPARK_CONNECT_AUTHENTICATE_TOKEN" ]
export SPARK_CONNECT_AUTHENTICATE_TOKEN
exec sh "$(dirname "$0")/start.sh" "$@"
