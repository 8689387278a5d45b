"""What the commands say: versions, figures and comparisons as lines of text, every rate with its interval."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from analytics.estimate import Estimate
from model.registry import ModelVersion, Renewal, State
from model.registry.card import METRICS, in_words
from model.report import Drift, Report, TaskReport


def renewal_sentence(renewal: Renewal) -> str:
    """Return what came of a training."""
    if renewal.is_new:
        return f"model version {renewal.version} is trained and served, in {renewal.seconds:.1f} s"
    served = "and is served" if renewal.is_promoted else "but another one is promoted"
    return f"model version {renewal.version} was trained on this data already {served}; nothing to do"


def version_lines(versions: Sequence[ModelVersion], state: State) -> Iterator[str]:
    """Yield a line for each version, and one for the newest training.

    Parameters
    ----------
    versions : sequence of ModelVersion
        The newest first.
    state : State
        What is promoted, and the newest training.
    """
    if not versions:
        yield "there is no model yet; run: python -m model train"
    for version in versions:
        mark = "*" if version.is_promoted else " "
        size = f"{version.n_bytes / 1e6:.1f} MB"
        yield f"{mark} {version.version:>3}  {_moment(version.created_at)}  data {version.data_version}  {size}"
        for task in version.tasks:
            yield f"       {task.title}: {task.verdict}, ROC-AUC {in_words(task.auc)}"
    training = state.training
    if training:
        said = f": {training.message}" if training.message else ""
        yield f"last training: {training.status}, begun {_moment(training.started_at)}{said}"


def learner_lines(report: Report) -> Iterator[str]:
    """Yield how LightGBM and its rivals do on the hold-out, and how far they differ."""
    for task in report.tasks:
        yield f"{task.title}: {task.question}"
        for learner in task.learners:
            shown = [(label, learner.held_out[name]) for name, label in METRICS if name in learner.held_out]
            yield f"  {learner.label}"
            yield from (f"    {label}: {in_words(figure)}" for label, figure in shown)
        for one in task.differences:
            p = f"p {one.p_adjusted:.2g} after Holm"
            yield f"  LightGBM less {one.learner}, {one.metric}: {in_words(one.difference)}, {p}"


def versus_lines(one: tuple[int, Report], other: tuple[int, Report]) -> Iterator[str]:
    """Yield the figures of two versions side by side.

    Parameters
    ----------
    one, other : (int, Report)
        Number and report of each.
    """
    yield (
        f"versions {one[0]} and {other[0]} on the same data"
        if one[1].data.hash == other[1].data.hash
        else f"versions {one[0]} and {other[0]} were judged on different data: figures differ for that reason too"
    )
    for task in one[1].tasks:
        rival = other[1].task(task.name)
        if rival:
            yield f"{task.title}:"
            yield from (f"  {line}" for line in _beside(task, rival))


def drift_lines(drift: Drift) -> Iterator[str]:
    """Yield what a look at the drift found."""
    yield drift.sentence
    for one in (*drift.features, *drift.scores):
        noise = f"by chance below {one.noise:.4f}"
        yield f"  {one.label}: stability index {one.stability:.4f} ({noise}), p {one.p_adjusted:.2g} after Holm"
    if drift.domain_auc:
        yield f"  Told apart by trees: ROC-AUC {in_words(drift.domain_auc)}, p {drift.p_domain:.2g} after Holm"


def _beside(task: TaskReport, rival: TaskReport) -> Iterator[str]:
    yield f"verdict: {task.signal.verdict} | {rival.signal.verdict}"
    first, second = _own(task), _own(rival)
    for name, label in METRICS:
        if name in first and name in second:
            yield f"{label}: {in_words(first[name])} | {in_words(second[name])}"


def _own(task: TaskReport) -> Mapping[str, Estimate]:
    """Return LightGBM's figures on the hold-out."""
    return next((learner.held_out for learner in task.learners if learner.name == "lightgbm"), {})


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1_000, UTC).strftime("%Y-%m-%d %H:%M UTC")
