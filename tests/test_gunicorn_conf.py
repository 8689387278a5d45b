import os
import runpy
import signal
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOSTS = ("DYNO", "RENDER", "K_SERVICE", "FLY_APP_NAME", "RAILWAY_ENVIRONMENT", "KUBERNETES_SERVICE_HOST")


def settings(monkeypatch: pytest.MonkeyPatch, **environ: str) -> dict[str, Any]:
    """Return the settings under these environment variables alone."""
    for name in ("PORT", "HOST", "WEB_CONCURRENCY", *HOSTS):
        monkeypatch.delenv(name, raising=False)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    monkeypatch.delenv("ARROW_DEFAULT_MEMORY_POOL")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.mark.parametrize(
    ("environ", "bind"),
    [
        ({}, "127.0.0.1:8050"),
        ({"PORT": "9000"}, "127.0.0.1:9000"),
        ({"PORT": "9000", "DYNO": "web.1"}, "0.0.0.0:9000"),
        ({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, "0.0.0.0:8050"),
        ({"HOST": "::1", "PORT": "9000", "DYNO": "web.1"}, "[::1]:9000"),
    ],
)
def test_it_listens_to_this_machine_alone_unless_a_host_serves_it(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], bind: str
) -> None:
    assert settings(monkeypatch, **environ)["bind"] == bind


def test_workers_are_as_many_as_the_host_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch)["workers"] == 2
    assert settings(monkeypatch, WEB_CONCURRENCY="5")["workers"] == 5


def test_arrow_gives_memory_back_unless_the_host_wants_another_allocator(monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch)
    assert os.environ["ARROW_DEFAULT_MEMORY_POOL"] == "system"
    settings(monkeypatch, ARROW_DEFAULT_MEMORY_POOL="mimalloc")
    assert os.environ["ARROW_DEFAULT_MEMORY_POOL"] == "mimalloc"


def test_routers_find_their_connection_open(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(monkeypatch)
    assert found["keepalive"] > 90
    assert found["graceful_timeout"] < 30


def test_a_port_in_use_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = SimpleNamespace(address=[taken.getsockname()])
        with pytest.raises(SystemExit) as end:
            settings(monkeypatch)["on_starting"](server)
        said = capsys.readouterr().err
        assert end.value.code == 2
        assert said.startswith(f"port {taken.getsockname()[1]} is in use by another program; ")
    assert said.count("\n") == 1
    settings(monkeypatch)["on_starting"](server)  # now it is free


def test_an_address_of_another_machine_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch)["on_starting"](SimpleNamespace(address=[("203.0.113.1", 8050)]))
    assert capsys.readouterr().err.startswith("203.0.113.1 port 8050 cannot be listened on (Cannot assign")


def test_a_worker_leaves_ctrl_c_to_its_master(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        settings(monkeypatch)["post_worker_init"](None)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
