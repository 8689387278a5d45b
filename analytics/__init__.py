"""Pure numbers: one file or one folder a capability. `ANALYSES` is the one list of them."""

from analytics.analysis import Analysis, Params, result_to_dict, run
from analytics.breakdown import BREAKDOWN
from analytics.comparison import COMPARISON
from analytics.decision import DECISION
from analytics.distribution import DISTRIBUTION
from analytics.effects import EFFECTS
from analytics.heatmap import HEATMAP
from analytics.heterogeneity import HETEROGENEITY
from analytics.kpi import KPI
from analytics.methods import METHODS
from analytics.novelty import NOVELTY
from analytics.off_policy import OFF_POLICY
from analytics.power import POWER
from analytics.quality import QUALITY
from analytics.relation import RELATION
from analytics.segments import SEGMENTS
from analytics.trend import TREND
from analytics.validity import VALIDITY

ANALYSES: tuple[Analysis, ...] = (
    COMPARISON,
    KPI,
    TREND,
    BREAKDOWN,
    HEATMAP,
    RELATION,
    DISTRIBUTION,
    SEGMENTS,
    QUALITY,
    EFFECTS,
    VALIDITY,
    POWER,
    HETEROGENEITY,
    DECISION,
    OFF_POLICY,
    NOVELTY,
    METHODS,
)

__all__ = ["ANALYSES", "Analysis", "Params", "result_to_dict", "run"]
