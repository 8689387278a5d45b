from dataclasses import replace

from analytics.estimate import Estimate
from model.registry.card import in_words, model_card
from tests.model.sample import sample_trained

REPORT = sample_trained().report


def test_every_figure_on_the_card_has_its_interval_and_n() -> None:
    card = model_card(REPORT)
    assert "| ROC-AUC | 0.6500 (0.6300 to 0.6700, n 1,500) |" in card
    assert "- Conversion rate: 0.3000 (0.2900 to 0.3100, n 6,000)." in card


def test_the_card_says_what_it_is_for_and_where_it_ends() -> None:
    card = model_card(REPORT)
    assert REPORT.tasks[1].caution in card
    assert "never to decide about a person" in card
    assert "Verdict: **signal**" in card


def test_simulated_data_is_called_so() -> None:
    observed = replace(REPORT, data=replace(REPORT.data, origin="observed"))
    assert "simulated" in model_card(REPORT)
    assert "simulated" not in model_card(observed)


def test_what_is_not_defined_is_said() -> None:
    assert in_words(Estimate(None, None, None, 0)) == "not defined (n 0)"
    assert in_words(Estimate(0.5, None, None, 3)) == "0.5000 (no interval, n 3)"
