"""Loading a csv file into SQLite and MariaDB, beside pandas and each database's own bulk loader.

All contenders end with the same columns and the same unique key on the session. Ours alone also checks every value,
keeps what it refuses, finds duplicates, and counts the cube.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pymysql
import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from config import load_config
from semantic.database import database_url
from semantic.schema import session_key, sessions_table
from tests.benchmarks.timing import BUILD, machine, stopwatch, write_report
from tests.servers import mariadb_running

ROOT = Path(__file__).resolve().parents[2]
N_ROUNDS = 3
_CHUNK = 100_000
_TABLE = "sessions_peer"
COLUMN_OF = {
    "User_ID": "user_id",
    "Session_ID": "session_id",
    "Age": "age",
    "Gender": "gender",
    "Device_Type": "device",
    "Location": "location",
    "Time_Spent": "time_spent_s",
    "Pages_Viewed": "pages_viewed",
    "Recommended_Product_Category": "category",
    "Recommendation_Engine": "variant",
    "Converted": "converted",
    "Started_At": "started_at",
    "Revenue": "revenue",
}
Contender = Callable[[Path, str], None]


def measure(n_rows: int) -> str:
    """Return the table of load times; it is kept in build/benchmarks too.

    Parameters
    ----------
    n_rows : int
        Sessions in the csv file.
    """
    file = csv_file(n_rows)
    seconds = {("SQLite", name): _times(work, file, _new_sqlite) for name, work in SQLITE.items()}
    with mariadb_running("--innodb-buffer-pool-size=1G") as server:
        seconds |= {
            ("MariaDB", name): _times(work, file, lambda _: server.create_database()) for name, work in MARIADB.items()
        }
    data = {
        "machine": machine("pandas", "SQLAlchemy", "PyMySQL"),
        "rows": n_rows,
        "file_mb": file.stat().st_size / 1e6,
        "seconds": {" ".join(key): times for key, times in seconds.items()},
    }
    header = ["database", "loader", "best s", "all s", "rows a second", "times ours"]
    ours = {database: min(times) for (database, name), times in seconds.items() if name == OURS}
    rows = [_line(key, times, n_rows, ours[key[0]]) for key, times in seconds.items()]
    return write_report("load", data, header, rows)


def _line(key: tuple[str, str], times: list[float], n_rows: int, ours: float) -> list[str]:
    best = min(times)
    return [*key, f"{best:.1f}", " ".join(f"{t:.1f}" for t in times), f"{n_rows / best:,.0f}", f"{best / ours:.2f}"]


def csv_file(n_rows: int) -> Path:
    """Return a csv file of simulated sessions, made when it is first asked for."""
    file = BUILD / f"sessions_{n_rows}.csv"
    if not file.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        _etl("generate", "--sessions", str(n_rows), "--out", str(file))
    return file


def _times(work: Contender, file: Path, new_database: Callable[[Path], str]) -> list[float]:
    times = []
    for _ in range(N_ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            url = new_database(Path(folder))
            times.append(stopwatch(lambda url=url: work(file, url)))  # type: ignore[misc]
            _check(url, file)
    return times


def _new_sqlite(folder: Path) -> str:
    return f"sqlite:///{folder}/rows.db"


def _check(url: str, file: Path) -> None:
    """Raise AssertionError where a contender did not load every session."""
    n_rows = int(file.stem.rpartition("_")[2])
    engine = sa.create_engine(database_url(url))
    tables = [name for name in sa.inspect(engine).get_table_names() if name.startswith("sessions")]
    with engine.connect() as connection:
        assert connection.execute(sa.text(f"SELECT count(*) FROM {tables[-1]}")).scalar() == n_rows
    assert sa.inspect(engine).get_indexes(tables[-1]), "no unique key"
    engine.dispose()


def _etl(*arguments: str, **environment: str) -> None:
    command = [sys.executable, "-m", "etl", *arguments, "--quiet"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)


def load_into(file: Path, url: str) -> None:
    """Load a csv file into a database, by the command that people use."""
    _etl("load", "--source", str(file), DATABASE_URL=url)


def _peer_table() -> sa.Table:
    return sessions_table(load_config(ROOT / "config.yaml", {}).catalog, _TABLE)


def _by_pandas(file: Path, url: str) -> None:
    engine, table, first = sa.create_engine(database_url(url)), _peer_table(), 1
    table.create(engine)
    for frame in pd.read_csv(file, chunksize=_CHUNK):
        moment = pd.to_datetime(frame["Started_At"], utc=True)
        rows = frame.rename(columns=COLUMN_OF).assign(
            row_id=range(first, first + len(frame)),
            started_at=moment.dt.as_unit("ms").astype("int64"),
            day=moment.dt.tz_convert("Asia/Kolkata").dt.date,
        )
        rows.to_sql(_TABLE, engine, if_exists="append", index=False, method=None)
        first += len(frame)
    session_key(table).create(engine)
    engine.dispose()


def _ddl(dialect: sa.Dialect) -> tuple[str, str]:
    table = _peer_table()
    create, index = sa.schema.CreateTable(table), sa.schema.CreateIndex(session_key(table))
    return str(create.compile(dialect=dialect)), str(index.compile(dialect=dialect))


def _by_sqlite_import(file: Path, url: str) -> None:
    table, index = _ddl(sa.create_engine(url).dialect)
    names = ", ".join(COLUMN_OF.values())
    plain = ", ".join(name for name in COLUMN_OF.values() if name not in ("started_at", "revenue"))
    script = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TEMP TABLE given ({names});
.import --csv --skip 1 {file} given
{table};
INSERT INTO {_TABLE} (row_id, started_at, day, revenue, {plain})
SELECT rowid, unixepoch(started_at) * 1000,
       date(started_at, '+5 hours', '+30 minutes'), coalesce(nullif(revenue, ''), 0),
       {plain}
FROM given;
{index};
"""
    subprocess.run(
        ["sqlite3", url.removeprefix("sqlite:///")], input=script, text=True, check=True, stdout=subprocess.DEVNULL
    )


def _by_sqlite_import_alone(file: Path, url: str) -> None:
    names = ", ".join(f"{name} TEXT" for name in COLUMN_OF.values())
    script = f"""
CREATE TABLE sessions ({names});
.import --csv --skip 1 {file} sessions
CREATE UNIQUE INDEX ux ON sessions (session_id);
"""
    subprocess.run(["sqlite3", url.removeprefix("sqlite:///")], input=script, text=True, check=True)


def _by_load_data(file: Path, url: str) -> None:
    table, index = _ddl(mysql.dialect())
    read = ", ".join({"started_at": "@moment", "revenue": "@revenue"}.get(name, name) for name in COLUMN_OF.values())
    load = f"""
LOAD DATA LOCAL INFILE '{file}' INTO TABLE {_TABLE}
FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' IGNORE 1 LINES ({read})
SET row_id = (@row := @row + 1), revenue = coalesce(nullif(@revenue, ''), 0),
    started_at = timestampdiff(SECOND, '1970-01-01', replace(replace(@moment, 'T', ' '), 'Z', '')) * 1000,
    day = date(addtime(replace(replace(@moment, 'T', ' '), 'Z', ''), '05:30:00'))
"""
    with _connect(url) as connection, connection.cursor() as cursor:
        for statement in (table, "SET @row := 0", load, index):
            cursor.execute(statement)
        connection.commit()


def _connect(url: str) -> "pymysql.Connection[Any]":
    parts = database_url(url)
    return pymysql.connect(
        host=parts.host or "", port=parts.port or 3306, user=parts.username, database=parts.database, local_infile=True
    )


OURS = "python -m etl load"
SQLITE: dict[str, Contender] = {
    OURS: load_into,
    "read_csv + to_sql": _by_pandas,
    "sqlite3 .import + insert": _by_sqlite_import,
    "sqlite3 .import, text as it stands": _by_sqlite_import_alone,
}
MARIADB: dict[str, Contender] = {OURS: load_into, "read_csv + to_sql": _by_pandas, "LOAD DATA": _by_load_data}
