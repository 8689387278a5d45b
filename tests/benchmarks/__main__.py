"""``python -m tests.benchmarks``: measure the product beside its peers, in one run on one machine."""

import argparse
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as gunicorn.conf.py serves; numpy reads it when it is imported

from tests.benchmarks import cross_filter, load, web

SIZES = (200_000, 2_000_000, 20_000_000)


def main(arguments: list[str] | None = None) -> int:
    """Return 0 after printing the tables asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=["cross-filter", "load", "web"], help="default: all")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="rows of cross-filter; the largest for web")
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows of load")
    parser.add_argument("--gestures", type=int, default=200)
    given = parser.parse_args(arguments)
    sizes = [int(size.replace("_", "")) for size in given.sizes.split(",")]
    parts = given.parts or ["cross-filter", "load", "web"]
    if "cross-filter" in parts:
        print(cross_filter.measure(sizes, given.gestures))
    if "load" in parts:
        print(load.measure(given.rows))
    if "web" in parts:
        print(web.measure(max(sizes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
