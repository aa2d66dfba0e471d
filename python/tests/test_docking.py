"""What dewpoint works out by hand, held against other packages and published formulas on shared data.

Tolerances: indices and effects 1e-9 of their size, which is rounding, as the formulas are the same; boxes 0.03 of a range and 0.05
of density and coverage, as the two choose among neighbouring boxes in their own way; chart limits to the seven digits of the table.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import dewpoint
from dewpoint import InputError, estimators

EXACT: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-12}
LUCK = np.random.default_rng(20)


def ishigami(points: Any) -> Any:
    """Ishigami and Homma (1990), on the unit cube."""
    x = (2 * points - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def unit_cube(factors: int) -> dict[str, Any]:
    return {"num_vars": factors, "names": [f"x{at}" for at in range(factors)], "bounds": [[0.0, 1.0]] * factors}


@pytest.mark.heavy
@pytest.mark.parametrize("base", [64, 512])
def test_sobol_indices_are_those_of_salib(base: int) -> None:
    pytest.importorskip("SALib")
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    problem = unit_cube(3)
    points = sample.sample(problem, base, calc_second_order=False, seed=7)
    outputs = ishigami(points)
    theirs = analyze.analyze(problem, outputs, calc_second_order=False, num_resamples=10, seed=1)
    # SALib goes point by point: A, A with each column from B, B. Here all of A, all of B, then factor by factor.
    by_point = outputs.reshape(base, 5)
    a, mixed, b = by_point[:, 0], by_point[:, 1:4], by_point[:, 4]
    ours = estimators.sobol_indices(np.concatenate([a, b, *mixed.T]), 3)
    np.testing.assert_allclose(ours["total"], theirs["ST"], **EXACT)
    # SALib takes products about the mean of all points, dewpoint about that of A and B, of which the variance is too.
    both = np.concatenate([a, b])
    moved = (outputs.mean() - both.mean()) * (mixed - a[:, None]).mean(axis=0) / both.var()
    np.testing.assert_allclose(ours["first"], theirs["S1"] + moved, **EXACT)
    assert np.abs(moved).max() < 1 / base**0.5


@pytest.mark.heavy
def test_morris_effects_are_those_of_salib() -> None:
    pytest.importorskip("SALib")
    from SALib.analyze import morris as analyze

    points = estimators.morris_design(3, 40, seed=3)
    outputs = ishigami(points)
    theirs = analyze.analyze(unit_cube(3), points, outputs, num_levels=4, num_resamples=10, seed=1)
    ours = estimators.morris_effects(outputs, 3, 40, seed=3)
    for name in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(ours[name], np.asarray(theirs[name], dtype=float), **EXACT)


def test_indices_are_those_of_the_formula() -> None:
    """Ishigami's function has indices in closed form."""
    found = estimators.sobol_indices(ishigami(estimators.sobol_design(3, 1024)), 3)
    np.testing.assert_allclose(found["first"], [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found["total"], [0.5576, 0.4424, 0.2437], atol=0.02)
    assert (found["total_low95"] <= found["total"]).all() and (found["total"] <= found["total_high95"]).all()


def test_luck_is_left_out_of_indices() -> None:
    points = estimators.sobol_design(3, 512)
    luck = np.random.default_rng(1).normal(0, 3, (len(points), 6))
    noisy, known = ishigami(points)[:, None] + luck, np.array([0.5576, 0.4424, 0.2437])
    found = estimators.sobol_indices(noisy, 3)
    assert (found["total_low95"] < known).all() and (known < found["total_high95"]).all()
    # The mean of six runs, as any other package would take it, has a total beyond its interval: luck looks like an interaction.
    of_means = estimators.sobol_indices(noisy.mean(axis=1), 3)
    assert of_means["total_low95"][2] > known[2]


@pytest.mark.heavy
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_boxes_are_those_of_the_workbench(noise: float) -> None:
    workbench = pytest.importorskip("ema_workbench.analysis.prim")
    luck = np.random.default_rng(2)
    points = luck.random((600, 4))
    inside = (points[:, 0] > 0.6) & (points[:, 1] < 0.45)
    failing = np.where(luck.random(600) < noise, ~inside, inside)
    ours = estimators.prim(points, failing)
    assert ours is not None and list(ours.limits.sort_index().index) == [0, 1]
    box = workbench.Prim(pd.DataFrame(points, columns=list("abcd")), failing, threshold=0.5, peel_alpha=0.05).find_box()
    # Of the boxes on their way the one nearest to what we chose by rule.
    way = box.peeling_trajectory
    at = int(((way["coverage"] - ours.coverage) ** 2 + (way["density"] - ours.density) ** 2).idxmin())
    assert way.loc[at, "coverage"] == pytest.approx(ours.coverage, abs=0.05)
    assert way.loc[at, "density"] == pytest.approx(ours.density, abs=0.05)
    assert way.loc[at, "mass"] == pytest.approx(ours.support, abs=0.05)
    theirs = box.box_lims[at]
    assert ours.limits.loc[0, "low"] == pytest.approx(theirs["a"][0], abs=0.03)
    assert ours.limits.loc[1, "high"] == pytest.approx(theirs["b"][1], abs=0.03)


def test_there_is_no_box_in_pure_luck() -> None:
    luck = np.random.default_rng(3)
    assert estimators.prim(luck.random((400, 4)), luck.random(400) < 0.3) is None


def test_wrong_designs_are_refused() -> None:
    for wrong in (lambda: estimators.sobol_indices(np.zeros(7), 3), lambda: estimators.prim(np.zeros((3, 2)), np.zeros(4))):
        with pytest.raises(ValueError):
            wrong()
    with pytest.raises(InputError, match="5 for each base point"):
        estimators.sobol_indices(np.zeros(7), 3)
    with pytest.raises(ValueError, match="trajectories 2"):
        estimators.morris_design(3, 1)


COUNT = 30
SEEN = LUCK.integers(40, 90, COUNT)
DONE = LUCK.binomial(SEEN, 0.7)
DAYS = LUCK.integers(400, 700, COUNT)
FALLS = LUCK.poisson(DAYS * 0.02)
VALUES = np.round(LUCK.normal(20, 3, COUNT), 3)
CASES = LUCK.geometric(0.02, COUNT)
GAPS = LUCK.weibull(1.0, COUNT) * 30


SPREAD = 3 / 1.128
"""Three sigma for each mean moving range of two, which is often rounded to 2.66."""


def moving_range(values: Any) -> Any:
    return np.abs(np.diff(values)).mean()


def limits_of(kind: str) -> tuple[Any, Any, Any, float]:
    """Lower limit, centre, upper limit by the published formula, and what the chart shows them in."""
    n: Any
    if kind in ("p", "p-prime"):
        centre, n, most, shown = DONE.sum() / SEEN.sum(), SEEN, 1.0, 100.0
        sigma, values = np.sqrt(centre * (1 - centre) / n), DONE / SEEN
    elif kind in ("u", "u-prime"):
        centre, n, most, shown = FALLS.sum() / DAYS.sum(), DAYS, np.inf, 1000.0
        sigma, values = np.sqrt(centre / n), FALLS / DAYS
    elif kind == "c":
        centre, most, shown = FALLS.mean(), np.inf, 1.0
        sigma, values = np.full(COUNT, np.sqrt(centre)), FALLS
    elif kind == "xmr":
        return *(VALUES.mean() + sign * SPREAD * moving_range(VALUES) for sign in (-1, 0, 1)), 1.0
    elif kind == "g":
        # Benneyan 2001: the mean of a geometric count and its spread; the centre drawn is the median (Provost and Murray).
        mean = CASES.mean()
        reach = 3 * np.sqrt(mean * (mean + 1))
        return max(0.0, mean - reach), np.median(CASES), mean + reach, 1.0
    else:
        # Nelson 1994: times become nearly normal by the power 1/3.6.
        turned = GAPS ** (1 / 3.6)
        ends = [turned.mean() + sign * SPREAD * moving_range(turned) for sign in (-1, 0, 1)]
        return *(max(0.0, end) ** 3.6 for end in ends), 1.0
    if kind.endswith("prime"):
        # Laney 2002: what lies between neighbours beyond what counting makes.
        sigma = sigma * moving_range((values - centre) / sigma) / 1.128
    return np.clip(centre - 3 * sigma, 0, None) * shown, centre * shown, np.clip(centre + 3 * sigma, None, most) * shown, 1.0


@pytest.mark.parametrize("kind", ["p", "p-prime", "u", "u-prime", "c", "xmr", "g", "t"])
def test_chart_limits_are_those_of_the_formulas(kind: str) -> None:
    columns: dict[str, dict[str, str]] = {
        "p": {"numerator": "done", "denominator": "seen"},
        "u": {"events": "falls", "exposure": "days"},
        "c": {"events": "falls"},
        "xmr": {"value": "value"},
        "g": {"value": "cases"},
        "t": {"value": "gap"},
    }
    data = pd.DataFrame(
        {
            "month": pd.date_range("2019-01-01", periods=COUNT, freq="MS").strftime("%Y-%m"),
            "done": DONE, "seen": SEEN, "falls": FALLS, "days": DAYS, "value": VALUES, "cases": CASES, "gap": GAPS,
        }
    )  # fmt: skip
    wanted = columns[kind.removesuffix("-prime")]
    per = {"per": 1000} if kind.startswith("u") else {}
    chart = dewpoint.chart(data[["month", *wanted.values()]], kind=kind, date="month", report=False, **wanted, **per)
    frame = chart.frame("chart")
    assert len(frame) == COUNT
    lower, centre, upper, _ = limits_of(kind)
    for column, expected in (("lower_limit", lower), ("centre", centre), ("upper_limit", upper)):
        given = frame[column].to_numpy(dtype=float)
        expected = np.broadcast_to(expected, COUNT)
        # Where a limit can be no limit (nothing lies below nothing) the table has none.
        drawn = np.isfinite(given)
        assert drawn.any() or (column == "lower_limit" and (expected == 0).all())
        np.testing.assert_allclose(given[drawn], expected[drawn], rtol=1e-6, atol=1e-6)
