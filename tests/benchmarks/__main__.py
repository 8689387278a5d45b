"""``python -m tests.benchmarks``: measure the product beside its peers, in one run on one machine."""

import argparse
import os
import sys
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as gunicorn.conf.py serves; numpy reads it when it is imported

from tests.benchmarks import browser, cross_filter, drill_down, load, memory, prediction, soak, training, units, web

SIZES = (200_000, 2_000_000, 20_000_000)
PARTS = ("cross-filter", "load", "drill-down", "prediction", "training", "units", "web", "browser")


def _number(text: str) -> int:
    return int(text.replace("_", ""))


def main(arguments: list[str] | None = None) -> int:
    """Return 0 after printing the tables asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "memory", "soak"], help="default: all but memory and soak")
    parser.add_argument(
        "--sizes",
        default="",
        help=f"rows; by default {SIZES}, of units {units.SIZES}; browser takes the ends, web the largest",
    )
    parser.add_argument("--rows", type=_number, default=2_000_000, help="rows of load and prediction")
    parser.add_argument(
        "--gestures",
        type=_number,
        help="of each contender (cross-filter 200, drill-down 80, browser 50); of soak 10000; requests of memory 4800",
    )
    parser.add_argument("--seconds", type=float, default=browser.SECONDS, help="most for a contender in browser")
    parser.add_argument("--minutes", type=float, default=60, help="of soak")
    given = parser.parse_args(arguments)
    sizes = [_number(size) for size in given.sizes.split(",") if size] or [*SIZES]
    parts = given.parts or PARTS
    works: dict[str, Callable[[], str]] = {
        "cross-filter": lambda: cross_filter.measure(sizes, given.gestures or 200),
        "load": lambda: load.measure(given.rows),
        "drill-down": lambda: drill_down.measure(sizes, given.gestures or 80),
        "prediction": lambda: prediction.measure(given.rows),
        "training": training.measure,
        "units": lambda: units.measure(sizes if given.sizes else units.SIZES),
        "web": lambda: web.measure(max(sizes)),
        "browser": lambda: browser.measure(sorted({min(sizes), max(sizes)}), given.gestures or 50, given.seconds),
        "memory": lambda: memory.measure(given.gestures or 4800, min(sizes)),
        "soak": lambda: soak.measure(given.gestures or 10_000, given.minutes, min(sizes)),
    }
    for part in works:
        if part in parts:
            print(works[part]())
    return 0


if __name__ == "__main__":
    sys.exit(main())
