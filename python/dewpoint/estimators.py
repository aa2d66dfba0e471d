"""The program's own estimators, on points and outputs from anywhere: how ``sensitivity`` and ``stress`` arrive at their numbers.

They are held against SALib and EMA Workbench on shared data in ``python/tests/test_docking.py``. Outputs are a row for each
point, or with several runs a matrix with a column for each: what luck does is then left out of every index.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import _engine
from ._errors import InputError

Array = npt.NDArray[np.float64]


def sobol_design(factors: int, base: int, seed: int = 1) -> Array:
    """Points in the unit cube for :func:`sobol_indices`: ``base`` points of A, as many of B, then A with each column in turn from
    B. Shape ``[(factors + 2) * base, factors]``.
    """
    return np.array(_engine.sobol_design(factors, base, seed))


def sobol_indices(outputs: npt.ArrayLike, factors: int, seed: int = 1) -> pd.DataFrame:
    """First-order and total index of each factor (Saltelli and others 2010; Jansen 1999) with 95 % intervals.

    Args:
        outputs: What came out at each point of :func:`sobol_design`, or of any design in that order.
        factors: How many factors there are.
        seed: Seed of the resampling behind the intervals.
    """
    rows = _rows(outputs)
    base, left = divmod(len(rows), factors + 2)
    if left:
        raise InputError(f"{len(rows)} outputs; a design of {factors} factors has {factors + 2} for each base point")
    first, total = _engine.sobol_indices(factors, base, rows.tolist(), seed)
    return pd.concat([_frame("first", first), _frame("total", total)], axis=1)


def morris_design(factors: int, trajectories: int, seed: int = 1) -> Array:
    """Points in the unit cube for :func:`morris_effects`: trajectories of ``factors + 1`` points, one after the other."""
    return np.array(_engine.morris_design(factors, trajectories, seed))


def morris_effects(outputs: npt.ArrayLike, factors: int, trajectories: int, seed: int = 1) -> pd.DataFrame:
    """Mu, mu* and sigma of each factor (Morris 1991; Campolongo and others 2007) with 95 % intervals, per whole range.

    Args:
        outputs: What came out at each point of :func:`morris_design` with the same numbers and ``seed``.
    """
    effects = _engine.morris_effects(factors, trajectories, _rows(outputs).tolist(), seed)
    names = ("mu", "mu_star", "sigma")
    return pd.concat([_frame(name, [effect[at] for effect in effects]) for at, name in enumerate(names)], axis=1)


class Box(NamedTuple):
    """A box in which failures crowd."""

    density: float
    """Share of failures among the points in it."""
    coverage: float
    """Share of all failures that lie in it."""
    support: float
    """Share of all points that lie in it."""
    limits: pd.DataFrame
    """For each factor that is restricted: ``low`` and ``high``, infinite where it is open, the one that matters most first."""


def prim(points: npt.ArrayLike, failing: npt.ArrayLike, seed: int = 1) -> Box | None:
    """The box in which failures crowd (PRIM, Friedman and Fisher 1999; the box is chosen by rule), or ``None`` where chance
    explains as much.

    Args:
        points: A row for each point, a column for each factor.
        failing: The share of failures at each point, from 0 to 1.
        seed: Seed of the shuffles that tell a box from chance.
    """
    found = _engine.prim(_rows(points).tolist(), np.asarray(failing, dtype=float).tolist(), seed)
    if found is None:
        return None
    density, coverage, support, sides = found
    limits = pd.DataFrame(sides, columns=["factor", "low", "high"]).set_index("factor")
    return Box(density, coverage, support, limits)


def _rows(given: npt.ArrayLike) -> Array:
    rows = np.asarray(given, dtype=float)
    return rows.reshape(-1, 1) if rows.ndim == 1 else rows


def _frame(name: str, intervals: list[_engine.Interval]) -> pd.DataFrame:
    return pd.DataFrame(intervals, columns=[name, f"{name}_low95", f"{name}_high95"])
