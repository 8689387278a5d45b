"""Settings: a simulation as a URL holds it, and the name of its result."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.simulation.fields import canonical, values_of
from analytics.simulation.kind import Kind
from analytics.simulation.kinds import KINDS, kind_named

KIND = "kind"
ENGINE = 1
"""Goes up whenever equal settings no longer have equal results."""


@dataclass(frozen=True)
class Settings:
    """A simulation that can be run.

    Attributes
    ----------
    kind : Kind
        Its sort.
    texts : mapping of str to str
        What every field is set to.
    scenario : object
        What is run.
    """

    kind: Kind
    texts: Mapping[str, str]
    scenario: Any

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Settings":
        """Return the settings of some texts.

        Parameters
        ----------
        texts : mapping of str to str
            ``kind``, and fields by name; what is absent is as usual, what no field has is passed over.

        Raises
        ------
        ProductError
            Where they cannot be read or run: the first fault, in a sentence.
        """
        kind = kind_named(texts.get(KIND, "") or KINDS[0].name)
        return cls(kind, canonical(kind.fields, texts), kind.scenario(values_of(kind.fields, texts)))

    def key(self, version: str = "") -> str:
        """Return the name of the result: 22 letters that equal settings have in common.

        Parameters
        ----------
        version : str
            Of the data; counts only where the simulation reads them.
        """
        parts = [ENGINE, self.kind.name, sorted(self.texts.items()), version if self.kind.reads_data else ""]
        digest = hashlib.sha256(json.dumps(parts).encode()).digest()
        return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
