"""Adapters, against the real packages."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

import dewpoint
from dewpoint import InputError, Scenario

pytestmark = pytest.mark.heavy


def test_the_workbench_runs_a_scenario(ward: Scenario) -> None:
    workbench = pytest.importorskip("ema_workbench")
    from dewpoint.adapters import ema

    metrics = {"net_gain_24_months_after": "maximize", "net_gain_at_end": "info"}
    model = ema.model(
        ward,
        levers=["programme.0.sustain", "programme.0.reach.target"],
        uncertainties={"setting.turnover": (0.5, 3), "setting.culture": None},
        metrics=metrics,
        runs=3,
    )
    levers = {lever.name for lever in model.levers}
    assert "programme.0.sustain.embedding" in levers and "programme.0.reach.target" in levers
    with workbench.SequentialEvaluator(pickle.loads(pickle.dumps(model))) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=3, policies=2)
    assert len(experiments) == 6 and all(outcomes[metric].shape == (6,) for metric in metrics)
    assert experiments["setting.turnover"].between(0.5, 3).all()
    # Each row is what dewpoint itself says of these values.
    row = experiments.iloc[4]
    same = ward.set(
        {
            name: row[name] if isinstance(row[name], str) else float(row[name])
            for name in levers | {"setting.turnover", "setting.culture"}
        }
    )
    means = dewpoint.outcomes(same, list(metrics), runs=3).means()
    for metric in metrics:
        assert outcomes[metric][4] == pytest.approx(means[metric][0], rel=1e-12)
    kinds = {outcome.name: outcome.kind for outcome in model.outcomes}
    assert kinds["net_gain_24_months_after"] == workbench.ScalarOutcome.MAXIMIZE
    with pytest.raises(InputError, match="maximize, minimize, info"):
        ema.model(ward, metrics={"net_gain_at_end": "up"})


def test_salib_analyses_a_scenario(ward: Scenario) -> None:
    pytest.importorskip("SALib")
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    from dewpoint.adapters import salib

    problem: dict[str, Any] = salib.problem(ward, {"setting.turnover": (0.5, 3), "programme.0.sustain.embedding": None})
    assert problem == {
        "num_vars": 2,
        "names": ["setting.turnover", "programme.0.sustain.embedding"],
        "bounds": [[0.5, 3.0], [0.0, 1.0]],
    }
    points = sample.sample(problem, 16, calc_second_order=False, seed=1)
    outputs = salib.evaluate(ward, problem, points, "net_gain_24_months_after", runs=4)
    assert outputs.shape == (64,)
    each = salib.evaluate(ward, problem, points[:2], runs=4, each_run=True)
    np.testing.assert_allclose(each.mean(axis=1), outputs[:2])
    found = analyze.analyze(problem, outputs, calc_second_order=False, seed=1)
    assert np.isfinite(found["ST"]).all() and found["ST"].sum() > 0.9
    design = ward.set({name: float(value) for name, value in zip(problem["names"], points[5], strict=True)})
    assert outputs[5] == pytest.approx(dewpoint.outcomes(design, runs=4).means().iloc[0, 0], rel=1e-12)
    with pytest.raises(InputError, match="2 columns"):
        salib.evaluate(ward, problem, points[:, :1])


def test_only_what_is_declared_is_moved(ward: Scenario) -> None:
    from dewpoint.adapters._declared import moved

    assert [one.path for one in moved(ward, "setting.turnover")] == ["setting.turnover"]
    assert moved(ward, ["programme.0.reach.target"])[0].choices
    for paths, says in [
        ("title", "is text"),
        ({"programme.0.sustain": (0.0, 1.0)}, "beginning of"),
        ({"setting.turnover": (3.0, 1.0)}, "goes upwards"),
        ({"setting.turnover": (0.0, 99.0)}, "within 0 to 10"),
        ([], "at least one path"),
        ("setting.turnovr", "did you mean"),
    ]:
        with pytest.raises(InputError, match=says):
            moved(ward, paths)  # type: ignore[arg-type]
