"""Whatever stands in the URL, the answer is a result or one sentence, never a crash."""

from urllib.parse import quote

import hypothesis
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from analytics import ANALYSES
from tests.api.conftest import config, server, store

__all__ = ["config", "server", "store"]

keys = st.sampled_from(
    [
        "device",
        "location",
        "age",
        "time_spent_s",
        "day",
        "variant",
        "by",
        "across",
        "metric",
        "depth",
        "versus",
        "confidence",
        "planet",
        "",
    ]
)
bounds = st.one_of(
    st.just(""), st.integers(-(10**20), 10**20).map(str), st.floats().map(str), st.dates().map(str), st.text(max_size=5)
)
values = st.one_of(
    st.text(max_size=20).map(quote),
    st.tuples(bounds, bounds).map(lambda ends: f"{quote(ends[0])}..{quote(ends[1])}"),
    st.lists(st.sampled_from(["Mobile", "Old", "Delhi", "26–35", "2026-07-04", "device", "0.9"])).map(",".join),
    st.text("%,.=&;+ab0", max_size=15).filter(lambda text: "#" not in text),
)
queries = st.lists(st.tuples(keys, values), max_size=5).map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs))


@pytest.mark.parametrize("name", [analysis.name for analysis in ANALYSES if analysis.name != "off_policy"])
@hypothesis.settings(max_examples=150, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@given(query=queries)
def test_every_query_is_answered(server: Flask, name: str, query: str) -> None:
    reply = server.test_client().get(f"/api/v1/analyses/{name}", query_string=query)
    assert reply.status_code in (200, 400), f"{query}: {reply.text}"
    body = reply.get_json(force=True)
    assert body["result"] if reply.status_code == 200 else body["detail"]


page_keys = st.sampled_from(["device", "age", "day", "sort", "first", "n", "find", "user_id", "by"])
pages = st.lists(st.tuples(page_keys, values), max_size=5).map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs))


@hypothesis.settings(max_examples=150, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@given(query=pages)
def test_every_page_of_sessions_is_answered(server: Flask, query: str) -> None:
    reply = server.test_client().get("/api/v1/sessions", query_string=query)
    assert reply.status_code in (200, 400), f"{query}: {reply.text}"
    body = reply.get_json(force=True)
    assert "rows" in body if reply.status_code == 200 else body["detail"]


@given(path=st.text(max_size=30).map(quote))
def test_every_path_below_api_is_answered_in_json(server: Flask, path: str) -> None:
    reply = server.test_client().get(f"/api/v1/{path}")
    assert reply.status_code in (200, 308, 404)
    assert reply.status_code == 308 or "json" in reply.mimetype
