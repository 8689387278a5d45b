"""Facts of the model page over a sample, in each state of the model and under what the reader chose."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dashboard.model_facts import ModelFacts
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.view import Context
from tests.dashboard.conftest import config, context, loaded_store
from tests.dashboard.sample_model import sample_model

__all__ = ["config", "context", "loaded_store"]

Tell = Callable[..., Facts]


@pytest.fixture(scope="session")
def tell(context: Context) -> Tell:
    """Return a function that returns facts of a model, a signal's where none is given, under options."""

    def facts(model: ModelFacts | None = None, **options: str) -> Facts:
        chosen = {name.replace("_", "-"): value for name, value in options.items()}
        return Facts(replace(context, options=chosen), "sqlite", model=model or sample_model())

    return facts


def blocks_of(sheet: Sheet, facts: Facts, kind: str) -> list[dict[str, Any]]:
    """Return the blocks of a kind that a sheet sends, also those within others."""
    found: list[dict[str, Any]] = []
    waiting = list(sheet.blocks(facts))
    while waiting:
        block = waiting.pop(0)
        waiting = [*block.get("blocks", ()), *waiting] if block["kind"] in ("beside", "stacked") else waiting
        found += [block] if block["kind"] == kind else []
    return found


def rows_of_table(sheet: Sheet, facts: Facts) -> list[dict[str, Any]]:
    """Return the rows of a sheet's table, by column."""
    table = sheet.table(facts)
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u00a0", " ")
