"""What holds for every sheet: it tells something over any data, as blocks, as a table and in a sentence."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from dashboard.page import PageSource
from dashboard.sheets import SHEETS, sheets_of
from dashboard.sheets.facts import Facts
from tests.dashboard.sample import Sample, sample_config, sample_store
from tests.dashboard.sheets.conftest import Loaded

KINDS = {"paragraph", "listing", "table", "link", "heading", "total", "groups", "copying", "chart", "beside", "stacked"}
KINDS |= {"ladder", "form", "batch", "simulate"}


@pytest.fixture(params=[40, 1, 0], ids=["many sessions", "one session", "no session"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageSource]:
    """Yield pages over data of each size, whose database knows of no run."""
    config = sample_config(tmp_path_factory.mktemp("sheets"))
    store = sample_store(config, Sample(n_sessions=request.param))
    yield PageSource(config, store, CachedAnalyses(store, SharedCache(Flask("test"))))
    store.disconnect()


def is_whole(facts: Facts) -> bool:
    """Return whether each sheet sends known blocks as strict JSON, a sentence, and a table whose rows fit."""
    for sheet in SHEETS:
        sent, table = json.loads(json.dumps(sheet.sent(facts), allow_nan=False)), sheet.table(facts)
        assert {block["kind"] for block in sent["blocks"]} <= KINDS, sheet.name
        assert sent["says"].endswith((".", "python -m model train")), sheet.name
        assert all(len(row) == len(table.columns) for row in table.rows), sheet.name
        assert all(column.description or column.unit == "text" for column in table.columns), sheet.name
    return True


def test_every_sheet_is_whole_over_data_of_any_size(sample: PageSource) -> None:
    assert is_whole(sample.facts(sample.context()))


def test_every_sheet_is_whole_over_real_runs(facts: Facts, later: Facts) -> None:
    assert is_whole(facts)
    assert is_whole(later)


def test_tables_of_a_sheet_have_as_many_cells_as_heads(later: Facts) -> None:
    blocks = [block for sheet in SHEETS for block in sheet.blocks(later) if block["kind"] == "table"]
    assert len(blocks) >= 4
    assert all(len(row) == len(block["columns"]) for block in blocks for row in block["rows"])


def test_sheets_are_sent_with_their_page_alone(dirty: Loaded) -> None:
    assert set(dirty.source.page_data("/data", "")["sheets"]) == {sheet.name for sheet in sheets_of("data")}
    assert dirty.source.page_data("/", "")["sheets"] == {}


def test_a_database_that_is_away_is_told_in_place(facts: Facts) -> None:
    lost = Facts(facts.context, "sqlite", unread="the database is away")
    assert is_whole(lost)
    said = json.dumps([sheet.sent(lost) for sheet in SHEETS])
    assert "cannot be read now: the database is away" in said


def test_no_secret_is_on_the_page(dirty: Loaded) -> None:
    url = "mysql+pymysql://shop:Tr0ub4dor@db.example:3306/shop?ssl_key=Tr0ub4dor"
    facts = dirty.facts
    config = replace(dirty.project.config, database_url=url)
    changed = replace(facts, context=replace(facts.context, config=config))
    text = json.dumps([sheet.sent(changed) for sheet in SHEETS]) + str([sheet.table(changed) for sheet in SHEETS])
    assert "Tr0ub4dor" not in text
    assert "mysql+pymysql://db.example:3306/shop" in text
