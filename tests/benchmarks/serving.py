"""Programs served by gunicorn as in production: two workers of four threads, loaded before they fork."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 240
_LIKE_OURS = [
    "--workers=2",
    "--threads=4",
    "--worker-class=gthread",
    "--preload",
    "--timeout=600",
    "--no-control-socket",
]


@contextmanager
def served(python: Path, module: str, own: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the address and the process id of a server, which ends with the block.

    Parameters
    ----------
    python : Path
        The interpreter.
    module : str
        Such as ``wsgi:server``, which brings its own configuration; peers are served with the same numbers.
    own : mapping of str to str
        More of the environment.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    is_peer = module != "wsgi:server"
    options = [f"--bind=127.0.0.1:{port}", *_LIKE_OURS] if is_peer else []
    folder = _without_configuration() if is_peer else ROOT
    environment = (
        os.environ | own | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "2", "PYTHONPATH": str(ROOT)}
    )
    environment["TRAIN_ON_START"] = "0"
    command = [str(python), "-m", "gunicorn", *options, module]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(process, f"{address}/{'' if is_peer else 'readyz'}")
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _without_configuration() -> Path:
    """Return a folder in which gunicorn does not find our configuration."""
    folder = ROOT / "build" / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{address} does not become ready")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
