import threading
import time
from collections.abc import Iterator

import pytest

from etl.pipeline.ahead import ahead


def test_items_come_in_order() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))


def test_an_error_comes_at_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("the second item")

    read = ahead(items())
    assert next(read) == 1
    with pytest.raises(ValueError, match="the second item"):
        next(read)


def test_work_ends_when_the_reader_stops() -> None:
    done: list[int] = []
    before = threading.active_count()
    read = ahead(iter(lambda: done.append(1) or len(done), 10**9))  # type: ignore[func-returns-value]
    assert next(read) == 1
    read.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
    assert len(done) < 10


def test_only_a_few_items_wait() -> None:
    done: list[int] = []
    read = ahead(iter(lambda: done.append(1) or len(done), 10**9), depth=2)  # type: ignore[func-returns-value]
    next(read)
    time.sleep(0.2)
    assert len(done) <= 5
    read.close()  # type: ignore[attr-defined]
