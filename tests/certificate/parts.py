"""All parts of the certificate, by letter."""

from tests.certificate import any_look, coverage, detection
from tests.certificate.part import Part

PARTS: dict[str, Part] = {part.letter: part for part in (any_look.PART, detection.PART, coverage.PART)}
