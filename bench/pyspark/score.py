"""The score, topics, moods and edges as plain PySpark: each measure reads the JSON for itself, each window has its own order.
Countries are left out: they need a gazetteer.

usage: SPARK_REMOTE=sc://... score.py FOLDER SLOT_END WINDOW_HOURS [four-parts]
with four-parts, the scores alone, and the JSON without a schema: Spark finds it out first
prints one JSON document: {"seconds": n}; the scores go to Spark's sink that keeps nothing
"""

import json
import os
import sys
import time

from pyspark.sql import Window
from pyspark.sql import functions as F
from pyspark.sql.connect.session import SparkSession

TEXTS = [
    "status_id", "status_created_at", "searched_names", "status_user_id", "status_user_followers_count",
    "rt_status_id", "rt_status_created_at", "rt_status_favorite_count", "rt_status_retweet_count",
    "rt_status_user_id", "rt_status_user_followers_count", "rt_status_text", "sentiment_score",
]  # fmt: skip
TIME = "MMM dd HH:mm:ss Z yyyy"  # Spark no longer parses the day of the week before it
MOOD, TOPICS, EDGES = 0.05, 200, 50
PARTS = [("retweets", 1e5, 0.3), ("favourites", 1e5, 0.2), ("followers", 1e8, 0.2), ("non_primary_retweets", 1e5, 0.3)]


def time_of(text):
    return F.try_to_timestamp(F.substring(text, 5, 26), F.lit(TIME))


def read(spark, folder, with_schema):
    """The records as they stand. A reader without a schema goes through all of them once more."""
    reader = spark.read.option("recursiveFileLookup", True)
    return (reader.schema(", ".join(f"{name} STRING" for name in TEXTS)) if with_schema else reader).json(folder)


def events(records, slot_end):
    """One row a distinct retweet up to the slot's end."""
    text = {name: F.nullif(F.col(name), F.lit("None")) for name in TEXTS}
    parsed = records.select(
        text["searched_names"].alias("term"),
        text["status_id"].alias("status_id"),
        time_of(text["status_created_at"]).alias("at"),
        text["status_user_id"].alias("user_id"),
        text["status_user_followers_count"].try_cast("bigint").alias("user_followers"),
        text["rt_status_id"].alias("root_id"),
        time_of(text["rt_status_created_at"]).alias("root_at"),
        text["rt_status_favorite_count"].try_cast("bigint").alias("favourites"),
        text["rt_status_user_id"].alias("author_id"),
        text["rt_status_user_followers_count"].try_cast("bigint").alias("followers"),
        text["rt_status_text"].alias("text"),
        text["sentiment_score"].try_cast("double").alias("sentiment"),
    )
    usable = parsed.dropna(subset=["term", "status_id", "at", "root_id", "root_at", "author_id"])
    return usable.filter(F.col("at") <= slot_end).dropDuplicates(["term", "root_id", "status_id"])


def spread(events):
    """Each retweeter's place in the expected diffusion tree of a cascade."""
    cascade = ["term", "root_id"]
    seen = ["at", F.length("status_id"), "status_id"]
    by_user = Window.partitionBy(*cascade, F.coalesce("user_id", "status_id")).orderBy(*seen)
    before = Window.partitionBy(*cascade).orderBy(*seen).rowsBetween(Window.unboundedPreceding, -1)
    so_far = Window.partitionBy(*cascade).orderBy(*seen).rowsBetween(Window.unboundedPreceding, 0)
    after = Window.partitionBy(*cascade).orderBy(*seen).rowsBetween(1, Window.unboundedFollowing)
    whole = Window.partitionBy(*cascade)
    hours = F.greatest((F.unix_seconds("at") - F.unix_seconds("root_at")) / 3600, F.lit(0.0))
    weight = F.pow(1 + F.coalesce("user_followers", F.lit(0)), F.lit(0.610)) * F.pow(1 + hours, F.lit(0.859))
    root = F.exp(F.lit(1.542)) * F.pow(1 + F.coalesce(F.first("followers", True).over(whole.orderBy(*seen)), F.lit(0)), F.lit(0.610))
    return (
        events.filter(~F.col("user_id").eqNullSafe(F.col("author_id")))
        .withColumn("turn", F.row_number().over(by_user)).filter("turn = 1")
        .withColumn("weight", weight).withColumn("root_weight", root)
        .withColumn("total", F.col("root_weight") + F.sum("weight").over(so_far))
        .withColumn("total_before", F.col("root_weight") + F.coalesce(F.sum("weight").over(before), F.lit(0.0)))
        .withColumn("non_primary", 1 - F.col("root_weight") / F.col("total_before"))
        .withColumn("depth", 1 + F.coalesce(F.sum(F.col("weight") / F.col("total")).over(before), F.lit(0.0)))
        .withColumn("children", F.col("weight") * F.coalesce(F.sum(1 / F.col("total_before")).over(after), F.lit(0.0)))
    )  # fmt: skip


def depth(events, begins_after):
    """Expected non-primary retweets and depth of each author, by prefix sums over each cascade."""
    in_window = spread(events).filter(F.col("at") > begins_after)
    return in_window.groupBy("term", "author_id").agg(
        F.sum("non_primary").alias("non_primary_retweets"), F.avg("depth").alias("mean_depth")
    )


def edges(events, begins_after):
    """Who carried whom: the strongest fifty amplifiers of each author."""
    pairs = spread(events).filter(F.col("at") > begins_after).groupBy("term", "author_id", "user_id").agg(
        F.count("*").alias("retweets"), F.sum("children").alias("expected_children")
    )
    strongest = Window.partitionBy("term", "author_id").orderBy(F.desc("expected_children"))
    return pairs.withColumn("place", F.row_number().over(strongest)).filter(f"place <= {EDGES}").drop("place")


def topics(events, begins_after):
    """Hashtags, mentions, domains and words: how often, by how many, in which mood, and how often in the window before."""
    word = F.explode(F.split(F.lower("text"), r"\s+")).alias("topic")
    said = events.select("term", "at", "user_id", "user_followers", "sentiment", word).filter("length(topic) > 2")
    kind = F.when(F.col("topic").startswith("#"), "hashtag").when(F.col("topic").startswith("@"), "mention")
    named = said.withColumn("kind", kind.when(F.col("topic").rlike("^https?://"), "domain").otherwise("word"))
    host = F.regexp_extract("topic", "^https?://([^/]+)", 1)
    named = named.withColumn("topic", F.when(F.col("kind") == "domain", host).otherwise(F.col("topic")))
    in_window = F.col("at") > begins_after
    counted = named.groupBy("term", "kind", "topic").agg(
        F.count_if(in_window).alias("volume"), F.count_if(~in_window).alias("previous_volume"),
        F.countDistinct("user_id").alias("authors"), F.sum("user_followers").alias("reach"), F.avg("sentiment").alias("sentiment"),
    )  # fmt: skip
    rank = F.row_number().over(Window.partitionBy("term", "kind").orderBy(F.desc("volume")))
    return counted.withColumn("rank", rank).filter(f"rank <= {TOPICS}")


def moods(events, begins_after):
    """How many of an author's retweets are of which mood, and their mean."""
    return events.filter(F.col("at") > begins_after).groupBy("term", "author_id").agg(
        F.count_if(F.col("sentiment") > MOOD).alias("positive"), F.count_if(F.col("sentiment") < -MOOD).alias("negative"),
        F.count_if(F.col("sentiment").isNull()).alias("unknown"), F.avg("sentiment").alias("mean"),
    )  # fmt: skip


def score(records, slot_end, begins_after):
    in_window = F.col("at") > begins_after
    retweets = events(records, slot_end).filter(in_window).groupBy("term", "author_id").agg(F.count("*").alias("retweets"))
    last = events(records, slot_end).groupBy("term", "author_id", "root_id").agg(
        F.max_by("favourites", "at").alias("favourites"), F.max_by("followers", "at").alias("followers"), F.max("at").alias("at")
    )
    counters = last.filter(in_window).groupBy("term", "author_id").agg(
        F.sum("favourites").alias("favourites"), F.max_by("followers", "at").alias("followers")
    )
    deep = depth(events(records, slot_end), begins_after)
    joined = retweets.join(counters, ["term", "author_id"]).join(deep, ["term", "author_id"], "left").fillna(0)
    part = {name: 100 * F.least(F.lit(1.0), F.log1p(name) / F.log1p(F.lit(top))) for name, top, _ in PARTS}
    influence = sum((share * part[name] for name, _, share in PARTS), F.lit(0.0))
    scored = joined.withColumn("influence", influence)
    return scored.withColumn("rank", F.rank().over(Window.partitionBy("term").orderBy(F.desc("influence"))))


def main():
    folder, slot_end, hours = sys.argv[1], sys.argv[2], sys.argv[3]
    spark = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).getOrCreate()
    ends = F.to_timestamp(F.lit(slot_end))
    begins_after = ends - F.expr(f"INTERVAL {int(hours)} HOURS")
    started = time.perf_counter()
    is_four_parts = sys.argv[4:] == ["four-parts"]
    records = read(spark, folder, with_schema=not is_four_parts)
    tables = [score(records, ends, begins_after)]
    if not is_four_parts:
        tables += [table(events(records, ends), begins_after) for table in (topics, moods, edges)]
    for table in tables:
        table.write.format("noop").mode("overwrite").save()
    print(json.dumps({"seconds": time.perf_counter() - started}))
    spark.stop()


main()
