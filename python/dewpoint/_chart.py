"""One's own numbers as a run chart or control chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from ._answer import Answer
from ._ask import Words, several
from ._progress import Progress
from ._scenario import Given, scenario_of


def chart(
    data: str | Path | pd.DataFrame,
    *,
    kind: str | None = None,
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
    baseline: int | None = None,
    breaks: Mapping[str, str] | None = None,
    ghosts: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    limits: tuple[float, float, float] | None = None,
    better: Literal["up", "down"] | None = None,
    per: int | None = None,
    start: str | None = None,
    scenario: Given | None = None,
    programme: str | int | None = None,
    draws: int | None = None,
    every: Literal["week", "month"] | None = None,
    seed: int | None = None,
    report: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """What do our own numbers show, and are they what a scenario makes plausible?

    Args:
        data: A CSV file, an Excel workbook, or a frame, with a row for each point.
        kind: Kind of chart; the one that fits the data unless said.
        sheet: Sheet of a workbook; the first unless said.
        date, numerator, denominator, events, exposure, value, unit: Names of columns; found by name or content unless said.
        only: Draw this unit alone.
        together: Add all units up.
        baseline: Learn centre and limits from the first so many points, 12 or more.
        breaks, ghosts, notes: By date: why new limits begin, why a point does not count, what happened.
        limits: Lower limit, centre and upper limit of your own.
        better: Which way is better.
        per: Say a rate for so much of the exposure.
        start: When the programme began.
        scenario: A scenario to lay beside the data, which needs ``start``.
        draws: Draws of parameters and luck for the scenario.
        every: How long a step lasts where times are numbers.
    """
    words = Words("chart")
    words.word(words.data(data))
    words.option("kind", kind)
    words.option("sheet", sheet)
    columns = {"date": date, "numerator": numerator, "denominator": denominator, "events": events, "exposure": exposure}
    for name, column in {**columns, "value": value}.items():
        words.option(name, column)
    words.option("unit", several(unit))
    words.option("only", several(only))
    words.option("together", together)
    words.option("baseline", baseline)
    for name, said in {"break": breaks, "ghost": ghosts, "note": notes}.items():
        words.option(name, [f"{when}={text}" for when, text in (said or {}).items()])
    words.option("limits", None if limits is None else ",".join(repr(float(limit)) for limit in limits))
    words.option("better", better)
    words.option("per", per)
    words.option("start", start)
    if scenario is not None:
        beside = scenario_of(scenario)
        words.option("scenario", words.read(beside))
        words.changes(beside)
    words.option("programme", programme)
    words.option("draws", draws)
    words.option("every", every)
    words.option("seed", seed)
    words.option("no-report", not report)
    return words.ask(out, progress)
