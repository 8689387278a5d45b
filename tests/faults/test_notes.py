"""What people add, on a served product of two workers: across workers, restarts and loads."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import requests

from tests.faults.conftest import Served

Serve = Callable[..., Served]
N_WRITES = 40


def add_view(served: Served, name: str, origin: str = "") -> requests.Response:
    body = {"name": name, "path": "/", "query": "device=Mobile"}
    headers = {"Origin": origin or served.url}
    return requests.post(f"{served.url}/api/v1/views", json=body, headers=headers, timeout=30)


def names(served: Served) -> list[str]:
    return [view["name"] for view in served.get("/api/v1/views").json()["views"]]


def test_people_who_write_at_once_to_two_workers_lose_nothing(serve: Serve) -> None:
    served = serve()
    served.wait_for("/readyz")
    with ThreadPoolExecutor(8) as people:
        replies = list(people.map(lambda i: add_view(served, f"view {i:02}"), range(N_WRITES)))
    assert [reply.status_code for reply in replies] == [201] * N_WRITES
    assert names(served) == [f"view {i:02}" for i in range(N_WRITES)]
    links = [reply.json()["link"] for reply in replies]
    opened = [requests.get(served.url + link, timeout=30, allow_redirects=False) for link in links]
    assert {reply.headers["Location"] for reply in opened} == {"/?device=Mobile"}


def test_what_was_added_outlives_restarts_and_loads(serve: Serve, folder: Path) -> None:
    served = serve()
    served.wait_for("/readyz")
    add_view(served, "kept")
    served.stop()
    subprocess.run([sys.executable, "-m", "etl", "load", "--quiet", "--force"], cwd=folder, check=True)
    served = serve()
    served.wait_for("/readyz")
    assert served.get("/readyz").json()["data_version"] == 2
    assert names(served) == ["kept"]
    assert (folder / "data" / "recommender.notes.db").is_file()


def test_between_uses_no_process_holds_the_file(serve: Serve) -> None:
    served = serve()
    served.wait_for("/readyz")
    assert add_view(served, "a").status_code == 201
    family = [psutil.Process(served.process.pid), *psutil.Process(served.process.pid).children()]
    assert [file.path for process in family for file in process.open_files() if "notes" in file.path] == []


def test_a_host_that_we_are_not_cannot_write(serve: Serve) -> None:
    served = serve()
    served.wait_for("/readyz")
    reply = add_view(served, "a", "https://evil.example")
    assert (reply.status_code, reply.headers["Content-Type"]) == (403, "application/problem+json")
    assert names(served) == []
