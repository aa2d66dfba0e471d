"""What can go wrong, in the words of the program."""

from __future__ import annotations


class Error(Exception):
    """Anything that dewpoint itself reports."""


class InputError(Error, ValueError):
    """What was given is wrong: a scenario, a path, a value, an option. The text says where, what, and what would be right.

    Attributes:
        file: The scenario file with the first fault; ``None`` where it is no file's.
        line: Its line, counted from 1; ``None`` where the fault belongs to no line.
    """

    def __init__(self, what: str, file: str | None = None, line: int | None = None) -> None:
        super().__init__(what)
        self.file = file
        self.line = line

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str | None, int | None]]:
        # Exceptions cross processes by their arguments, of which there is only the text otherwise.
        return (InputError, (str(self), self.file, self.line))


class FailedError(Error, RuntimeError):
    """It could not be done: a folder that must not be overwritten, a full disk, a replicate that fails."""
