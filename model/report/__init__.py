"""Report: what one training found, as stored with the model and shown on the pages."""

from model.report.data import DataFacts, FeatureFacts, HoldOut, Leak
from model.report.drift import Drift, FeatureDrift
from model.report.reasons import Dependence, Importance
from model.report.report import Report, TaskReport
from model.report.scores import (
    Band,
    Calibration,
    Curves,
    Difference,
    LearnerFacts,
    Neighbours,
    Point,
    SegmentScore,
    Signal,
    Threshold,
    Verdict,
)
from model.report.uplift import Policy, Uplift, UpliftLearner, UpliftSegment

__all__ = [
    "Band",
    "Calibration",
    "Curves",
    "DataFacts",
    "Dependence",
    "Difference",
    "Drift",
    "FeatureDrift",
    "FeatureFacts",
    "HoldOut",
    "Importance",
    "Leak",
    "LearnerFacts",
    "Neighbours",
    "Point",
    "Policy",
    "Report",
    "SegmentScore",
    "Signal",
    "TaskReport",
    "Threshold",
    "Uplift",
    "UpliftLearner",
    "UpliftSegment",
    "Verdict",
]
