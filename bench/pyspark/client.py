"""The measures of bench/client-child.ts by PySpark's own Connect client, one process a measure.

usage: SPARK_REMOTE=sc://... client.py rows|columns|latency|plan RUNS
prints one JSON document: {"seconds": [...], "peakMemoryBytes": n}
"""

import json
import os
import resource
import sys
import time

from pyspark.sql import functions as F
from pyspark.sql.connect.session import SparkSession

QUERY = os.environ["BENCH_QUERY"]
PLAN_STEPS = 200


def rows(spark):
    assert len(spark.sql(QUERY).collect()) > 0


def columns(spark):
    assert spark.sql(QUERY).toArrow().num_rows > 0


def latency(spark):
    assert spark.sql("SELECT 1 AS one").collect()[0].one == 1


def plan(spark):
    frame = spark.range(10)
    for step in range(PLAN_STEPS):
        frame = frame.withColumn(f"c{step}", F.col("id") + step)
    assert len(frame._plan.to_proto(spark.client).SerializeToString()) > PLAN_STEPS


def main():
    measure, runs = globals()[sys.argv[1]], int(sys.argv[2])
    spark = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).getOrCreate()
    measure(spark)
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        measure(spark)
        seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peakMemoryBytes": peak}))
    spark.stop()


main()
