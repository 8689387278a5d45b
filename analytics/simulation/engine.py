"""Engine: a scenario run in blocks, each of which tells how far it is."""

from collections.abc import Iterator

from analytics.simulation.course import course_of
from analytics.simulation.draws import BLOCK, draw
from analytics.simulation.scenario import Scenario, check
from analytics.simulation.simulated import Simulated, simulated_of
from analytics.simulation.tally import Tally, joined, tally_of


def blocks(scenario: Scenario) -> Iterator[Tally]:
    """Yield what became of each block of experiments, so that whoever asks can tell how far it is, or stop.

    Parameters
    ----------
    scenario : Scenario
        What is run.

    Raises
    ------
    InputError
        Where it cannot be run.
    """
    course = course_of(check(scenario))
    for block in range(-(-scenario.repetitions // BLOCK)):
        yield tally_of(scenario, course, draw(scenario, course, block))


def simulate(scenario: Scenario) -> Simulated:
    """Return what a scenario comes to; equal scenarios have equal results to the bit.

    Raises
    ------
    InputError
        Where it cannot be run.

    Examples
    --------
    >>> found = simulate(Scenario(repetitions=1000, days=20))
    >>> [outcome.name for outcome in found.outcomes if outcome.called.value < 0.1]
    ['once', 'always_valid', 'group_sequential']
    """
    return simulated(scenario, list(blocks(scenario)))


def simulated(scenario: Scenario, tallies: list[Tally]) -> Simulated:
    """Return what a scenario comes to from all its blocks.

    Parameters
    ----------
    scenario : Scenario
        What was run.
    tallies : list of Tally
        Of its blocks.
    """
    course = course_of(scenario)
    return simulated_of(scenario, float(course.n_planned[-1]), course.lifts[-1], joined(tallies))
