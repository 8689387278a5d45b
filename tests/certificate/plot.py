"""Small plots as SVG: dots by group with lines that must not be crossed; white, so that they are read on any page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 12, 34, 44
_COLOURS = ("#2457d6", "#c2410c", "#15803d", "#7e22ce")
_TEXT = 'font-family="system-ui, sans-serif" font-size="12" fill="#1f2937"'


@dataclass(frozen=True)
class Dots:
    """What is plotted.

    Attributes
    ----------
    title, x_label, y_label : str
        Words; the label of y stands above its axis.
    groups : sequence of str
        Along x.
    series : mapping of str to sequence of (int, float)
        By name the group and the value of each dot.
    lines : dict of str to float
        Horizontal lines by name.
    y_range : (float, float)
        Bottom and top; what is beyond is drawn at the edge.
    y_ticks : sequence of float
        Where the axis is marked, with ``y_format``.
    """

    title: str
    x_label: str
    groups: Sequence[str]
    series: Mapping[str, Sequence[tuple[int, float]]]
    lines: dict[str, float]
    y_range: tuple[float, float]
    y_ticks: Sequence[float]
    y_format: str = "{:.0%}"

    def svg(self) -> str:
        """Return the plot."""
        parts = [*self._frame(), *self._axis(), *self._dots(), *self._lines(), *self._legend()]
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        return "\n".join([head, f"<title>{escape(self.title)}</title>", *parts, "</svg>"]) + "\n"

    def _x(self, group: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (group + 0.5) / len(self.groups)

    def _y(self, value: float) -> float:
        low, high = self.y_range
        part = (min(max(value, low), high) - low) / (high - low)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * part

    def _frame(self) -> list[str]:
        words = _words(_WIDTH / 2, _HEIGHT - 8, self.x_label, "middle")
        return [f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>', words]

    def _axis(self) -> list[str]:
        parts = []
        for tick in self.y_ticks:
            y = self._y(tick)
            parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#e5e7eb"/>')
            parts.append(_words(_LEFT - 8, y + 4, self.y_format.format(tick), "end"))
        names = [_words(self._x(i), _HEIGHT - _BOTTOM + 16, name, "middle") for i, name in enumerate(self.groups)]
        return parts + names

    def _dots(self) -> list[str]:
        width = (_WIDTH - _LEFT - _RIGHT) / len(self.groups)
        parts = []
        for place, (dots, colour) in enumerate(zip(self.series.values(), _COLOURS, strict=False)):
            parts.append(f'<g fill="{colour}" opacity=".6">')
            for order, (group, value) in enumerate(dots):
                beside = (place - (len(self.series) - 1) / 2) * 0.8 / len(self.series)
                x = self._x(group) + width * (beside + 0.3 / len(self.series) * ((order * 0.618) % 1 - 0.5))
                parts.append(f'<circle cx="{x:.1f}" cy="{self._y(value):.1f}" r="2.2"/>')
            parts.append("</g>")
        return parts

    def _lines(self) -> list[str]:
        parts = []
        for name, value in self.lines.items():
            y = self._y(value)
            parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#111827" stroke-dasharray="5 4"/>')
            parts.append(_words(_WIDTH - _RIGHT - 4, y - 5, name, "end"))
        return parts

    def _legend(self) -> list[str]:
        parts, x = [], float(_LEFT)
        for name, colour in zip(self.series, _COLOURS, strict=False):
            parts.append(f'<circle cx="{x:.0f}" cy="15" r="5" fill="{colour}"/>')
            parts.append(_words(x + 10, 19, name, "start"))
            x += 34 + 7.2 * len(name)
        return parts


def _words(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {_TEXT}>{escape(words)}</text>'
