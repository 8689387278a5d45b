from dataclasses import replace

from config import Config
from model.reading import data_facts, read_sample
from semantic.store import Store
from tests.model.reading.loaded import N_SESSIONS


def test_facts_are_of_all_sessions(sqlite: tuple[Store, Config]) -> None:
    facts = data_facts(*sqlite, read_sample(*sqlite), 0.95)
    assert (facts.n_sessions, facts.n_sampled, facts.origin) == (N_SESSIONS, N_SESSIONS, "simulated")
    assert facts.base_rate.value == facts.n_converted / N_SESSIONS
    assert "2026-07-01" <= facts.first_day < facts.last_day <= "2026-09-30"
    assert 0 < facts.n_users < N_SESSIONS


def test_days_are_empty_without_time(sqlite: tuple[Store, Config]) -> None:
    sample = replace(read_sample(*sqlite), day=None)
    facts = data_facts(*sqlite, sample, 0.95)
    assert (facts.first_day, facts.last_day) == ("", "")
