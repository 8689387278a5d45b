import pytest
import sqlalchemy as sa

from model.registry import Registry
from model.registry.tables import MAX_PIECE, place_of_models
from tests.model.sample import sample_trained


@pytest.mark.parametrize(
    ("database", "models"),
    [
        ("sqlite:////data/recommender.db", "sqlite:////data/recommender.models.db"),
        ("mysql://u:p@h/d?reconnect=true", "mysql+pymysql://u:p@h/d"),
    ],
)
def test_models_are_beside_the_data_and_never_in_a_file_that_a_load_locks(database: str, models: str) -> None:
    assert place_of_models(database).render_as_string(hide_password=False) == models


def test_models_are_in_these_tables(registry: Registry) -> None:
    registry.save(sample_trained(), 0)
    with registry.reader.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
    assert names == {"model_versions", "model_files", "model_state", "model_trainings", "model_drifts"}


def test_a_piece_fits_a_statement_of_every_server() -> None:
    assert MAX_PIECE <= 1 << 20
