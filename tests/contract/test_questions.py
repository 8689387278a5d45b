"""Fourteen questions: page, API and SQL give one answer each, over a log with gaps; see docs/questions.md."""

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from config import load_config
from etl.__main__ import main as etl
from semantic.database import engine_for
from tests.dashboard.sample import ROOT
from wsgi import create_server

Values = dict[str, float]
Json = Mapping[str, Any]
SECTION = re.compile(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", re.M | re.S)
PART = re.compile(r"^- (Card|API): `(.+?)`", re.M)


@dataclass(frozen=True)
class Question:
    """One question of the document.

    Attributes
    ----------
    text : str
        What is asked.
    card, api, sql : str
        Where the page's card, the API and the database answer it.
    """

    text: str
    card: str
    api: str
    sql: str


def questions() -> dict[int, Question]:
    """Return the questions of the document by number."""
    found = {}
    for number, text, body in SECTION.findall((ROOT / "docs" / "questions.md").read_text(encoding="utf-8")):
        parts = dict(PART.findall(body))
        found[int(number)] = Question(text, parts["Card"], parts["API"], body.split("```sql\n")[1].split("```")[0])
    return found


QUESTIONS = questions()


@dataclass(frozen=True)
class Product:
    """The served product over a log with gaps."""

    client: FlaskClient
    engine: sa.Engine

    def ask(self, address: str) -> Any:
        """Return the JSON at an address."""
        reply = self.client.get(address)
        assert reply.status_code == 200, reply.text
        return reply.get_json()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(sql))]


def write_log(path: Path) -> None:
    """Write simulated sessions, some of whose cells are empty."""
    assert etl(["generate", "--sessions", "4000", "--seed", "7", "--out", str(path), "--quiet"]) == 0
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    for place, name in ((7, "Device_Type"), (11, "Gender"), (13, "Age"), (17, "Time_Spent"), (19, "Pages_Viewed")):
        for row in rows[::place]:
            row[head.index(name)] = ""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Yield the product over the log, loaded as a user loads it."""
    folder = tmp_path_factory.mktemp("questions")
    write_log(folder / "log.csv")
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    source = re.sub(r"^source:\n(?:  .*\n)+", "source: { kind: csv, path: log.csv }\n", text, flags=re.M)
    (folder / "config.yaml").write_text(source, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        assert etl(["load", "--config", str(folder / "config.yaml"), "--quiet"]) == 0
    config = load_config(folder / "config.yaml", {})
    engine = engine_for(config.database_url, read_only=True)
    yield Product(create_server(config).test_client(), engine)
    engine.dispose()


def close(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Return whether two answers have the same members and values, as far as sums in another order are the same."""
    return one.keys() == other.keys() and all(math.isclose(one[k], other[k], rel_tol=1e-9, abs_tol=1e-12) for k in one)


def of_sql(rows: list[tuple[Any, ...]]) -> Values:
    """Return the value of each member; a missing one has its name."""
    return {"(missing)" if key is None else str(key): float(value) for key, value in rows if value is not None}


def of_card(card: Json, key: int, value: str) -> Values:
    """Return one column of a card's table by another one."""
    place = [column["name"] for column in card["columns"]].index(value)
    return {str(row[key]): float(row[place]) for row in card["rows"] if row[place] is not None}


def of_breakdown(reply: Json) -> Values:
    """Return the total of each member that has sessions."""
    rows = reply["result"]["rows"]
    return {row["member"]: row["total"]["value"] for row in rows if row["total"]["value"] is not None}


def binned(rows: list[tuple[Any, ...]], reply: Json, value: Callable[[list[tuple[Any, ...]]], float]) -> Values:
    """Return what SQL's rows of single numbers come to in each bin of an answer."""
    found = {}
    for row in reply["result"]["rows"]:
        low, high = (end if end is not None else sign * math.inf for end, sign in ((row["low"], -1), (row["high"], 1)))
        if inside := [one for one in rows if low <= one[0] < high]:
            found[row["member"]] = value(inside)
    return found


@pytest.mark.parametrize("number", [2, 5, 9, 10, 13, 14])
def test_what_each_member_comes_to_is_the_same_three_times(product: Product, number: int) -> None:
    asked = QUESTIONS[number]
    expected = of_sql(product.rows(asked.sql))
    assert len(expected) > 2
    assert close(of_breakdown(product.ask(asked.api)), expected)
    assert close(of_card(product.ask(asked.card), 0, "total"), expected)


def test_1_sessions_per_user(product: Product) -> None:
    asked = QUESTIONS[1]
    rows, groups = product.rows(asked.sql), product.ask(asked.api)["profile"]["users"]["groups"]
    expected = {g["label"]: float(sum(n for times, n in rows if g["low"] <= times <= g["high"])) for g in groups}
    assert sum(expected.values()) == sum(n for _, n in rows)
    assert close({group["label"]: group["n_users"] for group in groups}, expected)
    assert close(of_card(product.ask(asked.card), 0, "n_users"), expected)


@pytest.mark.parametrize("number", [3, 11])
def test_3_and_11_how_sessions_spread(product: Product, number: int) -> None:
    asked, rows = QUESTIONS[number], product.rows(QUESTIONS[number].sql)
    reply = product.ask(asked.api)
    expected = binned(rows, reply, lambda found: sum(n for _, n in found)) if number == 3 else of_sql(rows)
    api = {row["member"]: row["n_sessions"] for row in reply["result"]["rows"] if row["n_sessions"]}
    assert close(api, expected)
    assert close({k: v for k, v in of_card(product.ask(asked.card), 0, "n_total").items() if v}, expected)


def test_4_missing_values(product: Product) -> None:
    asked = QUESTIONS[4]
    names = ("device", "gender", "age", "time_spent_s", "pages_viewed")
    expected = dict(zip(names, map(float, product.rows(asked.sql)[0]), strict=True))
    assert min(expected.values()) > 100
    rows = {row["name"]: row["n_missing"] for row in product.ask(asked.api)["result"]["rows"]}
    assert close({name: rows[name] for name in names}, expected)
    card = product.ask(asked.card)
    labels = {row["label"]: row["name"] for row in product.ask(asked.api)["result"]["rows"]}
    shown = {labels[label]: n for label, n in of_card(card, 0, "n_missing").items()}
    assert close({name: shown[name] for name in names}, expected)


def test_6_time_against_pages(product: Product) -> None:
    asked = QUESTIONS[6]
    rows = product.rows(asked.sql)
    bins = product.ask("/api/v1/analyses/distribution?by=pages_viewed")
    expected = binned(rows, bins, lambda found: sum(n * mean for _, n, mean in found) / sum(n for _, n, _ in found))
    api = {k: v for k, v in of_breakdown(product.ask(asked.api)).items() if k != "(missing)"}
    assert close(api, expected)
    card = of_card(product.ask(asked.card), 0, "total")
    assert close({k: v for k, v in card.items() if k != "(missing)"}, expected)


def test_7_the_longest_sessions(product: Product) -> None:
    asked = QUESTIONS[7]
    found = [(row["session_id"], row["time_spent_s"]) for row in product.ask(asked.api)["rows"]]
    assert found == product.rows(asked.sql)


def test_8_overall_conversion(product: Product) -> None:
    asked = QUESTIONS[8]
    ((expected,),) = product.rows(asked.sql)
    rate = product.ask(asked.api)["result"]["metrics"][0]["total"]["value"]
    (shown,) = (
        row[3] for row in product.ask(asked.card)["rows"] if row[:3] == ["Conversion rate", "fraction", "All engines"]
    )
    assert (rate, shown) == pytest.approx((expected, expected), rel=1e-12)


def test_12_conversion_by_engine(product: Product) -> None:
    asked = QUESTIONS[12]
    expected = of_sql(product.rows(asked.sql))
    variants = product.ask(asked.api)["result"]["metrics"][0]["variants"]
    assert close({v["variant"]: v["estimate"]["value"] for v in variants}, expected)
    rows = [row for row in product.ask(asked.card)["rows"] if row[0] == "Conversion rate"]
    assert close({row[2]: row[3] for row in rows if row[2] != "All engines"}, expected)


def test_every_question_is_asked_here() -> None:
    assert sorted(QUESTIONS) == list(range(1, 15))
