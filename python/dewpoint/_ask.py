"""From a question in Python to a command, and from what it found to an answer."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from . import _engine
from ._answer import Answer, ensemble_of, pictures_of, tables_of
from ._errors import InputError
from ._progress import Listener, Progress
from ._scenario import Scenario, as_text, scenario_of
from ._tables import Table, Tables


def several(given: str | Iterable[str] | None) -> list[str]:
    """One text is one, not its letters."""
    return [] if given is None else [given] if isinstance(given, str) else list(given)


class Words:
    """The words of a command, and the scenario files in memory that they name."""

    def __init__(self, command: str) -> None:
        self.words: list[str] = [command]
        self.files: dict[str, str] = {}
        self.asked: Scenario | None = None

    def scenario(self, scenario: Scenario) -> None:
        """A scenario as it was read, and what was changed in it."""
        self.asked = scenario
        self.word(self.read(scenario))
        self.changes(scenario)

    def read(self, scenario: Scenario) -> str:
        """The name of a scenario as it was read, whose text goes along: the file may be another one by now."""
        if scenario.source.startswith("-"):
            raise InputError(f"{scenario.source}: a scenario whose name begins with - would be taken for an option")
        text = scenario._engine.as_read()
        if self.files.setdefault(scenario.source, text) != text:
            raise InputError(f"{scenario.source}: two scenarios of that name differ; save one under another name")
        return scenario.source

    def whole(self, name: str, scenario: Scenario) -> str:
        """The name of a scenario as it is now, under a name of its own."""
        if not name or name.startswith("-") or "/" in name or "\\" in name:
            raise InputError(f"{name!r} cannot name a design: a name has no slash and does not begin with -")
        self.files[f"{name}.toml"] = scenario.to_toml(all=True)
        return f"{name}.toml"

    def changes(self, scenario: Scenario) -> None:
        """``--set`` for each change since it was read."""
        for path, value in scenario._changes:
            self.word(f"--set={path}={value}")

    def data(self, data: str | Path | pd.DataFrame) -> str:
        """The name of a file of data; a frame goes along as one."""
        if isinstance(data, pd.DataFrame):
            self.files["data.csv"] = data.to_csv(index=False)
            return "data.csv"
        path = Path(data)
        if not path.is_file():
            raise InputError(f"{path}: no such file", str(path))
        return str(path)

    def ensemble(self, ensemble: Answer | str | Path | None) -> None:
        """``--ensemble`` with the rows of a fit, from its answer or its file."""
        if ensemble is None:
            return
        name, text = rows_of(ensemble)
        if text is not None:
            self.files[name] = text
        self.option("ensemble", name)

    def word(self, word: str) -> None:
        """A word as it is."""
        self.words.append(word)

    def option(self, name: str, value: object) -> None:
        """``--name value``, unless it is left to the program; ``--name`` alone for True, several times for a list."""
        if value is None or value is False:
            return
        if value is True:
            self.word(f"--{name}")
        elif isinstance(value, (list, tuple)):
            for one in value:
                self.option(name, one)
        else:
            self.word(f"--{name}={value if isinstance(value, (str, Path)) else as_text(value)}")

    def several(self, name: str, values: Sequence[str]) -> None:
        """``--name`` once and all values after it."""
        wrong = [value for value in values if value.startswith("-")]
        if wrong:
            raise InputError(f"{wrong[0]}: no path begins with -")
        if values:
            self.word(f"--{name}")
            self.words += values

    def common(
        self,
        runs: int | None,
        seed: int | None,
        threads: int | None,
        fixed: bool,
        uncertain: bool | int,
        report: bool,
        assumptions: bool,
    ) -> None:
        """What all questions have in common."""
        self.option("runs", runs)
        self.option("seed", seed)
        self.option("threads", threads)
        self.option("fixed", fixed)
        self.option("uncertain", uncertain)
        self.option("no-report", not report)
        self.option("no-assumptions", not assumptions)

    def ask(self, out: str | Path | None, progress: Progress) -> Answer:
        """Asks, in the results folder ``out``, or in memory where there is none."""
        if out is not None:
            return self._ask(Path(out), Path(out), progress)
        with tempfile.TemporaryDirectory(prefix="dewpoint-") as folder:
            return self._ask(Path(folder) / "results", None, progress)

    def _ask(self, folder: Path, kept: Path | None, progress: Progress) -> Answer:
        listener = Listener(progress)
        # What the command line wrote as Parquet is read, not made again as CSV.
        form = ["--format=parquet"] if any(folder.glob("*.parquet")) else []
        try:
            outcome = _engine.call([*self.words, *form, f"--out={folder}"], self.files, listener)
        finally:
            listener.close()
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        page = folder / "report.html"
        if outcome.is_new:
            tables = [Table.of_engine(table) for table in outcome.tables]
        else:
            tables = tables_of(folder)
        rows = folder / "ensemble.csv"
        ensemble = rows.read_text(encoding="utf-8") if self.words[0] == "fit" else None
        if ensemble is not None and self.asked is not None:
            tables.append(ensemble_of(ensemble, self.asked.declared))
        title, said = (outcome.title or "", outcome.sentences) if outcome.is_new else words_of(folder, summary)
        return Answer(
            title=title,
            sentences=said,
            tables=Tables(tables),
            digest=manifest["digest"],
            command=manifest["command"],
            json=summary,
            runs=manifest["runs"],
            failed=manifest["failed"],
            seed=manifest["seed"],
            text=outcome.text if kept is not None else without_folder(outcome.text),
            folder=kept,
            report=page.read_text(encoding="utf-8") if page.is_file() else None,
            pictures=pictures_of(outcome.pictures) if outcome.is_new else [],
            notes=listener.notes,
            ensemble=ensemble,
        )


def words_of(folder: Path, summary: dict[str, Any]) -> tuple[str, list[str]]:
    """Finding and sentences of a results folder. Those of a single scenario stand in the page for pasting alone, if there is one."""
    if "sentences" in summary:
        return summary["title"], summary["sentences"]
    page = folder / "summary.md"
    if not page.is_file():
        return summary["title"], []
    head, *paragraphs = page.read_text(encoding="utf-8").split("\n## ")[0].split("\n\n")
    plain = [re.sub(r"\\(.)", r"\1", text) for text in paragraphs if text.strip() and not text.startswith(("*", "- "))]
    return re.sub(r"\\(.)", r"\1", head.removeprefix("# ")), [text.strip() for text in plain]


def without_folder(text: str) -> str:
    """What was printed, without what is said of a folder that nobody keeps."""
    text = re.sub(r"\s*(Results|Pictures and tables)\s+in\s+\S*dewpoint-\S+\.\s*$", "\n", text)
    return re.sub(r"Files in \S*dewpoint-\S+:\n(  .*\n)+", "", text)


Designs = Scenario | str | Path | Mapping[str, Scenario | str | Path]
"""A design, or several by name."""


def designs_of(given: Iterable[Designs]) -> dict[str, Scenario]:
    """Designs by name. One without a name goes by its file, and by what was changed in it where that tells it apart."""
    named: list[tuple[str, Scenario]] = []
    for one in given:
        if isinstance(one, Mapping):
            named += [(name, scenario_of(design)) for name, design in one.items()]
        else:
            scenario = scenario_of(one)
            named.append((stem(scenario), scenario))
    names = [name for name, _ in named]
    designs: dict[str, Scenario] = {}
    for name, scenario in named:
        if names.count(name) > 1 and scenario._changes:
            name = ", ".join(f"{path}={value}" for path, value in scenario._changes)
        if name in designs:
            raise InputError(f"two designs are called {name!r}; give their names: {{'as planned': ..., 'other': ...}}")
        designs[name] = scenario
    return designs


def scenarios_by_name(given: Mapping[str, Scenario | str | Path]) -> dict[str, Scenario]:
    """Each as a scenario."""
    return {name: scenario_of(one) for name, one in given.items()}


def rows_of(ensemble: Answer | str | Path) -> tuple[str, str | None]:
    """The name of a file of fitted rows, and its text where it is in memory."""
    if not isinstance(ensemble, Answer):
        return str(ensemble), None
    if ensemble.ensemble is None:
        raise InputError(
            f"ensemble: the answer of {ensemble.command!r} is no fit; give that of dewpoint.fit, or its ensemble.csv"
        )
    name = "ensemble.csv" if ensemble.folder is None else str(ensemble.folder / "ensemble.csv")
    return name, ensemble.ensemble


def put_designs(words: Words, designs: Mapping[str, Scenario], *, may_change: bool) -> None:
    """Adds designs to a command: as files with changes where that says the same, so that the command works in a shell too;
    else each as a file of its own. ``may_change`` says whether the command knows ``--with``."""
    scenarios = list(designs.values())
    if not scenarios:
        raise InputError("name at least one design")
    first = scenarios[0]
    if all(name == stem(scenario) and scenario._changes == first._changes for name, scenario in designs.items()):
        for scenario in scenarios:
            words.word(words.read(scenario))
        words.changes(first)
        return
    further = further_of(designs) if may_change else None
    if further is not None:
        words.scenario(first)
        for text in further:
            words.option("with", text)
        return
    for name, scenario in designs.items():
        words.word(words.whole(name, scenario))


def further_of(designs: Mapping[str, Scenario]) -> list[str] | None:
    """All designs but the first as changes of it, for ``--with``; None where that cannot be said so."""
    (name, first), *others = designs.items()
    if name != stem(first):
        return None
    before = first._engine.as_read()
    said = []
    for name, other in others:
        count = len(first._changes)
        rest = other._changes[count:]
        same = other._engine.as_read() == before and other._changes[:count] == first._changes
        text = [part for change in rest for part in change]
        if (
            not same
            or not rest
            or any("," in part or ":" in part for part in text)
            or set(name) & set(":=")
            or name != name.strip()
        ):
            return None
        said.append(f"{name}: " + ", ".join(f"{path}={value}" for path, value in rest))
    return said


def stem(scenario: Scenario) -> str:
    """What a scenario is called in tables: its file without folder and ending."""
    return Path(scenario.source).stem


def range_words(path: str, values: object) -> str:
    """``PATH``, ``PATH=LO..HI``, ``PATH=LO..HI:N`` or ``PATH=A,B,C``: how a path is varied."""
    if values is None:
        return path
    if isinstance(values, str):
        return f"{path}={values}"
    if isinstance(values, tuple) and len(values) in (2, 3):
        low, high = as_text(values[0]), as_text(values[1])
        return f"{path}={low}..{high}" + (f":{as_text(values[2])}" if len(values) == 3 else "")
    if isinstance(values, Sequence) or hasattr(values, "__iter__"):
        return f"{path}=" + ",".join(as_text(value) for value in values)
    raise InputError(f"{path}: give (low, high), (low, high, how many), a list of values, or None for the declared range")


def varied(given: Mapping[str, Any] | Sequence[str] | str) -> list[str]:
    """What is to be varied, path by path."""
    if isinstance(given, str):
        return [given]
    if isinstance(given, Mapping):
        return [range_words(path, values) for path, values in given.items()]
    return list(given)
