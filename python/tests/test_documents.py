"""What is written is so: every example of the README, every docstring, the notebook."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import matplotlib
import pytest

import dewpoint
from conftest import ROOT

README = ROOT / "python/README.md"


def test_examples_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    matplotlib.use("agg")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", README.read_text(), re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 5
    # One after the other in one session, as a reader would.
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)


@pytest.mark.heavy
def test_examples_with_other_packages_run(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ema_workbench")
    blocks = re.findall(r"^```python notest\n(.*?)^```", README.read_text(), re.MULTILINE | re.DOTALL)
    ours = [block for block in blocks if "adapters" in block]
    assert len(ours) == 2
    for block in ours:
        smaller = block.replace("scenarios=100, policies=10", "scenarios=2, policies=2").replace("points, 256", "points, 8")
        exec(compile(smaller.replace("256", "8"), "README.md", "exec"), {"ward": dewpoint.Scenario("evaporating_ward")})


def test_every_question_is_in_the_readme() -> None:
    text = README.read_text()
    for name in ("run", "compare", "sweep", "sensitivity", "stress", "explain", "story", "chart", "fit", "calibrate"):
        assert callable(getattr(dewpoint, name)) and f"| `{name}(" in text


@pytest.mark.parametrize("name", ["dewpoint", "dewpoint._scenario"])
def test_docstrings_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["dewpoint.adapters.ema", "dewpoint.adapters.salib"])
def test_docstrings_of_adapters_are_true(name: str) -> None:
    pytest.importorskip("ema_workbench"), pytest.importorskip("SALib")
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0 and result.failed == 0


def test_everything_public_says_what_it_is() -> None:
    for name in dewpoint.__all__:
        if name not in ("Progress", "__version__"):
            assert getattr(dewpoint, name).__doc__, name


NOTEBOOKS = sorted((ROOT / "python/notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_notebooks_run(path: Path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "kept without outputs, which go out of date"
    where = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("text/html" in output.get("data", {}) for output in shown)
    assert any("image/png" in output.get("data", {}) for output in shown)


def test_there_are_the_notebooks_of_which_the_readme_speaks() -> None:
    assert set(re.findall(r"notebooks/([\w-]+)\.ipynb", README.read_text())) == {path.stem for path in NOTEBOOKS}
