"""All parts of the certificate, by letter."""

from tests.certificate import adjusted, any_look, clustered, coverage, detection, oracles, segmented, speed
from tests.certificate.part import Part

_MODULES = (any_look, detection, coverage, clustered, segmented, adjusted, oracles, speed)
PARTS: dict[str, Part] = {module.PART.letter: module.PART for module in _MODULES}
