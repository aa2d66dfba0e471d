"""Scenarios: read, changed, written, sent, and wrong ones with the place of the fault."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import dewpoint
from dewpoint import InputError, Scenario

LEVER = "programme.0.sustain.embedding"


def test_a_change_gives_another_scenario(ward: Scenario) -> None:
    changed = ward.set({LEVER: 0.9, "setting.turnover": 3})
    assert (ward["setting.turnover"], changed["setting.turnover"], changed[LEVER]) == (1.0, 3.0, pytest.approx(0.9))
    assert changed.differences()["setting.turnover"] == (1.0, 3.0)
    assert ward.differences() == {}
    assert changed.set({LEVER: ward[LEVER], "setting.turnover": 1}) == ward != changed
    assert len({ward, changed, Scenario.load("evaporating_ward")}) == 2


def test_repr_says_what_differs_from_the_file(ward: Scenario) -> None:
    assert repr(ward) == "Scenario('evaporating_ward'): The evaporating ward"
    winter = ward.set({"setting.turnover": 3, "shocks.winter.winter_surge.at": 60})
    assert "\n  setting.turnover" in repr(winter) and " 3 instead of 1\n" in repr(winter)
    assert "shocks.winter.at" in repr(winter) and " 60\n" in f"{winter!r}\n"


def test_a_scenario_survives_being_written_and_sent(ward: Scenario, tmp_path: Path) -> None:
    changed = ward.set({"setting.agency": 0.25, "shocks.winter.winter_surge.at": 60})
    assert Scenario.from_dict(changed.to_dict()) == changed
    assert Scenario.from_toml(changed.to_toml()) == changed
    sent = pickle.loads(pickle.dumps(changed))
    assert sent == changed and sent.differences() == changed.differences() and sent.source == ward.source
    changed.save(tmp_path / "mine.toml")
    assert Scenario(tmp_path / "mine.toml") == changed
    assert changed.to_dict()["setting"]["agency"] == 0.25


def test_a_name_in_quotes_is_kept() -> None:
    odd = Scenario.from_toml('[[programme]]\nname = "Say \\"yes\\" \\\\ now"\n')
    assert Scenario.from_dict(odd.to_dict()).programmes == ['Say "yes" \\ now']


def test_every_bundled_scenario_comes_back_from_its_dict() -> None:
    names = dewpoint.scenarios()
    stems = [Path(name).stem for name in names[names.columns[0]]]
    assert "spi1" in stems and len(stems) > 10
    for name in stems:
        scenario = Scenario(name)
        assert Scenario.from_dict(scenario.to_dict()) == scenario, name


def test_what_is_declared_is_said(ward: Scenario) -> None:
    told = ward.declared("setting.turnover")
    assert told["low"] == 0.0 and told["high"] == 10.0 and told["doc"].startswith("Multiplies every leaving rate")
    frame = ward.paths("programme.0.sustain")
    assert LEVER in frame.index and set(frame["unit"]) == {"0 to 1"}
    assert ward.weeks == 234 and ward.programmes == ["Safe rounds"]


def test_a_fault_of_a_file_is_told_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('title = "Wrong"\n\n[setting]\nturnver = 2\n')
    with pytest.raises(InputError) as wrong:
        Scenario(path)
    assert (wrong.value.file, wrong.value.line) == (str(path), 4)
    assert str(wrong.value).startswith(f"{path}:4:1: ") and "turnover" in str(wrong.value)
    again = pickle.loads(pickle.dumps(wrong.value))
    assert (again.file, again.line, str(again)) == (str(path), 4, str(wrong.value))


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("setting.turnovr", 2, "did you mean setting.turnover?"),
        ("setting.turnover", 99, "from 0 to 10"),
        ("setting.turnover", True, "neither a number nor a word"),
        ("setting.turnover", [1], "neither a number nor a word"),
        ("setting.turnover", float("nan"), "setting.turnover"),
        ("shocks.flood.flood.at", 3, "is no kind of shock"),
    ],
)
def test_wrong_changes_say_what_would_be_right(ward: Scenario, path: str, value: object, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("?", r"\?")) as wrong:
        ward.set({path: value})  # type: ignore[dict-item]
    assert wrong.value.file is None and isinstance(wrong.value, ValueError)


def test_no_such_scenario_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean"):
        Scenario("evaporating_wrd")
