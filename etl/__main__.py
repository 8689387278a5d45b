"""python -m etl: load and append from the command line; every fault is one sentence and exit code 2."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from config import Config, load_config
from etl.load.runs import Outcome
from etl.pipeline import append, load
from etl.progress import Reporter
from semantic.errors import ProductError

FAULT, STOPPED = 2, 130


def main(arguments: Sequence[str]) -> int:
    """Return the exit code of a command: 0 done, 2 a fault that the reader can mend, 130 stopped by the reader."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except ProductError as error:
        print(error, file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        print("stopped; the data is as it was before", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="Session logs in, clean sessions out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("load", _load, "replace the data by what the source holds; nothing happens where it is held already"),
        ("append", _append, "add the sessions of one more source; those with a known id are replaced"),
    ):
        command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        _add_common(command)
        command.add_argument(
            "--source", type=Path, help="read this file, csv or parquet, instead of the configured source"
        )
        command.set_defaults(run=run)
        if name == "load":
            command.add_argument("--force", action="store_true", help="load also what is held already")
    return parser


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, default=Path("config.yaml"), help="configuration file (config.yaml)")
    command.add_argument("--quiet", action="store_true", help="tell nothing but faults")
    command.add_argument("--json", action="store_true", help="answer as JSON on standard output")


def _load(options: argparse.Namespace) -> None:
    _tell(options, load(_config(options), _reporter(options), force=options.force))


def _append(options: argparse.Namespace) -> None:
    _tell(options, append(_config(options), _reporter(options)))


def _config(options: argparse.Namespace) -> Config:
    config = load_config(options.config)
    path = getattr(options, "source", None)
    if path is None:
        return config
    kind = "parquet" if path.suffix in (".parquet", ".pq") else "csv"
    return replace(config, source=config.source.model_copy(update={"kind": kind, "path": str(path.absolute())}))


def _reporter(options: argparse.Namespace) -> Reporter:
    if options.quiet or options.json:
        return Reporter()
    return Reporter("bar" if sys.stderr.isatty() else "lines")


def _tell(options: argparse.Namespace, outcome: Outcome) -> None:
    if options.json:
        print(json.dumps(asdict(outcome)))
    elif not options.quiet:
        print(_sentence(outcome))
        for notice in outcome.notices:
            print(notice)


def _sentence(outcome: Outcome) -> str:
    counts = outcome.counts
    if not outcome.changed:
        return f"version {outcome.version} holds this source already; nothing to do"
    total = sum(outcome.timings.values())
    return (
        f"version {outcome.version}: {counts.n_read:,} records read = {counts.n_loaded:,} loaded + "
        f"{counts.n_duplicates:,} duplicates + {counts.n_quarantined:,} quarantined, in {total:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
