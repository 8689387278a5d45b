import json
from typing import Any

from plotly.utils import PlotlyJSONEncoder

from dashboard.components.memo import memo
from dashboard.view import Context
from dashboard.views.experiment.verdict import experiment_verdict_views


def made(context: Context) -> Any:
    (view,) = experiment_verdict_views(context)
    return memo(view)


def test_the_frame_has_a_place_for_each_part_of_a_decision(context: Context) -> None:
    frame = made(context)
    text = json.dumps(frame, cls=PlotlyJSONEncoder)
    assert (frame.id, frame.className) == ("card-experiment-verdict", "verdict memo skeleton")
    for part in ("word", "headline", "summary", "lift", "detail", "says unseen"):
        assert f'"className": "{part}"' in text


def test_what_would_change_it_leads_to_the_planner(context: Context) -> None:
    text = json.dumps(made(context), cls=PlotlyJSONEncoder)
    assert '"href": "/plan"' in text[text.index('"data-part": "changes"') - 400 :]


def test_why_stands_before_what_would_change_it(context: Context) -> None:
    text = json.dumps(made(context), cls=PlotlyJSONEncoder)
    assert 0 < text.index('"data-part": "reasons"') < text.index('"data-part": "changes"')
