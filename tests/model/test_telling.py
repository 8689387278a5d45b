import io
import re

from model.telling import Teller


def test_lines_say_how_long_each_phase_took() -> None:
    stream = io.StringIO()
    teller = Teller("lines", stream)
    teller("read sessions", 0, 2)
    teller("grow trees", 1, 2)
    teller.end()
    assert re.fullmatch(r"read sessions: 0\.\d s\ngrow trees: 0\.\d s\n", stream.getvalue())


def test_a_terminal_has_one_line_that_changes_and_is_gone_at_the_end() -> None:
    stream = io.StringIO()
    teller = Teller("bar", stream)
    teller("grow trees", 1, 2)
    assert stream.getvalue() == "\r\x1b[K" + "━" * 12 + "╌" * 12 + " 1/2 grow trees"
    teller.end()
    assert stream.getvalue().endswith("\r\x1b[K")
    assert "\n" not in stream.getvalue()


def test_nothing_is_told_where_nothing_is_wanted() -> None:
    stream = io.StringIO()
    teller = Teller(stream=stream)
    teller("grow trees", 1, 2)
    teller.end()
    assert stream.getvalue() == ""
