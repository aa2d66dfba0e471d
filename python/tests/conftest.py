"""What tests share: a small scenario, and the program itself to hold answers against."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dewpoint

ROOT = Path(__file__).parents[2]

Program = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def ward() -> dewpoint.Scenario:
    return dewpoint.Scenario("evaporating_ward")


@pytest.fixture(scope="session")
def executable() -> Path:
    """The program, built from the same sources: ``python/check`` says where it is."""
    folder = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    path = folder / "release" / "dewpoint"
    assert path.is_file(), f"{path} is not there: build it with cargo build --release"
    return path


def program_in(executable: Path, tmp_path: Path) -> Program:
    """What does a command of the program in a folder."""

    def do(*words: str, out: Path | None = None) -> dict[str, Any]:
        folder = out or tmp_path / "by-the-program"
        done = subprocess.run([executable, *words, "--out", folder], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        found = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("manifest", "summary")}
        return {**found, "folder": folder, "said": done.stderr}

    return do


@pytest.fixture
def program(executable: Path, tmp_path: Path) -> Program:
    """Does a command of the program and gives the manifest and the answer of its results folder."""
    return program_in(executable, tmp_path)
