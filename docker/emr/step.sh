#!/bin/sh
# Runs the command line on a cluster's primary node, against the Spark Connect server there: step.sh score --slot ...
# `exec` all the way, so that a cancelled step's SIGTERM reaches the command line, which interrupts Spark.
set -eu

home=$(cd "$(dirname "$0")" && pwd)
if [ -z "${SPARK_REMOTE:-}" ]; then
  read -r token < "$home/token" || [ -n "$token" ]
  SPARK_REMOTE="sc://127.0.0.1:15002/;token=$token"
  export SPARK_REMOTE
fi
exec "$home/node" "$home/ripplerank.mjs" "$@"
