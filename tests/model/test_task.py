from model.task import ARRIVAL, RETROSPECTIVE, TASKS


def test_only_the_model_in_session_knows_consequences() -> None:
    assert [task.has_consequences for task in TASKS] == [False, True]


def test_the_model_with_consequences_says_what_it_cannot_tell() -> None:
    assert not ARRIVAL.caution
    assert "effects as well as causes" in RETROSPECTIVE.caution
