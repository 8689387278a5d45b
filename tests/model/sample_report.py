"""A plausible report of a training, and what it looks like under each verdict; its numbers are invented."""

import math
from dataclasses import replace
from functools import cache

import numpy as np

from analytics.estimate import Estimate
from model.report import (
    Calibration,
    Curves,
    DataFacts,
    Dependence,
    Difference,
    Drift,
    FeatureDrift,
    FeatureFacts,
    HoldOut,
    Importance,
    Leak,
    LearnerFacts,
    Neighbours,
    Policy,
    Report,
    SegmentScore,
    Signal,
    TaskReport,
    Threshold,
    Uplift,
    UpliftLearner,
    UpliftSegment,
    Verdict,
)
from model.task import ARRIVAL, RETROSPECTIVE, Task

N = 41_200
BASE = 0.324
WITHHELD = "There is no useful signal, so nothing is said of which attribute matters."
LEARNERS = (
    ("lightgbm", "LightGBM", 0.0),
    ("logistic", "Logistic regression", -0.008),
    ("forest", "Random forest", -0.005),
    ("xgboost", "XGBoost", -0.001),
    ("constant", "Base rate alone", -1.0),
)


def around(value: float, half: float = 0.008, n: int = N) -> Estimate:
    """Return an estimate with an interval of that half-width."""
    return Estimate(value, value - half, value + half, n)


def share(value: float, half: float = 0.004) -> Estimate:
    """Return a share with an interval that stays within 0 and 1."""
    return Estimate(value, max(value - half, 0.0), min(value + half, 1.0), N)


def metrics(auc: float) -> dict[str, Estimate]:
    """Return the metrics of a learner of that AUC."""
    gain = auc - 0.5
    return {
        "auc": around(auc),
        "pr_auc": around(BASE + gain),
        "log_loss": around(0.63 - gain / 4, 0.004),
        "brier": around(0.219 - gain / 10, 0.002),
        "ece": around(0.004, 0.002),
        "accuracy": around(0.676 + gain / 5),
        "precision": around(BASE + gain),
        "recall": around(0.55 + gain / 2),
        "f1": around(0.45 + gain / 2),
        "lift_top_decile": around(1 + 4 * gain, 0.05),
        "base_accuracy": around(1 - BASE),
    }


def learners(auc: float) -> tuple[LearnerFacts, ...]:
    """Return LightGBM and its rivals."""
    scores = [(name, label, max(auc + less, 0.5)) for name, label, less in LEARNERS]
    return tuple(
        LearnerFacts(name, label, {"trees": "150"}, metrics(own), metrics(own + 0.004), 0.44, 71_000)
        for name, label, own in scores
    )


def differences() -> tuple[Difference, ...]:
    """Return LightGBM less each rival."""
    return tuple(
        Difference(name, "auc", around(-less, 0.004), 0.01, 0.04 if less < -0.002 else 0.6)
        for name, _, less in LEARNERS[1:]
    )


def curves(auc: float) -> Curves:
    """Return curves of about that AUC."""
    x = np.linspace(0, 1, 201)
    power = (1 - auc) / auc
    edges, means = np.linspace(0.1, 0.7, 31), np.linspace(0.18, 0.52, 10)
    middle = (edges[1:] + edges[:-1]) / 2
    return Curves(
        roc=tuple(zip(x.tolist(), (x**power).tolist(), strict=True)),
        precision_recall=tuple(zip(x.tolist(), (BASE + (auc - 0.5) * (1 - x)).tolist(), strict=True)),
        gain=tuple(zip(x.tolist(), (x ** (power * 1.1)).tolist(), strict=True)),
        calibration=tuple((m, m + 0.004, m - 0.01, m + 0.018) for m in means.tolist()),
        calibration_noise=tuple((m, m - 0.013, m + 0.013) for m in means.tolist()),
        scores_converted=tuple(np.exp(-(((middle - 0.38) / 0.08) ** 2)).tolist()),
        scores_others=tuple(np.exp(-(((middle - 0.3) / 0.08) ** 2)).tolist()),
        score_edges=tuple(edges.tolist()),
    )


def threshold_at(at: float) -> Threshold:
    """Return what acting on all from a score on means."""
    found = float(np.clip(1.3 - 2.4 * at, 0, 1))
    positive, false = BASE * found, (1 - BASE) * found**1.6
    caught, called = share(positive), share(false)
    spared, missed = share(1 - BASE - false), share(BASE - positive)
    precision = share(positive / (positive + false), 0.008) if found else Estimate(None, None, None, N)
    right = share(positive + 1 - BASE - false)
    return Threshold(at, caught, called, spared, missed, precision, share(found, 0.008), right, share(0.4))


def segment(dimension: str, label: str, member: str, shift: float) -> SegmentScore:
    """Return how the model does within one member."""
    return SegmentScore(
        dimension,
        label,
        member,
        around(BASE + shift, n=9_000),
        around(BASE + shift + 0.002, 0.002, 9_000),
        around(0.64 + shift / 2, 0.015, 9_000),
        around(0.002, 0.009, 9_000),
        around(0.4 + shift, n=9_000),
        around(0.55 + shift, 0.02, 2_900),
        around(0.42, 0.015, 3_600),
        around(shift, 0.012, 9_000),
        around(shift, 0.022, 2_900),
        0.004 if abs(shift) > 0.03 else 0.8,
    )


def segments() -> tuple[SegmentScore, ...]:
    """Return the devices and genders."""
    return (
        segment("device", "Device", "Mobile", 0.05),
        segment("device", "Device", "Desktop", -0.01),
        segment("device", "Device", "Tablet", -0.045),
        segment("gender", "Gender", "Female", 0.01),
        segment("gender", "Gender", "Male", -0.01),
    )


def importance(has_time: bool) -> tuple[Importance, ...]:
    """Return what each attribute is worth."""
    named = [
        ("device", "Device", 0.041),
        ("age", "Age", 0.022),
        ("location", "Location", 0.009),
        ("gender", "Gender", 0.0005),
    ]
    if has_time:
        named.insert(0, ("time_spent_s", "Time spent", 0.09))
    return tuple(
        Importance(name, label, around(drop, 0.004), around(drop / 3, 0.001), around(drop * 4, 0.01))
        for name, label, drop in named
    )


def dependence() -> tuple[Dependence, ...]:
    """Return a category and a number."""
    ages = tuple(
        (float(age), math.sin(age / 12) / 5, math.sin(age / 12) / 5 - 0.1, math.sin(age / 12) / 5 + 0.1, 800)
        for age in range(18, 66, 3)
    )
    devices = ((0.0, 0.2, 0.1, 0.3, 20_000), (1.0, -0.1, -0.2, 0.0, 15_000), (2.0, -0.3, -0.4, -0.2, 6_000))
    return (
        Dependence("device", "Device", "", ("Mobile", "Desktop", "Tablet"), devices),
        Dependence("age", "Age", "years", (), ages),
    )


def signal_of(verdict: Verdict, auc: float) -> Signal:
    """Return a verdict with its sentence."""
    said = {
        "signal": "Both tests speak of a signal at 1 %.",
        "no useful signal": "No test speaks of a signal; an AUC of 0.515 would have been seen.",
        "undetermined": "No test speaks of a signal, but one that matters is not ruled out.",
    }
    p_value = 1e-40 if verdict == "signal" else 0.4
    needed = 62_000 if verdict == "undetermined" else None
    return Signal(
        verdict,
        said[verdict],
        around(auc, 0.006 if verdict != "undetermined" else 0.04),
        p_value,
        p_value,
        p_value,
        0.515,
        needed,
    )


def task_report(task: Task, verdict: Verdict = "signal", auc: float = 0.6486) -> TaskReport:
    """Return everything of one model; what the verdict forbids is empty."""
    is_signal = verdict == "signal"
    own = auc if is_signal else 0.503
    features = (
        FeatureFacts("device", "Device", "category", members=("Mobile", "Desktop", "Tablet")),
        FeatureFacts("age", "Age", "number", "years", low=18, high=65),
        *(
            [FeatureFacts("time_spent_s", "Time spent", "number", "s", low=1, high=3600, is_post_treatment=True)]
            if task.has_consequences
            else []
        ),
    )
    leak = Leak(
        "revenue",
        "Revenue",
        around(0.998, 0.001),
        "Revenue alone tells the outcome (AUC 0.998): it is the outcome in other words.",
        True,
    )
    calibration = Calibration(
        0.4,
        around(1.01, 0.05),
        around(0.0, 0.03),
        around(0.004, 0.002),
        0.003,
        False,
        "Scores are rates as far as this data can tell; they were left as they are.",
    )
    neighbours = Neighbours((0.1, 0.3, 0.6), (0.08, 0.28, 0.55), (0.12, 0.32, 0.65), (4_000, 4_000, 4_000))
    return TaskReport(
        task.name,
        task.title,
        task.question,
        task.caution,
        features,
        (leak,),
        signal_of(verdict, own),
        HoldOut("later", "2026-09-12", 150_000, N, 8_800, 30_100, around(BASE, 0.005)),
        learners(own),
        differences(),
        curves(own),
        0.32,
        tuple(map(threshold_at, np.round(np.arange(0.1, 0.54, 0.01), 3).tolist())),
        segments() if is_signal else (),
        calibration,
        neighbours,
        importance(task.has_consequences) if is_signal else (),
        dependence() if is_signal else (),
        "" if is_signal else WITHHELD,
    )


def uplift() -> Uplift:
    """Return effects that differ between visitors."""
    share = np.linspace(0, 1, 41)
    gained = 0.024 * share + 0.03 * share * (1 - share)
    policy = Policy(
        around(0.341, 0.005),
        around(0.333, 0.005),
        around(0.315, 0.005),
        around(0.008, 0.004),
        around(0.026, 0.006),
        around(0.008, 0.004),
        0.71,
        False,
        "An engine by visitor converts 0.8 points more than New for all.",
    )
    return Uplift(
        "Old",
        "New",
        ("device", "age", "gender", "location"),
        True,
        0.43,
        "What is known on arrival does not tell which engine served a session: engines were given out at random.",
        around(0.018, 0.005),
        "differs",
        0.0004,
        "The effect of New differs between visitors.",
        tuple(
            UpliftLearner(name, label, around(0.004, 0.002), around(0.012, 0.003))
            for name, label in (("dr", "Doubly robust"), ("t", "T-learner"), ("s", "S-learner"), ("x", "X-learner"))
        ),
        tuple((s, g, g - 0.004, g + 0.004) for s, g in zip(share.tolist(), gained.tolist(), strict=True)),
        tuple(around(0.05 - 0.008 * place, 0.012, 4_000) for place in range(10)),
        (
            UpliftSegment(("device",), ("Mobile",), "Device Mobile", around(0.041, 0.01, 20_000), 1e-9, 1e-8, "gains"),
            UpliftSegment(
                ("device", "age"),
                ("Tablet", "over 50"),
                "Device Tablet, Age over 50",
                around(-0.036, 0.02, 1_500),
                1e-4,
                0.002,
                "loses",
            ),
            UpliftSegment(("gender",), ("Other",), "Gender Other", around(0.01, 0.03, 1_600), 0.5, 1.0, "not shown"),
        ),
        n_segments=3,
        policy=policy,
        rules=(("New", "Device is Mobile"), ("Old", "Device is Tablet and Age is over 50")),
    )


@cache
def sample_report(verdict: Verdict = "signal") -> Report:
    """Return a report with both tasks; under another verdict than signal nothing is claimed."""
    is_signal = verdict == "signal"
    data = DataFacts(
        1,
        "5d" * 32,
        "simulated",
        200_000,
        64_800,
        200_000,
        125_146,
        around(BASE, 0.002, 200_000),
        "2026-07-01",
        "2026-09-30",
    )
    return Report(
        data,
        0.95,
        (task_report(ARRIVAL, verdict), task_report(RETROSPECTIVE, verdict, 0.8431)),
        around(0.194, 0.006) if is_signal else around(0.0, 0.006),
        uplift() if is_signal else None,
        "" if is_signal else "There is no useful signal, so engines are not compared visitor by visitor.",
        {"trees": "150", "depth": "3", "folds": "5", "seed": "42"},
    )


def of_one_task(report: Report) -> Report:
    """Return the report of data that has nothing measured in the session."""
    return replace(report, tasks=report.tasks[:1], auc_gap=None)


def sample_drift() -> Drift:
    """Return a look at the last week, in which one attribute has shifted."""
    features = (
        FeatureDrift("device", "Device", 0.031, 0.004, 1e-6, 4e-6),
        FeatureDrift("age", "Age", 0.002, 0.004, 0.6, 1.0),
    )
    return Drift(
        "drift shown",
        "Recent sessions differ from those learned from: Device has shifted.",
        1_790_004_000_000,
        2,
        ("2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-10-07"),
        200_000,
        14_200,
        features,
        (FeatureDrift("arrival", "On arrival", 0.006, 0.005, 0.01, 0.03),),
        (Estimate(0.004, 0.001, 0.007, 14_200),),
        Estimate(0.53, 0.52, 0.54, 14_200),
        0.0004,
    )
