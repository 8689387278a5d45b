"""notes_data: saved views and annotations as the browser gets them with the page, once."""

from dataclasses import asdict
from typing import Any

from semantic.notes import Notes, SavedView

NOT_KEPT = "Saved views and annotations are not kept by this server."


def notes_data(notes: Notes | None) -> dict[str, Any]:
    """Return everything that people have added.

    Parameters
    ----------
    notes : Notes or None
        Where it is kept; None: nowhere.

    Returns
    -------
    dict
        ``stamp``; ``views`` and ``annotations`` with the fields that the API gives them; ``fault``, a sentence where
        they cannot be read or kept, else empty.
    """
    if notes is None:
        return {"stamp": "", "views": [], "annotations": [], "fault": NOT_KEPT}
    found = notes.contents()
    return {
        "stamp": found.stamp,
        "views": [_view(view) for view in found.views],
        "annotations": [asdict(annotation) for annotation in found.annotations],
        "fault": found.fault,
    }


def _view(view: SavedView) -> dict[str, Any]:
    return asdict(view) | {"link": f"/v/{view.slug}"}
