"""Outcomes of many designs at once, as an array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import _engine
from ._errors import InputError
from ._progress import Listener, Progress
from ._scenario import Given, Scenario, read, scenario_of

HEADLINE = "net_gain_24_months_after"
"""The metric that decides findings: what is left two years after support, as a share."""


@dataclass(frozen=True)
class Outcomes:
    """Outcomes of designs, run by run, in the units of :func:`dewpoint.metrics` (shares from 0 to 1)."""

    metrics: tuple[str, ...]
    values: npt.NDArray[np.float64]
    """``values[design, metric, run]``; NaN where a metric is not defined in a run."""
    said: tuple[str, ...]
    """What cannot be measured as declared, e.g. because the follow-up is too short."""

    def __getitem__(self, metric: str) -> npt.NDArray[np.float64]:
        """One metric: ``[design, run]``."""
        if metric not in self.metrics:
            raise KeyError(f"no metric {metric!r} was asked for; there are {', '.join(self.metrics)}")
        return self.values[:, self.metrics.index(metric), :]

    def means(self) -> pd.DataFrame:
        """The mean of each metric over the runs in which it is defined: a row for each design."""
        return pd.DataFrame({metric: pd.DataFrame(self[metric]).mean(axis=1) for metric in self.metrics})


def outcomes(
    scenarios: Given | Sequence[Given],
    metrics: str | Sequence[str] = HEADLINE,
    *,
    runs: int = 20,
    seed: int | None = None,
    programme: str | int | None = None,
    threads: int = 0,
    executor: Any = None,
    progress: Progress = False,
) -> Outcomes:
    """Simulates designs and gives their outcomes and nothing else: for optimisers, samplers and models of your own.

    Parameters are those of the designs, as in :func:`run` with ``fixed=True``: draw them yourself where they are to vary. All designs
    share their luck run by run, so differences are known from few runs. Many designs in one call are quicker than
    as many calls: what their worlds have in common is lived once.

    Args:
        scenarios: A design or several.
        metrics: Names of metrics (:func:`dewpoint.metrics`).
        runs: Runs of each design.
        seed: Seed of all luck; each scenario's own unless said.
        programme: The programme looked at, by name or number; the last to end unless said.
        threads: Threads; 0 for one for each core, or one where there is an ``executor``. Changes no result.
        executor: Who shares the work: a ``concurrent.futures`` pool, a ``dask.distributed.Client``, or whatever else has
            ``submit``. Changes no result.
        progress: See :data:`dewpoint.Progress`.

    Raises:
        InputError: When a scenario, metric or programme is wrong, before anything is simulated.
        KeyboardInterrupt: When it was stopped.
    """
    if isinstance(scenarios, (Scenario, str, Path)):
        scenarios = [scenarios]
    names = (metrics,) if isinstance(metrics, str) else tuple(metrics)
    if not 1 <= runs <= 1_000_000:
        raise InputError(f"runs={runs}: a whole number from 1 to 1000000")
    if seed is not None and not 0 <= seed <= 9_007_199_254_740_991:
        raise InputError(f"seed={seed}: a whole number from 0 to 9007199254740991")
    if not 0 <= threads <= 1024:
        raise InputError(f"threads={threads}: a whole number from 0 to 1024, 0 for one for each core")
    if not names:
        raise InputError("name at least one metric; dewpoint.metrics() lists them")
    designs = [scenario_of(scenario) for scenario in scenarios]
    if not designs:
        raise InputError("name at least one design")
    chosen = None if programme is None else str(programme)
    if executor is not None:
        parts = _spread(executor, designs, names, runs, seed, chosen, threads or 1, progress)
    else:
        parts = _here(designs, names, runs, seed, chosen, threads, progress)
    values = np.concatenate([part.values for part in parts])
    nowhere = np.isnan(values).all(axis=2).sum(axis=0)
    lacking = [
        f"{metric} is defined in no run of {count} of {len(designs)} designs."
        for metric, count in zip(names, nowhere, strict=True)
        if count
    ]
    told = [sentence for part in parts for sentence in part.said]
    return Outcomes(names, values, tuple(dict.fromkeys([*told, *lacking])))


MOST_AT_ONCE = 1000
"""Designs in one piece: more take memory and are no quicker."""


def _pieces(designs: list[Scenario], size: int) -> list[list[Scenario]]:
    return [designs[at : at + size] for at in range(0, len(designs), size)]


def _here(
    designs: list[Scenario],
    metrics: tuple[str, ...],
    runs: int,
    seed: int | None,
    programme: str | None,
    threads: int,
    progress: Progress,
) -> list[Outcomes]:
    """Piece by piece in this process."""
    listener = Listener(progress)
    parts = []
    try:
        for piece in _pieces(designs, MOST_AT_ONCE):
            engines = [design._engine for design in piece]
            numbers, said = _engine.outcomes(engines, metrics, runs, seed, programme, threads, listener)
            values = np.frombuffer(numbers, dtype=np.float64).reshape(len(piece), len(metrics), runs)
            parts.append(Outcomes(metrics, values, tuple(said)))
            listener.go_on(len(piece) * runs, len(designs) * runs)
    finally:
        listener.close()
    return parts


def _spread(
    executor: Any,
    designs: list[Scenario],
    metrics: tuple[str, ...],
    runs: int,
    seed: int | None,
    programme: str | None,
    threads: int,
    progress: Progress,
) -> list[Outcomes]:
    """Piece by piece wherever ``executor`` works, several pieces for each worker so that none waits long for the last."""
    size = min(MOST_AT_ONCE, max(1, -(-len(designs) // (4 * _workers(executor)))))
    pieces = _pieces(designs, size)
    tasks = [
        executor.submit(_piece, [_sent(design) for design in piece], metrics, runs, seed, programme, threads) for piece in pieces
    ]
    listener = Listener(progress)
    parts = []
    try:
        for piece, task in zip(pieces, tasks, strict=True):
            parts.append(Outcomes(metrics, *task.result()))
            listener.go_on(len(piece) * runs, len(designs) * runs)
            listener.progress(0, 0)
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    finally:
        listener.close()
    return parts


def _workers(executor: Any) -> int:
    if hasattr(executor, "scheduler_info"):
        return max(1, len(executor.scheduler_info()["workers"]))
    return int(getattr(executor, "_max_workers", 1))


def _sent(design: Scenario) -> tuple[Any, ...]:
    _, state = design.__reduce__()
    return tuple(state)


def _piece(
    sent: list[tuple[Any, ...]], metrics: tuple[str, ...], runs: int, seed: int | None, programme: str | None, threads: int
) -> tuple[npt.NDArray[np.float64], tuple[str, ...]]:
    """One piece, in another process."""
    made = outcomes([read(*one) for one in sent], metrics, runs=runs, seed=seed, programme=programme, threads=threads)
    return made.values, made.said
