"""The served product while it starts, ends, and loses what it leans on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.faults.conftest import Served
from tests.servers import RedisServer, mariadb_running, wait_until

Serve = Callable[..., Served]
ANALYSES = ["comparison", "kpi", "trend", "breakdown?by=device"]


def release(folder: Path, database_url: str) -> None:
    """Run the release line of the Procfile."""
    line = next(line for line in (folder / "Procfile").read_text().splitlines() if line.startswith("release: "))
    own = {"DATABASE_URL": database_url, "OMP_NUM_THREADS": "1"}
    for command in line.removeprefix("release: ").split(" && "):
        words = command.removeprefix("python").split()
        subprocess.run([sys.executable, *words], cwd=folder, env=own, check=True)


def test_an_empty_folder_serves_pages_after_loading_its_source(serve: Serve) -> None:
    served = serve()
    served.wait_for("/healthz")
    served.wait_for("/readyz")
    assert served.get("/").status_code == 200
    assert [served.get(f"/api/v1/analyses/{name}").status_code for name in ANALYSES] == [200] * 4
    assert served.stop()[0] == 0


def test_while_it_loads_it_lives_and_says_so(serve: Serve, folder: Path) -> None:
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("sessions: 3000", "sessions: 400000"))
    served = serve()
    served.wait_for("/healthz")
    reply = served.get("/")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "2")
    assert "The data is being loaded" in reply.text
    assert served.get("/readyz").status_code == 503


def test_one_line_tells_the_address(serve: Serve) -> None:
    served = serve()
    served.wait_for("/readyz")
    served.stop()
    assert served.text() == f"Recommender Conversion: {served.url}\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_and_without_a_word(serve: Serve, number: signal.Signals) -> None:
    served = serve()
    served.wait_for("/readyz")
    said = served.text()
    code, seconds = served.stop(number)
    assert code == 0
    assert seconds < 5
    assert served.text() == said


def test_ended_while_loading_it_leaves_no_process(serve: Serve, folder: Path) -> None:
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("sessions: 3000", "sessions: 2000000"))
    served = serve()
    served.wait_for("/healthz")
    family = psutil.Process(served.process.pid).children(recursive=True)
    assert any("etl" in child.cmdline() for child in family)
    code, seconds = served.stop()
    assert (code, seconds < 5) == (0, True)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not alive


def test_a_source_that_cannot_be_read_is_named_on_the_page(serve: Serve, folder: Path) -> None:
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("kind: synthetic", "kind: csv\n  path: nowhere.csv"))
    served = serve()
    served.wait_for("/healthz")
    deadline = time.monotonic() + 20
    while "nowhere.csv" not in served.get("/").text and time.monotonic() < deadline:
        time.sleep(0.2)
    assert "nowhere.csv" in served.get("/").text
    assert "nowhere.csv" in served.get("/readyz").json()["detail"]


def test_a_second_start_serves_what_is_there(serve: Serve, folder: Path) -> None:
    first = serve()
    first.wait_for("/readyz")
    first.stop()
    changed = (folder / "data" / "recommender.db").stat().st_mtime_ns
    second = serve()
    second.wait_for("/readyz")
    assert second.get("/readyz").json()["data_version"] == 1
    assert (folder / "data" / "recommender.db").stat().st_mtime_ns == changed


def test_no_connection_crosses_the_fork(serve: Serve) -> None:
    served = serve()
    served.wait_for("/readyz")
    served.stop()
    served = serve()
    served.wait_for("/readyz")
    parent = psutil.Process(served.process.pid)
    wait_until(lambda: len(parent.children()) == 2, "the second worker")
    assert not [file.path for file in parent.open_files() if "recommender.db" in file.path]


def test_workers_are_replaced_when_they_die(serve: Serve) -> None:
    served = serve()
    served.wait_for("/readyz")
    for child in psutil.Process(served.process.pid).children():
        os.kill(child.pid, signal.SIGKILL)
    served.wait_for("/api/v1/analyses/kpi")
    served.wait_for("/")


def test_a_host_with_a_passing_disk_is_warned_and_reached_from_outside(serve: Serve) -> None:
    served = serve(DYNO="web.1")
    served.wait_for("/readyz")
    assert "this host's disk is lost at each restart; set DATABASE_URL" in served.text()
    assert f"http://0.0.0.0:{served.port}" in served.text()


@pytest.mark.parametrize("fault", ["stop", "freeze"])
def test_without_redis_every_page_is_served_in_time(serve: Serve, redis_server: RedisServer, fault: str) -> None:
    served = serve(REDIS_URL=redis_server.url)
    served.wait_for("/readyz")
    assert served.get("/readyz").json()["cache"] == "redis"
    getattr(redis_server, fault)()
    for query in ("", "?device=Mobile", "?device=Desktop", "?device=Tablet"):
        started = time.monotonic()
        assert served.get(f"/api/v1/analyses/kpi{query}").status_code == 200
        assert time.monotonic() - started < 2


def test_redis_is_used_again_when_it_returns(serve: Serve, redis_server: RedisServer) -> None:
    served = serve(REDIS_URL=redis_server.url, WEB_CONCURRENCY="1")
    served.wait_for("/readyz")
    redis_server.freeze()
    served.get("/api/v1/analyses/kpi")
    assert served.get("/readyz").json()["cache"] == "redis is away, memory"
    redis_server.thaw()
    time.sleep(5.5)
    served.get("/api/v1/analyses/kpi?device=Mobile")
    assert served.get("/readyz").json()["cache"] == "redis"


@pytest.mark.slow
@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_without_its_database_it_serves_what_the_cube_holds(serve: Serve, folder: Path, fault: signal.Signals) -> None:
    with mariadb_running() as database:
        url = database.create_database()
        release(folder, url)
        served = serve(DATABASE_URL=url, WEB_CONCURRENCY="1")
        served.wait_for("/readyz")
        database.process.send_signal(fault)
        started = time.monotonic()
        assert served.get("/api/v1/analyses/kpi?device=Mobile").status_code == 200
        assert served.get("/").status_code == 200
        assert time.monotonic() - started < 10
        reply = served.get("/readyz")
        assert (reply.status_code, "does not answer" in reply.json()["detail"]) == (503, True)
        database.process.send_signal(signal.SIGCONT)
