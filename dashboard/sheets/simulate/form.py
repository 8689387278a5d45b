"""The form: presets, one control for each setting, and the run with its progress."""

from typing import Any
from urllib.parse import urlencode

from analytics.simulation.fields import Field
from analytics.simulation.kind import Kind
from analytics.simulation.kinds import KINDS, PRESETS, Preset, kind_named
from dashboard.sheets.blocks import Block
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.simulation_facts import PREFIX, RUN, SimulationFacts
from dashboard.table import Column, Table

PATH = "/simulate/runs"
_COLUMNS = (
    Column("setting", "Setting"),
    Column("value", "Value"),
    Column("usual", "Usual", "text", "Holds where nothing is chosen."),
)


def form(found: SimulationFacts) -> Block:
    """Return the block of the form; assets/simulate_form.js keeps its controls while answers come."""
    kind = kind_named(found.kind)
    return {
        "kind": "simulate",
        "run": RUN,
        "kinds": [_kind(each, found) for each in KINDS],
        "presets": [_preset(each, found) for each in PRESETS],
        "fields": [_field(each, found) for each in kind.fields],
        "says": kind.says,
        "fault": found.fault,
        "href": f"{PATH}?{urlencode({PREFIX + name: text for name, text in _texts(found).items()})}",
        "status": {"id": found.status.id, "state": found.status.state, "share": found.status.share},
        "is_asked": found.is_asked,
    }


def _texts(found: SimulationFacts) -> dict[str, str]:
    return {} if found.settings is None else {"kind": found.settings.kind.name, **found.settings.texts}


def _kind(kind: Kind, found: SimulationFacts) -> dict[str, Any]:
    options = {} if kind is KINDS[0] else {f"{PREFIX}kind": kind.name}
    return {"label": kind.label, "options": {**options, RUN: "1"}, "is_current": kind.name == found.kind}


def _preset(preset: Preset, found: SimulationFacts) -> dict[str, Any]:
    texts = preset.texts if preset.kind == KINDS[0].name else {"kind": preset.kind, **preset.texts}
    return {
        "label": preset.label,
        "says": preset.says,
        "kind": preset.kind,
        "options": {**{f"{PREFIX}{name}": text for name, text in texts.items()}, RUN: "1"},
        "is_current": dict(found.texts) == texts,
    }


def _field(field: Field, found: SimulationFacts) -> dict[str, Any]:
    text = found.texts.get(field.name, "") or field.usual
    return {
        "option": PREFIX + field.name,
        "label": field.label,
        "control": "select" if field.control == "choice" else "text",
        "members": field.choices,
        "unit": field.unit,
        "value": text,
        "usual": field.usual,
        "is_usual": text == field.usual,
        "hint": field.help,
        "is_extra": field.is_extra,
    }


def _blocks(facts: Facts) -> list[Block]:
    return [form(facts.simulation)]


def _table(facts: Facts) -> Table:
    found = facts.simulation
    fields = kind_named(found.kind).fields
    return Table(_COLUMNS, tuple((f.label, found.texts.get(f.name, "") or f.usual, f.usual) for f in fields))


def _summary(facts: Facts) -> str:
    rows = _table(facts).rows
    return f"{', '.join(f'{label} {value}' for label, value, _ in rows if value)}."


FORM = Sheet(
    "simulate-form",
    "The experiment",
    _blocks,
    _table,
    _summary,
    width=4,
    page="simulate",
    help="Choose a question, or set the experiment yourself. It is run in the background, many thousand times, each "
    "time with other users; you may leave the page. Equal settings with an equal seed always have the same result.",
)
