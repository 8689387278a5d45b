"""mount: the API's routes, errors and headers on a Flask server."""

from flask import Flask

from analytics.cached import CachedAnalyses
from api.analyses import analyses_routes
from api.catalog import catalog_routes
from api.decisions import decisions_routes
from api.errors import guard_routes, install_errors
from api.headers import install_headers
from api.health import health_routes
from api.model import model_routes
from api.notes import notes_routes
from api.provenance import provenance_routes
from api.sessions import sessions_routes
from api.short_link import short_link_routes
from config import Config
from model.served import Models
from semantic.notes import Notes


def mount(server: Flask, config: Config, answers: CachedAnalyses, notes: Notes, models: Models) -> None:
    """Serve the API from a server.

    Parameters
    ----------
    server : Flask
        What serves; may serve pages too.
    config : Config
        Labels, and the level of intervals where none is asked for.
    answers : CachedAnalyses
        What computes.
    notes : Notes
        What people add.
    models : Models
        What is served of the model.
    """
    install_errors(server)
    install_headers(server)
    server.register_blueprint(health_routes(answers))
    server.register_blueprint(analyses_routes(config, answers))
    server.register_blueprint(decisions_routes(config, answers))
    server.register_blueprint(catalog_routes(config, answers))
    server.register_blueprint(provenance_routes(config, answers))
    server.register_blueprint(sessions_routes(answers))
    server.register_blueprint(model_routes(models))
    server.register_blueprint(notes_routes(answers, notes))
    server.register_blueprint(short_link_routes(config.title, notes))
    server.register_blueprint(guard_routes())
