"""Users: how often they came, and how many were under more than one engine; over all sessions."""

from analytics.profiled import UNKNOWN_PROFILE, UserGroup, UsersResult
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell, listing, paragraph, rows_of
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted, ends, share, small_rate
from dashboard.table import Column, Table, estimate_cells, estimate_columns

_NO_USERS = "The data names no users; to count them, name their column as user_id in the configuration."
_COLUMNS = (
    Column("sessions", "Sessions", "text", "How often such a user came."),
    Column("low", "Fewest", "count", "Fewest sessions of such a user."),
    Column("high", "Most", "count", "Most sessions of such a user."),
    Column("n_users", "Users", "count", "How many came so often."),
    *estimate_columns("share", "Share of all users", "fraction", "The n is users."),
)


def _known(facts: Facts) -> UsersResult | None:
    return facts.profile.users if facts.profile else None


def _unknown(facts: Facts) -> str:
    if facts.unread:
        return f"Not known now: {facts.unread}."
    if facts.profile is None:
        return f"Not known: {UNKNOWN_PROFILE.format(version=facts.context.snapshot.version)}."
    return _NO_USERS


def _blocks(facts: Facts) -> list[Block]:
    users, write = _known(facts), facts.write
    if users is None:
        return [paragraph(_unknown(facts), "quiet")]
    level = write.level(facts.context.config.display.confidence)
    largest = max((group.n_users for group in users.groups), default=1) or 1
    rows = [_row(group, largest, write) for group in users.groups]
    return [
        listing(_key_figures(users, write)),
        rows_of("Users by number of sessions", ("#Sessions", "", "#Users", f"#Share ({level} interval)"), rows),
    ]


def _key_figures(users: UsersResult, write: NumberFormat) -> list[tuple[str, Cell]]:
    mean = users.sessions_per_user
    between = (
        "" if mean.low is None or mean.high is None else f"{write.fixed(mean.low, 3)} – {write.fixed(mean.high, 3)}"
    )
    value = ABSENT if mean.value is None else write.fixed(mean.value, 3)
    return [
        ("Users", cell(write.count(users.n_users), under=f"{write.count(users.n_sessions)} sessions with a user")),
        ("Sessions a user, mean", cell(value, under=between)),
        ("Median", _quantile(users.median, write)),
        ("90 % come at most", _quantile(users.p90, write)),
        ("Most", write.count(users.maximum)),
        (
            "Under more than one engine",
            cell(write.count(users.n_in_two_variants), under=share(users.in_two_variants, write)),
        ),
    ]


def _quantile(value: float | None, write: NumberFormat) -> str:
    return ABSENT if value is None else write.fixed(value, 0 if value % 1 == 0 else 1)


def _row(group: UserGroup, largest: int, write: NumberFormat) -> list[Cell]:
    return [
        write.regrouped(group.label),
        cell("", bar=group.n_users / largest),
        write.count(group.n_users),
        cell(small_rate(group.share.value or 0.0, write), under=ends(group.share, write)),
    ]


def _table(facts: Facts) -> Table:
    users = _known(facts)
    rows = ((g.label, g.low, g.high, g.n_users, *estimate_cells(g.share)) for g in (users.groups if users else ()))
    return Table(_COLUMNS, tuple(rows))


def _summary(facts: Facts) -> str:
    users, write = _known(facts), facts.write
    if users is None:
        return _unknown(facts)
    mean = users.sessions_per_user.value
    came = f" came {write.fixed(mean, 2)} times on average" if mean is not None else ""
    most = write.count(users.maximum)
    return f"{counted(users.n_users, 'user', write)}{came}; the one who came most often {most} times."


USERS = Sheet(
    "users",
    "Sessions per user",
    _blocks,
    _table,
    _summary,
    width=6,
    note="over all sessions",
    help="How often each user came, counted while the data was loaded. Sessions without a user are left out.",
)
