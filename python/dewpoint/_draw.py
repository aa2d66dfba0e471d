"""Pictures of the report with matplotlib, in its visual language: the same colours, shapes and dashes for the same roles."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from typing import Any, TypeAlias, cast

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from ._answer import Picture, number
from ._errors import InputError

Data: TypeAlias = dict[str, Any]

INK, QUIET, RULE, GRID, SUPPORT = "#1c2126", "#565e66", "#d9dde1", "#e6e9ec", "#eef3f7"
"""Colours of words, lesser words, lines, grids and the weeks of support: those of the report's paper (a test compares)."""

COLOURS = {
    "With": "#0072b2",
    "Without": "#6b7278",
    "Reported": "#d98200",
    "Gain": "#009e73",
    "Loss": "#c8553d",
    "Neutral": "#8a9199",
}
CHOICES = ["#0072b2", "#d98200", "#009e73", "#c8553d", "#8d4f86", "#56a3d6"]
MARKS = {"With": "o", "Without": "s", "Reported": "^", "Gain": "o", "Loss": "D", "Neutral": "o"}
DASHES: dict[str, Any] = {"Without": (0, (6, 4)), "Reported": (0, (2, 3))}
CHOICE_DASHES: list[Any] = ["-", (0, (7, 3)), (0, (2, 3)), (0, (8, 3, 2, 3)), (0, (4, 2)), (0, (1, 3))]

STYLE: Any = {
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "dewpoint",
    "figure.facecolor": "#ffffff",
}


class Drawing(Figure):
    """A figure that shows itself in a notebook without pyplot, whose global state nobody needs for it."""

    def _repr_png_(self) -> bytes:
        out = io.BytesIO()
        self.savefig(out, format="png", dpi=110)
        return out.getvalue()


def draw(picture: Picture, ax: Axes | None = None) -> Figure:
    """Draws a picture, with its title above, into ``ax`` or a figure of its own."""
    ((kind, chart),) = picture.chart.items()
    title = "\n".join(textwrap.wrap(picture.title, 76))
    with rc_context(STYLE):
        if kind == "Weeks" and len(chart["panels"]) > 1:
            if ax is not None:
                raise InputError(f"{picture.name} has {len(chart['panels'])} panels and needs a figure of its own: leave out ax")
            return _panels(chart, title)
        figure = cast(Figure, ax.figure) if ax is not None else Drawing(figsize=(7.5, _height(kind, chart)), layout="constrained")
        axes = ax if ax is not None else figure.add_subplot()
        DRAW[kind](axes, chart)
        axes.set_title(title, loc="left", fontweight="bold", fontsize=10, pad=18)
    return figure


def as_svg(picture: Picture) -> str:
    """A picture as an SVG element."""
    with rc_context(STYLE):
        text = io.StringIO()
        draw(picture).savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()[text.getvalue().index("<svg") :]


def _height(kind: str, chart: Data) -> float:
    rows = len(chart.get("rows", []))
    return max(2.6, 1.6 + 0.36 * rows) if kind in ("Bars", "Tornado", "Dots", "HeatMap") else 3.8


def _unit(measure: Data) -> tuple[str, float, bool]:
    """Name, factor, and whether numbers carry a sign."""
    unit = measure["unit"]
    if unit == "Share":
        return "%", 100.0, False
    if unit == "Points":
        return "percentage points", 100.0, True
    ((kind, name),) = unit.items()
    return name, 100.0 if kind == "Hundredths" else 1.0, False


def _label(measure: Data) -> str:
    name = _unit(measure)[0]
    return f"{measure['label']}, {name}" if name else str(measure["label"])


def _said(measure: Data, value: float) -> str:
    """A number as it stands beside a mark."""
    _, factor, signed = _unit(measure)
    shown = value * factor
    text = (
        f"{abs(shown):,.0f}"
        if abs(shown) >= 1000
        else f"{abs(shown):.1f}"
        if abs(shown) >= 10 or factor > 1
        else f"{abs(shown):.3g}"
    )
    # What is shown as nothing has no sign.
    nothing = float(text.replace(",", "")) == 0
    return text if nothing else f"\N{MINUS SIGN}{text}" if shown < 0 else f"+{text}" if signed else text


def _scale(axis: Any, measure: Data) -> None:
    """Numbers along an axis in the unit of what is measured."""
    _, factor, signed = _unit(measure)

    def shown(value: float, _: int) -> str:
        text = f"{abs(value * factor):,.10g}"
        return (
            text
            if float(text.replace(",", "")) == 0
            else f"\N{MINUS SIGN}{text}"
            if value < 0
            else f"+{text}"
            if signed
            else text
        )

    axis.set_major_formatter(FuncFormatter(shown))


def _colour(role: Any) -> str:
    return COLOURS[role] if isinstance(role, str) else CHOICES[role["Choice"] % 6]


def _mark(role: Any) -> str:
    return MARKS[role] if isinstance(role, str) else "os^D"[role["Choice"] % 4]


def _dash(role: Any) -> Any:
    return DASHES.get(role, "-") if isinstance(role, str) else CHOICE_DASHES[role["Choice"] % 6]


def _array(values: list[float | None]) -> Any:
    return np.array([number(value) for value in values])


def _estimate(estimate: Data) -> tuple[float, float, float]:
    return number(estimate["value"]), number(estimate["low"]), number(estimate["high"])


def _whisker(ax: Axes, at: float, estimate: Data, colour: str, *, upright: bool = True) -> None:
    _, low, high = _estimate(estimate)
    if np.isfinite(low) and np.isfinite(high):
        (ax.vlines if upright else ax.hlines)(at, low, high, colors=colour, linewidth=1.2)


def _rows(ax: Axes, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), ["\n".join(textwrap.wrap(name, 34)) for name in names])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)


def _stretches(ax: Axes, chart: Data) -> None:
    phases = chart.get("phases", [])
    last = max((phase["to"] for phase in phases), default=1)
    room = ax.get_position().width * cast(Figure, ax.figure).get_figwidth() * 14
    for phase in phases:
        if phase["shaded"]:
            ax.axvspan(phase["from"], phase["to"], color=SUPPORT, zorder=0)
        # A stretch that is too narrow for its name stays silent.
        if len(phase["label"]) < room * (phase["to"] - phase["from"]) / last:
            ax.text(
                (phase["from"] + phase["to"]) / 2, 1.0, phase["label"], transform=ax.get_xaxis_transform(), **_small("bottom")
            )
    for event in chart.get("events", []):
        week, label = (event["week"], event["label"]) if isinstance(event, dict) else event
        ax.axvline(week, color=QUIET, linewidth=0.8, linestyle=":")
        ax.text(week, 0.02, f" {label}", transform=ax.get_xaxis_transform(), color=QUIET, fontsize=7, rotation=90, va="bottom")


def _small(va: str) -> dict[str, Any]:
    return {"ha": "center", "va": va, "color": QUIET, "fontsize": 8}


def _panel(ax: Axes, chart: Data, panel: Data) -> None:
    _stretches(ax, chart)
    for line in panel["lines"]:
        values, colour = _array(line["values"]), _colour(line["role"])
        weeks = np.arange(len(values))
        for band in line["bands"]:
            ax.fill_between(weeks, _array(band["low"]), _array(band["high"]), color=colour, alpha=0.16, linewidth=0)
        ax.plot(weeks, values, color=colour, linestyle=_dash(line["role"]), linewidth=1.8, label=line["label"])
    _scale(ax.yaxis, chart["measure"])


def _from_zero(ax: Axes, chart: Data) -> None:
    if chart["from_zero"]:
        ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))


def _weeks(ax: Axes, chart: Data) -> None:
    _panel(ax, chart, chart["panels"][0])
    _from_zero(ax, chart)
    ax.set_ylabel(_label(chart["measure"]))
    ax.set_xlabel("week")
    ax.legend(loc="best", fontsize=8)


def _panels(chart: Data, title: str) -> Figure:
    count = len(chart["panels"])
    columns = min(count, 3)
    rows = -(-count // columns)
    figure = Drawing(figsize=(3.2 * columns, 2.6 * rows + 0.6), layout="constrained")
    all_axes = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for place, ax in enumerate(all_axes.flat):
        if place >= count:
            ax.set_visible(False)
            continue
        panel = chart["panels"][place]
        _panel(ax, chart, panel)
        ax.set_title(panel["title"], loc="left", fontsize=9, pad=14)
    # Once all are drawn: they share the axis.
    _from_zero(all_axes.flat[0], chart)
    all_axes.flat[0].legend(loc="best", fontsize=7)
    figure.supylabel(_label(chart["measure"]), fontsize=9)
    figure.supxlabel("week", fontsize=9)
    figure.suptitle(title, fontweight="bold", fontsize=10, x=0.02, ha="left")
    return figure


def _histogram(ax: Axes, chart: Data) -> None:
    edges, shares = _array(chart["edges"]), _array(chart["shares"])
    middles = (edges[:-1] + edges[1:]) / 2
    colours = [COLOURS["Loss"] if middle < chart["turns_at"] else COLOURS["Gain"] for middle in middles]
    ax.bar(edges[:-1], shares, width=np.diff(edges), align="edge", color=colours, edgecolor="white", linewidth=0.6)
    for mark in chart["marks"]:
        ax.axvline(mark["at"], color=INK, linewidth=1)
        ax.text(mark["at"], 1.0, mark["label"], transform=ax.get_xaxis_transform(), **_small("bottom"))
    _scale(ax.xaxis, chart["measure"])
    ax.set_xlabel(_label(chart["measure"]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share * 100:.0f} %"))
    ax.set_ylabel(f"of {chart['total']:,} {chart['counted']}")


def _limits(ax: Axes, x: Any, points: list[Data]) -> None:
    lower, centre, upper = (_array([point[key] for point in points]) for key in ("lower", "centre", "upper"))
    ax.step(x, centre, where="mid", color=QUIET, linewidth=1)
    for limit in (lower, upper):
        ax.step(x, limit, where="mid", color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))


def _signals(ax: Axes, x: Any, values: Any, points: list[Data]) -> None:
    special = np.array([bool(point["signal"]) for point in points], dtype=bool)
    ax.plot(x[special], values[special], linestyle="none", marker="D", color=COLOURS["Loss"], markersize=6, label="special cause")


def _control(ax: Axes, chart: Data) -> None:
    points = chart["points"]
    x = (np.arange(len(points)) + 0.5) * chart["weeks_a_point"]
    values = _array([point["value"] for point in points])
    _stretches(ax, chart)
    _limits(ax, x, points)
    ax.plot(
        x, _array([point["other"] for point in points]), color=COLOURS["Without"], linestyle=(0, (6, 4)), label=chart["other"]
    )
    ax.plot(x, values, color=COLOURS["With"], marker="o", markersize=3.5, linewidth=1.2, label=chart["measure"]["label"])
    _signals(ax, x, values, points)
    _scale(ax.yaxis, chart["measure"])
    ax.set_ylabel(_label(chart["measure"]))
    ax.set_xlabel("week")
    ax.legend(loc="best", fontsize=8)


def _run(ax: Axes, chart: Data) -> None:
    points = chart["points"]
    x = np.array([point["at"] for point in points])
    values = _array([point["value"] for point in points])
    _limits(ax, x, points)
    beside = chart["beside"]
    if beside:
        ax.fill_between(x, _array(beside["low"]), _array(beside["high"]), color=COLOURS["Reported"], alpha=0.16, linewidth=0)
        ax.plot(x, _array(beside["middle"]), color=COLOURS["Reported"], linestyle=DASHES["Reported"], label=beside["label"])
    ax.plot(x, values, color=COLOURS["With"], marker="o", markersize=3.5, linewidth=1.2, label=chart["measure"]["label"])
    _signals(ax, x, values, points)
    left_out = np.array([point["left_out"] for point in points], dtype=bool)
    ax.plot(x[left_out], values[left_out], linestyle="none", marker="o", mfc="white", color=QUIET, label="left out")
    _stretches(ax, {"events": chart["events"]})
    step = max(1, len(points) // 8)
    ax.set_xticks(x[::step], [point["time"] for point in points[::step]], rotation=30, ha="right")
    ax.set_xlabel(chart["times"])
    if chart["from_zero"]:
        ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    _scale(ax.yaxis, chart["measure"])
    ax.set_ylabel(_label(chart["measure"]))
    handles, labels = ax.get_legend_handles_labels()
    there = [(handle, label) for handle, label in zip(handles, labels, strict=True) if _has_points(handle)]
    ax.legend(*zip(*there, strict=True), loc="best", fontsize=8)


def _has_points(handle: Any) -> bool:
    return not hasattr(handle, "get_xdata") or len(handle.get_xdata()) > 0


def _waterfall(ax: Axes, chart: Data) -> None:
    level, steps = 0.0, chart["steps"]
    for place, step in enumerate(steps):
        value = _estimate(step["estimate"])[0]
        start = 0.0 if step["total"] else level
        level = start + (value if np.isfinite(value) else 0.0)
        colour = COLOURS["With"] if step["total"] else COLOURS["Loss"] if value < 0 else COLOURS["Gain"]
        ax.bar(place, level - start, bottom=start, width=0.72, color=colour)
        moved = {key: number(step["estimate"][key]) + level - value for key in ("value", "low", "high")}
        _whisker(ax, place, moved, INK)
        top = np.nanmax([start, level, moved["high"]])
        ax.annotate(_said(chart["measure"], value), (place, top), (0, 2), textcoords="offset points", ha="center", fontsize=8)
    ax.axhline(0, color=QUIET, linewidth=0.8)
    ax.set_xticks(range(len(steps)), ["\n".join(textwrap.wrap(step["label"], 13)) for step in steps], fontsize=8)
    ax.grid(axis="x", visible=False)
    _scale(ax.yaxis, chart["measure"])
    ax.set_ylabel(_label(chart["measure"]))


def _heat_map(ax: Axes, chart: Data) -> None:
    cells, turn = chart["cells"], chart["turns_at"]
    values = np.array([[_estimate(cell)[0] for cell in row] for row in cells])
    finite = values[np.isfinite(values)]
    origin = turn if turn is not None else (finite.min() if finite.size else 0.0)
    furthest = float(np.max(np.abs(finite - origin), initial=0.0)) or 1.0
    small = len(chart["columns"]) > 9
    for (row, column), value in np.ndenumerate(values):
        if not np.isfinite(value):
            continue
        colour = COLOURS["Loss"] if value < origin else COLOURS["Gain"]
        tint = max(0.03, min(1.0, abs(value - origin) / furthest) * 0.62)
        ax.add_patch(Rectangle((column - 0.48, row - 0.48), 0.96, 0.96, color=colour, alpha=tint, linewidth=0))
        _, low, high = _estimate(cells[row][column])
        text = _said(chart["measure"], value)
        # In brackets where it cannot be told from where colours turn.
        unclear = turn is not None and low <= turn <= high
        ax.text(column, row, f"({text})" if unclear else text, ha="center", va="center", fontsize=6 if small else 8)
    for row, line in enumerate(chart["outlined"]):
        for column, inside in enumerate(line):
            if inside:
                ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=INK, linewidth=1.4))
    ax.set_xlim(-0.5, len(chart["columns"]) - 0.5)
    ax.set_ylim(-0.5, len(chart["rows"]) - 0.5)
    _rows(ax, chart["rows"])
    ax.set_xticks(range(len(chart["columns"])), chart["columns"], rotation=30 if small else 0, ha="right" if small else "center")
    ax.grid(visible=False)
    ax.set_xlabel(chart["column_label"])
    ax.set_ylabel(chart["row_label"])
    below = [_label(chart["measure"])] + ([f"Outlined: {chart['outline']}"] if chart["outline"] else [])
    ax.annotate(
        "\n".join(below),
        (0, 0),
        (0, -34),
        xycoords="axes fraction",
        textcoords="offset points",
        color=QUIET,
        fontsize=8,
        va="top",
    )


def _bars(ax: Axes, chart: Data) -> None:
    parts = chart["parts"]
    height = 0.8 / max(1, len(parts))
    for at, (label, role) in enumerate(parts):
        places = np.arange(len(chart["rows"])) - 0.4 + height * (at + 0.5)
        values = [_estimate(row["estimates"][at])[0] for row in chart["rows"]]
        ax.barh(places, values, height=height * 0.9, color=_colour(role), label=label)
        for place, row in zip(places, chart["rows"], strict=True):
            _whisker(ax, float(place), row["estimates"][at], INK, upright=False)
    ax.axvline(0, color=QUIET, linewidth=0.8)
    _rows(ax, [row["label"] for row in chart["rows"]])
    _scale(ax.xaxis, chart["measure"])
    ax.set_xlabel(_label(chart["measure"]))
    if len(parts) > 1:
        ax.legend(loc="best", fontsize=8)


def _tornado(ax: Axes, chart: Data) -> None:
    for place, row in enumerate(chart["rows"]):
        for end, role, shift in (("low", 0, -0.2), ("high", 1, 0.2)):
            value = _estimate(row[end])[0]
            if not np.isfinite(value):
                continue
            ax.barh(place + shift, value - chart["present"], left=chart["present"], height=0.38, color=CHOICES[role])
            _whisker(ax, place + shift, row[end], INK, upright=False)
            side = 3 if value >= chart["present"] else -3
            ax.annotate(row[f"{end}_label"], (value, place + shift), (side, 0), textcoords="offset points", va="center", fontsize=7,
                        ha="left" if side > 0 else "right")  # fmt: skip
    ax.axvline(chart["present"], color=INK, linewidth=1)
    _rows(ax, [row["label"] for row in chart["rows"]])
    _scale(ax.xaxis, chart["measure"])
    ax.set_xlabel(_label(chart["measure"]))


def _dots(ax: Axes, chart: Data) -> None:
    if chart["shaded"]:
        ax.axvspan(chart["shaded"]["from"], chart["shaded"]["to"], color=SUPPORT, zorder=0)
    for place, row in enumerate(chart["rows"]):
        colour = _colour(row["role"])
        _whisker(ax, place, row["estimate"], colour, upright=False)
        value = _estimate(row["estimate"])[0]
        low, high = chart["within"] or (-np.inf, np.inf)
        # What lies beyond the edge stands there as an arrow.
        mark = "<" if value < low else ">" if value > high else _mark(row["role"])
        ax.plot(min(max(value, low), high), place, marker=mark, color=colour, markersize=6, clip_on=False)
        if row["note"]:
            ax.annotate(row["note"], (1, place), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
                        color=QUIET, fontsize=7)  # fmt: skip
    if chart["reference"]:
        ax.axvline(chart["reference"]["at"], color=INK, linewidth=1)
        ax.text(
            chart["reference"]["at"], 1.0, chart["reference"]["label"], transform=ax.get_xaxis_transform(), **_small("bottom")
        )
    if chart["within"]:
        ax.set_xlim(*chart["within"])
    _rows(ax, [row["label"] for row in chart["rows"]])
    for label, role in chart["key"]:
        ax.plot([], [], linestyle="none", marker=_mark(role), color=_colour(role), label=label)
    if chart["key"]:
        ax.legend(loc="best", fontsize=8)
    _scale(ax.xaxis, chart["measure"])
    ax.set_xlabel(_label(chart["measure"]))


def _scatter(ax: Axes, chart: Data) -> None:
    for point in chart["points"]:
        (x, _, _), (y, _, _), colour = _estimate(point["across"]), _estimate(point["up"]), _colour(point["role"])
        _whisker(ax, x, point["up"], colour)
        _whisker(ax, y, point["across"], colour, upright=False)
        ax.plot(x, y, marker=_mark(point["role"]), color=colour, markersize=6)
        ax.annotate(point["label"], (x, y), (5, 4), textcoords="offset points", fontsize=8)
    _both(ax, chart)


def _curve(ax: Axes, chart: Data) -> None:
    if chart["cloud"]:
        cloud = np.array([[number(x), number(y)] for x, y in chart["cloud"]])
        ax.plot(cloud[:, 0], cloud[:, 1], linestyle="none", marker="o", markersize=2.5, color=COLOURS["Neutral"], alpha=0.5)
    for line in chart["lines"]:
        x = np.array([number(at) for at, _ in line["points"]])
        value, low, high = np.array([_estimate(estimate) for _, estimate in line["points"]]).T
        colour, role = _colour(line["role"]), line["role"]
        ax.fill_between(x, low, high, color=colour, alpha=0.16, linewidth=0)
        mark = "" if chart["cloud"] else _mark(role)
        ax.plot(x, value, color=colour, linestyle=_dash(role), marker=mark, markersize=4, label=line["label"])
    for mark in chart["marks"]:
        ax.axvline(mark["at"], color=QUIET, linewidth=0.9, linestyle=":")
        ax.text(mark["at"], 1.0, mark["label"], transform=ax.get_xaxis_transform(), **_small("bottom"))
    if any(line["label"] for line in chart["lines"]):
        ax.legend(loc="best", fontsize=8)
    _both(ax, chart)


def _both(ax: Axes, chart: Data) -> None:
    _scale(ax.xaxis, chart["across"])
    _scale(ax.yaxis, chart["up"])
    ax.set_xlabel(_label(chart["across"]))
    ax.set_ylabel(_label(chart["up"]))


DRAW: dict[str, Callable[[Axes, Data], None]] = {
    "Weeks": _weeks,
    "Histogram": _histogram,
    "Control": _control,
    "Run": _run,
    "Waterfall": _waterfall,
    "HeatMap": _heat_map,
    "Bars": _bars,
    "Tornado": _tornado,
    "Dots": _dots,
    "Scatter": _scatter,
    "Curve": _curve,
}
"""How each kind of chart is drawn."""
