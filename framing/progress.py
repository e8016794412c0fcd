"""A progress bar for whatever takes longer than two seconds; never where there is no terminal or notebook."""

from collections.abc import Iterable, Iterator
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
