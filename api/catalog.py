"""The words of the data: dimensions with their members, metrics with what they mean, and the configuration in force."""

from flask import Blueprint, Response

from analytics.cached import CachedAnalyses
from api.errors import answer_errors
from api.reply import reply
from config import Config
from config.definitions import dimension_definitions, metric_definitions
from config.shown import shown_configuration


def catalog_routes(config: Config, answers: CachedAnalyses) -> Blueprint:
    """Return /api/v1/dimensions, /api/v1/metrics and /api/v1/configuration.

    Parameters
    ----------
    config : Config
        What the words mean and where they come from.
    answers : CachedAnalyses
        Whose store holds the members.
    """
    routes = answer_errors(Blueprint("catalog", __name__, url_prefix="/api/v1"))

    @routes.get("/dimensions")
    def dimensions() -> Response:
        snapshot = answers.store.snapshot()
        found = dimension_definitions(config, snapshot.domains)
        return reply({"data_version": snapshot.version, "dimensions": found}, snapshot.version, found)

    @routes.get("/metrics")
    def metrics() -> Response:
        found = metric_definitions(config)
        return reply({"metrics": found}, found)

    @routes.get("/configuration")
    def configuration() -> Response:
        found = shown_configuration(config)
        return reply({"configuration": found}, found)

    return routes
