"""Pictures: every kind is drawn, in the colours of the report."""

from __future__ import annotations

import re
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure

import dewpoint
from conftest import ROOT
from dewpoint import Answer, InputError, Picture, Scenario, _draw

matplotlib.use("agg")

EMBEDDING = "programme.0.sustain.embedding"


@pytest.fixture(scope="module")
def pictures(ward: Scenario) -> dict[str, Picture]:
    """A picture of each kind, from answers."""
    quick: dict[str, Any] = {"runs": 4, "assumptions": False}
    answers: list[Answer] = [
        dewpoint.run(ward, **quick),
        dewpoint.compare(ward, {"standards": ward.set(EMBEDDING, 0.9)}, **quick),
        dewpoint.sweep(ward, {EMBEDDING: [0, 1]}, **quick),
        dewpoint.sweep(ward, {EMBEDDING: [0, 1], "setting.culture": [0.3, 0.7]}, **quick),
        dewpoint.sensitivity(ward, paths=["setting.culture", "setting.turnover"], trajectories=4, base=8, **quick),
        dewpoint.stress(ward, shocks=["winter_surge", "leaders_leave"], times=1, points=0, **quick),
        dewpoint.explain(ward, **quick),
        dewpoint.chart(ROOT / "examples/data/ward.csv", baseline=12),
    ]
    made = {next(iter(picture.chart)): picture for answer in answers for picture in answer.pictures}
    # Of an analysis that finds no assumption that matters there is none, and one that does takes long.
    end = {"value": 0.02, "low": 0.01, "high": 0.03}
    row = {"label": "fatigue", "low_label": "0", "high_label": "1", "low": end, "high": {**end, "value": None}}
    measure = {"label": "Net gain", "unit": "Points"}
    return {"Tornado": Picture("tornado", "One", "", {"Tornado": {"measure": measure, "present": 0.0, "rows": [row]}}), **made}


def kinds() -> list[str]:
    source = (ROOT / "src/picture/mod.rs").read_text()
    body = source.split("pub enum Chart {")[1].split("\n}")[0]
    return re.findall(r"^    (\w+)\(", body, re.MULTILINE)


def test_every_kind_of_chart_is_known() -> None:
    assert set(kinds()) == set(_draw.DRAW)


@pytest.mark.parametrize("kind", sorted(_draw.DRAW))
def test_every_kind_of_chart_is_drawn(kind: str, pictures: dict[str, Picture]) -> None:
    picture = pictures[kind]
    figure = _draw.draw(picture)
    assert isinstance(figure, Figure)
    axes = [ax for ax in figure.axes if ax.get_visible()]
    assert all(ax.lines or ax.patches or ax.collections for ax in axes)
    svg = _draw.as_svg(picture)
    # Letters stay letters, so that they can be found and read aloud.
    assert picture.title.split(" ")[0] in svg and svg == _draw.as_svg(picture)


def test_colours_are_those_of_the_report() -> None:
    style = (ROOT / "src/output/report/style.css").read_text()
    paper = dict(re.findall(r"--([\w-]+): (#\w+);", style.split(":root")[1].split("}")[0]))
    for role, colour in _draw.COLOURS.items():
        assert paper[role.lower()] == colour
    named = re.findall(r"svg \.choice(\d) \{ stroke: var\(--(\w+)\)", style)
    assert [paper[name] for _, name in named] == _draw.CHOICES
    assert (paper["ink"], paper["quiet"], paper["rule"], paper["grid"], paper["support"]) == (
        _draw.INK,
        _draw.QUIET,
        _draw.RULE,
        _draw.GRID,
        _draw.SUPPORT,
    )


def test_a_picture_goes_into_axes_of_ones_own(ward: Scenario) -> None:
    answer = dewpoint.run(ward, runs=4, assumptions=False)
    figure = Figure()
    ax = figure.add_subplot()
    assert answer.plot("net_gain", ax) is figure and ax.get_title(loc="left")
    with pytest.raises(InputError, match="panels"):
        answer.plot("feelings", ax)
    for wrong in ("nothing", 99, -1):
        with pytest.raises(InputError, match="there are .*: practice, "):
            answer.plot(wrong)
