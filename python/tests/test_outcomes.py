"""Outcomes of many designs: here, on other processes, and for other packages."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

import dewpoint
from dewpoint import InputError, Scenario

METRICS = ["net_gain_at_end", "net_gain_24_months_after", "retained_share_24"]


def designs(ward: Scenario) -> list[Scenario]:
    return [ward.set("setting.turnover", turnover) for turnover in np.linspace(0.5, 3, 6)]


def test_outcomes_are_those_of_a_run(ward: Scenario) -> None:
    found = dewpoint.outcomes([ward], METRICS[:2], runs=10, seed=5)
    frame = dewpoint.run(ward, runs=10, seed=5, fixed=True, report=False).frame("outcomes")
    for metric in METRICS[:2]:
        np.testing.assert_allclose(found[metric][0] * 100, frame[metric], rtol=0, atol=1e-9)
    assert found.values.shape == (1, 2, 10) and found.means().shape == (1, 2)
    with pytest.raises(KeyError, match="there are net_gain_at_end"):
        found["net_gain"]


def test_outcomes_do_not_depend_on_who_works_how(ward: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    one = dewpoint.outcomes(designs(ward), METRICS, runs=6)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("dewpoint._outcomes.MOST_AT_ONCE", 4)
    pieces = dewpoint.outcomes(designs(ward), METRICS, runs=6, threads=1, progress=lambda *now: told.append(now))
    np.testing.assert_array_equal(one.values, pieces.values)
    assert told[-1] == (36, 36) and told == sorted(told)


def test_a_pool_of_processes_gives_the_same(ward: Scenario) -> None:
    one = dewpoint.outcomes(designs(ward), METRICS, runs=6)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        np.testing.assert_array_equal(one.values, dewpoint.outcomes(designs(ward), METRICS, runs=6, executor=pool).values)
        with pytest.raises(InputError, match="no_such_metric"):
            dewpoint.outcomes(ward, "no_such_metric", executor=pool)


@pytest.mark.heavy
def test_a_cluster_gives_the_same(ward: Scenario) -> None:
    distributed = pytest.importorskip("distributed")
    one = dewpoint.outcomes(designs(ward), METRICS, runs=6)
    kind: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", **kind) as cluster, distributed.Client(cluster) as client:
        pids = client.run(__import__("os").getpid)
        assert len(set(pids.values())) == 2
        np.testing.assert_array_equal(one.values, dewpoint.outcomes(designs(ward), METRICS, runs=6, executor=client).values)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"metrics": "net_gain_at_ende"}, "net_gain_at_end"),
        ({"metrics": []}, "at least one metric"),
        ({"runs": 0}, "runs=0"),
        ({"runs": 10**9}, "1 to 1000000"),
        ({"seed": -3}, "seed=-3"),
        ({"threads": -1}, "threads=-1"),
        ({"programme": "Other"}, "Safe rounds"),
        ({"scenarios": []}, "at least one design"),
    ],
)
def test_wrong_questions_say_what_would_be_right(ward: Scenario, given: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        dewpoint.outcomes(**{"scenarios": ward, **given})


def test_what_cannot_be_measured_is_said(ward: Scenario) -> None:
    short = dewpoint.outcomes([ward, ward.set("run.follow_up", 20)], METRICS[:2], runs=2)
    assert short.said == ("net_gain_24_months_after is defined in no run of 1 of 2 designs.",)
    cut = dewpoint.outcomes(ward.set("run.follow_up", 53), METRICS[0], runs=2)
    assert len(cut.said) == 1 and "weeks simulated of its 8" in cut.said[0]
