"""The filter bar: a control for every dimension; the browser fills in choices, counts and what is chosen."""

from dash import html

from dashboard.components.attributes import attributes
from dashboard.theme import variant_color
from dashboard.view import Context
from semantic.catalog import DAY, VARIANT, Dimension


def filter_bar(context: Context) -> html.Section:
    """Return the bar: the engine first, dates last, numbers behind "More filters"."""
    dimensions = sorted(context.config.catalog.dimensions, key=_order)
    extra = any(d.kind == "number" for d in dimensions)
    more = [html.Button("More filters", id="more-filters", type="button", className="link")] if extra else []
    clear = html.Button("Clear all", id="clear-all", type="button", className="link", hidden=True)
    back = [_step("undo", "Undo", "↶", "Ctrl+Z"), _step("redo", "Redo", "↷", "Ctrl+Shift+Z")]
    steps = html.Span(back, className="steps")
    controls = html.Div([*map(_control, dimensions), *more, _compare(), clear, steps], className="controls")
    return html.Section(
        [controls, _legend(context)], id="filters", className="filters", **attributes(aria_label="Filters")
    )


def _step(name: str, label: str, sign: str, keys: str) -> html.Button:
    tip = attributes(aria_label=label, data_tip=f"{label} ({keys})")
    return html.Button(sign, id=name, type="button", className="step", disabled=True, **tip)


def _order(dimension: Dimension) -> int:
    return {VARIANT: 0, DAY: 2}.get(dimension.name, 3 if dimension.kind == "number" else 1)


def _control(dimension: Dimension) -> html.Div:
    label = dimension.label.removesuffix(" recommended")
    pill = html.Button(
        [
            html.Span("Dates" if dimension.name == DAY else label, className="pill-label"),
            html.Span("all", className="pill-value"),
        ],
        type="button",
        className="pill",
        **attributes(aria_haspopup="dialog", aria_expanded="false"),
    )
    remove = html.Button(
        "×", type="button", className="remove", hidden=True, **attributes(aria_label=f"Remove filter {label}")
    )
    popover = html.Div(className="popover", hidden=True, role="dialog", **attributes(aria_label=f"Filter by {label}"))
    return html.Div(
        [pill, remove, popover],
        className="control extra" if dimension.kind == "number" else "control",
        **attributes(data_dimension=dimension.name),
    )


def _compare() -> html.Div:
    """Return the pill that chooses the baseline."""
    words = [html.Span("Compare", className="pill-label"), html.Span("all sessions", className="pill-value")]
    tip = attributes(aria_haspopup="dialog", aria_expanded="false", data_popover="compare")
    remove = attributes(aria_label="Compare with all sessions again")
    return html.Div(
        [
            html.Button(words, type="button", className="pill", **tip),
            html.Button("×", type="button", className="remove", hidden=True, **remove),
            html.Div(className="popover", hidden=True, role="dialog", **attributes(aria_label="Compare with")),
        ],
        id="compare",
        className="control",
    )


def _legend(context: Context) -> html.Ul:
    items = [
        html.Li([html.I(style={"background": variant_color(place)}), name])
        for place, name in enumerate(context.variants)
    ]
    pale = html.Li([html.I(), "pale: ", html.Span("all sessions", className="baseline-words")], id="pale", hidden=True)
    return html.Ul([*items, pale], className="legend", **attributes(aria_label="Colours of the engines"))
