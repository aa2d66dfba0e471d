"""What may be moved in a scenario, from its declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .._errors import InputError
from .._scenario import Scenario

Paths = str | Iterable[str] | Mapping[str, tuple[float, float] | None]
"""Paths, or beginnings of paths (``"programme.0.sustain"``), or a dict of ``(low, high)`` by path."""


@dataclass(frozen=True)
class Moved:
    """One value that is moved: a number between two ends, or one of a few words."""

    path: str
    low: float
    high: float
    is_whole: bool
    choices: tuple[str, ...]


def moved(scenario: Scenario, paths: Paths) -> list[Moved]:
    """What ``paths`` name, each once, in their order, over the ranges declared unless others are given."""
    ranges = dict(paths) if isinstance(paths, Mapping) else dict.fromkeys([paths] if isinstance(paths, str) else paths)
    found: dict[str, Moved] = {}
    for path, ends in ranges.items():
        below = [row for row in scenario._engine.slots(f"{path}.") if row["low"] is not None]
        if below and ends is not None:
            raise InputError(f"{path}: a range is for one number, and this is the beginning of {len(below)} paths")
        for row in below or [scenario.declared(path)]:
            if row["choices"]:
                found[row["path"]] = Moved(row["path"], 0, len(row["choices"]) - 1, True, tuple(row["choices"]))
                continue
            if row["low"] is None or row["high"] is None:
                raise InputError(f"{row['path']} is text and cannot be moved")
            low, high = (row["low"], row["high"]) if ends is None else (float(ends[0]), float(ends[1]))
            if not row["low"] <= low < high <= row["high"]:
                raise InputError(
                    f"{row['path']}: {low:g} to {high:g}; a range goes upwards, within {row['low']:g} to {row['high']:g}"
                )
            found[row["path"]] = Moved(row["path"], low, high, row["unit"] == "count", ())
    if not found:
        raise InputError("name at least one path to move; scenario.paths() lists them")
    return list(found.values())
