import runpy
from pathlib import Path
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


def test_routers_find_their_connection_open(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(monkeypatch)
    assert found["keepalive"] > 90
    assert found["graceful_timeout"] < 30
