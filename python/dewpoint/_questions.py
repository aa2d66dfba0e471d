"""The questions: a function for each command that simulates. A command that the program gains is one function more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from ._answer import Answer
from ._ask import Designs, Words, designs_of, put_designs, several, stem, varied
from ._progress import Progress
from ._scenario import Given, scenario_of


def run(
    scenario: Given,
    *,
    precision: float | None = None,
    programme: str | int | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    fixed: bool = False,
    uncertain: bool | int = False,
    ensemble: Answer | str | Path | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """What is gained, what is left years later, what does it cost, how do staff fare?

    Args:
        scenario: A scenario, a file, or the name of a bundled one.
        precision: Run until the net gain 24 months after support is known to +- this share (0.005 is half a percentage point).
        programme: Of several programmes the one that comes first, by name or number from 0; the last to end unless said.
        runs: Runs, each with and without the programme; those of the scenario unless said, usually 200.
        seed: Seed of all luck; the scenario's unless said.
        threads: Threads; one for each core unless said. Changes no result.
        fixed: Leave parameters at their values by default, so that intervals are about luck alone. Else each run draws them from
            what published figures leave plausible.
        uncertain: Tell also how much of the spread is luck and how much parameters; a number says by how many draws (``True``: 64).
        ensemble: Draw parameters, and what was found out of the place, from this fit instead: the answer of :func:`fit`, or the
            path of its ``ensemble.csv``. The place must be the one it was fitted to; programmes may differ.
        report: Whether to make the page for the meeting.
        assumptions: Whether to find out which conclusions rest on assumptions, which takes runs of its own.
        out: A results folder. Work that is stopped goes on from there, and an answer that it holds is read, not made again.
            Without it nothing is kept but the answer.
        progress: See :data:`dewpoint.Progress`.

    Returns:
        The answer. Its tables are those of the results folder: ``outcomes`` has a row for each run.

    Raises:
        InputError: When scenario or options are wrong.
        FailedError: When results cannot be written, or stand there already for another question.
        KeyboardInterrupt: When it was stopped.
    """
    words = Words("run")
    words.scenario(scenario_of(scenario))
    words.option("precision", precision)
    words.option("programme", programme)
    words.ensemble(ensemble)
    words.common(runs, seed, threads, fixed, uncertain, report, assumptions)
    return words.ask(out, progress)


def compare(
    *designs: Designs,
    programme: str | int | None = None,
    precision: float | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    fixed: bool = False,
    uncertain: bool | int = False,
    ensemble: Answer | str | Path | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """Which design leaves more behind, by how much, how surely, and what does a lasting point cost?

    Args:
        designs: Scenarios, or dicts of them by name: ``compare(ward, {"standards": ward.set(path, 0.9)})``.
        precision: Run until the difference in gain 24 months after is known to +- this share for each pair.

    The other arguments are those of :func:`run`.
    """
    words = Words("compare")
    put_designs(words, designs_of(designs), may_change=True)
    words.option("programme", programme)
    words.option("precision", precision)
    words.ensemble(ensemble)
    words.common(runs, seed, threads, fixed, uncertain, report, assumptions)
    return words.ask(out, progress)


def sweep(
    scenario: Given,
    vary: Mapping[str, Any] | Sequence[str] | str,
    *,
    points: int | None = None,
    sampling: Literal["latin-hypercube", "sobol"] | None = None,
    metrics: Sequence[str] = (),
    programme: str | int | None = None,
    keep_runs: bool = True,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    fixed: bool = False,
    uncertain: bool | int = False,
    ensemble: Answer | str | Path | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """How does the result follow one number (a curve) or two (a map)? Where is the best, and is it inside?

    Args:
        vary: What to vary, by path: ``(low, high)``, ``(low, high, how_many)``, a list of values, or ``None`` for the declared
            range. Text is taken as after ``--vary``.
        points: So many points in the space of all paths instead of a grid, placed by ``sampling``.
        metrics: What to look at (see :func:`metrics`); the first decides the finding.
        keep_runs: Whether the table ``runs`` has every run at every point.

    The other arguments are those of :func:`run`.
    """
    words = Words("sweep")
    words.scenario(scenario_of(scenario))
    words.option("vary", varied(vary))
    words.option("points", points)
    words.option("sampling", sampling)
    words.option("metric", several(metrics))
    words.option("programme", programme)
    words.option("no-runs", not keep_runs)
    words.ensemble(ensemble)
    words.common(runs, seed, threads, fixed, uncertain, report, assumptions)
    return words.ask(out, progress)


def sensitivity(
    scenario: Given,
    *,
    over: Literal["parameters", "levers", "setting", "all"] | None = None,
    paths: Mapping[str, Any] | Sequence[str] | None = None,
    metric: str | None = None,
    programme: str | int | None = None,
    trajectories: int | None = None,
    top: int | None = None,
    base: int | None = None,
    keep_runs: bool = True,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """Which numbers decide the result, and which conclusions rest on assumptions?

    Screening by elementary effects (Morris), then shares of variance (Sobol) of the numbers with the largest effects.

    Args:
        over: Which numbers are moved over their declared ranges; how people are unless said.
        paths: Numbers moved instead: paths, beginnings of paths, or a dict of ``(low, high)`` by path.
        trajectories: Trajectories of the screening (20).
        top: How many numbers get indices (8); 0 for screening alone.
        base: Base points of the indices (256).
        runs: Runs at each point (8).

    The other arguments are those of :func:`run` and :func:`sweep`.
    """
    words = Words("sensitivity")
    words.scenario(scenario_of(scenario))
    words.option("over", over)
    words.option("metric", metric)
    words.option("programme", programme)
    words.option("trajectories", trajectories)
    words.option("top", top)
    words.option("base", base)
    words.option("no-runs", not keep_runs)
    words.several("paths", varied(paths or ()))
    words.common(runs, seed, threads, False, False, report, assumptions)
    return words.ask(out, progress)


def stress(
    *designs: Designs,
    shocks: Sequence[str] = (),
    severity: Literal["mild", "severe"] | None = None,
    times: int | None = None,
    pairs: bool = True,
    break_evens: bool = True,
    fails_below: float | None = None,
    points: int | None = None,
    runs_a_point: int | None = None,
    over: Mapping[str, Any] | Sequence[str] = (),
    programme: str | int | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    fixed: bool = False,
    uncertain: bool | int = False,
    ensemble: Answer | str | Path | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """Which shocks break it, alone and in pairs, how much can it stand, and when does it fail?

    Args:
        designs: As for :func:`compare`.
        shocks: Shocks of the battery to try; all unless said.
        severity: One severity only.
        times: Times at which each shock strikes (4); pairs strike at half as many.
        pairs: Whether shocks strike in pairs too.
        break_evens: Whether to ask how much of each thing a design stands.
        fails_below: A run fails below this net gain at 24 months, a share (0.05 is 5 points); half of that undisturbed unless
            said.
        points: Points at which circumstances that make a design fail are sought (512); 0 for none.
        runs_a_point: Runs of each (4).
        over: Numbers varied in that search instead of the usual uncertainties, as for :func:`sweep`.

    The other arguments are those of :func:`run`.
    """
    words = Words("stress")
    put_designs(words, designs_of(designs), may_change=False)
    words.option("shocks", ",".join(several(shocks)) or None)
    words.option("severity", severity)
    words.option("times", times)
    words.option("no-pairs", not pairs)
    words.option("no-break-evens", not break_evens)
    words.option("fails-below", fails_below)
    words.option("points", points)
    words.option("runs-a-point", runs_a_point)
    words.option("over", varied(over))
    words.option("programme", programme)
    words.ensemble(ensemble)
    words.common(runs, seed, threads, fixed, uncertain, report, assumptions)
    return words.ask(out, progress)


def explain(
    scenario: Given,
    *,
    months: Literal[12, 24, 36] | None = None,
    only: Literal["lost", "missed"] | None = None,
    programme: str | int | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    fixed: bool = False,
    uncertain: bool | int = False,
    ensemble: Answer | str | Path | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """Where did the gain go after support ended, and what kept it from being more?

    Args:
        months: Months after support until which the loss is explained (24).
        only: One of the two questions alone.

    The other arguments are those of :func:`run`.
    """
    words = Words("explain")
    words.scenario(scenario_of(scenario))
    words.option("months", months)
    words.option("only", only)
    words.option("programme", programme)
    words.ensemble(ensemble)
    words.common(runs, seed, threads, fixed, uncertain, report, assumptions)
    return words.ask(out, progress)


def story(
    scenario: Given,
    *,
    against: Given | None = None,
    who: str | None = None,
    post: int | None = None,
    organisation: int | None = None,
    replicate: int | None = None,
    programme: str | int | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    report: bool = True,
    assumptions: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """What does one person live through in two worlds, and where do the worlds part?

    Args:
        against: Another design with the same people, instead of the world without programmes.
        who: A profession (its median member), ``opinion-leader``, ``champion``, ``blocker``, ``leader``, ``manager`` or
            ``sponsor``.
        post: The holder of this post instead, by number from 0, of ``organisation``.
        replicate: The run; the one whose net gain is nearest to the median unless said.

    The other arguments are those of :func:`run`.
    """
    words = Words("story")
    told = scenario_of(scenario)
    other = None if against is None else scenario_of(against)
    # --set would change both, and one name cannot be two texts.
    apart = other is not None and (
        other._changes != told._changes or (other.source == told.source and other.to_toml(all=True) != told.to_toml(all=True))
    )
    if apart:
        words.word(words.whole(stem(told), told))
    else:
        words.scenario(told)
    if other is not None:
        name = words.whole(_apart(stem(other), stem(told)), other) if apart else words.read(other)
        words.option("against", name)
    words.option("who", who)
    words.option("post", post)
    words.option("organisation", organisation)
    words.option("replicate", replicate)
    words.option("programme", programme)
    words.common(runs, seed, threads, False, False, report, assumptions)
    return words.ask(out, progress)


def _apart(name: str, other: str) -> str:
    return f"{name} changed" if name == other else name


def calibrate(
    *,
    targets: str | Path | None = None,
    paths: Sequence[str] = (),
    fixed: Mapping[str, Any] | None = None,
    waves: int | None = None,
    points: int | None = None,
    rows: int | None = None,
    active: int | None = None,
    runs: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    report: bool = True,
    out: str | Path | None = None,
    progress: Progress = None,
) -> Answer:
    """Which parameters give what trials have found, how much is left of what they may be, and which figures are missed?

    An hour of two cores as it is; ``out`` lets it go on where it was stopped.

    Args:
        targets: Published figures of your own, in a file like ``validation/targets.toml``.
        paths: Parameters that are fitted instead of all: paths or beginnings of paths.
        fixed: Parameters held at a value, by path.
        waves: Waves at most (4).
        points: Points of a wave (600).
        rows: Rows of the posterior (256).
        active: Parameters that are learned about, at most (35).
        runs: Runs of each arm at each point (6).

    The other arguments are those of :func:`run`.
    """
    words = Words("calibrate")
    words.option("targets", targets)
    words.option("waves", waves)
    words.option("points", points)
    words.option("rows", rows)
    words.option("active", active)
    words.option("set", varied({path: [value] for path, value in (fixed or {}).items()}))
    words.several("paths", several(paths))
    words.common(runs, seed, threads, False, False, report, True)
    return words.ask(out, progress)
