"""mount: the API's routes, errors and headers on a Flask server."""

from flask import Flask

from analytics.cached import CachedAnalyses
from api.analyses import analyses_routes
from api.catalog import catalog_routes
from api.errors import guard_routes, install_errors
from api.headers import install_headers
from api.health import health_routes
from api.sessions import sessions_routes
from config import Config


def mount(server: Flask, config: Config, answers: CachedAnalyses) -> None:
    """Serve the API from a server.

    Parameters
    ----------
    server : Flask
        What serves; may serve pages too.
    config : Config
        Labels, and the level of intervals where none is asked for.
    answers : CachedAnalyses
        What computes.
    """
    install_errors(server)
    install_headers(server)
    server.register_blueprint(health_routes(answers))
    server.register_blueprint(analyses_routes(config, answers))
    server.register_blueprint(catalog_routes(answers))
    server.register_blueprint(sessions_routes(answers))
    server.register_blueprint(guard_routes())
