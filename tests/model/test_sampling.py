import numpy as np

from model.examples import Examples
from model.sampling import some_users

USER = np.repeat(np.arange(100, 300), 5)
EXAMPLES = Examples((), np.zeros((1000, 0)), np.zeros(1000), np.ones(1000), USER)


def test_users_are_drawn_as_a_whole() -> None:
    drawn = some_users(EXAMPLES, 203, 1)
    assert len(drawn) == 200
    assert set(np.unique(USER[drawn], return_counts=True)[1]) == {5}


def test_equal_seeds_draw_equal_users() -> None:
    assert some_users(EXAMPLES, 200, 1).tolist() == some_users(EXAMPLES, 200, 1).tolist()
    assert some_users(EXAMPLES, 200, 1).tolist() != some_users(EXAMPLES, 200, 2).tolist()


def test_few_rows_are_all_taken() -> None:
    assert some_users(EXAMPLES, 1000, 1).tolist() == list(range(1000))
