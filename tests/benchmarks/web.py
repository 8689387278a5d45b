"""Memory of the web process and its time to ready, with a large cube, served as in production by gunicorn."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config import load_config
from tests.benchmarks.own_store import build_cube, write_store
from tests.benchmarks.rows import CATEGORIES, draw_rows
from tests.benchmarks.timing import machine, write_report
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 120
N_REQUESTS = 200
N_AT_ONCE = 8


def measure(n_rows: int) -> str:
    """Return the table of memory and time to ready; it is kept in build/benchmarks too.

    Parameters
    ----------
    n_rows : int
        Sessions in the cube.
    """
    with tempfile.TemporaryDirectory() as folder:
        config, rows = load_config(ROOT / "config.yaml", {}), draw_rows(n_rows)
        cube = build_cube(config, rows)
        write_store(Path(folder) / "rows.db", config, cube, rows, with_table=False)
        cube_mb = cube.n_bytes / 1e6
        del rows, cube
        ready_s, idle_mb, used_mb = _serve(f"sqlite:///{folder}/rows.db")
    data = {
        "machine": machine("gunicorn", "dash", "numpy"),
        "rows": n_rows,
        "cube_mb": cube_mb,
        "ready_s": ready_s,
        "pss_ready_mb": idle_mb,
        "pss_used_mb": used_mb,
    }
    header = ["rows", "cube MB", "ready after s", "PSS when ready MB", f"PSS after {N_REQUESTS} requests MB"]
    row = [f"{n_rows:,}", f"{cube_mb:.0f}", f"{ready_s:.1f}", f"{idle_mb:.0f}", f"{used_mb:.0f}"]
    return write_report("web", data, header, [row])


def _serve(database_url: str) -> tuple[float, float, float]:
    port = free_port()
    own = {"DATABASE_URL": database_url, "PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "2"}
    own["TRAIN_ON_START"] = "0"
    begin = time.perf_counter()
    program = [sys.executable, "-m", "gunicorn", "wsgi:server"]
    process = subprocess.Popen(program, cwd=ROOT, env=os.environ | own, stdout=subprocess.DEVNULL)
    try:
        while not _answers(f"http://127.0.0.1:{port}/readyz"):
            if process.poll() is not None or time.perf_counter() - begin > READY_WITHIN_S:
                raise RuntimeError("the web process does not become ready")
            time.sleep(0.02)
        ready_s = time.perf_counter() - begin
        idle_mb = proportional_mb(process.pid)
        with ThreadPoolExecutor(N_AT_ONCE) as pool:
            list(pool.map(_answers, _addresses(port)))
        return ready_s, idle_mb, proportional_mb(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _addresses(port: int) -> list[str]:
    """Return requests for pages and numbers under many filters, so that every worker computes."""
    members = [(name, member) for name, known in CATEGORIES.items() for member in known]
    filters = [f"{a}={x}&{b}={y}" for a, x in members for b, y in members if a < b]
    paths = ["/", *(f"/api/v1/analyses/{name}?{where}" for where in filters for name in ("comparison", "kpi", "trend"))]
    return [f"http://127.0.0.1:{port}{path}" for path in paths[:N_REQUESTS]]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            response.read()
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def proportional_mb(pid: int, part: str = "Pss") -> float:
    """Return the proportional set size of a process and all below it, in MB; ``Pss_Anon`` leaves out pages of files."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(") ")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    tree = [pid]
    for parent in tree:
        tree += children.get(parent, [])
    return sum(_proportional_kb(one, part) for one in tree) / 1000


def _proportional_kb(pid: int, part: str) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return next(float(line.split()[1]) * 1.024 for line in text.splitlines() if line.startswith(f"{part}:"))
