"""SIMULATE_SHEETS: the settings of the simulator and what came of them, in the order of the page."""

from dashboard.sheets.sheet import Sheet
from dashboard.sheets.simulate.bandit import INFERENCE, REGRET
from dashboard.sheets.simulate.estimates import ESTIMATES
from dashboard.sheets.simulate.form import FORM
from dashboard.sheets.simulate.headline import HEADLINE
from dashboard.sheets.simulate.interleaving import CONTESTED
from dashboard.sheets.simulate.methods import METHODS
from dashboard.sheets.simulate.ramp import RAMPED
from dashboard.sheets.simulate.stopping import STOPPING

_TEST = (METHODS, STOPPING, ESTIMATES)
_OTHERS = (REGRET, INFERENCE, RAMPED, CONTESTED)
SIMULATE_SHEETS: tuple[Sheet, ...] = (HEADLINE, FORM, *_TEST, *_OTHERS)
