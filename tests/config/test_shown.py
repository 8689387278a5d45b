"""No secret leaves, wherever it stands; what is shown is shown because it is listed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from config import CleaningSpec, Config, DisplaySpec, FieldSpec, LookupSpec, RuleSpec, SourceSpec, load_config
from config.shown import FROM_ENVIRONMENT, HIDDEN, SAFE, shown_configuration, shown_url

ROOT = Path(__file__).parents[2]
SECTIONS: dict[str, type[BaseModel]] = {
    "source": SourceSpec,
    "source.lookups": LookupSpec,
    "fields": FieldSpec,
    "cleaning": CleaningSpec,
    "cleaning.rules": RuleSpec,
    "display": DisplaySpec,
}
KNOWN_HIDDEN = {"source": {"url", "query"}}
URLS = [
    "mysql://shop:SECRET@db:3306/shop",
    "mysql+pymysql://SECRET@db/shop",
    "mysql://shop:SE/CRET@SECRET@db/shop",
    "mysql://shop:SECRET?x@db/shop",
    "mysql://shop:12?SECRET@db/shop",
    "mysql://shop:12#SECRET@db/shop",
    "mysql://us/er:SECRET@db/shop",
    "mariadb://db/shop?ssl_key=SECRET&password=SECRET",
    "postgres://shop:SECRET@db/shop?options=-c%20SECRET#SECRET",
    "postgresql+psycopg://shop:SECRET@[::1]:5432/shop",
    "sqlite:///x.db?key=SECRET&uri=true",
    "sqlite:///file%3Ax.db%3Fkey%3DSECRET",
    "sqlite+pysqlcipher://:SECRET@/x.db?cipher=aes",
    "mssql+pyodbc:///?odbc_connect=PWD%3DSECRET",
    "oracle://shop:SECRET@db:1521/?service_name=SECRET",
    "snowflake://shop:SECRET@account/db/schema?private_key=SECRET",
    "redis://:SECRET@cache:6379/0",
    "rediss://user:SECRET@cache/0?password=SECRET",
    "unix://:SECRET@/var/redis.sock?db=0",
]


def everything() -> dict[str, Any]:
    """Return a configuration with a secret from the environment wherever a text may stand."""
    variable = "${SECRET}"
    fields = {
        "variant": {"column": variable, "values": [variable, "b"], "aliases": {"x": variable}, "label": variable},
        "converted": variable,
        "kind_of": {"column": "c", "kind": "category", "unit": variable, "description": f"a {variable}"},
    }
    rule = {"name": variable, "when": {"a": variable, True: variable}, "then": {variable: variable, "b": variable}}
    lookup = {"path": variable, True: variable, "encoding": variable, "delimiter": variable}
    source = {"kind": "database", "url": f"mysql://a:{variable}@h/d", "query": f"SELECT '{variable}'", "path": variable}
    return {
        "title": f"t {variable}",
        "database": variable,
        "control": variable,
        "source": {**source, "encoding": variable, "lookups": [lookup]},
        "fields": fields,
        "cleaning": {"rules": [rule]},
        "display": {"currency": variable},
    }


def loaded(folder: Path, data: Any, **environ: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return load_config(path, environ)


def test_nothing_that_the_environment_filled_in_is_shown(tmp_path: Path) -> None:
    shown = shown_configuration(loaded(tmp_path, everything(), SECRET="s3cr3t"))
    assert "s3cr3t" not in json.dumps(shown)
    assert shown["fields"]["converted"]["column"] == shown["source"]["encoding"] == FROM_ENVIRONMENT
    assert shown["fields"]["kind_of"]["kind"] == "category"
    assert shown["control"] == shown["database"] == FROM_ENVIRONMENT


def test_an_engine_that_becomes_control_by_itself_is_not_told_twice(tmp_path: Path) -> None:
    data = everything() | {"control": ""}
    assert "s3cr3t" not in json.dumps(shown_configuration(loaded(tmp_path, data, SECRET="s3cr3t")))


@pytest.mark.parametrize("url", URLS)
def test_no_part_of_a_url_that_may_be_secret_is_shown(url: str) -> None:
    assert "SECRET" not in shown_url(url)


@pytest.mark.parametrize("url", URLS)
def test_urls_are_masked_wherever_they_stand(tmp_path: Path, url: str) -> None:
    data = {"source": {"kind": "database", "url": url, "query": f"SELECT '{url}'"}}
    fields = {"variant": {"column": "e", "description": f"see {url}"}, "converted": "c"}
    config = loaded(tmp_path, data | {"fields": fields}, DATABASE_URL=url, REDIS_URL=url)
    assert "SECRET" not in json.dumps(shown_configuration(config))


def test_a_url_without_secrets_is_told() -> None:
    assert shown_url("mysql://shop:x@db:3306/shop?charset=utf8") == "mysql://db:3306/shop"
    assert shown_url("sqlite:////data/x.db?mode=ro") == "sqlite:////data/x.db"
    assert (shown_url(""), shown_url("no url")) == ("", HIDDEN)


def test_what_is_not_listed_as_safe_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SAFE, "display", ("currency",))
    config = load_config(ROOT / "config.yaml", {})
    shown = shown_configuration(replace(config, display=DisplaySpec(timezone="Asia/Kolkata")))["display"]
    assert (shown["currency"], shown["timezone"]) == ("₹", HIDDEN)


@pytest.mark.parametrize(("title", "model"), SECTIONS.items(), ids=SECTIONS)
def test_every_key_was_thought_about(title: str, model: type[BaseModel]) -> None:
    assert set(SAFE[title]) | KNOWN_HIDDEN.get(title, set()) == set(model.model_fields)


def test_the_shipped_configuration_is_shown_whole() -> None:
    shown = shown_configuration(load_config(ROOT / "config.yaml", {}))
    assert shown["fields"]["device"]["values"] == ["Mobile", "Desktop", "Tablet"]
    assert shown["display"]["timezone"] == "Asia/Kolkata"
    assert HIDDEN not in json.dumps(shown)
