"""load_config: config.yaml and the environment to one frozen Config; every fault is reported at once."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ValidationError

from config.experiment_spec import ExperimentSpec
from config.model_spec import ModelSpec
from config.spec import CleaningSpec, DisplaySpec, FieldSpec, FileSpec, SourceSpec
from config.words import build_catalog, complete_fields
from semantic.catalog import Catalog
from semantic.errors import ConfigError, UnknownNameError, unknown_name
from semantic.experiment import Experiment

DEFAULT_PORT = 8050
_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


@dataclass(frozen=True)
class Config:
    """Everything that is configured; secrets come from the environment only.

    Attributes
    ----------
    folder : Path
        Where the configuration file is; relative paths start here.
    title : str
        Name shown on the pages.
    database_url : str
        Where the product keeps its tables; may hold a password, never print it.
    redis_url : str
        Shared cache; empty: in memory.
    port : int
        Where the pages are served.
    source, fields, cleaning, display, model
        As in the file.
    cube_memory_mb : float
        What the cube's sums may take.
    catalog : Catalog
        The words of this data set.
    substituted : frozenset of str
        Places of the file that the environment filled in, such as ``source.url``.
    """

    folder: Path
    title: str
    database_url: str
    redis_url: str
    port: int
    source: SourceSpec
    fields: Mapping[str, FieldSpec]
    cleaning: CleaningSpec
    display: DisplaySpec
    cube_memory_mb: float
    model: ModelSpec
    catalog: Catalog
    substituted: frozenset[str] = frozenset()

    @property
    def timezone(self) -> ZoneInfo:
        """Zone in which days begin and end."""
        return ZoneInfo(self.display.timezone)

    @property
    def policy_hash(self) -> str:
        """SHA-256 of everything that decides how a source becomes rows."""
        parts = (
            sorted(self.fields.items()),
            self.cleaning,
            self.source.lookups,
            self.display.timezone,
            self.cube_memory_mb,
        )
        return hashlib.sha256((repr(parts) + self.catalog.fingerprint).encode()).hexdigest()


def load_config(path: Path | str = "config.yaml", environ: Mapping[str, str] | None = None) -> Config:
    """Return the configuration of a file and an environment.

    Parameters
    ----------
    path : Path or str
        The YAML file. ``${NAME}`` and ``${NAME:-default}`` in it stand for environment variables.
    environ : mapping of str to str, optional
        PORT, DATABASE_URL, REDIS_URL and TRAIN_ON_START win over the file; default: the process's own environment.

    Raises
    ------
    ConfigError
        One line a fault: an unknown key with the nearest known one, a value with its rule.
    """
    path, environ = Path(path), os.environ if environ is None else environ
    raw = _read(path)
    data = _expand(raw, environ, path)
    try:
        spec = FileSpec.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{path.name}: {_sentence(e)}" for e in error.errors())) from error
    fields = complete_fields(spec.fields)
    return Config(
        folder=path.absolute().parent,
        title=spec.title,
        database_url=environ.get("DATABASE_URL") or _below(spec.database, path.absolute().parent),
        redis_url=environ.get("REDIS_URL", ""),
        port=_port(environ.get("PORT", "")),
        source=spec.source,
        fields=fields,
        cleaning=_cleaning(spec.cleaning, fields),
        display=spec.display,
        cube_memory_mb=spec.cube_memory_mb,
        model=_model(spec.model, environ.get("TRAIN_ON_START", "")),
        catalog=_catalog(spec, fields),
        substituted=frozenset(_substituted(raw, "")),
    )


def _model(given: ModelSpec, train_on_start: str) -> ModelSpec:
    if train_on_start not in ("", "0", "1"):
        raise ConfigError(f"TRAIN_ON_START is {train_on_start!r}, must be 0 or 1; unset it to follow the file")
    return given.model_copy(update={"train_on_start": train_on_start == "1"}) if train_on_start else given


def _catalog(spec: FileSpec, fields: Mapping[str, FieldSpec]) -> Catalog:
    catalog = build_catalog(fields, spec.control, spec.display.currency)
    return replace(catalog, experiment=_experiment(spec.experiment, catalog))


def _experiment(given: ExperimentSpec, catalog: Catalog) -> Experiment:
    try:
        for name in (given.metric, *given.guardrails):
            catalog.metric(name)
    except UnknownNameError as error:
        raise ConfigError(f"experiment: {error}") from error
    planned = given.model_dump(exclude={"shares", "looks"})
    return Experiment(**planned, shares=tuple(given.shares.items()), n_looks=given.looks)


def _cleaning(given: CleaningSpec, fields: Mapping[str, FieldSpec]) -> CleaningSpec:
    """Return the cleaning; where nothing tells two sessions apart, equal rows are kept unless it is said otherwise."""
    is_told = "identical" in given.model_fields_set or not {"session_id", "started_at"}.isdisjoint(fields)
    return given if is_told else given.model_copy(update={"identical": "keep"})


def _read(path: Path) -> Any:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            f"there is no configuration file {path}; copy config.yaml or name another with --config"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}); it must be a text file in UTF-8") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path} holds no keys; start from the config.yaml that came with the product")
    return data


def _expand(value: Any, environ: Mapping[str, str], path: Path) -> Any:
    if isinstance(value, dict):
        return {key: _expand(item, environ, path) for key, item in value.items()}
    if isinstance(value, list):
        return [_expand(item, environ, path) for item in value]
    if not isinstance(value, str):
        return value

    def fill(match: re.Match[str]) -> str:
        name, default = match.groups()
        if not environ.get(name) and default is None:
            raise ConfigError(f"{path.name} uses ${{{name}}}, which is not set; set it or write ${{{name}:-default}}")
        return environ.get(name) or default

    return _VARIABLE.sub(fill, value)


def _substituted(value: Any, place: str) -> Iterator[str]:
    """Yield the places of texts that hold a variable; that of their section where a key is no plain name."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            is_name = isinstance(key, str | int) and not isinstance(key, bool)
            yield from _substituted(item, f"{place}.{key}".removeprefix(".") if is_name else place)
    elif isinstance(value, str) and _VARIABLE.search(value):
        yield place


def _below(database: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if not database.startswith(prefix) or database.startswith(prefix + "/"):
        return database
    return f"{prefix}{folder / database.removeprefix(prefix)}"


def _port(text: str) -> int:
    if not text:
        return DEFAULT_PORT
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ConfigError(f"PORT is {text!r}, must be a whole number from 1 to 65535; unset it for {DEFAULT_PORT}")
    return int(text)


def _sentence(error: Any) -> str:
    """Return one of pydantic's errors as a sentence with the value, the rule and the remedy."""
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{place}: {unknown_name('key', str(error['loc'][-1]), _known_keys(error['loc'][:-1]))}"
    if error["type"] == "missing":
        return f"{place} is missing; add it"
    text = error["msg"].removeprefix("Value error, ")
    return f"{place}: {text} (found {error['input']!r})" if error["type"] != "value_error" else f"{place}: {text}"


def _known_keys(place: tuple[Any, ...]) -> list[str]:
    model: type[BaseModel] = FileSpec
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, getattr(annotation, "__args__", ()))), None)
