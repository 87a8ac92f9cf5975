#!/bin/sh
# Starts a Spark Connect server: embedded, in Docker, or on a cluster's primary node. Arguments are Spark settings, name=value.
# Secrets never stand on a command line, where every user of the machine can read them: they come by the environment.
#   SPARK_CONNECT_AUTHENTICATE_TOKEN        the token that clients must show (read by Spark itself)
#   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN   for s3:// paths (read by Spark itself)
#   AWS_ENDPOINT_URL_S3, AWS_REGION         another S3 than Amazon's, and its region
#   SPARK_JARS_DIR                          folder of the jars; default: ../runtime/jars, then $SPARK_HOME/jars
#   SPARK_CLASS_ARCHIVE                     class-data archive; made at exit when SPARK_CLASS_ARCHIVE_MAKE=1, used otherwise
#   SPARK_DRIVER_MEMORY                     heap, default 2g
#   SPARK_CONNECT_HOST, SPARK_CONNECT_PORT  default 127.0.0.1 and 15002; 0 takes a free port
#   SPARK_WORK_DIR                          scratch space, default a new temporary folder of Spark's own
set -eu

here=$(cd "$(dirname "$0")" && pwd)
jars=${SPARK_JARS_DIR:-$here/../runtime/jars}
[ -d "$jars" ] || jars=${SPARK_HOME:-/usr/lib/spark}/jars
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then java=$JAVA_HOME/bin/java; else java=java; fi

# Sorted, because a class-data archive is only valid for the class path, in the order, that it was made with.
# By the environment, because 240 paths would make every process listing unreadable.
# Jars alone: a folder on the class path rules out an archive.
CLASSPATH=
for jar in "$jars"/*.jar "$jars"/../connector-j/*.jar; do
  [ ! -f "$jar" ] || CLASSPATH=${CLASSPATH:+$CLASSPATH:}$jar
done
export CLASSPATH

for setting in "$@"; do
  shift
  set -- "$@" "-D$setting"
done

if [ -n "${AWS_ENDPOINT_URL_S3:-}" ]; then
  set -- "-Dspark.hadoop.fs.s3a.endpoint=$AWS_ENDPOINT_URL_S3" -Dspark.hadoop.fs.s3a.path.style.access=true "$@"
fi
if [ -n "${AWS_REGION:-}" ]; then
  set -- "-Dspark.hadoop.fs.s3a.endpoint.region=$AWS_REGION" "$@"
fi
if [ -n "${SPARK_WORK_DIR:-}" ]; then
  # One folder for shuffle files, temporary files and artifacts: whoever starts the server can remove it afterwards.
  mkdir -p "$SPARK_WORK_DIR/tmp" "$SPARK_WORK_DIR/shuffle"
  export SPARK_LOCAL_DIRS="$SPARK_WORK_DIR/shuffle"
  set -- "-Djava.io.tmpdir=$SPARK_WORK_DIR/tmp" "-Dspark.sql.warehouse.dir=$SPARK_WORK_DIR/warehouse" "$@"
fi
master=${SPARK_MASTER:-local[*]}
case $master in
  local*)
    # Driver and executors are one process: nothing of it needs to be seen from outside, nor 200 partitions.
    export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
    set -- "-Dspark.driver.host=$SPARK_LOCAL_IP" "-Dspark.driver.bindAddress=$SPARK_LOCAL_IP" \
      -Dspark.sql.shuffle.partitions=8 "$@"
    ;;
esac
if [ -n "${SPARK_CLASS_ARCHIVE:-}" ] && [ "${SPARK_CLASS_ARCHIVE_MAKE:-0}" = 1 ]; then
  # A server that lives for a few queries is faster without the optimising compiler.
  set -- "-XX:ArchiveClassesAtExit=$SPARK_CLASS_ARCHIVE" -XX:TieredStopAtLevel=1 "$@"
elif [ -n "${SPARK_CLASS_ARCHIVE:-}" ] && [ -f "$SPARK_CLASS_ARCHIVE" ]; then
  set -- "-XX:SharedArchiveFile=$SPARK_CLASS_ARCHIVE" -Xshare:auto "$@"
fi

# The opened packages are those of org.apache.spark.launcher.JavaModuleOptions, which only spark-submit adds by itself.
# No jdk.incubator.vector: it serves Spark's ML library alone, prints a warning, and rules out a class-data archive.
opens=
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
  java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens="$opens --add-opens=java.base/$package=ALL-UNNAMED"
done

# A slot needs more than the 100 generated classes that Spark keeps by default: it would compile each anew for every slot.
# The parallel collector: a batch wants throughput, and takes a tenth less CPU time than with the default one.
# The optimising compiler waits four times as long as usual: a batch calls what is worth it millions of times, and a small
# one spent a third of its CPU time on compiling what it called for some seconds only.
# shellcheck disable=SC2086 # $opens is a list
exec "$java" "-Xmx${SPARK_DRIVER_MEMORY:-2g}" -XX:+UseParallelGC -XX:+IgnoreUnrecognizedVMOptions $opens \
  -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 \
  -XX:Tier4BackEdgeThreshold=160000 \
  --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED -Djdk.reflect.useDirectMethodHandle=false \
  -Dio.netty.tryReflectionSetAccessible=true -Duser.timezone=UTC -Dfile.encoding=UTF-8 \
  "-Dlog4j2.configurationFile=$here/log4j2.properties" \
  "-Dspark.master=$master" -Dspark.app.name=ripplerank \
  "-Dspark.connect.grpc.binding.address=${SPARK_CONNECT_HOST:-127.0.0.1}" \
  "-Dspark.connect.grpc.binding.port=${SPARK_CONNECT_PORT:-15002}" \
  -Dspark.sql.codegen.cache.maxEntries=2000 \
  -Dspark.sql.session.timeZone=UTC -Dspark.ui.enabled=false \
  -Dspark.hadoop.fs.s3.impl=org.apache.hadoop.fs.s3a.S3AFileSystem \
  "$@" org.apache.spark.sql.connect.service.SparkConnectServer
