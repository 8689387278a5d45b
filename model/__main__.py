"""python -m model: train, score, evaluate, compare, promote, list, export; a fault is one sentence and exit code 2."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from config import Config, load_config
from model.batch.command import add_arguments, score_command, sentence
from model.checked import check
from model.console import drift_lines, learner_lines, renewal_sentence, version_lines, versus_lines
from model.errors import ModelError
from model.predictor import Predictor
from model.predictors import Predictors
from model.registry import Registry, Stored
from model.telling import Teller
from semantic.command import exit_code
from semantic.database import engine_for
from semantic.errors import InputError, unknown_name
from semantic.store import Store

_NICENESS = 10


def main(arguments: Sequence[str]) -> int:
    """Return the exit code of a command: 0 done, 2 a fault that the reader can mend, 130 stopped by the reader."""
    options = _parser().parse_args(arguments)
    return exit_code(lambda: options.run(options), "the model is as it was before")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model", description="Sessions in, a judged conversion model out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = _command(commands, "train", _train, "train on what is loaded; nothing where that was done already")
    command.add_argument("--force", action="store_true", help="train also where it was done already")
    command.add_argument("--gently", action="store_true", help="give way to other processes")

    command = _command(commands, "score", _score, "add probability and drivers to the rows of a csv or parquet file")
    add_arguments(command)
    command.add_argument("--version", type=int, help="number of the version (the one that is served)")

    command = _command(commands, "evaluate", _evaluate, "print the card of a version: its data, figures and limits")
    _add_version(command)

    command = _command(commands, "compare", _compare, "print LightGBM beside its rivals, or two versions side by side")
    command.add_argument("versions", type=int, nargs="*", help="none: the rivals of what is served; two: versions")

    command = _command(
        commands, "drift", _drift, "tell whether sessions of today are still those that were learned from"
    )
    _add_version(command)

    command = _command(commands, "promote", _promote, "serve a version from now on")
    command.add_argument("version", type=int, nargs="?", help="its number")
    command.add_argument("--back", action="store_true", help="the one that was served before")

    _command(commands, "list", _list, "list all versions, and how the newest training went")

    command = _command(commands, "export", _export, "write the files of a version, conversion_model.pkl among them")
    _add_version(command)
    command.add_argument("--out", type=Path, required=True, help="folder; made where it is not there")
    return parser


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    command.add_argument("--config", type=Path, default=Path("config.yaml"), help="configuration file (config.yaml)")
    command.add_argument("--quiet", action="store_true", help="tell nothing but faults")
    command.add_argument("--json", action="store_true", help="answer as JSON on standard output")
    command.set_defaults(run=run)
    return command


def _add_version(command: argparse.ArgumentParser) -> None:
    command.add_argument("version", type=int, nargs="?", help="its number; absent: the one that is served")


def _train(options: argparse.Namespace) -> None:
    from model.renewal import renew  # LightGBM and its rivals, which no other command needs

    if options.gently:
        os.nice(_NICENESS)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    config = load_config(options.config)
    silent = options.quiet or options.json
    teller = Teller("none" if silent else "bar" if sys.stderr.isatty() else "lines")
    try:
        renewal = renew(config, _store(config), teller, force=options.force)
    finally:
        teller.end()
    _tell(options, asdict(renewal), [renewal_sentence(renewal)])


def _score(options: argparse.Namespace) -> None:
    config = load_config(options.config)
    predictor = _predictor(Registry(config), options.version, options.task)
    outcome = score_command(options, config, predictor, lambda _share, _rows: None)
    _tell(options, asdict(outcome) | {"out": str(options.out)}, [sentence(outcome)])


def _predictor(registry: Registry, version: int | None, task: str) -> Predictor:
    stored = _stored(registry, version)
    predictors = Predictors(stored, check)
    if task not in predictors:
        raise ModelError(unknown_name("task", task, predictors))
    return predictors[task]


def _evaluate(options: argparse.Namespace) -> None:
    stored = _stored(_registry(options), options.version)
    _tell(options, _plain(stored.report), stored.files["card.md"].decode().splitlines())


def _compare(options: argparse.Namespace) -> None:
    registry = _registry(options)
    if len(options.versions) not in (0, 2):
        raise InputError(f"compare takes no version or two, not {len(options.versions)}; write compare 3 4")
    if not options.versions:
        report = _stored(registry, None).report
        _tell(options, _plain(report), learner_lines(report))
        return
    one, other = ((number, registry.read(number).report) for number in options.versions)
    _tell(options, {str(number): _plain(report) for number, report in (one, other)}, versus_lines(one, other))


def _drift(options: argparse.Namespace) -> None:
    from model.drift import drift_of  # LightGBM, which few other commands need

    config = load_config(options.config)
    registry = Registry(config)
    stored = _stored(registry, options.version)
    drift = drift_of(config, _store(config), stored)
    registry.save_drift(stored.version.version, drift)
    _tell(options, _plain(drift), drift_lines(drift))


def _promote(options: argparse.Namespace) -> None:
    registry = _registry(options)
    if options.back == (options.version is not None):
        raise InputError("promote takes a version or --back; write promote 3")
    if options.back:
        number = registry.roll_back()
    else:
        registry.read(options.version)  # a damaged one is not served
        registry.promote(number := options.version)
    _tell(options, {"version": number}, [f"model version {number} is served"])


def _list(options: argparse.Namespace) -> None:
    registry = _registry(options)
    versions, state = registry.versions(), registry.state()
    _tell(options, {"versions": _plain(versions), "training": _plain(state.training)}, version_lines(versions, state))


def _export(options: argparse.Namespace) -> None:
    registry = _registry(options)
    number = _promoted(registry) if options.version is None else options.version
    files = registry.files(number)
    for name, payload in files.items():
        path = options.out / name
        if not path.resolve().is_relative_to(options.out.resolve()):
            raise ModelError(f"model version {number} holds the file {name!r}, which leads out of {options.out}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(payload)
        except OSError as error:
            raise InputError(f"{path} cannot be written ({error.strerror}); name another folder with --out") from error
    said = f"{len(files)} files of model version {number} in {options.out}"
    _tell(options, {"version": number, "out": str(options.out), "files": sorted(files)}, [said])


def _registry(options: argparse.Namespace) -> Registry:
    return Registry(load_config(options.config))


def _store(config: Config) -> Store:
    return Store(engine_for(config.database_url, read_only=True), config.catalog)


def _stored(registry: Registry, version: int | None) -> Stored:
    return registry.read(_promoted(registry) if version is None else version)


def _promoted(registry: Registry) -> int:
    promoted = registry.state().promoted
    if promoted is None:
        raise ModelError("there is no model yet; run: python -m model train")
    return promoted


def _plain(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))


def _tell(options: argparse.Namespace, plain: Any, lines: Iterable[str]) -> None:
    if options.json:
        print(json.dumps(plain))
    elif not options.quiet:
        for line in lines:
            print(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
