"""Chances of two beta distributions to fifty digits, by finite sums: an oracle for whole parameters."""

import mpmath

Parameters = tuple[int, int]


def chance_above(one: Parameters, two: Parameters) -> mpmath.mpf:
    """Return the chance that the one is above the other, summed over the first parameter of the one."""
    (a, b), (c, d) = one, two
    term = mpmath.beta(c, b + d) / (b * mpmath.beta(1, b) * mpmath.beta(c, d))
    total = mpmath.mpf(0)
    for i in range(a):
        total += term
        term *= mpmath.mpf(c + i) / (b + c + d + i) * mpmath.mpf(b + i) / (i + 1)
    return total


def expected_gain(one: Parameters, two: Parameters) -> mpmath.mpf:
    """Return ``E max(Y - X, 0)``, X the one and Y the other."""
    (a, b), (c, d) = one, two
    raised_other = mpmath.mpf(c) / (c + d) * chance_above((c + 1, d), (a, b))
    return raised_other - mpmath.mpf(a) / (a + b) * chance_above((c, d), (a + 1, b))


def density(y: mpmath.mpf, parameters: Parameters) -> mpmath.mpf:
    a, b = parameters
    return y ** (a - 1) * (1 - y) ** (b - 1) / mpmath.beta(a, b)


def below(x: mpmath.mpf, parameters: Parameters) -> mpmath.mpf:
    a, b = parameters
    return mpmath.betainc(a, b, 0, min(max(x, mpmath.mpf(0)), mpmath.mpf(1)), regularized=True)


def integral(weight, two: Parameters, edges: list[mpmath.mpf]) -> mpmath.mpf:
    """Return the mean of a weight of Y over Y, in pieces between edges."""
    mean = mpmath.mpf(two[0]) / sum(two)
    deviation = mpmath.sqrt(mean * (1 - mean) / (sum(two) + 1))
    inner = [mean + k * deviation for k in range(-12, 13, 2)]
    pieces = sorted({mpmath.mpf(0), mpmath.mpf(1), *(p for p in [*inner, *edges] if 0 < p < 1)})
    return mpmath.quad(lambda y: density(y, two) * weight(y), pieces)
