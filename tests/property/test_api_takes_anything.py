"""Whatever a body holds, it is taken or refused in one sentence, and what is taken comes back as it was kept."""

import json

import hypothesis
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import config, server, store

__all__ = ["config", "server", "store"]

texts = st.one_of(
    st.text(max_size=90), st.text("ab \u200b\u202e'\"<>%\\\0\r\n;&=#?/", max_size=90), st.just("a" * 5000)
)
days = st.one_of(st.dates().map(str), texts)
anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts, st.lists(texts, max_size=2))
paths = st.one_of(st.sampled_from(["/", "/explore", "//a", "/\\a"]), texts)
views = st.fixed_dictionaries({"name": texts, "path": paths}, optional={"query": texts, "other": anything})
annotations = st.fixed_dictionaries(
    {"day": days, "text": texts}, optional={"variant": st.sampled_from(["Old", "", "x"])}
)
bodies = st.one_of(
    views, annotations, st.dictionaries(st.sampled_from(["name", "path", "day", "text"]), anything), anything
)
FEW = hypothesis.settings(max_examples=150, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])


@FEW
@given(kind=st.sampled_from(["views", "annotations"]), body=bodies)
def test_every_body_is_taken_or_refused_in_one_sentence(server: Flask, kind: str, body: object) -> None:
    client = server.test_client()
    reply = client.post(f"/api/v1/{kind}", data=json.dumps(body), content_type="application/json")
    assert reply.status_code in (201, 400, 409, 413), reply.text
    if reply.status_code == 201:
        made = reply.get_json()
        assert client.get(made["href"]).get_json() == made
        assert client.delete(made["href"]).status_code == 204
    else:
        assert "\n" not in reply.get_json(force=True)["detail"]


@FEW
@given(query=texts)
def test_every_query_that_is_taken_leads_to_our_own_page(server: Flask, query: str) -> None:
    client = server.test_client()
    reply = client.post("/api/v1/views", json={"name": "a", "path": "/explore", "query": query})
    assert reply.status_code in (201, 400)
    if reply.status_code == 201:
        opened = client.get(reply.get_json()["link"])
        assert client.delete(reply.get_json()["href"]).status_code == 204
        assert opened.headers["Location"].partition("?")[0] == "/explore"
        assert opened.headers["Location"].isascii()
