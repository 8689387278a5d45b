import pytest

from model.examples import Examples
from tests.model.planted import PlantedExamples, planted


@pytest.fixture(scope="package")
def drawn() -> PlantedExamples:
    return planted(6_000)


@pytest.fixture(scope="package")
def sessions(drawn: PlantedExamples) -> Examples:
    return drawn.examples
