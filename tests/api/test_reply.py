import math

import orjson
from flask import Flask

from api.reply import reply, to_json


def test_what_is_not_a_number_becomes_null() -> None:
    assert orjson.loads(to_json({"rate": math.nan, "high": math.inf})) == {"rate": None, "high": None}


def test_the_tag_follows_what_the_body_follows_from() -> None:
    with Flask("test").test_request_context():
        assert reply({"took_ms": 1}, 1, "a").headers["ETag"] == reply({"took_ms": 2}, 1, "a").headers["ETag"]
        assert reply({}, 1, "a").headers["ETag"] != reply({}, 2, "a").headers["ETag"]


def test_a_reply_is_asked_for_again_each_time() -> None:
    with Flask("test").test_request_context():
        assert reply({}, 1).headers["Cache-Control"] == "no-cache"
