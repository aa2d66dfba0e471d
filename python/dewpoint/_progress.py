"""Progress of long work: tqdm where it is installed, a line on stderr where it is not, or whatever is handed in."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

Progress: TypeAlias = bool | Callable[[int, int], None] | None
"""Whether work shows its progress: yes, no, ``None`` for where somebody is looking, or a function of runs done and runs in
all (0 where that is not known yet)."""

_log = logging.getLogger("dewpoint")


class Listener:
    """What the engine tells while it is at work. Notes go to the log called ``dewpoint`` and are kept."""

    def __init__(self, progress: Progress = None) -> None:
        self.notes: list[str] = []
        self._before = self._all = 0
        self._bar: Any = None
        self._tell = progress if callable(progress) else None
        self._shows = progress is True or (progress is None and _is_watched())

    def progress(self, done: int, total: int) -> None:
        """So many runs of so many are done, of the piece that is in work."""
        done, total = self._before + done, max(total, self._all)
        if self._tell is not None:
            self._tell(done, total)
        elif self._shows:
            self._bar = self._bar or _bar()
            self._bar.total = max(total, done) or None
            self._bar.n = done
            self._bar.refresh()

    def go_on(self, runs: int, total: int) -> None:
        """A piece of so many runs is done, of a work of so many in all."""
        self._before += runs
        self._all = total

    def note(self, text: str) -> None:
        """Something that is not a result."""
        self.notes.append(text)
        _log.info(text)

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()


def _is_watched() -> bool:
    return sys.stderr is not None and (sys.stderr.isatty() or "ipykernel" in sys.modules)


def _bar() -> Any:
    try:
        with warnings.catch_warnings():
            # In a notebook without widgets it is a line of text, and that is no news.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm
    except ImportError:
        return _Line()
    return tqdm(unit="run", leave=False, dynamic_ncols=True)


class _Line:
    """The little of tqdm that is needed."""

    n: int = 0
    total: int | None = None

    def refresh(self) -> None:
        of = f" of {self.total:,}" if self.total else ""
        print(f"\r{self.n:,}{of} runs", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        print(file=sys.stderr)
