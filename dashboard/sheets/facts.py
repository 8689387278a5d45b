"""Facts: what sheets are made from: the runs behind one version of the data, its profile, and the model."""

from dataclasses import dataclass, field

from analytics.profiled import ProfileResult, profile_result
from dashboard.format import NumberFormat
from dashboard.model_facts import ModelFacts
from dashboard.sheets.clock import Clock
from dashboard.simulation_facts import SimulationFacts
from dashboard.view import Context
from dashboard.visitor import Visitor
from semantic.catalog import DAY
from semantic.errors import StoreError, UnknownNameError
from semantic.profile import read_profile
from semantic.provenance import Provenance, Quarantine, Run
from semantic.store import Store


@dataclass(frozen=True)
class Facts:
    """What is known of one version of the data beside its sums.

    Attributes
    ----------
    context : Context
        The configuration, and the version.
    database : str
        Kind of database, such as ``sqlite``.
    runs : tuple of Run
        The newest, newest first.
    made_by : Run or None
        The run that made the version; None where the database does not know it.
    quarantine : Quarantine or None
        What that run refused; else what the newest run that refused anything did; None where none ever did.
    profile : ProfileResult or None
        What is missing and how often users came; None where it was not counted.
    unread : str
        Why runs, quarantine and profile cannot be read now; empty where they can.
    model : ModelFacts
        The model that is served; on its own pages alone.
    visitor : Visitor or str
        Who is asked for on the predict page, or why nothing can be said; empty elsewhere.
    simulation : SimulationFacts
        What the simulator is asked for; on its own page alone.
    """

    context: Context
    database: str
    runs: tuple[Run, ...] = ()
    made_by: Run | None = None
    quarantine: Quarantine | None = None
    profile: ProfileResult | None = None
    unread: str = ""
    model: ModelFacts = field(default_factory=ModelFacts)
    visitor: Visitor | str = ""
    simulation: SimulationFacts = field(default_factory=SimulationFacts)

    @property
    def write(self) -> NumberFormat:
        """How numbers are written."""
        return self.context.number_format

    @property
    def clock(self) -> Clock:
        """How moments are written."""
        return Clock(self.context.config.display.timezone, self.context.day_format)

    @property
    def last_day(self) -> str:
        """The last day of the data, as people read it; empty where it has none."""
        days = self.context.snapshot.domains.get(DAY)
        return self.context.day_format.day(days.members[days.n_present - 1]) if days and days.n_present else ""

    @property
    def broken(self) -> Run | None:
        """The newest run, where it failed or was interrupted after the version was made."""
        newest = self.runs[0] if self.runs else None
        return newest if newest and newest.status in ("failed", "interrupted") else None


def read_facts(context: Context, store: Store, provenance: Provenance) -> Facts:
    """Return the facts of the context's version of the data.

    Parameters
    ----------
    context : Context
        The configuration, and the version.
    store : Store
        Whose database holds the profile.
    provenance : Provenance
        Reads runs and what they refused.
    """
    database = store.engine.dialect.name
    try:
        runs = provenance.runs()
        made_by = _made_by(context.snapshot.run_id, runs, provenance)
        refused = provenance.quarantine(made_by.run_id if made_by and made_by.n_quarantined else None)
        stored = read_profile(store.engine, context.snapshot.version)
    except StoreError as error:
        return Facts(context, database, unread=str(error))
    profile = profile_result(stored, context.config, context.config.display.confidence) if stored else None
    return Facts(context, database, runs, made_by, refused, profile)


def _made_by(run_id: int, runs: tuple[Run, ...], provenance: Provenance) -> Run | None:
    """Return the run, also where many came after it."""
    found = next((run for run in runs if run.run_id == run_id), None)
    if found:
        return found
    try:
        older = provenance.quarantine(run_id)
    except UnknownNameError:
        return None
    return older.run if older else None
