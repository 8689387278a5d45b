"""PREDICT_SHEETS: what the predict page tells of one session, and the files that it scores, in its order."""

from dashboard.sheets.predict.answer import ANSWER
from dashboard.sheets.predict.batch import BATCH
from dashboard.sheets.predict.drivers import DRIVERS
from dashboard.sheets.predict.engines import ENGINES
from dashboard.sheets.predict.form import FORM
from dashboard.sheets.predict.headline import HEADLINE
from dashboard.sheets.predict.what_if import WHAT_IF
from dashboard.sheets.sheet import Sheet

PREDICT_SHEETS: tuple[Sheet, ...] = (HEADLINE, FORM, ANSWER, DRIVERS, ENGINES, WHAT_IF, BATCH)
