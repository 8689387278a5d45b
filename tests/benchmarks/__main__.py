"""``python -m tests.benchmarks``: measure the product beside its peers, in one run on one machine."""

import argparse
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as gunicorn.conf.py serves; numpy reads it when it is imported

from tests.benchmarks import browser, cross_filter, drill_down, load, memory, prediction, soak, training, web

SIZES = (200_000, 2_000_000, 20_000_000)
PARTS = ("cross-filter", "load", "drill-down", "prediction", "training", "web", "browser")


def _number(text: str) -> int:
    return int(text.replace("_", ""))


def main(arguments: list[str] | None = None) -> int:
    """Return 0 after printing the tables asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "memory", "soak"], help="default: all but memory and soak")
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="rows; browser takes the ends, web the largest"
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
    sizes = [_number(size) for size in given.sizes.split(",")]
    parts = given.parts or PARTS
    if "cross-filter" in parts:
        print(cross_filter.measure(sizes, given.gestures or 200))
    if "load" in parts:
        print(load.measure(given.rows))
    if "drill-down" in parts:
        print(drill_down.measure(sizes, given.gestures or 80))
    if "prediction" in parts:
        print(prediction.measure(given.rows))
    if "training" in parts:
        print(training.measure())
    if "web" in parts:
        print(web.measure(max(sizes)))
    if "browser" in parts:
        print(browser.measure(sorted({min(sizes), max(sizes)}), given.gestures or 50, given.seconds))
    if "memory" in parts:
        print(memory.measure(given.gestures or 4800, min(sizes)))
    if "soak" in parts:
        print(soak.measure(given.gestures or 10_000, given.minutes, min(sizes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
