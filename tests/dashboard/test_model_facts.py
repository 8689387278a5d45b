"""What sheets are told of the model follows from what is served."""

from dashboard.model_facts import NOT_KEPT, read_model
from tests.dashboard.sample_model import TRAINING, SampleModels, sample_model


def test_without_models_there_is_none_and_the_remedy_is_told() -> None:
    facts = read_model(None)
    assert (facts.report, facts.status) == (None, NOT_KEPT)
    assert "python -m model train" in facts.sentence


def test_what_is_served_is_told() -> None:
    assert read_model(SampleModels()) == sample_model()


def test_a_training_says_what_it_does() -> None:
    assert read_model(SampleModels(TRAINING)).sentence == (
        "The model is being trained. Now: compare learners (step 4 of 9)."
    )
