"""`--format parquet`: the same numbers as CSV, read by whoever reads Parquet, and with what its columns mean."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import dewpoint
from conftest import ROOT, Program, program_in
from dewpoint import Scenario
from dewpoint._tables import read_csv

EMBEDDING = "programme.0.sustain.embedding"
QUICK = ["--no-report", "--quiet"]
# Three points and the scenario as it is, by a metric that some runs do not have.
SWEEP = ["sweep", "evaporating_ward", f"--vary={EMBEDDING}=0..1:3", "--metric=retained_share_24", "--runs=40"]
RUN = ["run", "evaporating_ward", "--runs=8"]


@pytest.fixture(scope="module")
def folders(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What both formats give, by command and format."""
    tmp_path = tmp_path_factory.mktemp("formats")
    program = program_in(executable, tmp_path)
    asked = {"sweep": SWEEP, "run": RUN}
    return {
        f"{name} {form}": program(*words, *QUICK, f"--format={form}", out=tmp_path / f"{name}-{form}")
        for name, words in asked.items()
        for form in ("csv", "parquet")
    }


def test_the_numbers_are_those_of_csv_for_every_reader(folders: dict[str, dict[str, Any]]) -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for name, large in {"sweep": {"points", "runs"}, "run": {"outcomes", "weekly", "units"}}.items():
        csv, parquet = folders[f"{name} csv"], folders[f"{name} parquet"]
        assert parquet["manifest"]["digest"] == csv["manifest"]["digest"]
        assert {path.stem for path in parquet["folder"].glob("*.parquet")} == large
        assert {path.stem for path in parquet["folder"].glob("*.csv")} == {
            path.stem for path in csv["folder"].glob("*.csv")
        } - large
        for stem in large:
            path = parquet["folder"] / f"{stem}.parquet"
            expected = read_csv(csv["folder"] / f"{stem}.csv")
            read = {
                "pandas": pd.read_parquet(path),
                "polars": polars.read_parquet(path).to_pandas(),
                "duckdb": duckdb.sql(f"select * from '{path}'").df(),
            }
            for reader, frame in read.items():
                assert list(frame.columns) == list(expected.columns) and len(frame) == len(expected) > 0
                for column in frame.columns:
                    ours, theirs = frame[column], expected[column]
                    if pd.api.types.is_numeric_dtype(ours):
                        np.testing.assert_array_equal(ours.to_numpy(float), theirs.to_numpy(float), err_msg=f"{reader} {column}")
                    else:
                        here = [None if pd.isna(value) else str(value) for value in ours]
                        assert here == [None if pd.isna(value) else str(value) for value in theirs], (reader, column)


def test_columns_say_what_they_are(folders: dict[str, dict[str, Any]]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for name in ("sweep", "run"):
        folder = folders[f"{name} parquet"]["folder"]
        said = pd.read_csv(folder / "columns.csv", keep_default_na=False, dtype=str)
        for path in folder.glob("*.parquet"):
            schema = parquet.read_schema(path)
            assert schema.metadata[b"table"].decode() == path.stem
            about = [tuple(column.values()) for column in json.loads(schema.metadata[b"columns"])]
            rows = said[said["file"] == path.name][["column", "unit", "meaning"]]
            assert about == list(rows.itertuples(index=False, name=None)) and len(about) == len(schema.names) > 1
    schema = parquet.read_schema(folders["run parquet"]["folder"] / "outcomes.parquet")
    assert str(schema.field("replicate").type) == "int64" and str(schema.field("net_gain_at_end").type) == "double"


def test_a_folder_of_parquet_is_an_answer_again(
    folders: dict[str, dict[str, Any]], ward: Scenario, program: Program, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    folder = shutil.copytree(folders["run parquet"]["folder"], tmp_path / "again")
    assert "nothing was run" in program(*RUN, "--no-report", "--format=parquet", out=folder)["said"]
    made, read = dewpoint.run(ward, runs=8, report=False), dewpoint.run(ward, runs=8, report=False, out=folder)
    assert read.digest == made.digest and (folder / "outcomes.parquet").is_file()
    assert {"outcomes", "weekly", "units", "summary"} <= set(read.tables) <= set(made.tables)
    for name in ("outcomes", "weekly", "units", "summary"):
        pd.testing.assert_frame_equal(read.frame(name), made.frame(name), check_dtype=False)
        assert read.frame(name).attrs == made.frame(name).attrs
    # Whoever wants CSV on the command line gets it in its place.
    program(*RUN, "--no-report", out=folder)
    assert (folder / "outcomes.csv").is_file() and not (folder / "outcomes.parquet").exists()


def test_what_was_changed_in_a_folder_of_parquet_is_seen(
    folders: dict[str, dict[str, Any]], executable: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(folders["run parquet"]["folder"], tmp_path / "changed")
    path = folder / "outcomes.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"2")
    done = subprocess.run([executable, *RUN, *QUICK, "--format=parquet", "--out", folder], capture_output=True, text=True)
    assert done.returncode == 1 and "changed after dewpoint wrote them (outcomes.parquet)" in done.stderr


def test_the_book_reads_them_so(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("polars"), pytest.importorskip("duckdb"), pytest.importorskip("pyarrow")
    text = (ROOT / "docs/book/big-results.md").read_text()
    assert "--format parquet" in text
    words = ["--vary=setting.culture=0..1:2", "--runs=4", "--format=parquet", "--no-report"]
    program("sweep", "evaporating_ward", *words, out=tmp_path / "results" / "map")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        names: dict[str, Any] = {}
        exec(compile(block, "big-results.md", "exec"), names)
        if "about" in names:
            assert names["about"][0]["name"] == "point"
