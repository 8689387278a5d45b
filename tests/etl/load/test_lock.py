import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from etl.load.lock import database_path, loading_alone
from semantic.database import engine_for
from semantic.errors import StoreError
from tests.etl.project import Project

HOLD = """
import sys
from etl.load.writing import writing
with writing(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_loader(url: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_loader_is_told_to_wait(any_project: Project) -> None:
    with another_loader(any_project.url), pytest.raises(StoreError, match="another load is writing"):
        any_project.load()


def test_the_lock_of_a_killed_loader_is_free(any_project: Project) -> None:
    with another_loader(any_project.url) as process:
        process.kill()
        process.wait()
        assert any_project.load().changed


def test_the_lock_is_free_after_its_block(any_project: Project) -> None:
    engine = engine_for(any_project.url, read_only=False)
    for _ in range(2):
        with loading_alone(engine):
            pass
    engine.dispose()


def test_the_lock_lies_beside_the_file(project: Project) -> None:
    assert database_path(engine_for(project.url, read_only=True)) == project.folder / "data.db"
