"""KINDS: the sorts of simulation, and PRESETS: settings worth a look."""

from dataclasses import dataclass, field

from analytics.simulation.ab_test import AB_TEST
from analytics.simulation.bandit.raced import BANDIT
from analytics.simulation.interleaving.contested import INTERLEAVING
from analytics.simulation.kind import Kind
from analytics.simulation.ramp import RAMP
from analytics.simulation.replay.replayed import REPLAY
from semantic.errors import UnknownNameError, unknown_name

KINDS: tuple[Kind, ...] = (AB_TEST, REPLAY, BANDIT, RAMP, INTERLEAVING)


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings with a name.

    Attributes
    ----------
    label : str
        What people read.
    says : str
        The question that it answers.
    kind : str
        Sort of simulation.
    texts : dict of str to str
        What is not as usual.
    """

    label: str
    says: str
    kind: str = "test"
    texts: dict[str, str] = field(default_factory=dict)


PRESETS: tuple[Preset, ...] = (
    Preset("Peeking every day", "What does looking daily do where nothing differs?"),
    Preset("A/A, one look", "Does a test that is looked at once err as often as it says?", "test", {"looks": "0"}),
    Preset(
        "Small lift, rare conversions",
        "How often is a lift of 5 % found where 2 % convert?",
        "test",
        {"rate": "2", "effects": "5", "users": "20000", "days": "28", "looks": "7"},
    ),
    Preset(
        "Sample ratio mismatch",
        "What if users who convert less are not recorded?",
        "test",
        {"lost": "4", "lost-rate": "40", "lost-from": "6", "users": "4000"},
    ),
    Preset(
        "Novelty that fades",
        "What is measured where an effect wears off?",
        "test",
        {"effects": "15", "half-life": "4", "days": "28", "looks": "7"},
    ),
    Preset(
        "Users who come back",
        "What if sessions of one user are taken for independent?",
        "test",
        {"sessions": "4", "correlation": "0.3", "users": "500", "looks": "7"},
    ),
    Preset("Replay of your own traffic", "Would looking daily have been safe with your own users?", "replay"),
    Preset("Bandit or split", "What does a bandit earn, and what does it cost in certainty?", "bandit"),
    Preset("Ramp", "How soon is a harmful engine stopped on a ramp?", "ramp"),
    Preset("Interleaving", "How many sessions does a shared list save?", "interleaving"),
)


def kind_named(name: str) -> Kind:
    """Return the sort of simulation of a name; raises UnknownNameError where there is none."""
    known = {kind.name: kind for kind in KINDS}
    if name not in known:
        raise UnknownNameError(unknown_name("simulation", name[:60], known))
    return known[name]
