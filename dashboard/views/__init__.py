"""VIEWS: the table of contents of the product, in the order of the pages."""

from dashboard.view import Context, View, ViewMaker
from dashboard.views.breakdown import breakdown_views
from dashboard.views.distribution import distribution_views
from dashboard.views.experiment.arms import arms_views
from dashboard.views.experiment.effects import effects_views
from dashboard.views.experiment.effects_detail import effects_detail_views
from dashboard.views.experiment.heterogeneity import heterogeneity_views
from dashboard.views.experiment.methods import other_methods_views
from dashboard.views.experiment.novelty import novelty_views
from dashboard.views.experiment.off_policy import off_policy_views
from dashboard.views.experiment.record import record_views
from dashboard.views.experiment.validity import validity_views
from dashboard.views.experiment.verdict import experiment_verdict_views
from dashboard.views.headline import headline_views
from dashboard.views.heatmap import heatmap_views
from dashboard.views.kpi import kpi_views
from dashboard.views.location import location_views
from dashboard.views.metric import metric_views
from dashboard.views.plan.chances import plan_chances_views
from dashboard.views.plan.form import plan_form_views
from dashboard.views.plan.head import plan_head_views
from dashboard.views.plan.methods import plan_methods_views
from dashboard.views.plan.run import plan_run_views
from dashboard.views.plan.traffic import plan_traffic_views
from dashboard.views.plan.weeks import plan_weeks_views
from dashboard.views.quality import quality_views
from dashboard.views.relation import relation_views
from dashboard.views.segments import segments_views
from dashboard.views.trend import trend_views
from dashboard.views.verdict import verdict_views

VIEWS: tuple[ViewMaker, ...] = (
    verdict_views,
    kpi_views,
    trend_views,
    location_views,
    breakdown_views,
    headline_views,
    heatmap_views,
    relation_views,
    metric_views,
    distribution_views,
    segments_views,
    plan_head_views,
    plan_form_views,
    plan_weeks_views,
    plan_chances_views,
    plan_methods_views,
    plan_run_views,
    plan_traffic_views,
    quality_views,
    experiment_verdict_views,
    off_policy_views,
    record_views,
    validity_views,
    effects_views,
    effects_detail_views,
    arms_views,
    other_methods_views,
    novelty_views,
    heterogeneity_views,
)


def all_views(context: Context) -> tuple[View, ...]:
    """Return the views of all pages that the data has the fields for."""
    made = (view for make in VIEWS for view in make(context))
    return tuple(view for view in made if view.analysis.is_available(context.config.catalog))


def views_of(context: Context, page: str) -> tuple[View, ...]:
    """Return the views of a page that the data has the fields for."""
    return tuple(view for view in all_views(context) if view.page == page)
