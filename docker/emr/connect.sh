#!/bin/sh
# The Spark Connect server of a cluster's primary node, on loopback with a token; systemd starts it again when it ends.
# By spark-submit, unlike docker/spark/start.sh: only that reads what EMR has written for YARN, S3 and the class path.
# Bootstrap actions come before Spark is there, so the first starts find none: they end, and systemd waits and tries again.
set -eu

home=$(cd "$(dirname "$0")" && pwd)
spark=${SPARK_HOME:-/usr/lib/spark}
[ -x "$spark/bin/spark-submit" ] || {
  echo "Spark is not in $spark yet." >&2
  exit 1
}
read -r SPARK_CONNECT_AUTHENTICATE_TOKEN < "$home/token" || [ -n "$SPARK_CONNECT_AUTHENTICATE_TOKEN" ]
export SPARK_CONNECT_AUTHENTICATE_TOKEN

set -- --conf spark.connect.grpc.binding.address=127.0.0.1 --conf spark.connect.grpc.binding.port=15002 \
  --conf spark.sql.session.timeZone=UTC --conf spark.sql.codegen.cache.maxEntries=2000 \
  --conf "spark.driver.extraJavaOptions=-Duser.timezone=UTC" --conf "spark.executor.extraJavaOptions=-Duser.timezone=UTC"
# Spark 3.5 does not bring the server among its jars; it then comes from Maven Central.
if ! ls "$spark"/jars/spark-connect_*.jar "$spark"/connect/*.jar > /dev/null 2>&1; then
  core=$(ls "$spark"/jars/spark-core_*.jar)
  core=${core##*/spark-core_}
  core=${core%.jar}
  version=${core#*-}
  set -- --packages "org.apache.spark:spark-connect_${core%%-*}:${version%%-amzn*}" "$@"
fi
exec "$spark/bin/spark-submit" --master yarn --deploy-mode client --name ripplerank-connect "$@" \
  --class org.apache.spark.sql.connect.service.SparkConnectServer
