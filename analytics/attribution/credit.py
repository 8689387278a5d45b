"""Credit: what each channel got of all conversions and of all value."""

from dataclasses import dataclass

from analytics.experiment.interval import Floats


@dataclass(frozen=True, slots=True)
class Credit:
    """How one model shares out; with what nobody got, it adds up to all there was.

    Attributes
    ----------
    conversions, value : ndarray of float, shape (channels,)
        Credit of each channel.
    unassigned, unassigned_value : float
        Of journeys without a touch, or with none left within the lookback window.
    """

    conversions: Floats
    value: Floats
    unassigned: float
    unassigned_value: float
