"""Processes that work side by side: each gets the place of its work and gives back a result; one that dies is replaced.

Not `concurrent.futures`, where one dead process takes all of them with it and nobody knows whose work it died of.
"""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from framing.errors import InputError

Job = TypeVar("Job")
Result = TypeVar("Result")
Tick = Callable[[int], None]  # says that so many articles more are read
TRIES = 2  # a process may be killed for want of memory that another one took; twice is no accident
PATIENCE = 5.0  # seconds that a process which was asked to end has for it


class Death(Enum):
    """In place of a result: the process died of this work each time."""

    DIED = auto()


DIED = Death.DIED


class _Said(Enum):
    READY = auto()
    TICK = auto()
    DONE = auto()
    FAILED = auto()


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    number: int | None = None  # of the job in hand
    told: int = 0  # how many articles of it
    ready: bool = False


def work_side_by_side(
    work: Callable[[Job, Tick], Result], jobs: Iterable[Job], workers: int, *, tick: Tick | None = None
) -> Iterator[tuple[int, Result | Death]]:
    """Do jobs in processes and give (number of the job, result) as they are done; `DIED` where each process died.

    Parameters
    ----------
    work : callable
        Called with a job and a function to tell progress by. It, the jobs and the results must be picklable.
    jobs : iterable
        What there is to do; taken one by one as processes become free.
    workers : int
        How many processes.
    tick : callable, optional
        Called in this process with each number that `work` tells.

    Raises
    ------
    InputError
        If the processes can't start. What `work` raises is raised here, and ends all processes, as Ctrl-C does.
    """
    todo = deque[tuple[int, Job, int]]()  # number, job, how often it was tried
    coming = enumerate(jobs)
    in_hand: dict[int, tuple[Job, int]] = {}
    team: list[_Worker] = []
    proven = False  # whether any process has ever started
    instructions = ForkingPickler.dumps(work)

    def next_job() -> tuple[int, Job, int] | None:
        if todo:
            return todo.popleft()
        fresh = next(coming, None)
        return None if fresh is None else (*fresh, 0)

    try:
        waiting = next_job()
        while waiting is not None or in_hand:
            while waiting is not None and len(team) < workers:
                team.append(_start())
                number, job, tried = waiting
                team[-1].number = number
                in_hand[number] = (job, tried)
                waiting = next_job()
            for worker, said, what in _heard(team):
                if said is _Said.READY:
                    worker.ready = proven = True
                    assert worker.number is not None
                    _tell(worker, instructions, in_hand[worker.number][0])
                elif said is _Said.TICK:
                    worker.told += what
                    if tick:
                        tick(what)
                elif said is _Said.FAILED:
                    raise what
                elif said is _Said.DONE:
                    assert worker.number is not None
                    finished = worker.number
                    del in_hand[finished]
                    worker.number, worker.told = None, 0
                    if waiting is not None:
                        worker.number, job, tried = waiting
                        in_hand[worker.number] = (job, tried)
                        _tell(worker, job)
                        waiting = next_job()
                    yield finished, what
                else:  # it died
                    team.remove(worker)
                    if tick and worker.told:
                        tick(-worker.told)
                    if not proven:
                        raise InputError(_NOT_STARTED)
                    if worker.number is not None:
                        job, tried = in_hand.pop(worker.number)
                        if worker.ready and tried + 1 >= TRIES:
                            yield worker.number, DIED
                        else:
                            todo.append((worker.number, job, tried + worker.ready))
                            waiting = waiting or next_job()
    finally:
        _end(team)


_NOT_STARTED = (
    "the other processes could not start. A script that uses workers= must keep what it does under "
    '`if __name__ == "__main__":`, since each process imports it first. Move the call there, or use workers=1.'
)


def _heard(team: list[_Worker]) -> Iterator[tuple[_Worker, _Said | None, Any]]:
    """What processes say next; None of one that died. A message that it sent before is heard first."""
    by_pipe = {worker.pipe: worker for worker in team}
    for pipe in connection.wait(list(by_pipe)):
        worker = by_pipe[pipe]  # type: ignore[index]
        try:
            said, what = worker.pipe.recv()
        except (EOFError, OSError):
            yield worker, None, None
            continue
        yield worker, said, what


def _tell(worker: _Worker, *messages: Any) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # it died, which will be heard
        for message in messages:
            worker.pipe.send_bytes(message if isinstance(message, memoryview) else ForkingPickler.dumps(message))


def _start() -> _Worker:
    # Spawned processes behave alike on every system, and none inherits half-used state of this one.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    with _deaf_to_interrupts():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started here don't hear Ctrl-C, not even while they start: it is this process that ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(team: list[_Worker]) -> None:
    for worker in team:
        worker.pipe.close()
        if worker.number is not None:  # nobody waits for its result any more
            worker.process.terminate()
    for worker in team:
        worker.process.join(PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _serve(pipe: Connection) -> None:
    """What a process does until its pipe is closed."""
    _with_one_thread()
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def tick(n: int) -> None:
        pipe.send((_Said.TICK, n))

    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send((_Said.READY, None))
        work: Callable[[Any, Tick], Any] = pipe.recv()
        while True:
            job = pipe.recv()
            try:
                said = (_Said.DONE, work(job, tick))
            except Exception as error:
                said = (_Said.FAILED, error)
            pipe.send(said)
    # Not by way of the interpreter's end, which takes a quarter of a second to free what ends anyway.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _with_one_thread() -> None:
    """One thread for linear algebra and one for reading: more processes than cores only wait for each other."""
    import pyarrow
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1)
    pyarrow.set_cpu_count(1)


def _end_with_parent() -> None:
    """Whose parent was killed can give its result to nobody."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
