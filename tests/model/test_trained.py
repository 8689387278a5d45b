from model.trained import Sigmoid


def test_a_sigmoid_that_nobody_fitted_changes_nothing() -> None:
    assert Sigmoid() == Sigmoid(slope=1.0, intercept=0.0)
