"""Real engines for the tests: a PostgreSQL server of Debian's, started here, and Spark in local mode."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet

from tests.postgres import postgres_server
from topology.delivery.tables import TABLES

ENGINES = ("duckdb", "postgres", "spark")


@contextlib.contextmanager
def postgres(binaries: Path) -> Iterator[Any]:
    """An Ibis connection to a server with an empty database, which stops and goes at the end."""
    with postgres_server(binaries) as address:
        connection = ibis.connect(f"postgres://{address}")
        try:
            yield connection
        finally:
            connection.disconnect()


@contextlib.contextmanager
def spark() -> Iterator[Any]:
    """An Ibis connection to Spark in local mode, without a web page and with one partition: the tables of tests are small."""
    from pyspark.sql import SparkSession

    folder = tempfile.mkdtemp(prefix="topology-spark-")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.warehouse.dir": folder,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "OFF",
    }
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.stop()
        shutil.rmtree(folder, ignore_errors=True)


def copy_tables(tables: dict[str, Any], connection: Any, folder: Path) -> None:
    """Writes typed event tables into an engine under the names and columns of the specification, in its own types.

    Spark reads them from Parquet files in `folder`. Tables of an earlier test go.
    """
    spark = connection.name == "pyspark"
    for name in connection.list_tables():
        if spark:
            connection.drop_view(name, force=True)
        else:
            connection.drop_table(name, force=True)
    for table in TABLES:
        if table.name not in tables:
            continue
        rows = tables[table.name].select([column.name for column in table.columns]).to_pyarrow()
        if spark:
            file = Path(tempfile.mkdtemp(dir=folder)) / f"{table.name}.parquet"
            pyarrow.parquet.write_table(rows, file)
            connection._session.read.parquet(str(file)).createOrReplaceTempView(table.name)
        else:
            connection.create_table(table.name, rows)
