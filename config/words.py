"""From the configured fields to the Catalog: the product's own fields with their usual meaning, and added ones."""

from collections.abc import Mapping
from typing import Any, cast

from config.spec import FieldKind, FieldSpec
from semantic.catalog import (
    CONVERTED,
    DAY,
    N_CONVERTED,
    N_SESSIONS,
    PROPENSITY,
    SESSION_ID,
    STARTED_AT,
    USER_ID,
    VARIANT,
    Catalog,
    Column,
    ColumnType,
    Dimension,
    Kind,
    Metric,
    measures_of_number,
    measures_of_sessions,
    measures_of_weights,
)
from semantic.errors import ConfigError, unknown_name

_NEEDED = {"missing": "quarantine"}
_LATE = {"after_engine": True}
_EARLY = {"after_engine": False, "chosen_by_engine": False}
_OWN: dict[str, dict[str, Any]] = {
    VARIANT: {"kind": "category", "label": "Engine", **_NEEDED},
    CONVERTED: {"kind": "flag", "label": "Converted", **_NEEDED},
    SESSION_ID: {"kind": "id", "label": "Session", **_NEEDED},
    USER_ID: {"kind": "id", "label": "User"},
    STARTED_AT: {"kind": "time", "label": "Date", **_NEEDED},
    "age": {"kind": "band", "label": "Age", "unit": "years", "edges": (18, 26, 36, 51), "minimum": 1, "maximum": 110},
    "gender": {"kind": "category", "label": "Gender"},
    "device": {"kind": "category", "label": "Device"},
    "location": {"kind": "place", "label": "Location"},
    "category": {"kind": "category", "label": "Category recommended", "chosen_by_engine": True},
    "time_spent_s": {"kind": "number", "label": "Time spent", "unit": "s", "above": 0, **_LATE},
    "pages_viewed": {"kind": "number", "label": "Pages viewed", "unit": "pages", "minimum": 1, **_LATE},
    "revenue": {"kind": "amount", "label": "Revenue", "minimum": 0, "missing": "zero"},
    PROPENSITY: {"kind": "probability", "label": "Propensity", "above": 0, "maximum": 1, **_NEEDED},
}
_DESCRIPTIONS = {
    VARIANT: "The recommendation engine that served the session.",
    CONVERTED: "Whether the session ended in a conversion.",
    SESSION_ID: "Identifies a session; each is loaded once.",
    USER_ID: "Identifies a visitor over sessions.",
    STARTED_AT: "Day on which the session began.",
    "age": "Age of the visitor.",
    "gender": "Gender that the visitor gave.",
    "device": "Kind of device of the session.",
    "location": "Where the visitor was.",
    "category": "Product category that the engine recommended.",
    "time_spent_s": "Length of the session; measured after the engine acted.",
    "pages_viewed": "Pages seen in the session; measured after the engine acted.",
    "revenue": "Value of what was bought in the session.",
    PROPENSITY: "Probability with which the engine that served the session was chosen for it.",
}
_FIXED_KINDS = (VARIANT, CONVERTED, SESSION_ID, USER_ID, STARTED_AT, PROPENSITY)
_PROBABILITY = ("above", "minimum", "maximum", "missing")
_RESERVED = {
    "row_id",
    DAY,
    "variants",
    "page",
    "view",
    "by",
    "across",
    "metric",
    "confidence",
    "depth",
    "min_sessions",
    "versus",
    "method",
    "alternative",
    "power",
    "effect",
    "goal",
    "traffic_share",
    "treatment_share",
    "sort",
    "first",
    "n",
    "find",
}
_COLUMN_TYPE: dict[FieldKind, ColumnType] = {
    "id": "text",
    "category": "text",
    "place": "text",
    "band": "number",
    "number": "number",
    "amount": "number",
    "flag": "flag",
    "time": "date",
    "probability": "number",
}


def complete_fields(fields: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    """Return the fields with everything filled in that the product knows of them.

    Raises
    ------
    ConfigError
        Where a needed field is absent, an added one has no kind, or a name cannot be used.
    """
    faults = [f"fields.{n} is missing; name its source column" for n in (VARIANT, CONVERTED) if n not in fields]
    faults += [fault for name, spec in fields.items() if (fault := _fault(name, spec))]
    if faults:
        raise ConfigError("\n".join(f"config.yaml: {fault}" for fault in faults))
    return {name: _complete(name, spec) for name, spec in fields.items()}


def _fault(name: str, spec: FieldSpec) -> str:
    if not name.isidentifier() or name != name.lower() or name in _RESERVED:
        taken = ", ".join(sorted(_RESERVED))
        return f"fields.{name} cannot be used as a name; write lower-case letters, digits and _, other than {taken}"
    return _fault_of_own(name, spec) if name in _OWN else _fault_of_added(name, spec)


def _fault_of_own(name: str, spec: FieldSpec) -> str:
    kind = _OWN[name]["kind"]
    if spec.kind is not None and spec.kind != kind and name in _FIXED_KINDS:
        return f"fields.{name} has kind {spec.kind}, must be {kind}; leave kind out"
    own = [key for key in _PROBABILITY if key in spec.model_fields_set]
    if kind == "probability" and own:
        return f"fields.{name} has {own[0]} set, but is above 0, at most 1 and never missing; leave {own[0]} out"
    return _fault_of_bins(name, spec, spec.edges or _OWN[name].get("edges", ()))


def _fault_of_added(name: str, spec: FieldSpec) -> str:
    if spec.kind is None:
        near = unknown_name("field of the product", name, _OWN)
        return (
            f"fields.{name} has no kind; {near}. For a field of your own give kind: category, band, place, time, number"
        )
    if spec.kind in ("id", "flag", "probability"):
        return f"fields.{name} has kind {spec.kind}, which added fields cannot have; write category"
    if spec.kind == "band" and not spec.edges:
        return f"fields.{name} is a band without edges; write edges such as [18, 26, 36]"
    return _fault_of_bins(name, spec, spec.edges)


def _fault_of_bins(name: str, spec: FieldSpec, edges: tuple[float, ...]) -> str:
    if spec.values and edges and len(spec.values) != len(edges) + 1:
        return f"fields.{name} has {len(spec.values)} values, must have {len(edges) + 1}: one for each bin of its edges"
    return ""


def _complete(name: str, spec: FieldSpec) -> FieldSpec:
    usual = _usual(name)
    return spec.model_copy(update={key: value for key, value in usual.items() if key not in spec.model_fields_set})


def _usual(name: str) -> dict[str, Any]:
    label, text = name.replace("_", " ").capitalize(), _DESCRIPTIONS.get(name, "")
    return {"label": label, "missing": "keep", "description": text, **_EARLY, **_OWN.get(name, {})}


def build_catalog(fields: Mapping[str, FieldSpec], control: str, currency: str) -> Catalog:
    """Return the words of a data set.

    Parameters
    ----------
    fields : mapping of str to FieldSpec
        Completed by `complete_fields`.
    control : str
        The variant that others are compared with; empty: the first one.
    currency : str
        Sign of amounts.
    """
    control = control or next(iter(fields[VARIANT].values), "")
    numbers = {n: s for n, s in fields.items() if s.kind in ("number", "amount")}
    measures = [*measures_of_sessions()]
    for name, spec in numbers.items():
        measures += measures_of_number(name, spec.label, _unit(spec, currency))
    if PROPENSITY in fields:
        measures += measures_of_weights([CONVERTED, *(n for n, s in numbers.items() if s.kind == "amount")])
    return Catalog(
        dimensions=_dimensions(fields),
        measures=tuple(measures),
        metrics=(_conversion_rate(), *(_mean(n, s, currency) for n, s in numbers.items())),
        columns=_columns(fields, currency),
        control=control,
    )


def _dimensions(fields: Mapping[str, FieldSpec]) -> tuple[Dimension, ...]:
    names = [VARIANT, *(n for n in fields if n != VARIANT)]
    return tuple(d for name in names if (d := _dimension(name, fields[name])))


def _dimension(name: str, spec: FieldSpec) -> Dimension | None:
    if name == STARTED_AT:
        return Dimension(DAY, spec.label, DAY, "time", description=spec.description)
    if spec.kind in ("id", "flag", "amount", "probability", None):
        return None
    return Dimension(
        name,
        spec.label,
        name,
        cast("Kind", spec.kind),
        spec.values,
        spec.edges,
        spec.unit,
        spec.description,
        is_post_treatment=bool(spec.after_engine),
        is_chosen_by_engine=bool(spec.chosen_by_engine),
    )


def _columns(fields: Mapping[str, FieldSpec], currency: str) -> tuple[Column, ...]:
    columns = [_column(SESSION_ID, fields.get(SESSION_ID) or FieldSpec(column="", **_usual(SESSION_ID)), currency)]
    for name, spec in fields.items():
        if name == STARTED_AT:
            columns += [Column(STARTED_AT, "timestamp", "Started at", "", "When the session began, in UTC.")]
            columns += [Column(DAY, "date", spec.label, "", spec.description)]
        elif name != SESSION_ID and spec.kind:
            columns.append(_column(name, spec, currency))
    return tuple(columns)


def _column(name: str, spec: FieldSpec, currency: str) -> Column:
    return Column(name, _COLUMN_TYPE[spec.kind or "id"], spec.label, _unit(spec, currency), spec.description)


def _conversion_rate() -> Metric:
    text = "Sessions that ended in a conversion, divided by all sessions."
    return Metric("conversion_rate", "Conversion rate", "fraction", N_CONVERTED, N_SESSIONS, description=text)


def _mean(name: str, spec: FieldSpec, currency: str) -> Metric:
    label = f"{spec.label.removesuffix(' spent').removesuffix(' viewed')} per session"
    text = f"{spec.label} added up, divided by the sessions in which it is known."
    measures = (f"sum_{name}", f"n_{name}", f"sum_{name}_squared")
    return Metric(f"mean_{name}", label, _unit(spec, currency), *measures, description=text)


def _unit(spec: FieldSpec, currency: str) -> str:
    return spec.unit or (currency if spec.kind == "amount" else "")
