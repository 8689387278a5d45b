"""python -m etl: generate, load, append, status, export; every fault is one sentence and exit code 2."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from config import Config, load_config
from etl.load.runs import Outcome
from etl.pipeline import append, export, load, status, verify
from etl.pipeline.telling import show_status
from etl.progress import Reporter
from etl.sources.synthetic import SyntheticSource, write_csv, write_truth
from semantic.command import exit_code
from semantic.errors import InputError


def main(arguments: Sequence[str]) -> int:
    """Return the exit code of a command: 0 done, 2 a fault that the reader can mend, 130 stopped by the reader."""
    options = _parser().parse_args(arguments)
    return exit_code(lambda: options.run(options), "the data is as it was before")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="Session logs in, clean sessions out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = _command(
        commands, "generate", _generate, "write simulated sessions to a csv file, and their truth beside it"
    )
    command.add_argument("--profile", choices=("planted", "null", "seed"), default="planted", help="what is simulated")
    command.add_argument("--sessions", type=int, default=200_000, help="how many (200000)")
    command.add_argument("--seed", type=int, default=42, help="equal seeds give equal sessions (42)")
    command.add_argument("--out", type=Path, required=True, help="csv file, packed where it ends in .gz")

    command = _command(commands, "load", _load, "replace the data by what the source holds; nothing where it is held")
    command.add_argument("--force", action="store_true", help="load also what is held already")
    _add_source(command)

    command = _command(commands, "append", _append, "add the sessions of one more source; a known id is replaced")
    _add_source(command)

    command = _command(
        commands, "status", _status, "tell which version is shown, what runs did, which rules were broken"
    )
    command.add_argument("--verify", action="store_true", help="count the cube anew from the sessions and compare")

    command = _command(commands, "export", _export, "write sessions, or rejected records, as csv or parquet")
    command.add_argument("--out", type=Path, help="file, parquet where it ends in .parquet; absent: csv to the screen")
    command.add_argument("--where", default="", help="filter as in a page's address: 'device=Mobile&gender=Female'")
    command.add_argument("--rejected", action="store_true", help="the rejected records of the newest run that has any")
    return parser


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    command.add_argument("--config", type=Path, default=Path("config.yaml"), help="configuration file (config.yaml)")
    command.add_argument("--quiet", action="store_true", help="tell nothing but faults")
    command.add_argument("--json", action="store_true", help="answer as JSON on standard output")
    command.set_defaults(run=run)
    return command


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("--source", type=Path, help="read this file, csv or parquet, instead of the configured source")


def _generate(options: argparse.Namespace) -> None:
    if options.sessions < 1:
        raise InputError(f"--sessions is {options.sessions}, must be at least 1; write --sessions 200000")
    source, reporter = SyntheticSource(options.profile, options.sessions, options.seed), _reporter(options)
    with reporter.phase("write sessions", source.size):
        write_csv(source, options.out, lambda done: reporter.advance(done, source.size, done))
    truth = write_truth(source.truth(), options.out)
    if options.json:
        print(json.dumps({"out": str(options.out), "truth": str(truth), "n_rows": source.size}))
    elif not options.quiet:
        print(f"{source.size:,} sessions in {options.out}, what is true of them in {truth}")


def _status(options: argparse.Namespace) -> None:
    config = load_config(options.config)
    found = status(config)
    n_verified = verify(config) if options.verify else None
    if options.json:
        print(json.dumps({**asdict(found), "n_verified": n_verified}))
    elif not options.quiet:
        show_status(found)
        if n_verified is not None:
            print(f"the cube is right: {n_verified:,} sums counted anew from the sessions are equal")


def _export(options: argparse.Namespace) -> None:
    n_rows, notices = export(load_config(options.config), options.out, options.where, rejected=options.rejected)
    if options.out is None or options.quiet:
        return
    if options.json:
        print(json.dumps({"out": str(options.out), "n_rows": n_rows, "notices": notices}))
        return
    print(f"{n_rows:,} rows in {options.out}")
    for notice in notices:
        print(notice)


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
