"""Answers: a finding in a sentence, and the numbers and pictures behind it."""

from __future__ import annotations

import html
import io
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._errors import Error, InputError
from ._tables import Column, Table, Tables, read_csv

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ._engine import Described


@dataclass(frozen=True)
class Picture:
    """A picture of the report: what it shows in a sentence, how to read it, and what is drawn, as plain data."""

    name: str
    title: str
    caption: str
    chart: dict[str, Any] = field(repr=False)


@dataclass(repr=False)
class Answer:
    """What a question was answered.

    ``print(answer)`` shows it as the terminal does; the last line of a notebook cell shows it with its first picture.
    """

    title: str
    """The finding in a sentence."""
    sentences: list[str]
    """What else is to be said, the most important first."""
    tables: Tables
    """The tables as pandas frames by name; shares are in percentage points, and ``frame.attrs["units"]`` says the units."""
    digest: str
    """SHA-256 of the numbers: that of the command line, for the same question."""
    command: str
    """The command that gives the same bytes in a shell."""
    json: dict[str, Any] = field(repr=False)
    """The answer as the command line gives it with ``--json``."""
    runs: int
    """Runs that the answer is made of."""
    failed: int
    """Those of them that failed; their reasons stand in the table ``failures`` of :func:`dewpoint.run`."""
    seed: int
    """Seed of all luck."""
    text: str
    """The answer as the terminal shows it."""
    folder: Path | None
    """The results folder, where one was asked for."""
    report: str | None = field(repr=False)
    """The page for the meeting, as HTML that needs no network; ``None`` where none was wanted."""
    pictures: list[Picture] = field(repr=False)
    """The pictures of the report, the most important first. None of an answer that was read back from a folder."""
    notes: list[str] = field(repr=False)
    """What was said on the way that is no result, e.g. how long it would take."""
    ensemble: str | None = field(default=None, repr=False)
    """The rows of :func:`dewpoint.fit` as its file ``ensemble.csv`` has them, for ``ensemble=`` of other questions; ``None`` of
    every other answer."""

    def frame(self, name: str | None = None) -> pd.DataFrame:
        """A table as a pandas frame; the first without a name."""
        return self.tables[self._name(name)]

    def polars(self, name: str | None = None) -> pl.DataFrame:
        """A table as a polars frame; the first without a name."""
        return self.tables.table(self._name(name)).polars()

    def columns(self, name: str | None = None) -> pd.DataFrame:
        """Unit and meaning of each column of a table; the first without a name."""
        return self.tables.table(self._name(name)).described()

    def to_parquet(self, folder: str | Path, names: Sequence[str] | None = None) -> list[Path]:
        """Writes tables (all, or those named) as Parquet files into ``folder``, units and meanings in the metadata of their
        columns. Needs pyarrow.
        """
        import pyarrow.parquet as parquet

        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        tables = [self.tables.table(name) for name in (names if names is not None else self.tables)]
        paths = [folder / f"{table.name}.parquet" for table in tables]
        for table, path in zip(tables, paths, strict=True):
            # Moved into place whole: a reader never meets half a file.
            part = path.with_suffix(".parquet.part")
            parquet.write_table(table.arrow(), part, compression="zstd")
            part.replace(path)
        return paths

    def plot(self, which: str | int = 0, ax: Axes | None = None) -> Figure:
        """Draws a picture of the report with matplotlib, by name or number: the first unless another is asked for.

        Colours, shapes and dashes are those of the report. With ``ax`` a picture of one panel is drawn there.
        """
        from ._draw import draw

        return draw(self.picture(which), ax)

    def picture(self, which: str | int = 0) -> Picture:
        """A picture as data, by name or number."""
        if not self.pictures:
            where = f"; {self.folder / 'report.html'} has them" if self.folder is not None else ""
            raise Error(f"this answer was read from its folder, which keeps no pictures as data{where}, or ask without out=")
        found = (
            self.pictures[which : which + 1]
            if isinstance(which, int) and which >= 0
            else [picture for picture in self.pictures if picture.name == which]
        )
        if not found:
            known = ", ".join(picture.name for picture in self.pictures)
            raise InputError(f"there is no picture {which!r}; there are {len(self.pictures)}: {known}")
        return found[0]

    def _name(self, name: str | None) -> str:
        return next(iter(self.tables)) if name is None else name

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Answer: {self.title} Tables: {', '.join(self.tables)}. Digest {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        """The answer in a notebook: finding, sentences, the first picture, the first table."""
        about = html.escape(self.json.get("about") or self.json.get("title", ""))
        said = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.sentences)
        picture = _picture_in_html(self) if self.pictures else ""
        frame = self.frame() if len(self.tables) else None
        rows = "" if frame is None else frame.head(20).to_html(index=False, border=0, na_rep="", float_format="{:.3g}".format)
        more = f"<p>{len(frame) - 20:,} more rows.</p>" if frame is not None and len(frame) > 20 else ""
        facts = (
            f"{self.runs:,} runs, seed {self.seed}. Tables: {', '.join(self.tables)}. <code>{html.escape(self.command)}</code>"
        )
        return (
            f'<div class="dewpoint"><p>{about}</p><p><strong>{html.escape(self.title)}</strong></p><ul>{said}</ul>'
            f"{picture}<details><summary>Numbers</summary>{rows}{more}</details><p><small>{facts}</small></p></div>"
        )


def _picture_in_html(answer: Answer) -> str:
    try:
        from ._draw import as_svg
    except ImportError:  # Without matplotlib the words and numbers are there all the same.
        return ""
    picture = answer.pictures[0]
    return (
        f"<figure><figcaption><strong>{html.escape(picture.title)}</strong></figcaption>{as_svg(picture)}"
        f"<figcaption><small>{html.escape(picture.caption)}</small></figcaption></figure>"
    )


def pictures_of(text: str) -> list[Picture]:
    """The pictures that the engine gives as JSON."""
    return [Picture(**picture) for picture in json.loads(text)]


def number(value: float | None) -> float:
    """A number of a picture, NaN where there is none."""
    return math.nan if value is None else float(value)


def tables_of(folder: Path) -> list[Table]:
    """The tables of a results folder, with what ``columns.csv`` says of their columns."""
    text = pd.read_csv(folder / "columns.csv", keep_default_na=False, dtype=str)
    names = [name for name in dict.fromkeys(text["file"]) if name != "columns.csv"]
    rows = {name: text[text["file"] == name] for name in names}
    columns = {
        name: [Column(*row) for row in frame[["column", "unit", "meaning"]].itertuples(index=False, name=None)]
        for name, frame in rows.items()
    }
    return [Table.of_file(folder / name, columns[name]) for name in names]


def ensemble_of(text: str, declared: Callable[[str], Described]) -> Table:
    """The rows of a fit as a table; ``declared`` says what stands at a path."""
    frame = read_csv(io.StringIO(text))

    def column(name: str) -> Column:
        if name == "candidate":
            return Column(name, "count", "Its number among the candidates, from 0.")
        if name == "weight":
            return Column(name, "part of 1", "How much it counts; all together 1.")
        about = declared(name)
        return Column(name, about["unit"], about["doc"])

    return Table.of_frame("ensemble", [column(name) for name in frame.columns], frame)
