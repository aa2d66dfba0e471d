"""Fitting to one's own numbers: what is taken as known, and what other questions draw from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dewpoint
from conftest import ROOT, Program
from dewpoint import Answer, InputError, Scenario

DATA = ROOT / "examples/data/ward.csv"
CLOCK = {"programme.0.start": 57, "programme.0.active": 52}
CONTINUATION = "programme.0.sustain.continuation"
FIT: dict[str, Any] = {
    "start": "Feb 2020",
    "free": {"setting.baseline": (0.4, 0.7)},
    # Less is unknown than is usual, so that few candidates are enough.
    "know": {
        "setting.culture": 0.5,
        "setting.workload": 0,
        "setting.turnover": 1,
        "setting.authenticity": 0.8,
        "setting.baseline_spread": 0.09,
        "setting.measurement_capability": 0.25,
    },
    "runs": 256,
    "report": False,
}


@pytest.fixture(scope="module")
def place(ward: Scenario) -> Scenario:
    return ward.set(CLOCK)


@pytest.fixture(scope="module")
def fitted(place: Scenario) -> Answer:
    return dewpoint.fit(place, DATA, **FIT)


def test_a_fit_has_its_rows_and_its_fan(fitted: Answer) -> None:
    rows = fitted.frame("ensemble")
    assert rows["weight"].sum() == pytest.approx(1, abs=1e-3) and rows["setting.baseline"].between(0.4, 0.7).all()
    about = fitted.columns("ensemble")
    assert about.loc["weight", "unit"] == "part of 1" and about.loc["setting.rising_tide", "meaning"]
    assert fitted.pictures[0].name == "fan" and fitted.plot() is not None
    assert {"learned", "outlook", "next", "points"} <= set(fitted.tables)


def test_a_fit_is_kept_in_its_folder_and_read_again(place: Scenario, fitted: Answer, tmp_path: Path) -> None:
    kept = dewpoint.fit(place, DATA, out=tmp_path / "fit", **FIT)
    again = dewpoint.fit(place, DATA, out=tmp_path / "fit", **FIT)
    assert again.digest == kept.digest == fitted.digest and again.ensemble == kept.ensemble == fitted.ensemble
    pd.testing.assert_frame_equal(again.frame("ensemble"), fitted.frame("ensemble"))


def test_questions_draw_from_a_fit_as_the_program_does(place: Scenario, fitted: Answer, program: Program, tmp_path: Path) -> None:
    assert fitted.ensemble is not None
    file = tmp_path / "ensemble.csv"
    file.write_text(fitted.ensemble, encoding="utf-8")
    quick: dict[str, Any] = {"runs": 4, "uncertain": 8, "report": False}
    clock = [f"--set={path}={value}" for path, value in CLOCK.items()]
    goes_on = {"goes on": place.set(CONTINUATION, 0.5)}
    asked = {
        "run": (dewpoint.run, (place,), {}, []),
        "compare": (dewpoint.compare, (place, goes_on), {}, [f"--with=goes on: {CONTINUATION}=0.5"]),
        "sweep": (dewpoint.sweep, (place, {CONTINUATION: [0, 1]}), {}, [f"--vary={CONTINUATION}=0,1"]),
        "stress": (
            dewpoint.stress,
            (place,),
            {"shocks": ["winter_surge"], "severity": "mild", "times": 1, "break_evens": False, "points": 0},
            ["--shocks=winter_surge", "--severity=mild", "--times=1", "--no-break-evens", "--points=0"],
        ),
        "explain": (dewpoint.explain, (place,), {"only": "lost"}, ["--only=lost"]),
    }
    for name, (ask, what, options, words) in asked.items():
        by_answer: Answer = ask(*what, ensemble=fitted, **options, **quick)  # type: ignore[operator]
        by_program = program(
            name,
            "evaporating_ward",
            *clock,
            *words,
            f"--ensemble={file}",
            "--runs=4",
            "--uncertain=8",
            "--no-report",
            out=tmp_path / name,
        )
        assert by_answer.digest == by_program["manifest"]["digest"], name
    by_file = dewpoint.run(place, ensemble=file, **quick)
    without = dewpoint.run(place, **quick)
    assert by_file.digest == dewpoint.run(place, ensemble=fitted, **quick).digest != without.digest


def test_what_a_file_gives_is_taken_as_known_even_where_it_is_the_default() -> None:
    text = Scenario("evaporating_ward").to_toml()
    given = Scenario.from_toml(text.replace("[setting]\n", "[setting]\nturnover = 1\n"))
    quick: dict[str, Any] = {"start": "Feb 2020", "runs": 64, "report": False}
    said = dewpoint.fit(given.set(CLOCK), DATA, **quick).json["about"]
    free = dewpoint.fit(Scenario.from_toml(text).set(CLOCK), DATA, **quick).json["about"]
    assert "turnover" in free and "turnover" not in said


def test_wrong_fits_are_refused(place: Scenario, ward: Scenario, fitted: Answer) -> None:
    run = dewpoint.run(ward, runs=2, report=False)
    for wrong, words in [
        (lambda: dewpoint.run(ward, ensemble=run), "is no fit"),
        (lambda: dewpoint.run(ward.set("setting.culture", 0.9), ensemble=fitted), "fitted to another place"),
        (lambda: dewpoint.run(ward, ensemble="nowhere.csv"), "cannot be read"),
        (lambda: dewpoint.fit(place, DATA, start="Feb 2020", runs=3), "64 to 50000"),
        (lambda: dewpoint.fit(place, "nowhere.csv", start="Feb 2020"), "no such file"),
        (lambda: dewpoint.fit(place, DATA, designs={"as before": ward}, **FIT), "programme.0.start"),
        (lambda: dewpoint.fit(place, DATA, designs={"busy": place.set("setting.turnover", 2)}, **FIT), "another place"),
    ]:
        with pytest.raises(InputError, match=words):
            wrong()


def test_a_frame_is_fitted_as_its_file(place: Scenario, fitted: Answer) -> None:
    plain = pd.read_csv(DATA, skiprows=1)[["month", "done", "seen"]].astype({"done": "Int64", "seen": "Int64"})
    assert dewpoint.fit(place, plain, **FIT).frame("learned").equals(fitted.frame("learned"))


def test_events_of_harm_are_fitted_too(place: Scenario) -> None:
    file = ROOT / "examples/data/lines.csv"
    columns: dict[str, Any] = {"events": "infections", "exposure": "line days"}
    quick = {name: value for name, value in FIT.items() if name != "runs"} | {"runs": 64}
    told = dewpoint.fit(place, file, **columns, **quick)
    frame = pd.read_csv(file, skiprows=1)
    assert dewpoint.fit(place, frame, **columns, **quick).frame("learned").equals(told.frame("learned"))
    with pytest.raises(InputError, match="line days"):
        dewpoint.fit(place, file, numerator="infections", denominator="no such column", **quick)
