"""Attributes have hyphens."""

from dash import html

from dashboard.components.attributes import attributes


def test_attributes_reach_the_element() -> None:
    assert html.Div(**attributes(aria_label="x")).to_plotly_json()["props"]["aria-label"] == "x"
