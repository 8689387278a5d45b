"""How gunicorn serves ``wsgi:server``; PORT, HOST and WEB_CONCURRENCY come from the environment."""

import ctypes
import errno
import gc
import logging
import os
import platform
import signal
import socket
import sys
from typing import Any

# One thread a request: pools of a maths library would only fight with them, and do not survive a fork.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# Arrow's own allocator keeps what a download took; the C library's, bounded below, gives it back.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

# glibc would give each thread a heap of its own that keeps what was freed; two are enough for four threads. It would
# also keep large arrays in them once it has seen some; from 4 MB on they go back to the system once they are done.
_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
if platform.libc_ver()[0] == "glibc":
    ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)
    ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 4 << 20)
    ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, 4 << 20)

_HOSTED = ("DYNO", "RENDER", "K_SERVICE", "FLY_APP_NAME", "RAILWAY_ENVIRONMENT", "KUBERNETES_SERVICE_HOST")
_host = os.environ.get("HOST") or ("0.0.0.0" if any(name in os.environ for name in _HOSTED) else "127.0.0.1")  # noqa: S104
_STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}
_port = os.environ.get("PORT") or "8050"
_work: list[Any] = []

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True
keepalive = 95
graceful_timeout = 20
timeout = 60
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Say in one sentence where an address cannot be had; gunicorn would try five times and print a page."""
    if "GUNICORN_FD" in os.environ or "LISTEN_FDS" in os.environ:  # the sockets are open already
        return
    for address in server.address:
        fault = _fault_of(address) if isinstance(address, tuple) else ""
        if fault:
            sys.stderr.write(fault + "\n")
            sys.exit(2)


def when_ready(server: Any) -> None:
    """Make the product once, before the workers fork, so that they share its memory and no connection."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    service = server.app.wsgi()
    if _is_lost_at_restart(service):
        server.log.warning("this host's disk is lost at each restart; set DATABASE_URL to keep the data")
    _work.append(service.start_loading() or service.start_training())
    service.store.disconnect()
    os.register_at_fork(before=_hold_signals, after_in_parent=_release_signals)
    gc.collect()
    gc.freeze()
    sys.stdout.write(f"{service.config.title}: http://{bind}\n")
    sys.stdout.flush()


def post_worker_init(_worker: Any) -> None:
    """Let the signals through that came while this worker was being made, but for Ctrl-C, which the master passes on.

    A worker that gets both the terminal's SIGINT and the master's SIGQUIT locks itself out of its own thread pool
    (gunicorn 27.0.1, handle_quit of gthread) and is killed after the graceful timeout.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _release_signals()


def on_exit(_server: Any) -> None:
    """End a load or a training that still runs."""
    for process in filter(None, _work):
        process.terminate()


# A worker told to stop before it has its own handlers runs the parent's, which drop the signal (gunicorn 27.0.1).
def _hold_signals() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)


def _release_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)


def _fault_of(address: tuple[str, int]) -> str:
    """Return why an address cannot be listened on, empty where it can."""
    host, port = address
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"port {port} is in use by another program; end that or take another port: PORT=9000 make run"
            reason = error.strerror or error
            return f"{host} port {port} cannot be listened on ({reason}); set HOST to an address of this machine"
    return ""


def _is_lost_at_restart(service: Any) -> bool:
    is_hosted = any(name in os.environ for name in _HOSTED)
    return is_hosted and service.store.engine.url.get_backend_name() == "sqlite"
