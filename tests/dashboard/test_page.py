"""Page data: the numbers of a URL, checked against a plain count of the same sessions."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.page import PageSource
from semantic.filter import Filter
from tests.dashboard.sample import Sample, sample_frame

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
    page = source.page_data("/", "?compare-to=previous&device=Mobile")
    assert (page["query"], page["notices"]) == ("device=Mobile&compare-to=previous", [])


def test_an_address_without_a_page_is_told(source: PageSource) -> None:
    assert source.page_data("/typo", "")["error"] == "there is no page at /typo; choose one from the navigation"


def test_a_fault_of_ours_has_an_id_that_the_log_knows(source: PageSource, caplog: pytest.LogCaptureFixture) -> None:
    page = replace(source, answers=None).page_data("/", "")  # type: ignore[arg-type]  # broken on purpose
    assert page["fault"] in caplog.text
    assert "its log says why" in page["error"]


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
