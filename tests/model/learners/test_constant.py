import pytest

from model.examples import Examples
from model.learners.constant import Constant


def test_everybody_has_the_base_rate(sessions: Examples) -> None:
    fitted = Constant().fit(sessions, 1)
    assert fitted.score(sessions.x[:3]).tolist() == [sessions.base_rate] * 3
    assert float(fitted.settings["rate"]) == pytest.approx(sessions.base_rate, abs=1e-5)
    assert fitted.n_bytes == 8
