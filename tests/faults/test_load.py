"""A loader that is killed at any moment: readers see the old version whole, and running it again finishes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.pipeline import status, verify
from tests.etl.project import ROOT, Project, new_project

N_FIRST, N_SECOND = 3_000, 120_000
SERIES = int(os.environ.get("KILL_SERIES", "1"))
"""Long series of kills of each kind; more of them take minutes each."""
LONGEST_S = 3.5
"""From the start of the interpreter to after the end of a load of the second log, on a slow machine."""


def log_of(n_sessions: int) -> list[str]:
    """Return sessions with some of everything: equal ones, conflicting ones, and ones that break a rule."""
    rows = [
        f"{'Old' if i % 2 else 'New'},{i % 3 % 2},s{i},u{i % 977},2026-07-{i % 28 + 1:02},P{i % 7},30,5,{i % 50}"
        for i in range(n_sessions)
    ]
    return [*rows, rows[0], rows[1].replace(",5,", ",6,"), *(row.replace(",30,", ",999,") for row in rows[2:40])]


def command(project: Project, name: str) -> "subprocess.Popen[bytes]":
    environ = {**os.environ, "DATABASE_URL": project.url}
    arguments = [sys.executable, "-m", "etl", name, "--quiet", "--config", str(project.folder / "config.yaml")]
    return subprocess.Popen(arguments, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)


def kill_at(project: Project, name: str, delay_s: float) -> None:
    with command(project, name) as process:
        time.sleep(delay_s)
        process.send_signal(signal.SIGKILL)


def visible(project: Project) -> tuple[int, int, int]:
    """Return version, rows of the table that it names, and what the cube holds."""
    found = status(project.config)
    ((table,),) = project.query(f"SELECT table_name FROM snapshots WHERE version = {found.version}")
    ((n_rows,),) = project.query(f"SELECT count(*) FROM {table}")
    assert n_rows == found.n_rows
    assert verify(project.config) > 0
    return found.version, found.n_rows, n_rows


def assert_identity(project: Project) -> None:
    for run_id, n_read, n_loaded, n_duplicates, n_quarantined in project.query(
        "SELECT run_id, n_read, n_loaded, n_duplicates, n_quarantined FROM runs WHERE status = 'succeeded'"
    ):
        assert n_read == n_loaded + n_duplicates + n_quarantined
        assert project.query(f"SELECT count(*) FROM rejected_rows WHERE run_id = {run_id}") == [(n_quarantined,)]


def survive(project: Project, name: str, kills: int, seed: int) -> None:
    """Kill a command again and again, look after each kill, then let it finish."""
    chance = random.Random(seed)
    project.load(log_of(N_FIRST))
    before = visible(project)
    project.write([row.replace(",5,", ",7,") for row in log_of(N_SECOND)])
    for _ in range(kills):
        kill_at(project, name, chance.uniform(0.9, LONGEST_S))
        if visible(project) != before:
            break
    assert command(project, name).wait(120) == 0
    _, n_rows, _ = visible(project)
    assert n_rows == N_SECOND - 1  # all but the one in conflict with itself
    assert_identity(project)
    assert [t for t in project.tables() if t.startswith(("staged", "repeated"))] == []
    assert project.query(
        "SELECT count(*) FROM rejected_rows WHERE run_id NOT IN (SELECT run_id FROM runs WHERE status = 'succeeded')"
    ) == [(0,)]


@pytest.mark.parametrize(("name", "seed"), [("load", 1), ("load", 2), ("append", 3)])
def test_sqlite_survives_kills(tmp_path: Path, name: str, seed: int) -> None:
    survive(new_project(tmp_path), name, 4, seed)


@pytest.mark.parametrize(("name", "seed"), [("load", 4), ("append", 5)])
def test_mariadb_survives_kills(tmp_path: Path, new_mariadb_url: Callable[[], str], name: str, seed: int) -> None:
    survive(new_project(tmp_path, new_mariadb_url()), name, 2, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 10 + SERIES))
@pytest.mark.parametrize("name", ["load", "append"])
def test_sqlite_survives_many_kills(tmp_path: Path, name: str, seed: int) -> None:
    survive(new_project(tmp_path), name, 5, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 20 + SERIES))
@pytest.mark.parametrize("name", ["load", "append"])
def test_mariadb_survives_many_kills(tmp_path: Path, new_mariadb_url: Callable[[], str], name: str, seed: int) -> None:
    survive(new_project(tmp_path, new_mariadb_url()), name, 4, seed)
