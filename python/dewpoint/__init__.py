"""Will it last? An agent-based simulator of improvement programmes in healthcare.

>>> import dewpoint
>>> ward = dewpoint.Scenario("evaporating_ward")
>>> answer = dewpoint.run(ward, runs=20, report=False)
>>> answer.runs
20
"""

from ._answer import Answer, Picture
from ._chart import chart
from ._crate import pack
from ._engine import VERSION as __version__
from ._errors import Error, FailedError, InputError
from ._fit import fit
from ._outcomes import Outcomes, outcomes
from ._progress import Progress
from ._questions import calibrate, compare, explain, run, sensitivity, story, stress, sweep
from ._reference import check, levers, metrics, parameters, prices, scenarios, settings, shocks
from ._scenario import Scenario
from ._tables import Column, Table, Tables

__all__ = [
    "Answer",
    "Column",
    "Error",
    "FailedError",
    "InputError",
    "Outcomes",
    "Picture",
    "Progress",
    "Scenario",
    "Table",
    "Tables",
    "__version__",
    "calibrate",
    "chart",
    "check",
    "compare",
    "explain",
    "fit",
    "levers",
    "metrics",
    "outcomes",
    "pack",
    "parameters",
    "prices",
    "run",
    "scenarios",
    "sensitivity",
    "settings",
    "shocks",
    "story",
    "stress",
    "sweep",
]
