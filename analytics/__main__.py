"""python -m analytics: record a verdict, or work one out again; a fault is one sentence and exit code 2."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analytics.analysis import Params
from analytics.record import read_record, recompute, record_of, record_text
from config import load_config
from semantic.command import exit_code
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store

DIFFERS = 1


def main(arguments: Sequence[str]) -> int:
    """Return the exit code: 0 the same, 1 another result or other data, 2 a fault that the reader can mend."""
    options = _parser().parse_args(arguments)
    return exit_code(lambda: int(options.run(options)), "nothing was changed")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics", description="Verdicts that can be worked out again.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    again = commands.add_parser("recompute", help="work a verdict out again from the sums of its record")
    again.add_argument("record", type=Path, help="file that was downloaded from the page")
    again.add_argument("--config", type=Path, help="configuration whose data is compared too (none)")
    again.set_defaults(run=_recompute)
    made = commands.add_parser("record", help="print the record of the verdict on what is loaded")
    made.add_argument("filter", nargs="?", default="", help="as in the address, such as device=Mobile")
    made.add_argument("--method", default="", help="sequential, fixed or group_sequential (as planned)")
    made.add_argument("--config", type=Path, default=Path("config.yaml"), help="configuration file (config.yaml)")
    made.set_defaults(run=_record)
    return parser


def _recompute(options: argparse.Namespace) -> int:
    store = _store(options.config) if options.config else None
    found = recompute(read_record(options.record), store)
    print(found.headline)
    print("The record is as it was made." if found.is_sealed else "The record was changed after it was made.")
    print("The sums lead to the same result, to the bit." if found.is_same else "The sums lead to another result:")
    for difference in found.differences:
        print(f"  {difference}")
    if found.agrees_with_data is not None:
        print(f"The data that is loaded is {'the same' if found.agrees_with_data else 'other data'}.")
    return 0 if found.is_sealed and found.is_same and found.agrees_with_data in (None, True) else DIFFERS


def _record(options: argparse.Namespace) -> int:
    config = load_config(options.config)
    store = Store(engine_for(config.database_url, read_only=True), config.catalog)
    params = replace(Params(), confidence=config.display.confidence, method=options.method)
    print(record_text(record_of(store, config, Filter.from_query(options.filter), params)))
    return 0


def _store(path: Path) -> Store:
    config = load_config(path)
    return Store(engine_for(config.database_url, read_only=True), config.catalog)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
