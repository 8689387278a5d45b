"""Run the simulation of a folder: ``python -m analytics.simulation FOLDER``; see analytics/simulation/runs.py."""

import json
import sys
import time
from pathlib import Path

import orjson

from analytics.simulation.runs import PROGRESS, RESULT
from analytics.simulation.settings import Settings
from config import load_config
from semantic.errors import ProductError
from semantic.jobs.queue import ABOUT

_EVERY_S = 0.2


class Told:
    """Writes down how far the work is, a few times a second.

    Parameters
    ----------
    path : Path
        Of the file that the web process reads.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._next = path, 0.0

    def __call__(self, share: float) -> None:
        """Note a share of the work."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY_S
            replace(self._path, orjson.dumps({"share": share}))


def replace(path: Path, payload: bytes) -> None:
    """Write a file at once, so that nobody reads half of it."""
    hidden = path.with_name(f".{path.name}.part")
    hidden.write_bytes(payload)
    hidden.replace(path)


def main(folder: Path) -> int:
    """Return 0 once the result is there, 1 where it cannot be made; a sentence says why."""
    try:
        settings = Settings.of(json.loads((folder / ABOUT).read_bytes()))
        result = settings.kind.run(settings.scenario, Told(folder / PROGRESS), load_config())
    except ProductError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    replace(folder / RESULT, orjson.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
