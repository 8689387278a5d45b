"""Page data: the numbers of a URL, checked against a plain count of the same sessions."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.model_facts import ModelFacts
from dashboard.page import PageSource
from semantic.filter import Filter
from semantic.notes import Notes
from tests.dashboard.sample import Sample, sample_frame
from tests.dashboard.sample_model import SampleModels, sample_model

FRAME = sample_frame(Sample())


@pytest.mark.parametrize(
    ("search", "kept"),
    [
        ("", FRAME.index == FRAME.index),
        ("?device=Mobile", FRAME["device"] == "Mobile"),
        (
            "?device=Mobile,Tablet&gender=Other",
            FRAME["device"].isin(["Mobile", "Tablet"]) & (FRAME["gender"] == "Other"),
        ),
        ("?day=2026-07-05..2026-07-12", FRAME["day"].astype(str).between("2026-07-05", "2026-07-11")),
        ("?age=20..30", FRAME["age"].between(20, 29.99)),
    ],
)
def test_sessions_are_those_that_the_url_keeps(source: PageSource, search: str, kept: "pd.Series[bool]") -> None:
    assert source.page_data("/", search)["n_sessions"] == int(kept.sum())


def test_a_card_counts_under_the_filters_of_the_others_only(source: PageSource) -> None:
    page = source.page_data("/", "?device=Mobile&gender=Female")
    rows = {row["member"]: row["n"] for row in page["views"]["device"]["rows"]}
    women = FRAME[FRAME["gender"] == "Female"]
    assert rows == women["device"].value_counts().to_dict()


def test_choices_count_under_the_filters_of_the_others_only(source: PageSource) -> None:
    options = source.page_data("/", "?device=Mobile&gender=Female")["choices"]["device"]
    women = FRAME[FRAME["gender"] == "Female"]["device"].value_counts()
    assert dict(zip(options["members"], options["counts"], strict=True)) == women.to_dict()


def test_equal_filters_are_understood_as_one_query(source: PageSource) -> None:
    queries = {
        source.page_data("/", s)["query"]
        for s in ("?gender=Other&device=Tablet,Mobile", "device=Mobile,Tablet&gender=Other")
    }
    assert queries == {"device=Mobile,Tablet&gender=Other"}


@pytest.mark.parametrize(
    ("search", "word", "query"),
    [
        ("?device=Watch", "Watch", ""),
        ("?device=Watch,Mobile", "Watch", "device=Mobile"),
        ("?colour=red&device=Mobile", "colour", "device=Mobile"),
        ("?day=monday..friday", "monday", ""),
        ("?device=a..b", "a", ""),
        ("?device=1..2", "order", ""),
    ],
)
def test_what_the_data_does_not_know_gives_a_notice(source: PageSource, search: str, word: str, query: str) -> None:
    page = source.page_data("/", search)
    assert (page["query"], "error" in page) == (query, False)
    assert any(word in notice for notice in page["notices"])


def test_filters_on_what_came_after_the_engine_are_warned_of(source: PageSource) -> None:
    (notice,) = source.page_data("/", "?pages_viewed=1..10")["notices"]
    assert "after the engine acted" in notice


def test_a_page_without_filters_shows_all_sessions_and_keeps_the_filter(source: PageSource) -> None:
    page = source.page_data("/data", "?device=Mobile&pages_viewed=1..10")
    assert (page["n_sessions"], page["filter_text"], page["notices"]) == (6000, "all sessions", [])
    assert page["query"] == "device=Mobile&pages_viewed=1..10"
    assert page["views"]["quality"] == source.page_data("/data", "")["views"]["quality"]


def test_the_model_is_asked_for_on_its_own_page_alone(source: PageSource) -> None:
    served = replace(source, models=SampleModels())
    assert served.facts(served.context()).model == ModelFacts()
    assert served.facts(served.context(), "model").model.report == sample_model().report
    assert "model-threshold" in str(served.page_data("/model", "")["sheets"]["model-threshold"]["sliders"])


def test_nothing_matching_is_no_error(source: PageSource) -> None:
    page = source.page_data("/", "?day=2030-01-01..2030-01-02")
    assert (page["n_sessions"], "error" in page) == (0, False)


def test_the_answer_tells_which_url_it_is_for(source: PageSource) -> None:
    page = source.page_data("/", "?device=Mobile")
    assert (page["path"], page["search"]) == ("/", "?device=Mobile")


def test_the_filter_is_told_in_words_of_the_page_and_of_each_card(source: PageSource) -> None:
    page = source.page_data("/", "?device=Mobile&gender=Female")
    assert page["filter_text"] == "Device Mobile, Gender Female"
    assert page["views"]["device"]["filter_text"] == "Gender Female"
    assert source.page_data("/", "")["filter_text"] == "all sessions"


def test_options_are_no_filter_and_come_back(source: PageSource) -> None:
    page = source.page_data("/", "?heatmap-rows=location&device=Mobile")
    assert (page["query"], page["notices"]) == ("device=Mobile&heatmap-rows=location", [])


def test_an_address_without_a_page_is_told(source: PageSource) -> None:
    assert source.page_data("/typo", "")["error"] == "there is no page at /typo; choose one from the navigation"


def test_a_fault_of_ours_has_an_id_that_the_log_knows(source: PageSource, caplog: pytest.LogCaptureFixture) -> None:
    page = replace(source, answers=None).page_data("/", "")  # type: ignore[arg-type]  # broken on purpose
    assert page["fault"] in caplog.text
    assert "its log says why" in page["error"]


def test_where_other_data_comes_meanwhile_all_is_made_anew(source: PageSource, monkeypatch: pytest.MonkeyPatch) -> None:
    versions, stamps = iter(["1", "2", "2", "2"]), iter(["first", "second", "third"])
    monkeypatch.setattr(PageSource, "version", lambda _: next(versions))
    monkeypatch.setattr(PageSource, "stamp", lambda _: next(stamps))
    assert source.page_data("/", "")["n_sessions"] == 6000
    assert ([*versions], next(stamps)) == ([], "third")


def test_an_answer_is_json_without_nan(source: PageSource) -> None:
    text = json.dumps(source.page_data("/", "?device=Tablet&gender=Other&day=2026-07-05..2026-07-06"), allow_nan=False)
    assert json.loads(text)["n_sessions"] < 10


def test_freshness_is_told(source: PageSource) -> None:
    data = source.page_data("/", "")["data"]
    assert (data["n_sessions"], data["last_day"], data["origin"]) == (6000, "2026-08-29", "simulated")
    assert list(data["variants"]) == ["Old", "New"]


def test_the_filter_of_the_url_round_trips(source: PageSource) -> None:
    query = "age=18%E2%80%9325&category=Books,Home&day=2026-07-05..2026-07-12"
    assert Filter.from_query(source.page_data("/", query)["query"]) == Filter.from_query(query)


@pytest.fixture
def noted(source: PageSource, tmp_path: Path) -> PageSource:
    """Return pages with notes of their own."""
    return replace(source, notes=Notes(f"sqlite:///{tmp_path / 'data.db'}", ("/",), check_every_s=0))


def add_phones(noted: PageSource) -> str:
    """Save a view of mobile phones; return its slug."""
    assert noted.notes
    return noted.notes.add_view("Phones", "/", "device=Mobile&compare-to=previous").slug


def test_the_previous_period_is_the_ghost_and_named(source: PageSource) -> None:
    page = source.page_data("/", "?day=2026-07-11..2026-07-21&compare-to=previous")
    before = FRAME[FRAME["day"].astype(str).between("2026-07-01", "2026-07-10") & (FRAME["variant"] == "Old")]
    rates = before.groupby("device", observed=True)["converted"].mean()
    rows = {row["member"]: row["ghosts"][0] for row in page["views"]["device"]["rows"]}
    assert rows == pytest.approx(rates.to_dict())
    assert page["baseline"]["words"] == "prior 10 days"
    assert page["baseline"]["previous"] == "1 – 10 Jul 2026"


def test_a_saved_view_is_the_ghost_and_what_key_figures_change_on(noted: PageSource) -> None:
    page = noted.page_data("/", f"?gender=Female&compare-to={add_phones(noted)}")
    assert page["views"]["kpi"]["versus"]["text"] == "Phones"
    phones = FRAME[(FRAME["device"] == "Mobile") & (FRAME["variant"] == "Old") & (FRAME["category"] == "Books")]
    (books,) = (row for row in page["views"]["category"]["rows"] if row["member"] == "Books")
    assert books["ghosts"][0] == pytest.approx(phones["converted"].mean())


def test_a_saved_view_that_is_gone_leaves_the_url(noted: PageSource) -> None:
    page = noted.page_data("/", "?device=Mobile&compare-to=gonegonego")
    assert (page["query"], len(page["notices"])) == ("device=Mobile", 1)


def test_the_stamp_of_the_notes_is_told(source: PageSource, noted: PageSource) -> None:
    assert (source.page_data("/", "")["notes"], noted.page_data("/", "")["notes"]) == ("", "")
    add_phones(noted)
    assert noted.page_data("/", "")["notes"] == noted.stamp() != ""


def test_notes_that_cannot_be_read_leave_the_numbers_alone(source: PageSource, tmp_path: Path) -> None:
    (tmp_path / "data.notes.db").write_bytes(b"no database" * 100)
    broken = replace(source, notes=Notes(f"sqlite:///{tmp_path / 'data.db'}", ("/",)))
    page = broken.page_data("/", "?compare-to=abcdefghij")
    assert (page["n_sessions"], page["query"]) == (6000, "compare-to=abcdefghij")
    assert "cannot be read" in page["notices"][0]


def test_a_view_that_cannot_be_answered_fails_alone(source: PageSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.heatmap.MAX_CELLS", 1)
    views = source.page_data("/explore", "?gender=Other&device=Tablet")["views"]
    assert "combinations" in views["heatmap"]["fault"]
    assert "fault" not in views["distribution"]
