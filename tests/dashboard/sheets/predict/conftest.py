"""Facts of the predict page: a model that answers, under each verdict, asked for what a URL holds."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from dashboard.model_facts import ModelFacts
from dashboard.sheets.facts import Facts
from dashboard.sheets.predict.asked import Asked
from dashboard.sheets.sheet import Sheet
from dashboard.view import Context
from dashboard.visitor import Visitor, visitor_of
from tests.dashboard.conftest import config, context, loaded_store
from tests.dashboard.sample_model import answering

__all__ = ["answering", "config", "context", "loaded_store"]

Ask = Callable[..., Facts]


@pytest.fixture(scope="session")
def ask(context: Context) -> Ask:
    """Return a function that returns the facts of a visitor, a model with a signal where none is given."""

    def facts(options: Mapping[str, str] | None = None, model: ModelFacts | None = None) -> Facts:
        served, chosen = model or answering(), options or {}
        task = chosen.get("model-task", "arrival")
        visitor = visitor_of(served, task, chosen, {"device": "Mobile", "location": "Delhi"})
        return Facts(replace(context, options=chosen), "sqlite", model=served, visitor=visitor)

    return facts


def asked(facts: Facts) -> Asked:
    """Return the visitor that the facts are of."""
    assert isinstance(facts.visitor, Visitor)
    return Asked(facts, facts.visitor)


def block_of(sheet: Sheet, facts: Facts, kind: str) -> dict[str, Any]:
    """Return the first block of a kind that a sheet sends."""
    return next(block for block in sheet.blocks(facts) if block["kind"] == kind)


def told(facts: Facts, sheet: Sheet) -> str:
    """Return the sentence of a sheet with plain spaces."""
    return sheet.summary(facts).replace("\u00a0", " ")
