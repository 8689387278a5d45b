"""Record: a verdict with everything that it follows from, sealed, so that anybody can work it out again to the bit."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from analytics.analysis import Params, Request, answers_to, result_to_dict
from analytics.decision import DECISION
from analytics.record.sums import sums_as_json, sums_of_json
from config import Config
from semantic.catalog import Catalog
from semantic.data_hash import data_hash
from semantic.errors import InputError
from semantic.filter import Filter
from semantic.store import Store

FORMAT = 1
PRODUCT_VERSION = "0.1.0"
_LIBRARIES = ("numpy", "scipy")
_CATALOG: TypeAdapter[Catalog] = TypeAdapter(Catalog)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of working a record out again.

    Attributes
    ----------
    is_sealed : bool
        Whether nothing in the record was changed since it was made.
    is_same : bool
        Whether its sums lead to its result, to the bit.
    differences : tuple of str
        Where the result is another, at most ten places.
    headline : str
        The verdict that the sums lead to.
    agrees_with_data : bool or None
        Whether the data that is loaded has the same hash and the same sums; None: it was not asked.
    """

    is_sealed: bool
    is_same: bool
    differences: tuple[str, ...]
    headline: str
    agrees_with_data: bool | None = None


def record_of(store: Store, config: Config, where: Filter, params: Params) -> Record:
    """Return the record of the verdict on the data that is loaded.

    Parameters
    ----------
    store : Store
        The data.
    config : Config
        Words, plan and cleaning.
    where : Filter
        Which sessions count.
    params : Params
        Level, method and alternative.

    Raises
    ------
    StoreError
        Where the database does not answer.
    """
    request = Request(DECISION, where, params)
    answers, snapshot = answers_to(store, request), store.snapshot()
    made = {
        "format": FORMAT,
        "versions": _versions(),
        "data": {
            "hash": data_hash(store),
            "version": snapshot.version,
            "loaded_at": snapshot.loaded_at,
            "origin": snapshot.origin,
            "sessions": snapshot.n_rows,
            "source": config.source.kind,
            "seed": config.source.seed if config.source.kind == "synthetic" else None,
        },
        "cleaning": config.cleaning.model_dump(mode="json"),
        "filter": request.where.to_query(),
        "parameters": {name: getattr(request.params, name) for name in DECISION.parameters},
        "random": "Nothing is drawn: the result follows from the sums alone.",
        "catalog": _CATALOG.dump_python(store.catalog, mode="json"),
        "sums": {name: sums_as_json(answer) for name, answer in answers.items()},
        "result": result_to_dict(DECISION.compute(answers, request, store.catalog)),
    }
    return {**made, "sha256": _seal(made)}


def recompute(record: Mapping[str, Any], store: Store | None = None) -> Recomputed:
    """Return what the sums of a record lead to, and whether that is what it says.

    Parameters
    ----------
    record : mapping
        As `record_of` made it, or as it was read from its file.
    store : Store, optional
        The data that it is compared with.

    Raises
    ------
    InputError
        Where it is no record.
    """
    request, catalog, answers = _read(record)
    found = result_to_dict(DECISION.compute(answers, request, catalog))
    differences = tuple(_differences(_plain(record["result"]), _plain(found), "result"))[:10]
    is_sealed = record.get("sha256") == _seal({key: value for key, value in record.items() if key != "sha256"})
    agrees = None if store is None else _agrees(record, store, request)
    return Recomputed(is_sealed, not differences, differences, str(found["headline"]), agrees)


def read_record(path: Path) -> Record:
    """Return the record in a file; raises InputError where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a record ({error}); download it from the page again") from error
    if not isinstance(found, dict):
        raise InputError(f"{path} holds no record; download it from the page again")
    return found


def record_text(record: Mapping[str, Any]) -> str:
    """Return a record as the text of its file."""
    return json.dumps(record, ensure_ascii=False, indent=1)


def _read(record: Mapping[str, Any]) -> tuple[Request, Catalog, dict[str, Any]]:
    if record.get("format") != FORMAT:
        raise InputError(f"format is {record.get('format')!r}, must be {FORMAT}; use the product that made the record")
    try:
        names = {field.name for field in fields(Params)}
        params = replace(Params(), **{k: v for k, v in record["parameters"].items() if k in names})
        catalog = _CATALOG.validate_python(record["catalog"])
        answers = {name: sums_of_json(sums) for name, sums in record["sums"].items()}
        return Request(DECISION, Filter.from_query(record["filter"]), params), catalog, answers
    except (KeyError, TypeError, ValueError, AttributeError, ValidationError) as error:
        raise InputError(f"a part of the record is missing or broken ({error!r}); download it again") from error


def _agrees(record: Mapping[str, Any], store: Store, request: Request) -> bool:
    """Return whether the data that is loaded is the same, and says the same."""
    now = {name: sums_as_json(answer) for name, answer in answers_to(store, request).items()}
    same = {name: _without_origin(sums) for name, sums in now.items()}
    recorded = {name: _without_origin(sums) for name, sums in record["sums"].items()}
    return bool(record["data"]["hash"] == data_hash(store) and _plain(same) == _plain(recorded))


def _without_origin(sums: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in sums.items() if key not in ("origin", "version")}


def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"product": PRODUCT_VERSION, "python": platform.python_version(), **libraries}


def _seal(made: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(made, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _differences(one: Any, other: Any, place: str) -> list[str]:
    """Return where two plain values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        return [text for key in keys for text in _differences(one.get(key), other.get(key), f"{place}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [text for at, (a, b) in pairs for text in _differences(a, b, f"{place}[{at}]")]
    return [] if one == other else [f"{place} is {one!r} in the record, {other!r} worked out again"]
