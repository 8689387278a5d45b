import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from semantic.notes import Notes
from semantic.notes.changing import changing, draw_slug
from semantic.notes.tables import SAVED_VIEWS
from tests.semantic.notes.conftest import PATHS

ROOT = Path(__file__).resolve().parents[3]
_ADD = """
import itertools, sys
from semantic.notes import NameTakenError, Notes
url, name, n = sys.argv[1:]
notes = Notes(url, ["/"])
for i in range(int(n)) if int(n) else itertools.count():
    notes.add_view(f"{name} {i}", "/")
    notes.add_annotation("2026-07-31", f"{name} {i}")
    try:
        notes.add_view(f"wanted by all {i}", "/")
    except NameTakenError:
        pass
"""
_SPILL = """
import os, signal, sys
import sqlalchemy as sa
from semantic.notes import Notes
from semantic.notes.changing import changing
from semantic.notes.tables import ANNOTATIONS
notes = Notes(sys.argv[1], ["/"])
with changing(notes._writer) as connection:
    connection.exec_driver_sql("PRAGMA cache_size = 2")
    for _ in range(3000):
        connection.exec_driver_sql("INSERT INTO annotations VALUES (NULL, '2026-07-31', 'half done', NULL, 0)")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def adding(url: str, name: str, n: int) -> "subprocess.Popen[bytes]":
    """Return a process that adds n views and annotations, and n more views that others add too; 0: without end."""
    return subprocess.Popen([sys.executable, "-c", _ADD, url, name, str(n)], cwd=ROOT, stderr=subprocess.PIPE)


def test_a_slug_is_short_plain_and_not_guessed() -> None:
    slugs = {draw_slug() for _ in range(2000)}
    assert len(slugs) == 2000
    assert all(len(slug) == 10 and slug.isascii() and slug.isalnum() and slug == slug.lower() for slug in slugs)


def test_processes_that_write_at_once_lose_nothing(url: str) -> None:
    running = [adding(url, f"process {i}", 12) for i in range(4)]
    said = [process.communicate(timeout=90)[1].decode() for process in running]
    assert said == [""] * 4
    found = Notes(url, PATHS).read()
    assert (len(found.views), len(found.annotations)) == (4 * 12 + 12, 4 * 12)
    assert len({annotation.id for annotation in found.annotations}) == 48
    assert found.stamp.partition("-")[2] == str(4 * 12 + 12 + 4 * 12)


def test_what_fails_half_way_leaves_nothing(notes: Notes) -> None:
    notes.add_view("a", "/")
    before = notes.read()
    with pytest.raises(KeyError), changing(notes._writer) as connection:
        raise KeyError(connection.execute(sa.delete(SAVED_VIEWS)).rowcount)
    assert notes.read() == before


def test_processes_killed_while_writing_leave_whole_changes(url: str) -> None:
    for i in range(4):
        with adding(url, f"killed {i}", 0) as process:
            time.sleep(0.9 + i / 7)
            process.send_signal(signal.SIGKILL)
            process.stderr.read()
        found = Notes(url, PATHS).read()
        assert (found.stamp.partition("-")[2] or "0") == str(len(found.views) + len(found.annotations))
    for view in found.views[:1]:  # a fast machine has filled all places
        Notes(url, PATHS).delete_view(view.slug)
    assert Notes(url, PATHS).add_view("after", "/") in Notes(url, PATHS).read().views


def test_a_writer_killed_with_half_of_it_on_disk_is_undone_by_the_next_reader(tmp_path: Path) -> None:
    notes = Notes(f"sqlite:///{tmp_path / 'recommender.db'}", PATHS)
    notes.add_annotation("2026-07-31", "whole")
    before = notes.read()
    command = [sys.executable, "-c", _SPILL, f"sqlite:///{tmp_path / 'recommender.db'}"]
    assert subprocess.run(command, cwd=ROOT).returncode == -signal.SIGKILL
    assert Path(f"{notes.place}-journal").stat().st_size > 0
    assert Path(notes.place).read_bytes().count(b"half done") > 0
    assert Notes(f"sqlite:///{tmp_path / 'recommender.db'}", PATHS).read() == before
