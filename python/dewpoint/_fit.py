"""What one's own numbers leave plausible, and what other questions draw from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from ._answer import Answer
from ._ask import Words, further_of, scenarios_by_name, several, stem
from ._errors import InputError
from ._progress import Progress
from ._scenario import Given, Scenario, Value, as_text, scenario_of


def fit(
    scenario: Given,
    data: str | Path | pd.DataFrame,
    *,
    start: str,
    sheet: str | None = None,
    date: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    events: str | None = None,
    exposure: str | None = None,
    value: str | None = None,
    unit: str | Sequence[str] | None = None,
    only: str | Sequence[str] | None = None,
    together: bool = False,
    every: Literal["week", "month"] | None = None,
    programme: str | int | None = None,
    free: Mapping[str, tuple[float, float] | None] | Sequence[str] | str = (),
    know: Mapping[str, Value] | None = None,
    designs: Mapping[str, Given] | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """What do our own numbers leave plausible, and what follows for what comes next?

    Args:
        scenario: The present plan. What its file gives of the place, and what :meth:`Scenario.set` changed, is taken as known.
        data: A CSV file, an Excel workbook, or a frame, with a row for each point: a proportion, percentages, or events of harm over an
            exposure.
        start: The day of the data on which the programme begins, its planning included, e.g. ``"Feb 2020"``.
        sheet: Sheet of a workbook; the first unless said.
        date, numerator, denominator, events, exposure, value, unit: Names of columns; found by name or content unless said.
        only: Fit this unit alone.
        together: Add all units up.
        every: How long a step lasts where times are numbers.
        programme: The programme that the data are about, by name or number from 0; the last to end unless said.
        free: What the data may say something about besides what is free anyway (baseline, its spread, rising tide, culture,
            measurement capability, authenticity, workload and turnover of the setting, where the scenario does not give them): by
            path ``(low, high)``, evenly plausible before, or ``None`` for the usual range. Units are those of the path.
        know: Values taken as known, by path.
        designs: Other plans to follow from the last point on, by name: ``{"goes on": ward.set(path, 0.5)}``. Only programmes,
            shocks and prices may differ.
        runs: Candidates (2,000), 64 to 50,000, each with two lucks.

    The other arguments are those of :func:`run`.

    Returns:
        The answer: ``learned`` has each number before and after the data, ``outlook`` the plans in the futures that fit,
        ``next`` what would be worth measuring, ``points`` the data beside what is fitted, ``ensemble`` the candidates with
        their weights. The first picture is the fan of what is plausible. ``ensemble=`` of :func:`run`, :func:`compare`,
        :func:`sweep`, :func:`stress` and :func:`explain` takes the answer.

    Raises:
        InputError: When scenario, data or options are wrong.
    """
    words = Words("fit")
    told = scenario_of(scenario)
    words.scenario(told)
    words.option("data", words.data(data))
    words.option("sheet", sheet)
    columns = {"date": date, "numerator": numerator, "denominator": denominator, "events": events, "exposure": exposure}
    for name, column in {**columns, "value": value}.items():
        words.option(name, column)
    words.option("unit", several(unit))
    words.option("only", several(only))
    words.option("together", together)
    words.option("start", start)
    words.option("every", every)
    words.option("programme", programme)
    words.option("free", _freed(free))
    known = {path: as_text(known) for path, known in (know or {}).items()}
    words.option("know", [f"{path}={known}" for path, known in known.items()])
    words.option("with", _plans(words, told, known, scenarios_by_name(designs or {})))
    words.common(runs, seed, threads, False, False, report, assumptions)
    return words.ask(out, progress)


def _freed(free: Mapping[str, tuple[float, float] | None] | Sequence[str] | str) -> list[str]:
    """``PATH`` or ``PATH=LOW..HIGH`` of each value that is free."""
    if not isinstance(free, Mapping):
        return several(free)
    said = []
    for path, ends in free.items():
        if ends is not None and len(ends) != 2:
            raise InputError(f"{path}: give (low, high), or None for the usual range")
        said.append(path if ends is None else f"{path}={as_text(ends[0])}..{as_text(ends[1])}")
    return said


def _plans(words: Words, told: Scenario, known: Mapping[str, str], designs: Mapping[str, Scenario]) -> list[str]:
    """Each plan as changes of the scenario where it is one, else as a file of its own."""
    said: list[str] = []
    changed: dict[str, Any] = {**told.changes, **known}
    for name, design in designs.items():
        short = further_of({stem(told): told, name: design}) if name != stem(told) else None
        if short is not None:
            said += short
            continue
        # What is changed and known of the scenario is changed in a file too, and would be lost in it.
        for path in changed:
            if design[path] != told.set(known)[path]:
                raise InputError(
                    f"{name}: has another value at {path} than the scenario that is fitted; make it with set() of that"
                )
        said.append(words.whole(name, design))
    return said
