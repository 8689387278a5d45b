import io
import sys
from types import SimpleNamespace

import orjson
import pytest

from model import checked_child
from model.golden import golden_file
from tests.model.sample import AGE, DEVICE, sample_trees


def answer(monkeypatch: pytest.MonkeyPatch, text: str, golden: object) -> int:
    tasks = {"tasks": [{"name": "arrival", "text": text, "golden": golden}]}
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(orjson.dumps(tasks))))
    return checked_child.main()


def test_it_names_the_task_before_it_loads_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import lightgbm

    text = sample_trees((DEVICE, AGE))
    golden = orjson.loads(golden_file((DEVICE, AGE), lightgbm.Booster(model_str=text)))
    assert answer(monkeypatch, text, golden) == 0
    assert capsys.readouterr().out.splitlines()[0] == "task arrival"
    golden["scores"][3] += 1e-6
    assert answer(monkeypatch, text, golden) == 1
    assert "golden rows" in capsys.readouterr().err


def test_a_text_that_is_refused_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(monkeypatch, "nothing", {"rows": []}) == 1
    assert "LightGBM refuses it: " in capsys.readouterr().err
