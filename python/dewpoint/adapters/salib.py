"""SALib: the problem dict from what is declared, and the outputs at its samples.

>>> from SALib.sample import latin
>>> from dewpoint.adapters import salib
>>> problem = salib.problem("evaporating_ward", ["setting.turnover", "setting.culture"])
>>> X = latin.sample(problem, 4, seed=1)
>>> salib.evaluate("evaporating_ward", problem, X, runs=4).shape
(4,)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .._errors import InputError
from .._outcomes import HEADLINE, outcomes
from .._progress import Progress
from .._scenario import Scenario, Value, scenario_of
from ._declared import Moved, Paths, moved


def problem(scenario: Scenario | str | Path, paths: Paths) -> dict[str, Any]:
    """The problem dict of SALib: ``num_vars``, ``names`` (paths) and ``bounds``, those declared unless others are given.

    A choice among words counts from 0 in the order declared; whole numbers are rounded where they are used.
    """
    rows = moved(scenario_of(scenario), paths)
    return {"num_vars": len(rows), "names": [row.path for row in rows], "bounds": [[row.low, row.high] for row in rows]}


def evaluate(
    scenario: Scenario | str | Path,
    problem: dict[str, Any],
    samples: npt.ArrayLike,
    metric: str = HEADLINE,
    *,
    runs: int = 8,
    seed: int | None = None,
    programme: str | int | None = None,
    each_run: bool = False,
    executor: Any = None,
    progress: Progress = None,
) -> npt.NDArray[np.float64]:
    """The outputs at ``samples`` (a row for each point): the mean over ``runs``, or with ``each_run`` a column for each run.

    All points share their luck run by run. The other arguments are those of :func:`dewpoint.outcomes`.
    """
    base = scenario_of(scenario)
    points = np.asarray(samples, dtype=float)
    names = list(problem["names"])
    if points.ndim != 2 or points.shape[1] != len(names):
        raise InputError(f"samples have the shape {points.shape}; there must be a row for each point and {len(names)} columns")
    rows = [moved(base, [name])[0] for name in names]
    designs = [base.set({row.path: _value(row, number) for row, number in zip(rows, point, strict=True)}) for point in points]
    made = outcomes(designs, metric, runs=runs, seed=seed, programme=programme, executor=executor, progress=progress)
    return made[metric] if each_run else made.means()[metric].to_numpy()


def _value(row: Moved, number: float) -> Value:
    whole = int(np.clip(np.rint(number), row.low, row.high))
    if row.choices:
        return row.choices[whole]
    return whole if row.is_whole else float(number)
