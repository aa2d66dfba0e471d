"""A results folder as a research object: packed with what made it, for archives and for whoever wants to know."""

from __future__ import annotations

from pathlib import Path

from . import _engine


def pack(folder: str | Path, to: str | Path, *, licence: str, author: str | None = None) -> Path:
    """Packs a results folder as a Workflow Run RO-Crate: a zip file that says what was run, on what, and what each file is.

    The folder itself stays as it is. The same folder gives the same bytes, and so does ``dewpoint pack``.

    Args:
        folder: A results folder, made by ``out=`` or by the command line.
        to: The zip file, which must not be there.
        licence: Under which others may use the results: the address of a licence, or its name.
        author: Who made them, in words.

    Raises:
        InputError: When the folder holds no results, or they were changed since.
        FailedError: When the zip file is there or cannot be written.
    """
    words = ["pack", f"--to={to}", f"--licence={licence}"]
    if author is not None:
        words.append(f"--author={author}")
    _engine.call([*words, "--", str(folder)], {}, None)
    return Path(to)
