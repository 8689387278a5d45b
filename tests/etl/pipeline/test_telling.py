import pytest

from etl.pipeline import status
from etl.pipeline.telling import show_status
from tests.etl.project import ROWS, Project


def test_the_status_reads_well(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.load([*ROWS, "Old,0,s9,u9,[never],Delhi,20,5,"])
    show_status(status(project.config))
    shown = capsys.readouterr().out
    assert "version 1: 4 observed sessions, loaded 20" in shown
    assert "must be a time" in shown
