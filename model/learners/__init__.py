"""Learners: LightGBM, which is the model, and the rivals that it is shown beside."""

from model.learners.constant import Constant
from model.learners.forest import Forest
from model.learners.learner import Fit, Fitted, Learner, cross_score, fit_all
from model.learners.lightgbm import FittedLightGBM, LightGBM
from model.learners.logistic import Logistic
from model.learners.xgboost import XGBoost

LEARNERS: tuple[Learner, ...] = (LightGBM(), Logistic(), Forest(), XGBoost(), Constant())
"""The model first, then its rivals."""

__all__ = [
    "LEARNERS",
    "Constant",
    "Fit",
    "Fitted",
    "FittedLightGBM",
    "Forest",
    "Learner",
    "LightGBM",
    "Logistic",
    "XGBoost",
    "cross_score",
    "fit_all",
]
