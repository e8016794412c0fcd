"""Processes side by side: results of all jobs, whatever happens to one process."""

import os
import signal
import sys
from pathlib import Path

import pytest

from framing.analysis.workers import DIED, Tick, work_side_by_side
from framing.errors import InputError


def job(what: tuple[str, int, str], tick: Tick) -> int:
    """Double a number; "kill" dies each time, "once" only where it leaves no trace yet, "raise" raises."""
    kind, number, trace = what
    tick(1)
    if kind == "kill" or (kind == "once" and not Path(trace).exists()):
        Path(trace).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "raise":
        raise InputError(f"there is no {number}")
    return 2 * number


@pytest.mark.skipif(sys.platform == "win32", reason="processes can't be killed alike there")
def test_who_dies_is_replaced_and_only_what_kills_twice_is_given_up(tmp_path: Path) -> None:
    kinds = ["", "kill", "", "once", ""]
    told: list[int] = []
    jobs = [(kind, number, str(tmp_path / str(number))) for number, kind in enumerate(kinds)]
    done = dict(work_side_by_side(job, jobs, 2, tick=told.append))
    assert done == {0: 0, 1: DIED, 2: 4, 3: 6, 4: 8}
    assert sum(told) == 4  # what died and was not given again is not counted


def test_what_a_job_raises_is_raised_here() -> None:
    with pytest.raises(InputError, match="there is no 3"):
        list(work_side_by_side(job, [("raise", 3, "")], 1))


def test_no_jobs_need_no_processes() -> None:
    assert list(work_side_by_side(job, [], 3)) == []
