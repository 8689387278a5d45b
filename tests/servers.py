"""Private database and cache servers for tests: real ones, on free ports, with their data in temporary folders."""

import getpass
import itertools
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pymysql
import pytest
import redis

START_TIMEOUT_S = 60


def require_program(*names: str, package: str) -> str:
    """Return the path of the first program that is installed; fail the test, never skip it, where none is."""
    for name in names:
        if path := shutil.which(name, path="/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"):
            return path
    pytest.fail(f"{names[0]} is missing; install it: apt-get install {package}", pytrace=False)


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_ready: Callable[[], bool], what: str) -> None:
    """Return once the condition holds; raises TimeoutError after a minute."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while not is_ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} is not ready after {START_TIMEOUT_S} s")
        time.sleep(0.05)


class MariaDBServer:
    """A running MariaDB; `create_database` hands out empty databases."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.port = port
        self.process = process
        self._numbers = itertools.count(1)

    def is_ready(self) -> bool:
        """Return whether it answers; raises RuntimeError where it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError(f"mariadbd ended with code {self.process.returncode} while starting")
        try:
            self.execute("SELECT 1")
        except pymysql.err.OperationalError:
            return False
        return True

    def execute(self, statement: str) -> None:
        """Run one statement as root."""
        connection = pymysql.connect(host="127.0.0.1", port=self.port, user="root", autocommit=True)
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)

    def create_database(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return f"mysql://root@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        """Remove a database that `create_database` made."""
        self.execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]}")


@contextmanager
def mariadb_running(*more: str) -> Iterator[MariaDBServer]:
    """Yield a fresh server, which ends with the block; ``more`` are options of mariadbd."""
    install = require_program("mariadb-install-db", package="mariadb-server")
    daemon = require_program("mariadbd", "mysqld", package="mariadb-server")
    folder, user, port = Path(tempfile.mkdtemp(prefix="mariadb-")), getpass.getuser(), free_port()
    own = [f"--user={user}", f"--datadir={folder}/data"]
    prepare = [install, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", *own]
    subprocess.run(prepare, check=True, capture_output=True)
    options = [f"--socket={folder}/m.sock", f"--pid-file={folder}/m.pid", "--bind-address=127.0.0.1", f"--port={port}"]
    options += ["--skip-log-bin", "--skip-name-resolve", "--local-infile=1", "--performance-schema=OFF"]
    options += ["--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=2"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([daemon, "--no-defaults", *own, *options, *more], stdout=log, stderr=log)
    server = MariaDBServer(port, process)
    try:
        wait_until(server.is_ready, "mariadbd")
        yield server
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


class RedisServer:
    """A Redis that a test may stop, start again on the same port, or freeze."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        program = require_program("redis-server", package="redis-server")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command = [program, *options, "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._answers, "redis-server")

    def stop(self) -> None:
        """Kill it; connections are refused from now on."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Stop its clock: it accepts connections and never answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen one go on."""
        self._signal(signal.SIGCONT)

    def empty(self) -> None:
        """Remove everything that it holds."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "start it first"
        self._process.send_signal(number)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
