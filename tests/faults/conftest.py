"""A copy of the product in an empty folder, served the way a host serves it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.servers import free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("semantic", "config", "analytics", "model", "etl", "api", "dashboard", "assets")
FILES = ("wsgi.py", "gunicorn.conf.py", "Procfile", "config.yaml")


class Served:
    """The product, running by the line of its Procfile with nothing but environment variables."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        lines = (folder / "Procfile").read_text().splitlines()
        command = next(line.removeprefix("web: ") for line in lines if line.startswith("web: "))
        self.output = (folder / "output.txt").open("wb")
        self.process = subprocess.Popen(
            command.split(),
            cwd=folder,
            env={"PATH": path, "PORT": str(self.port), "TRAIN_ON_START": "0", **environ},
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def get(self, path: str) -> requests.Response:
        """Return the reply to a GET request."""
        return requests.get(self.url + path, timeout=30)

    def wait_for(self, path: str, status: int = 200) -> None:
        """Return once a path answers with that status."""
        wait_until(lambda: self._status(path) == status, f"{path} with {status}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Return the exit code and the seconds that it took to end."""
        started = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(30), time.monotonic() - started

    def text(self) -> str:
        """Return everything that it has printed."""
        return (self.folder / "output.txt").read_text()

    def _status(self, path: str) -> int:
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended with code {self.process.returncode}: {self.text()}")
        try:
            return self.get(path).status_code
        except requests.ConnectionError:
            return 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a clean copy of the product with a small source."""
    for name in PRODUCT:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    config = tmp_path / "config.yaml"
    config.write_text(config.read_text().replace("sessions: 200000", "sessions: 3000"))
    return tmp_path


@pytest.fixture
def serve(folder: Path) -> Iterator[Callable[..., Served]]:
    """Return a function that starts the product with these environment variables."""
    running: list[Served] = []

    def start(**environ: str) -> Served:
        running.append(Served(folder, **environ))
        return running[-1]

    yield start
    for served in running:
        if served.process.poll() is None:
            served.stop()
        served.output.close()
