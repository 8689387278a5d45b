"""The distribution: how many sessions fall on each member of a dimension that the reader chooses, per engine."""

from dataclasses import replace
from functools import partial

from analytics.distribution import DISTRIBUTION, DistributionResult, DistributionRow
from analytics.members import splitting_dimensions
from dashboard.choices import choice_of, first_of_kind
from dashboard.format import NumberFormat
from dashboard.packed import packed, shortened
from dashboard.table import Cell, Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View
from semantic.catalog import Catalog

_FIRST = "pages_viewed"


def distribution_views(context: Context) -> tuple[View, ...]:
    """Return the card; nothing where the data has no dimension beside the variant."""
    known = splitting_dimensions(context.config.catalog)
    if not known:
        return ()
    names = [dimension.name for dimension in known]
    first = _FIRST if _FIRST in names else first_of_kind(known, "number", "band", "category")
    choice = choice_of("distribution-of", "Sessions by", known, first)
    chosen = context.config.catalog.dimension(choice.chosen(context.options))
    is_ordered = chosen.is_binned or chosen.kind == "time"
    return (
        View(
            name="distribution",
            title="Distribution",
            page="explore",
            analysis=DISTRIBUTION,
            dimensions=(chosen.name,),
            painter="bars",
            arrays=partial(_arrays, is_ordered=is_ordered, write=context.number_format),
            table=partial(distribution_table, catalog=context.config.catalog),
            summary=partial(distribution_summary, write=context.number_format),
            params=replace(context.params, by=chosen.name),
            has_ghost=True,
            choices=(choice,),
            help="Sessions in each member, from zero; pale marks are where the baseline's shares would put the bars.",
            width=4,
        ),
    )


def distribution_table(result: DistributionResult, catalog: Catalog) -> Table:
    """Return for each member its sessions and share, in total and for each engine."""
    names = [("total", "All engines"), *((f"variant_{i}", name) for i, name in enumerate(result.variants))]
    columns = [column for name, label in names for column in _columns(name, label)]
    head = Column("member", result.label, description=catalog.dimension(result.dimension).description)
    return Table((head, *columns), tuple((row.member, *_cells(row)) for row in result.rows))


def _columns(name: str, label: str) -> tuple[Column, ...]:
    meaning = "Part of the sessions in which the dimension is known."
    shares = estimate_columns(f"share_{name}", f"{label}, share", "fraction", meaning)
    return (Column(f"n_{name}", f"{label}, sessions", "count", "Sessions in the member."), *shares)


def _cells(row: DistributionRow) -> list[Cell]:
    counts, shares = (row.n_sessions, *row.n_by_variant), (row.share.total, *row.share.variants)
    return [cell for n, share in zip(counts, shares, strict=True) for cell in (n, *estimate_cells(share))]


def distribution_summary(result: DistributionResult, write: NumberFormat) -> str:
    """Return the member with the most sessions in one sentence."""
    if not result.rows or not result.n_sessions:
        return f"Sessions by {result.label}: none."
    most = max(result.rows, key=lambda row: row.n_sessions)
    share = most.share.total
    ends = write.interval(share.low, share.high, "fraction")
    told = f"most have {most.member}, {write.count(most.n_sessions)} or {write.value(share.value, 'fraction')} ({ends})"
    return f"Sessions by {result.label}: {told}."


def _arrays(
    result: DistributionResult, ghost: DistributionResult | None, *, is_ordered: bool, write: NumberFormat
) -> Arrays:
    pale = {row.member: row for row in ghost.rows} if ghost else {}
    shown = [row for row in result.rows if _is_shown(row, pale.get(row.member))]
    places = range(len(result.variants))
    return {
        "variants": result.variants,
        "label": result.label,
        "unit": result.unit,
        "is_ordered": is_ordered,
        "bins": [{"member": row.member, "low": row.low, "high": row.high} for row in shown],
        "n": [[row.n_by_variant[at] for row in shown] for at in places],
        "shares": [packed(row.share.variants[at] for row in shown) for at in places],
        "ghosts": [
            [shortened(pale[row.member].share.variants[at].value) if row.member in pale else None for row in shown]
            for at in (places if pale else ())
        ],
        "notes": _notes(result, write),
    }


def _notes(result: DistributionResult, write: NumberFormat) -> list[str]:
    """Return what the bars do not show."""
    missing, left_out = write.count(result.n_missing), write.count(result.n_left_out)
    without = f"Without {result.label.lower()}: {missing} sessions."
    rest = f"The largest {len(result.rows)} of {result.n_members}; the others have {left_out} sessions."
    return [without] * (result.n_missing > 0) + [rest] * (result.n_left_out > 0)


def _is_shown(row: DistributionRow, ghost: DistributionRow | None) -> bool:
    """Return whether a member is drawn: an open bin or a category is not where no session ever had it."""
    is_inner = row.low is not None and row.high is not None
    return is_inner or row.n_sessions > 0 or (ghost is not None and ghost.n_sessions > 0)
