"""A progress bar for whatever takes longer than two seconds; never where there is no terminal or notebook."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm.auto import tqdm

T = TypeVar("T")
PATIENCE = 2.0  # seconds before the bar appears


def watched(items: Iterable[T], *, unit: str, total: int | None = None, show: bool = True) -> Iterator[T]:
    """Yield the items, with a bar that counts them when they take long.

    Examples
    --------
    >>> list(watched([1, 2, 3], unit="article"))
    [1, 2, 3]
    """
    hidden = None if show else True  # None: hidden where the error stream is no terminal
    yield from tqdm(items, total=total, unit=f" {unit}", delay=PATIENCE, disable=hidden, leave=False)


@contextmanager
def counted(*, unit: str, total: int, done: int = 0, show: bool = True) -> Iterator[Callable[[int], None]]:
    """Give a function that moves a bar on by a number, for work that isn't done one after the other.

    Examples
    --------
    >>> with counted(unit="articles", total=3, show=False) as tick:
    ...     tick(3)
    """
    hidden = None if show else True
    with tqdm(total=total, initial=done, unit=f" {unit}", delay=PATIENCE, disable=hidden, leave=False) as bar:

        def tick(n: int) -> None:
            bar.update(n)

        yield tick
