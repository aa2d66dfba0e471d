"""Answers: those of the program, to the digest, with the same words; and their tables."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import dewpoint
from conftest import ROOT, Program
from dewpoint import Answer, FailedError, InputError, Scenario, estimators
from dewpoint._tables import read_csv

EMBEDDING = "programme.0.sustain.embedding"
CONTINUATION = "programme.0.sustain.continuation"

# A question in Python, and the same in a shell.
SAME: dict[str, tuple[Any, str]] = {
    "run": (
        lambda ward: dewpoint.run(ward.set("setting.turnover", 2), runs=12, seed=3),
        "run evaporating_ward --set setting.turnover=2 --runs 12 --seed 3",
    ),
    "fixed": (
        lambda ward: dewpoint.run(ward, runs=8, fixed=True, report=False),
        "run evaporating_ward --runs 8 --fixed --no-report",
    ),
    "uncertain": (
        lambda ward: dewpoint.run(ward, runs=8, uncertain=8, report=False),
        "run evaporating_ward --runs 8 --uncertain=8 --no-report",
    ),
    "compare": (
        lambda ward: dewpoint.compare(ward, {"standards": ward.set(EMBEDDING, 0.9)}, "spi1", runs=8),
        "compare evaporating_ward.toml standards.toml spi1.toml --runs 8",
    ),
    "compare with": (
        lambda ward: dewpoint.compare(ward, {"standards": ward.set(EMBEDDING, 0.9)}, runs=12),
        f"compare evaporating_ward --with 'standards: {EMBEDDING}=0.9' --runs 12",
    ),
    "sweep": (
        lambda ward: dewpoint.sweep(ward, {EMBEDDING: (0, 1, 3), "setting.culture": [0.3, 0.7]}, runs=8),
        f"sweep evaporating_ward --vary {EMBEDDING}=0..1:3 --vary setting.culture=0.3,0.7 --runs 8",
    ),
    "sensitivity": (
        lambda ward: dewpoint.sensitivity(
            ward, paths=["setting.culture", "setting.turnover"], trajectories=4, top=2, base=8, runs=4
        ),
        "sensitivity evaporating_ward --paths setting.culture setting.turnover --trajectories 4 --top 2 --base 8 --runs 4",
    ),
    "stress": (
        lambda ward: dewpoint.stress(
            ward, shocks=["winter_surge"], severity="mild", times=1, break_evens=False, points=0, runs=8
        ),
        "stress evaporating_ward --shocks winter_surge --severity mild --times 1 --no-break-evens --points 0 --runs 8",
    ),
    "explain": (
        lambda ward: dewpoint.explain(ward, only="lost", months=12, runs=4, report=False),
        "explain evaporating_ward --only lost --months 12 --runs 4 --no-report",
    ),
    "fit": (
        lambda ward: dewpoint.fit(
            ward.set({"programme.0.start": 57, "programme.0.active": 52}),
            ROOT / "examples/data/ward.csv",
            start="Feb 2020",
            free={"setting.baseline": (0.4, 0.8), "setting.leader_turnover": None},
            know={"setting.workload": 0.1},
            designs={"goes on": ward.set({"programme.0.start": 57, "programme.0.active": 52}).set(CONTINUATION, 0.5)},
            runs=64,
        ),
        f"fit evaporating_ward --data {ROOT / 'examples/data/ward.csv'} --start 'Feb 2020' --set programme.0.start=57 "
        "--set programme.0.active=52 --free setting.baseline=0.4..0.8 --free setting.leader_turnover --know setting.workload=0.1 "
        f"--with 'goes on: {CONTINUATION}=0.5' --runs 64",
    ),
    "story": (
        lambda ward: dewpoint.story(ward, who="nurse", runs=4),
        "story evaporating_ward --who nurse --runs 4",
    ),
    "chart": (
        lambda ward: dewpoint.chart(ROOT / "examples/data/ward.csv", baseline=12, better="up"),
        f"chart {ROOT / 'examples/data/ward.csv'} --baseline 12 --better up",
    ),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    """Each answer, once."""
    return {}


@pytest.mark.parametrize("name", SAME)
def test_an_answer_is_that_of_the_program(
    name: str, ward: Scenario, program: Program, answers: dict[str, Answer], tmp_path: Path
) -> None:
    ask, line = SAME[name]
    answer: Answer = ask(ward)
    answers[name] = answer
    if name == "compare":
        # What no --with says goes as files of their own.
        ward.save(tmp_path / "evaporating_ward.toml")
        ward.set(EMBEDDING, 0.9).save(tmp_path / "standards.toml")
        Scenario("spi1").save(tmp_path / "spi1.toml")
    found = program(*shlex.split(line))
    assert answer.digest == found["manifest"]["digest"] and len(answer.digest) == 64
    assert answer.json == found["summary"]
    assert answer.title and "sentences" not in found["summary"] or answer.title == found["summary"]["title"]
    assert answer.runs == found["manifest"]["runs"] and answer.failed == 0
    if name != "compare":
        assert answer.command == found["manifest"]["command"]
    page = found["folder"] / "report.html"
    assert answer.report == (page.read_text(encoding="utf-8") if page.is_file() else None)
    # Every file of numbers is a table, cell for cell.
    files = [path for path in found["folder"].glob("*.csv") if path.name != "columns.csv"]
    assert files and {path.stem for path in files} <= set(answer.tables)
    for path in files:
        of_file = read_csv(path)
        frame = answer.tables[path.stem]
        assert list(frame.columns) == list(of_file.columns), path
        for column in frame.columns:
            ours, theirs = frame[column], of_file[column]
            if not of_file[column].notna().any():
                assert not ours.notna().any()
            elif pd.api.types.is_numeric_dtype(ours):
                np.testing.assert_array_equal(ours.to_numpy(), theirs.to_numpy())
            else:
                said = [
                    None if value != value or value is None else str(value).removeprefix("'") for value in ours.astype(object)
                ]
                read = [None if value != value else str(value).removeprefix("'") for value in theirs.astype(object)]
                assert [_number(one) for one in said] == [_number(one) for one in read], (path, column)


def _number(text: str | None) -> object:
    """A number as a number: files write 2 for 2.0."""
    try:
        return float(text) if text else None
    except ValueError:
        return text


@pytest.mark.parametrize("name", SAME)
def test_an_answer_shows_itself(name: str, answers: dict[str, Answer]) -> None:
    answer = answers[name]
    shown = answer._repr_html_()
    assert answer.title.replace("&", "&amp;").split("'")[0] in shown and ("<svg" in shown) == bool(answer.pictures)
    assert answer.title in repr(answer) and answer.digest[:12] in repr(answer)
    assert answer.text.strip() and not re.search(r"(in|this)\s+\S*folder|/dewpoint-", str(answer))


def test_tables_know_their_units(answers: dict[str, Answer]) -> None:
    answer = answers["run"]
    frame = answer.frame("outcomes")
    assert len(frame) == 12 and frame["replicate"].dtype == np.int64
    assert frame.attrs["units"]["net_gain_at_end"] == "points" and "reliability" in frame.attrs["docs"]["net_gain_at_end"]
    assert answer.columns("outcomes").loc["net_gain_at_end", "unit"] == "points"
    with pytest.raises(KeyError, match="there are gains"):
        answer.frame("outcome")


def test_numbers_are_handed_over_without_a_copy(answers: dict[str, Answer]) -> None:
    table = answers["run"].tables.table("outcomes")
    array = table.arrays()["net_gain_at_end"]
    assert isinstance(array.base, memoryview | bytearray) and array.flags.writeable
    assert np.shares_memory(table.pandas()["net_gain_at_end"].to_numpy(), array)


def test_polars_and_parquet_say_the_same(answers: dict[str, Answer], tmp_path: Path) -> None:
    polars, parquet = pytest.importorskip("polars"), pytest.importorskip("pyarrow.parquet")
    for answer in answers.values():
        paths = answer.to_parquet(tmp_path)
        assert [path.stem for path in paths] == list(answer.tables)
        for path in paths:
            frame = answer.polars(path.stem)
            read = polars.read_parquet(path)
            assert frame.equals(read) and frame.height == len(answer.frame(path.stem))
    written = answers["run"].to_parquet(tmp_path, ["outcomes"])[0]
    field = parquet.read_schema(written).field("net_gain_at_end")
    assert field.metadata[b"unit"] == b"points" and field.metadata[b"doc"]
    assert pd.read_parquet(written)["net_gain_at_end"].equals(answers["run"].frame("outcomes")["net_gain_at_end"])


def test_a_folder_is_shared_with_the_program(ward: Scenario, program: Program, tmp_path: Path) -> None:
    out = tmp_path / "results" / "ward"
    answer = dewpoint.run(ward, runs=6, out=out, assumptions=False)
    assert answer.folder == out and str(out) in answer.text
    said = program("run", "evaporating_ward", "--runs", "6", "--no-assumptions", out=out)["said"]
    assert "nothing was run" in said
    again = dewpoint.run(ward, runs=6, out=out, assumptions=False)
    assert (again.digest, again.title, again.json) == (answer.digest, answer.title, answer.json)
    assert again.sentences == answer.sentences and again.text == answer.text
    pd.testing.assert_frame_equal(again.frame("outcomes"), answer.frame("outcomes"), check_dtype=False)
    assert again.frame("outcomes").attrs["units"] == answer.frame("outcomes").attrs["units"]
    with pytest.raises(dewpoint.Error, match=re.escape(str(out / "report.html"))):
        again.plot()
    with pytest.raises(FailedError, match="will not be overwritten"):
        dewpoint.run(ward.set("setting.turnover", 2), runs=6, out=out)


def test_nothing_is_left_where_no_folder_was_asked_for(ward: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert dewpoint.run(ward, runs=2, report=False).folder is None
    assert [path.name for path in tmp_path.rglob("*")] == ["temporary"]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"runs": 0}, "--runs=0"),
        ({"precision": 2}, "--precision=2"),
        ({"programme": "Other"}, "--programme=Other"),
        ({"seed": -1}, "--seed=-1"),
    ],
)
def test_errors_have_the_words_of_the_program(ward: Scenario, executable: Path, options: dict[str, Any], line: str) -> None:
    with pytest.raises(InputError) as wrong:
        dewpoint.run(ward, **options)
    said = subprocess.run([executable, "run", "evaporating_ward", line], capture_output=True, text=True)
    assert said.returncode == 2 and said.stderr.removeprefix("error: ").strip() == str(wrong.value).strip()


def test_designs_that_cannot_be_told_apart_are_refused(ward: Scenario) -> None:
    for designs in [(ward, ward), (), ({"a/b": ward},), ({"": ward, "x": ward},)]:
        with pytest.raises(InputError):
            dewpoint.compare(*designs, runs=2)


def test_a_frame_of_ones_own_is_charted() -> None:
    text = (ROOT / "examples/data/ward.csv").read_text()
    frame = pd.read_csv(io.StringIO(text))
    by_frame, by_file = dewpoint.chart(frame), dewpoint.chart(ROOT / "examples/data/ward.csv")
    assert by_frame.title == by_file.title and by_frame.digest == by_file.digest
    assert " data.csv" in by_frame.command and "/dewpoint-" not in by_frame.command
    with pytest.raises(InputError, match="no such file"):
        dewpoint.chart("nowhere.csv")


def test_python_goes_on_while_the_engine_is_at_work(ward: Scenario) -> None:
    """Another thread has many turns for each time that the engine calls: it runs while the engine does, not when it is asked."""
    turns, told, ended = [0], [0], threading.Event()

    def other() -> None:
        while not ended.wait(0.001):
            turns[0] += 1

    thread = threading.Thread(target=other)
    thread.start()

    def tell(done: int, total: int) -> None:
        told[0] += 1
        if told[0] == 10:
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        dewpoint.outcomes(ward, runs=1_000_000, progress=tell)
    ended.set()
    thread.join()
    assert turns[0] > 3 * told[0], (turns, told)


def test_two_designs_of_one_name_are_two(ward: Scenario) -> None:
    text = ward.to_toml(all=True)
    one, other = Scenario.from_toml(text), Scenario.from_toml(ward.set(EMBEDDING, 0.9).to_toml(all=True))
    assert one.source == other.source
    told = dewpoint.story(one, against=other, runs=4, report=False)
    same = dewpoint.story(one, against=Scenario.from_toml(text), runs=4, report=False)
    assert told.text != same.text


def test_a_text_is_one_metric_and_not_its_letters(ward: Scenario) -> None:
    metric = "net_gain_at_end"
    one = dewpoint.sweep(ward, {EMBEDDING: [0.0, 0.9]}, metrics=metric, runs=4, report=False)
    assert one.digest == dewpoint.sweep(ward, {EMBEDDING: [0.0, 0.9]}, metrics=[metric], runs=4, report=False).digest


def test_more_than_can_be_held_is_refused(ward: Scenario) -> None:
    with pytest.raises(ValueError, match="too many to hold"):
        estimators.morris_design(10_000, 10_000)
    with pytest.raises(InputError, match="ask for fewer"):
        dewpoint.outcomes([ward] * 900, runs=1_000_000)


def test_reference_tables_are_those_of_the_program() -> None:
    assert EMBEDDING.rsplit(".", 1)[1] in " ".join(map(str, dewpoint.levers().to_numpy().ravel()))
    for table in (dewpoint.shocks(), dewpoint.parameters(), dewpoint.settings(), dewpoint.prices(), dewpoint.metrics()):
        assert len(table) > 5
    assert "Safe rounds" in dewpoint.check("evaporating_ward")
