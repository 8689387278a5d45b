"""What was learned from, and what the models were judged on."""

from dashboard.sheets.blocks import Block, Cell, cell, listing
from dashboard.sheets.model.shown import Shown, model_sheet
from dashboard.sheets.model.words import told
from dashboard.sheets.told import Told
from dashboard.table import Column
from model.report import HoldOut

_N_HASH = 12


def _rows(shown: Shown) -> list[tuple[str, Cell]]:
    data, held, write = shown.report.data, shown.task.hold_out, shown.write
    days = shown.facts.context.day_format
    span = days.days(data.first_day, data.last_day) if data.first_day else "no days known"
    users = write.count(held.n_users) if held.n_users else "not known"
    return [
        ("Data", cell(f"version {data.version}", under=f"SHA-256 {data.hash[:_N_HASH]}…")),
        ("Sessions", cell(write.count(data.n_sessions), under=f"{write.count(data.n_converted)} converted; {span}")),
        ("Base rate", told(data.base_rate, "fraction", write)),
        ("Sampled to judge", cell(write.count(data.n_sampled), under="whole users")),
        ("Learned from", write.count(held.n_train)),
        ("Held out", cell(write.count(held.n_test), under=_kind(held, shown))),
        ("Users held out", users),
        ("Left out at the cut", cell(write.count(held.n_left_out), under="their user comes back after it")),
        ("Base rate held out", told(held.base_rate, "fraction", write)),
        ("What answers", cell("trees of all sessions", under="grown with the settings that were judged")),
    ]


def _kind(held: HoldOut, shown: Shown) -> str:
    if held.kind == "random":
        return "drawn at random by user"
    return f"later in time: from {shown.facts.context.day_format.day(held.first_day)} on"


def _blocks(shown: Shown) -> list[Block]:
    return [listing(_rows(shown))]


def _table(shown: Shown) -> list[tuple[str, str]]:
    data, held = shown.report.data, shown.task.hold_out
    base = {"base_rate": data.base_rate, "held_out_base_rate": held.base_rate}
    ends = {f"{name}{end}": str(getattr(e, part)) for name, e in base.items() for end, part in _ENDS}
    return list(
        {
            "model": shown.task.title,
            "data_version": str(data.version),
            "data_hash": data.hash,
            "origin": data.origin,
            "sessions": str(data.n_sessions),
            "converted": str(data.n_converted),
            "looked_at": str(data.n_sampled),
            "users": str(data.n_users),
            "first_day": data.first_day,
            "last_day": data.last_day,
            "hold_out": held.kind,
            "held_out_from": held.first_day,
            "learned_from": str(held.n_train),
            "held_out": str(held.n_test),
            "left_out": str(held.n_left_out),
            "users_held_out": str(held.n_users),
            **ends,
        }.items()
    )


_ENDS = (("", "value"), ("_low", "low"), ("_high", "high"), ("_n", "n"))


def _summary(shown: Shown) -> str:
    held, write = shown.task.hold_out, shown.write
    return (
        f"{shown.task.title}: learned from {write.count(held.n_train)} sessions, judged on "
        f"{write.count(held.n_test)} others, {_kind(held, shown)}; no user is in both."
    )


LEARNED = model_sheet(
    "model-learned",
    "What was learned from",
    Told(_blocks, (Column("name", "Name"), Column("value", "Value")), _table, _summary),
    width=6,
    help="Models are judged on sessions that they never saw, of other users. Where the data has days, those are the "
    "latest ones: that is how a model is used.",
)
