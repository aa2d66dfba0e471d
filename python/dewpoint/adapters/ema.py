"""EMA Workbench: a scenario as a ``Model`` with levers, uncertainties and outcomes.

>>> from ema_workbench import perform_experiments
>>> from dewpoint.adapters import ema
>>> ward = ema.model("evaporating_ward", levers="programme.0.sustain", uncertainties="setting.turnover", runs=4)
>>> experiments, outcomes = perform_experiments(ward, scenarios=3, policies=2)
>>> len(outcomes["net_gain_24_months_after"])
6
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ema_workbench import CategoricalParameter, IntegerParameter, Model, RealParameter, ScalarOutcome

from .._errors import InputError
from .._outcomes import HEADLINE, outcomes
from .._scenario import Scenario, scenario_of
from ._declared import Moved, Paths, moved

KINDS = {"maximize": ScalarOutcome.MAXIMIZE, "minimize": ScalarOutcome.MINIMIZE, "info": ScalarOutcome.INFO}


class Simulated:
    """What is run for each experiment: the scenario with its values set, ``runs`` times; the mean of each metric. Every
    experiment has the same luck. It can be sent to other processes."""

    def __init__(self, scenario: Scenario, metrics: Sequence[str], runs: int, seed: int | None, programme: str | None) -> None:
        self.scenario, self.metrics, self.runs, self.seed, self.programme = scenario, list(metrics), runs, seed, programme

    def __call__(self, **values: Any) -> dict[str, float]:
        """The outcomes with these values at these paths."""
        asked = self.scenario.set({path: _plain(value) for path, value in values.items()})
        made = outcomes(asked, self.metrics, runs=self.runs, seed=self.seed, programme=self.programme, threads=1)
        means = made.means().iloc[0]
        return {metric: float(means[metric]) for metric in self.metrics}


def model(
    scenario: Scenario | str | Path,
    *,
    levers: Paths = (),
    uncertainties: Paths = (),
    metrics: Sequence[str] | Mapping[str, str] = (HEADLINE,),
    runs: int = 20,
    seed: int | None = None,
    programme: str | int | None = None,
    name: str = "dewpoint",
) -> Model:
    """A scenario as a model for the workbench.

    Args:
        scenario: A scenario, a file, or the name of a bundled one.
        levers: What is chosen: paths, beginnings of paths, or ``(low, high)`` by path.
        uncertainties: What is not known: the same.
        metrics: Outcomes; a dict says which way is better: ``{"net_gain_24_months_after": "maximize"}``.
        runs: Runs of each experiment.
        seed: Seed of all luck; the scenario's unless said.
        programme: The programme looked at; the last to end unless said.
        name: Name of the model, letters and digits.
    """
    base = scenario_of(scenario)
    kinds = dict(metrics) if isinstance(metrics, Mapping) else dict.fromkeys(metrics, "info")
    wrong = [kind for kind in kinds.values() if kind not in KINDS]
    if wrong:
        raise InputError(f"{wrong[0]!r}: an outcome is one to {', '.join(KINDS)}")
    made = Model(name, function=Simulated(base, list(kinds), runs, seed, None if programme is None else str(programme)))
    if levers:
        made.levers = [_parameter(one) for one in moved(base, levers)]
    if uncertainties:
        made.uncertainties = [_parameter(one) for one in moved(base, uncertainties)]
    made.outcomes = [ScalarOutcome(metric, kind=KINDS[kind]) for metric, kind in kinds.items()]
    return made


def _parameter(one: Moved) -> RealParameter | IntegerParameter | CategoricalParameter:
    if one.choices:
        return CategoricalParameter(one.path, list(one.choices))
    if one.is_whole:
        return IntegerParameter(one.path, int(one.low), int(one.high))
    return RealParameter(one.path, one.low, one.high)


def _plain(value: Any) -> float | str:
    """A value as the workbench hands it over: categories come wrapped."""
    value = getattr(value, "value", value)
    return value if isinstance(value, str) else float(np.asarray(value))
