"""A process of its own that asks for sums over units and says how much private memory that took, in MB."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from semantic.database import engine_for
from semantic.shelf import Shelf
from semantic.store import Store
from semantic.units import EXPOSURE_DAY, UnitColumn, UnitQuery
from tests.semantic.unit_oracle import unit_catalog

COLUMNS = tuple(
    UnitColumn(name, name) for name in ("n_sessions", "n_converted", "sum_revenue", "sum_time_spent_s", "n_revenue")
)
QUERIES = [
    UnitQuery(COLUMNS),
    UnitQuery(COLUMNS, ("variant", "device")),
    UnitQuery(COLUMNS, ("variant", EXPOSURE_DAY)),
    UnitQuery((UnitColumn("cut", "sum_revenue", cap_quantile=0.99),)),
]


def private_mb() -> float:
    """Return what the process holds that is no page of a file."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def watch(stopped: Event, seen: list[float]) -> None:
    while not stopped.wait(0.005):
        seen.append(private_mb())


def main(url: str) -> float:
    """Return the largest growth while the questions are answered."""
    with TemporaryDirectory() as folder:
        store = Store(engine_for(url, read_only=True), unit_catalog(), shelf=Shelf(Path(folder)))
        store.snapshot()
        stopped, seen = Event(), [private_mb()]
        thread = Thread(target=watch, args=(stopped, seen))
        thread.start()
        origins = {answer.origin for answer in store.answers(QUERIES)}
        stopped.set()
        thread.join()
        assert origins == {"index"}
        return max(seen) - seen[0]


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1])))
