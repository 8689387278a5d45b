from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.stopping import STOPPING
from tests.dashboard.sheets.simulate.runs_shown import shown


def test_each_line_begins_at_nothing_and_ends_at_the_last_day(facts: Facts) -> None:
    (chart,) = STOPPING.blocks(shown(facts))
    assert {tuple(one["points"][0]) for one in chart["series"]} == {(0.0, 0.0)}
    assert {one["points"][-1][0] for one in chart["series"]} == {6.0}


def test_the_check_of_the_sample_ratio_is_drawn_where_it_fails(facts: Facts) -> None:
    (chart,) = STOPPING.blocks(shown(facts, lost="30"))
    assert chart["series"][-1]["label"] == "Sample ratio fails"


def test_the_table_has_every_look(facts: Facts) -> None:
    assert len(STOPPING.table(shown(facts)).rows) == 6 * 6


def test_the_day_of_the_tenth_call_is_told(facts: Facts) -> None:
    assert "a tenth of the experiments has a false alarm by day" in STOPPING.summary(shown(facts))
    assert "no rule that looks has called" in STOPPING.summary(shown(facts, looks="0"))
