"""Scenarios: everything that decides the results."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

import pandas as pd

from . import _engine
from ._errors import InputError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Value: TypeAlias = float | str
"""What stands at a path: a number or one of a few words."""


def as_text(value: object) -> str:
    """A value as it would be typed after ``--set PATH=``, with every digit of a number."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise InputError(f"{value} is neither a number nor a word; scenarios know 0 and 1")
    try:
        number = float(cast(Any, value))
    except (TypeError, ValueError):
        raise InputError(f"{value!r} is neither a number nor a word") from None
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)


class Scenario:
    """A scenario: organisations, programmes, shocks, how people are, how to run it.

    It never changes itself: :meth:`set` returns another one. So it can be a key, be compared, and be sent to other processes,
    with all that its file said.

    Args:
        name: A scenario file, or the name of a bundled scenario such as ``"spi1"`` (:func:`dewpoint.scenarios` lists them).

    Raises:
        InputError: When it cannot be read, with ``file`` and ``line`` of the first fault.

    >>> ward = Scenario("evaporating_ward")
    >>> ward["setting.turnover"]
    1.0
    >>> ward.set("setting.turnover", 3)
    Scenario('evaporating_ward'): The evaporating ward
      setting.turnover  3 instead of 1
    """

    __slots__ = ("_changes", "_engine", "source")

    source: str
    """The name or path it was read from."""

    def __init__(self, name: str | Path) -> None:
        self.source = str(name)
        self._engine = _engine.Scenario(self.source)
        self._changes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, name: str | Path) -> Scenario:
        """The scenario of a file, or a bundled one by its name: the same as ``Scenario(name)``."""
        return cls(name)

    @classmethod
    def from_toml(cls, text: str, name: str = "scenario.toml") -> Scenario:
        """The scenario that ``text`` describes as a file would; ``name`` stands for the file in messages.

        It may build on bundled scenarios (``extends = "spi1"``), not on other files.
        """
        return cls._made(name, _engine.Scenario(name, text), ())

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any], name: str = "scenario.toml") -> Scenario:
        """The scenario of nested tables as :meth:`to_dict` gives them. What is not said has its default."""
        return cls.from_toml("\n".join(_lines(tables)), name)

    @classmethod
    def _made(cls, source: str, engine: _engine.Scenario, changes: tuple[tuple[str, str], ...]) -> Scenario:
        scenario = cls.__new__(cls)
        scenario.source, scenario._engine, scenario._changes = source, engine, changes
        return scenario

    def set(self, path: str | Mapping[str, Value], value: Value | None = None) -> Scenario:
        """The same scenario with another value at a path, or at several: ``set("setting.turnover", 2)``, ``set({path: value})``.

        Paths are those of ``--set``: ``programme.0.sustain.embedding``; a shock is added by
        ``shocks.winter.winter_surge.at``. Shares and levers go from 0 to 1; :meth:`paths` says all units and ranges.

        Raises:
            InputError: If there is no such path, with the nearest there is, or the value is not accepted there.
        """
        if isinstance(path, str):
            if value is None:
                raise InputError(f"{path}: give a value, or all changes as a dict")
            path = {path: value}
        changes = tuple((key, as_text(one)) for key, one in path.items())
        return Scenario._made(self.source, self._engine.changed(changes), self._changes + changes)

    def check(self) -> None:
        """Checks the whole of it, as every command does before it simulates.

        Raises:
            InputError: With everything that is wrong.
        """
        self._engine.check()

    def __getitem__(self, path: str) -> Value:
        """The value at a path."""
        return self._engine.value(path)

    @property
    def title(self) -> str:
        """Title."""
        return self._engine.title

    @property
    def story(self) -> str:
        """The first comment of its file: what it is about, in a sentence."""
        return self._engine.story

    @property
    def programmes(self) -> list[str]:
        """Names of its programmes, in their order."""
        return self._engine.programmes

    @property
    def weeks(self) -> int:
        """Weeks simulated: until the follow-up after the last programme."""
        return self._engine.weeks

    @property
    def changes(self) -> dict[str, str]:
        """What :meth:`set` changed since it was read, by path."""
        return dict(self._changes)

    def differences(self) -> dict[str, tuple[Value | None, Value | None]]:
        """What differs from its file: for each path the value there and the value now; ``None`` for a value that is not there."""
        return {path: (then, now) for path, then, now in self._engine.differences()}

    def declared(self, path: str) -> _engine.Described:
        """What is declared at a path: unit, smallest and largest number, default, words that may be chosen, meaning."""
        return self._engine.declared(path)

    def paths(self, prefix: str = "") -> pd.DataFrame:
        """Every path that begins with ``prefix``, with value, default, range, unit, standing and meaning."""
        frame = pd.DataFrame([dict(row) for row in self._engine.slots(prefix)])
        return frame.set_index("path") if len(frame) else frame

    def to_toml(self, *, all: bool = False) -> str:
        """The scenario as a file that reads to the same scenario: what differs from the defaults, or ``all`` values."""
        return self._engine.to_toml(all)

    def to_dict(self, *, all: bool = True) -> dict[str, Any]:
        """The tables of :meth:`to_toml`: nested dicts of numbers and words, programmes and professions as lists."""
        return tomllib.loads(self.to_toml(all=all))

    def save(self, path: str | Path) -> None:
        """Writes it as a scenario file of its own."""
        Path(path).write_text(self.to_toml(), encoding="utf-8")

    def __repr__(self) -> str:
        rows = self.differences()
        width = max(map(len, rows), default=0)
        lines = [f"Scenario({self.source!r}): {self.title}"]
        for path, (then, now) in rows.items():
            lines.append(f"  {path:<{width}}  {_said(now)}" + ("" if then is None else f" instead of {_said(then)}"))
        return "\n".join(lines)

    def __eq__(self, other: object) -> bool:
        """Whether both give the same answers: all values are the same, wherever they were read."""
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.to_toml(all=True) == other.to_toml(all=True)

    def __hash__(self) -> int:
        return hash(self.to_toml(all=True))

    def __reduce__(self) -> tuple[Any, ...]:
        # With its text, since another machine may not have the file.
        return (read, (self.source, self._engine.as_read(), self._changes))


def read(source: str, text: str, changes: tuple[tuple[str, str], ...]) -> Scenario:
    """The scenario that was sent from another process."""
    return Scenario._made(source, _engine.Scenario(source, text).changed(changes), changes)


Given: TypeAlias = Scenario | str | Path
"""A scenario, a file, or the name of a bundled one."""


def scenario_of(given: Given) -> Scenario:
    """A scenario, or the one of a name."""
    return given if isinstance(given, Scenario) else Scenario(given)


def _said(value: Value | None) -> str:
    return "nothing" if value is None else as_text(value)


def _lines(tables: Mapping[str, Any], above: str = "") -> list[str]:
    """Nested tables as lines of TOML."""
    plain = {key: value for key, value in tables.items() if not isinstance(value, (Mapping, list))}
    lines = [f"{_quoted(key)} = {_literal(value)}" for key, value in plain.items()]
    for key, value in tables.items():
        name = f"{above}{_quoted(key)}"
        if isinstance(value, Mapping):
            lines += [f"[{name}]", *_lines(value, f"{name}.")]
        elif isinstance(value, list):
            for row in value:
                lines += [f"[[{name}]]", *_lines(row, f"{name}.")]
    return lines


def _literal(value: object) -> str:
    return _quoted(value) if isinstance(value, str) else as_text(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(letter):04X}" if ord(letter) < 32 else letter for letter in escaped) + '"'
