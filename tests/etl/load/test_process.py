import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from etl.load.lock import loading_alone, lock_descriptors
from etl.load.process import ProcessWriter
from etl.load.writing import writing
from semantic.errors import StoreError
from tests.etl.project import Project
from tests.servers import wait_until

ROWS = pa.table({"a": ["x", None, "y"], "b": [1.5, 2.0, None]})
ORPHAN = """
import os, sys, pyarrow as pa, sqlalchemy as sa
from etl.load.process import ProcessWriter
from etl.load.writing import writing
with writing(sys.argv[1]) as engine:
    writer = ProcessWriter(engine, "anything")
    print(writer._process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


def make_table(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE given (a TEXT, b DOUBLE)")
        connection.commit()


def is_alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_all_rows_are_committed_when_the_writer_is_left(project: Project) -> None:
    with writing(project.url) as engine:
        make_table(engine)
        with ProcessWriter(engine, "given") as writer:
            writer.write(ROWS)
            writer.write(ROWS)
    assert project.query("SELECT a, b FROM given") == [("x", 1.5), (None, 2.0), ("y", None)] * 2


def test_no_rows_are_no_error(project: Project) -> None:
    with writing(project.url) as engine, ProcessWriter(engine, "given"):
        pass


def test_what_the_process_could_not_do_is_one_sentence(project: Project) -> None:
    with (
        pytest.raises(StoreError, match="no data is loaded yet"),
        writing(project.url) as engine,
        ProcessWriter(engine, "not_there") as writer,
    ):
        writer.write(ROWS)


def test_a_process_that_is_killed_is_an_error(project: Project) -> None:
    with writing(project.url) as engine:
        make_table(engine)
        writer = ProcessWriter(engine, "given")
        os.kill(writer._process.pid, signal.SIGKILL)
        with pytest.raises(OperationalError, match="ended with code -9"), writer:
            writer.write(ROWS)


def test_an_error_of_the_loader_ends_the_process(project: Project) -> None:
    with writing(project.url) as engine:
        with pytest.raises(KeyboardInterrupt), ProcessWriter(engine, "given") as writer:
            raise KeyboardInterrupt
        assert not is_alive(writer._process.pid)


def test_the_process_dies_with_a_loader_that_is_killed(project: Project) -> None:
    root = Path(__file__).resolve().parents[3]
    ran = subprocess.run([sys.executable, "-c", ORPHAN, project.url], cwd=root, capture_output=True, text=True)
    wait_until(lambda: not is_alive(int(ran.stdout)), "end of the orphan")


def test_the_load_lock_is_held_until_the_process_has_ended(project: Project) -> None:
    engine = sa.create_engine(project.url)
    with loading_alone(engine):
        inherited = lock_descriptors(engine)
        holder = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=inherited)
    with pytest.raises(StoreError, match="another load"), loading_alone(sa.create_engine(project.url)):
        pass
    holder.communicate(b"\n")
    with loading_alone(sa.create_engine(project.url)):
        pass
