"""Facts are of one version of the data, whatever came after it."""

from dashboard.sheets.facts import Facts, read_facts
from semantic.provenance import Provenance, Run
from tests.dashboard.sheets.conftest import Loaded


def test_they_know_the_run_that_made_the_version(facts: Facts) -> None:
    assert (facts.made_by.run_id, facts.quarantine.run.run_id) == (1, 1)
    assert facts.profile.data_version == facts.context.snapshot.version == 1


def test_a_run_that_failed_later_is_told_but_made_nothing(later: Facts) -> None:
    assert (later.made_by.run_id, later.made_by.command, later.broken.run_id) == (2, "append", 3)


def test_without_a_failure_nothing_is_broken(facts: Facts) -> None:
    assert facts.broken is None


def test_the_last_day_is_written_as_configured(facts: Facts) -> None:
    assert facts.last_day == "2 Jul 2026"


def test_a_run_behind_many_others_is_still_found(dirty: Loaded) -> None:
    class OneAtATime(Provenance):
        def runs(self, limit: int = 0) -> tuple[Run, ...]:
            return ()

    engine = dirty.source.store.engine
    facts = read_facts(dirty.source.context(), dirty.source.store, OneAtATime(engine))
    assert (facts.runs, facts.made_by) == ((), dirty.facts.made_by)
