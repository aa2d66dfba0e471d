"""What there is: scenarios, levers, shocks, parameters, settings, prices, metrics; and what a scenario means."""

from __future__ import annotations

import io

import pandas as pd

from . import _engine
from ._ask import Words
from ._scenario import Given, scenario_of
from ._tables import Table, read_csv


def check(scenario: Given) -> str:
    """What a scenario means before it is run: what differs from the defaults, a timeline, warnings."""
    words = Words("check")
    words.scenario(scenario_of(scenario))
    return _engine.call(words.words, words.files).text


def scenarios() -> pd.DataFrame:
    """The scenarios that come with the program."""
    return Table.of_engine(_engine.bundled()).pandas()


def _reference(what: str) -> pd.DataFrame:
    return read_csv(io.StringIO(_engine.call([what, "--csv"], {}).text))


def levers() -> pd.DataFrame:
    """What a programme can do: each lever, what 0, 0.5 and 1 mean, which challenge it answers, its price."""
    return _reference("levers")


def shocks() -> pd.DataFrame:
    """What can happen to organisations."""
    return _reference("shocks")


def parameters() -> pd.DataFrame:
    """How people are taken to be: each parameter with range, source and standing."""
    return _reference("parameters")


def settings() -> pd.DataFrame:
    """What organisations and professions can be like."""
    return _reference("settings")


def prices() -> pd.DataFrame:
    """What work and things cost."""
    return _reference("prices")


def metrics() -> pd.DataFrame:
    """Every metric: name, unit, meaning."""
    return _reference("metrics")
