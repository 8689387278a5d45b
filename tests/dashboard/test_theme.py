"""Colours are names that both themes define, and figures call nobody."""

import re

import pytest

from dashboard.theme import GRAPH_CONFIG, N_COLORS, axis, base_layout, variant_color
from tests.dashboard.sample import ROOT

TOKENS = (ROOT / "assets" / "1-tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split('[data-theme="dark"]')


def value_of(name: str, theme: str) -> str:
    """Return the colour that a theme gives a token."""
    found = re.search(rf"{re.escape(name)}: (#[0-9a-f]+)", theme)
    assert found, name
    return found[1]


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours."""
    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [
    ("--ink", "--card"), ("--ink2", "--card"), ("--ink3", "--card"), ("--ink2", "--bg"), ("--ink3", "--bg"),
    ("--ink", "--brand-soft"), ("--warn", "--warn-soft"), ("--bad", "--bad-soft"), ("--tooltip-ink", "--tooltip"),
    ("--brand", "--card"), ("--ink3", "--soft"), ("--ink3", "--land"), ("--ink2", "--brand-soft"),
])  # fmt: skip
def test_text_has_the_contrast_of_aa(theme: str, ink: str, ground: str) -> None:
    assert contrast(value_of(ink, theme), value_of(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("place", range(N_COLORS))
def test_marks_stand_out_from_their_card(theme: str, place: int) -> None:
    assert contrast(value_of(f"--variant-{place}", theme), value_of("--card", theme)) >= 3.0


def test_control_keeps_its_colour_and_later_variants_go_round_without_it() -> None:
    colors = [variant_color(place) for place in range(10)]
    assert colors[0] == "var(--variant-0)"
    assert colors[0] not in colors[1:]
    assert colors[8] == colors[1]


def test_graphs_offer_no_upload_and_fetch_maps_from_here() -> None:
    assert GRAPH_CONFIG["showSendToCloud"] is False
    assert GRAPH_CONFIG["topojsonURL"].startswith("/assets/")


def test_a_figure_keeps_what_the_reader_did_to_it_and_takes_changes() -> None:
    layout = base_layout("trend", dragmode="select", xaxis=axis(showgrid=False))
    assert (layout["uirevision"], layout["dragmode"], layout["xaxis"]["showgrid"]) == ("trend", "select", False)
