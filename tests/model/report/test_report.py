from analytics.estimate import Estimate
from model.report import DataFacts, Report


def test_a_task_that_was_not_trained_is_none() -> None:
    facts = DataFacts(1, "", "observed", 10, 3, 10, 0, Estimate(0.3, 0.1, 0.6, 10), "", "")
    assert Report(facts, 0.95, ()).task("arrival") is None
