"""MODEL_SHEETS: what the model page tells, in its order."""

from dashboard.sheets.model.calibration import CALIBRATION
from dashboard.sheets.model.card import CARD
from dashboard.sheets.model.curves import CURVES
from dashboard.sheets.model.dependence import DEPENDENCE
from dashboard.sheets.model.drift import DRIFT
from dashboard.sheets.model.effects import EFFECTS
from dashboard.sheets.model.headline import HEADLINE
from dashboard.sheets.model.importance import IMPORTANCE
from dashboard.sheets.model.leaks import LEAKS
from dashboard.sheets.model.learned import LEARNED
from dashboard.sheets.model.learners import LEARNERS
from dashboard.sheets.model.policy import POLICY
from dashboard.sheets.model.questions import QUESTIONS
from dashboard.sheets.model.segments import SEGMENTS
from dashboard.sheets.model.threshold import THRESHOLDS
from dashboard.sheets.model.uplift import UPLIFT
from dashboard.sheets.model.versions import VERSIONS
from dashboard.sheets.model.withheld import WITHHELD
from dashboard.sheets.sheet import Sheet

MODEL_SHEETS: tuple[Sheet, ...] = (
    HEADLINE,
    QUESTIONS,
    LEARNED,
    LEARNERS,
    WITHHELD,
    CURVES,
    CALIBRATION,
    THRESHOLDS,
    IMPORTANCE,
    DEPENDENCE,
    SEGMENTS,
    UPLIFT,
    EFFECTS,
    POLICY,
    LEAKS,
    DRIFT,
    VERSIONS,
    CARD,
)
