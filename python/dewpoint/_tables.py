"""Tables as frames: columns that look at the engine's numbers, or at those of a file."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import _engine

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """What a column is: its name, the unit of its values (empty for text), and what it means."""

    name: str
    unit: str
    doc: str


@dataclass
class Table:
    """Named columns with units and meanings."""

    name: str
    columns: list[Column]
    _table: _engine.Table | None = None
    _path: Path | None = None
    _arrays: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of_engine(cls, table: _engine.Table) -> Table:
        """A table that the engine made."""
        return cls(table.name, [Column(*column) for column in table.columns], table)

    @classmethod
    def of_file(cls, path: Path, columns: list[Column]) -> Table:
        """A table of a results folder, CSV or Parquet (which needs pyarrow)."""
        return cls(path.stem, columns, None, path)

    @classmethod
    def of_frame(cls, name: str, columns: list[Column], frame: pd.DataFrame) -> Table:
        """A table that was read already."""
        return cls(name, columns, _arrays={column: _as_read(frame[column]) for column in frame.columns})

    def arrays(self) -> dict[str, Any]:
        """The columns by name, as numpy arrays: numbers as ``float64`` or ``int64`` (NaN where there is none), text as objects
        (``None`` where there is none)."""
        if not self._arrays:
            if self._table is not None:
                self._arrays = {column.name: _array(*self._table.column(at)) for at, column in enumerate(self.columns)}
                self._table = None
            elif self._path is not None:
                frame = pd.read_parquet(self._path) if self._path.suffix == ".parquet" else read_csv(self._path)
                self._arrays = {name: _as_read(frame[name]) for name in frame.columns}
        return self._arrays

    def pandas(self) -> pd.DataFrame:
        """As a pandas frame; ``frame.attrs`` has units and meanings by column."""
        frame = pd.DataFrame(self.arrays(), copy=False)
        frame.attrs["name"] = self.name
        frame.attrs["units"] = {column.name: column.unit for column in self.columns}
        frame.attrs["docs"] = {column.name: column.doc for column in self.columns}
        return frame

    def polars(self) -> pl.DataFrame:
        """As a polars frame."""
        import polars as pl

        return pl.DataFrame({name: pl.Series(name, _plain(array), strict=False) for name, array in self.arrays().items()})

    def arrow(self) -> pa.Table:
        """As an Arrow table whose fields carry ``unit`` and ``doc`` as metadata."""
        import pyarrow as pa

        arrays = {name: pa.array(_plain(array)) for name, array in self.arrays().items()}
        fields = [
            pa.field(column.name, arrays[column.name].type, metadata={"unit": column.unit, "doc": column.doc})
            for column in self.columns
        ]
        return pa.table(list(arrays.values()), schema=pa.schema(fields, metadata={"name": self.name}))

    def described(self) -> pd.DataFrame:
        """Unit and meaning of each column."""
        rows = {column.name: {"unit": column.unit, "meaning": column.doc} for column in self.columns}
        return pd.DataFrame.from_dict(rows, orient="index")


def read_csv(file: Path | io.StringIO) -> pd.DataFrame:
    """A file of numbers as the program writes them: the very numbers, and no number only where a cell is empty. Lines before
    the first that begin with # say where they come from."""
    # From version 3 on this is what pandas does anyway.
    exactly: dict[str, Any] = {"float_precision": "round_trip"} if int(pd.__version__.split(".")[0]) < 3 else {}
    frame: pd.DataFrame = pd.read_csv(file, skiprows=_head(file), keep_default_na=False, na_values=[""], **exactly)
    return frame


def _head(file: Path | io.StringIO) -> int:
    """Lines before the first that does not begin with #."""
    lines = io.StringIO(file.getvalue()) if isinstance(file, io.StringIO) else file.open(encoding="utf-8")
    with lines:
        return sum(1 for _ in itertools.takewhile(lambda line: line.startswith("#"), lines))


def _as_read(column: pd.Series[Any]) -> Any:
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy()
    return column.astype(object).where(column.notna(), None).to_numpy()


def _array(kind: str, values: Any) -> Any:
    if kind != "object":
        return np.frombuffer(values, dtype=kind)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _plain(array: Any) -> Any:
    """Text as a list, whose kind others find out; numbers as they are. A column of text may hold a number where that says it."""
    if array.dtype != object:
        return array
    kinds = {type(value) for value in array if value is not None}
    return [None if value is None or value != value else value if kinds == {str} else str(value) for value in array]


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of an answer by name, each a pandas frame made when it is first asked for; the first is the one to look at."""

    def __init__(self, tables: list[Table]) -> None:
        self._tables = {table.name: table for table in tables}
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = self.table(name).pandas()
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def table(self, name: str) -> Table:
        """The table behind a frame, which knows units and other kinds of frames."""
        try:
            return self._tables[name]
        except KeyError:
            raise KeyError(f"no table {name!r}; there are {', '.join(self._tables)}") from None

    def __repr__(self) -> str:
        return f"Tables({', '.join(self._tables)})"
