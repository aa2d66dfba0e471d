"""Ctrl-C stops the work as it stops the program; what was simulated is kept where the program would keep it."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

import dewpoint
from conftest import Program
from dewpoint import Scenario


def test_ctrl_c_stops_the_work_and_the_program_goes_on_from_there(ward: Scenario, program: Program, tmp_path: Path) -> None:
    out = tmp_path / "results"

    def interrupt(done: int, total: int) -> None:
        if done > 50:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt, match=r"stopped after \d+ runs"):
        dewpoint.run(ward, runs=1500, out=out, report=False, progress=interrupt)
    assert not out.exists()
    found = program("run", "evaporating_ward", "--runs", "1500", "--no-report", out=out)
    assert "continuing after" in found["said"]
    # Whole, and read by Python again.
    assert dewpoint.run(ward, runs=1500, out=out, report=False).digest == found["manifest"]["digest"]


def test_ctrl_c_stops_outcomes(ward: Scenario) -> None:
    with pytest.raises(KeyboardInterrupt):
        dewpoint.outcomes(ward, runs=1_000_000, progress=lambda done, total: signal.raise_signal(signal.SIGINT))


def test_progress_is_told_to_the_end(ward: Scenario) -> None:
    told: list[tuple[int, int]] = []
    dewpoint.run(ward, runs=400, report=False, progress=lambda done, total: told.append((done, total)))
    assert told and told == sorted(told) and told[-1] == (400, 400)


def test_progress_is_shown_on_stderr_where_it_is_asked_for(ward: Scenario, capsys: pytest.CaptureFixture[str]) -> None:
    dewpoint.outcomes(ward, runs=200, progress=True)
    assert "200" in capsys.readouterr().err
    dewpoint.outcomes(ward, runs=200, progress=False)
    assert capsys.readouterr().err == ""
