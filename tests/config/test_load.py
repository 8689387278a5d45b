from pathlib import Path

import pytest

from config import load_config
from semantic.errors import ConfigError

MINIMAL = """
fields:
  variant: engine
  converted: bought
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("value", "wanted"), [("0", False), ("1", True), ("", True)])
def test_the_environment_says_whether_serving_trains(tmp_path: Path, value: str, wanted: bool) -> None:
    assert load_config(write(tmp_path, MINIMAL), {"TRAIN_ON_START": value}).model.train_on_start is wanted


def test_any_other_word_for_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="TRAIN_ON_START is 'yes', must be 0 or 1; unset it"):
        load_config(write(tmp_path, MINIMAL), {"TRAIN_ON_START": "yes"})


def test_two_fields_are_enough(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, MINIMAL), {})
    assert [d.name for d in config.catalog.dimensions] == ["variant"]
    assert [m.name for m in config.catalog.metrics] == ["conversion_rate"]
    assert config.port == 8050


@pytest.mark.parametrize(
    ("more", "identical"),
    [
        ("", "keep"),
        ("  session_id: id\n", "drop"),
        ("  started_at: at\n", "drop"),
        ("cleaning: {identical: drop}\n", "drop"),
    ],
)
def test_equal_rows_are_sessions_of_their_own_where_nothing_tells_them_apart(
    tmp_path: Path, more: str, identical: str
) -> None:
    assert load_config(write(tmp_path, MINIMAL + more), {}).cleaning.identical == identical


def test_the_shipped_configuration_is_valid() -> None:
    config = load_config(Path(__file__).parents[2] / "config.yaml", {})
    assert config.catalog.control == "Old"
    assert {d.name for d in config.catalog.dimensions} >= {"day", "device", "location", "age"}


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environ = {"PORT": "9000", "DATABASE_URL": "mysql://h/d", "REDIS_URL": "redis://h"}
    config = load_config(write(tmp_path, MINIMAL), environ)
    assert (config.port, config.database_url, config.redis_url) == (9000, "mysql://h/d", "redis://h")


def test_a_relative_database_lies_beside_the_file(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, "database: sqlite:///data/x.db\n" + MINIMAL), {})
    assert config.database_url == f"sqlite:///{tmp_path}/data/x.db"


def test_variables_are_filled_in_and_may_have_defaults(tmp_path: Path) -> None:
    text = "source: {kind: csv, path: '${FOLDER}/${FILE:-log.csv}'}\n" + MINIMAL
    assert load_config(write(tmp_path, text), {"FOLDER": "in"}).source.path == "in/log.csv"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("titel: x\n" + MINIMAL, "unknown key 'titel'; did you mean 'title'"),
        ("source: {kind: csv, pth: x}\n" + MINIMAL, "unknown key 'pth'; did you mean 'path'"),
        (MINIMAL + "  device: {column: d, valeus: [a]}\n", "unknown key 'valeus'; did you mean 'values'"),
        ("cleaning: {rules: [{name: a, wen: {}, then: {}}]}\n" + MINIMAL, "unknown key 'wen'; did you mean 'when'"),
        ("source: {kind: csv}\n" + MINIMAL, "path is empty"),
        ("source: {kind: database, url: 'sqlite://'}\n" + MINIMAL, "exactly one of table and query"),
        ("fields: {variant: engine}\n", "fields.converted is missing"),
        (MINIMAL + "  colour: c\n", "fields.colour has no kind"),
        (MINIMAL + "  devise: d\n", "did you mean 'device'"),
        (MINIMAL + "  Row Id: {column: d, kind: category}\n", "cannot be used as a name"),
        (MINIMAL + "  age: {column: a, edges: [30, 20]}\n", "must ascend"),
        (MINIMAL + "  age: {column: a, edges: [20], values: [a]}\n", "must have 2"),
        (MINIMAL + "  size: {column: a, kind: band}\n", "band without edges"),
        (MINIMAL + "  flag: {column: a, kind: flag}\n", "write category"),
        ("display: {timezone: Mars/Base}\n" + MINIMAL, "unknown time zone 'Mars/Base'"),
        ("display: {confidence: 95}\n" + MINIMAL, "less than 1"),
        ("source: {kind: csv, path: '${NOWHERE}'}\n" + MINIMAL, "NOWHERE"),
        ("- a\n- b\n", "holds no keys"),
        ("a: [", "is not YAML"),
    ],
)
def test_a_fault_is_one_sentence_with_the_remedy(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, text), {})
    assert sentence in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, "titel: x\ndatabse: y\n" + MINIMAL), {})
    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no configuration file .*nowhere\.yaml"):
        load_config(tmp_path / "nowhere.yaml", {})


@pytest.mark.parametrize("port", ["0", "http", "70000", "-1"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(ConfigError, match="must be a whole number from 1 to 65535"):
        load_config(write(tmp_path, MINIMAL), {"PORT": port})


def test_the_policy_hash_changes_with_the_cleaning_and_not_with_the_title(tmp_path: Path) -> None:
    plain = load_config(write(tmp_path, MINIMAL), {}).policy_hash
    titled = load_config(write(tmp_path, "title: x\n" + MINIMAL), {}).policy_hash
    strict = load_config(write(tmp_path, "cleaning: {identical: drop}\n" + MINIMAL), {}).policy_hash
    assert plain == titled != strict


def test_what_changes_no_stored_row_makes_no_load_necessary(tmp_path: Path) -> None:
    text = MINIMAL + "  bounce: {column: b, kind: number, after_engine: %s}\n"
    early, late = (load_config(write(tmp_path, text % word), {}) for word in ("false", "true"))
    assert early.catalog.dimensions != late.catalog.dimensions
    assert early.policy_hash == late.policy_hash
