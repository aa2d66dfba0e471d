"""A results folder, packed: whole, the same each time, and only what dewpoint wrote."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import dewpoint
from dewpoint import FailedError, InputError, Scenario

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def test_a_folder_is_packed_with_what_made_it(ward: Scenario, tmp_path: Path) -> None:
    out = tmp_path / "ward"
    answer = dewpoint.run(ward, runs=3, out=out, assumptions=False)
    there = {path.name for path in out.iterdir()}
    packed = dewpoint.pack(out, tmp_path / "one.zip", licence=LICENCE, author="A. Ward")
    with zipfile.ZipFile(packed) as crate:
        names = set(crate.namelist())
        assert names == there | {"question.txt", "ro-crate-metadata.json"}
        assert all(crate.read(name) == (out / name).read_bytes() for name in there)
        question = crate.read("question.txt").decode()
        graph = json.loads(crate.read("ro-crate-metadata.json"))["@graph"]
    assert Scenario.from_toml(question)["setting.turnover"] == ward["setting.turnover"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    root, action = entities["./"], entities["#run"]
    said = names - {"ro-crate-metadata.json"}
    assert said == {part["@id"] for part in root["hasPart"]}
    assert said == {name for name, entity in entities.items() if entity["@type"] == "File"}
    assert answer.digest in root["description"] and action["name"] == answer.command
    assert root["license"]["@id"] == LICENCE and root["author"] == action["agent"] == {"@id": "#author"}
    assert "net_gain_at_end [points]" in entities["outcomes.csv"]["description"]
    # Whatever is pointed at is there.
    pointed = [one["@id"] for key in ("instrument", "object", "result") for one in _several(action[key])]
    assert set(pointed) <= set(entities)
    # The folder is as it was, and gives the same bytes again.
    assert {path.name for path in out.iterdir()} == there
    again = dewpoint.pack(out, tmp_path / "two.zip", licence=LICENCE, author="A. Ward")
    assert again.read_bytes() == packed.read_bytes()


def _several(given: object) -> list[dict[str, str]]:
    return given if isinstance(given, list) else [given]  # type: ignore[list-item]


def test_only_whole_results_are_packed_and_nothing_is_overwritten(ward: Scenario, tmp_path: Path) -> None:
    out, to = tmp_path / "ward", tmp_path / "ward.zip"
    with pytest.raises(InputError, match="no results folder"):
        dewpoint.pack(tmp_path, to, licence=LICENCE)
    dewpoint.run(ward, runs=2, out=out, report=False)
    with pytest.raises(FailedError, match="cannot write"):
        dewpoint.pack(out, tmp_path / "nowhere" / "ward.zip", licence=LICENCE)
    to.write_text("mine")
    with pytest.raises(FailedError, match="is there already"):
        dewpoint.pack(out, to, licence=LICENCE)
    assert to.read_text() == "mine"
    to.unlink()
    (out / "outcomes.csv").write_text("changed")
    with pytest.raises(InputError, match=r"outcomes\.csv is not what dewpoint wrote"):
        dewpoint.pack(out, to, licence=LICENCE)
    assert not to.exists()
