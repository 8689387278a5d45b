"""Words that several checks share; numbers in English, which pages write as configured."""

from collections.abc import Sequence

NO_BREAK = "\u00a0"
_TENTH, _HUNDREDTH = 0.01, 0.001


def share_text(fraction: float) -> str:
    """Return a fraction in percent, with more decimals where it is near none or all.

    Examples
    --------
    >>> share_text(0.505).replace(NO_BREAK, " "), share_text(0.0004).replace(NO_BREAK, " ")
    ('50.5 %', '0.040 %')
    """
    away = min(fraction, 1 - fraction)
    places = 1 if away <= 0 or away >= _TENTH else 2 if away >= _HUNDREDTH else 3
    return f"{fraction * 100:.{places}f}{NO_BREAK}%"


def level_text(fraction: float) -> str:
    """Return a limit in percent, with the decimals that it has.

    Examples
    --------
    >>> level_text(0.001).replace(NO_BREAK, " ")
    '0.1 %'
    """
    return f"{fraction * 100:g}{NO_BREAK}%"


def points_text(difference: float) -> str:
    """Return a difference of two fractions in percentage points, with its sign.

    Examples
    --------
    >>> points_text(-0.0051).replace(NO_BREAK, " ")
    '−0.51 pt'
    """
    return f"{difference * 100:+.2f}{NO_BREAK}pt".replace("-", "\u2212")


def p_text(p_value: float) -> str:
    """Return a p-value as people read it.

    Examples
    --------
    >>> p_text(0.9467).replace(NO_BREAK, " "), p_text(2e-9).replace(NO_BREAK, " ")
    ('p = 0.947', 'p < 0.001')
    """
    said = "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"
    return said.replace(" ", NO_BREAK)


def counted(n: float, thing: str) -> str:
    """Return how many there are of something.

    Examples
    --------
    >>> counted(1, "user"), counted(145_274, "user")
    ('1 user', '145,274 users')
    """
    return f"{n:,.0f} {thing}{'' if round(n) == 1 else 's'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names in a row.

    Examples
    --------
    >>> listed(["Device", "Location", "Age"]), listed(["Device"])
    ('Device, Location and Age', 'Device')
    """
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
