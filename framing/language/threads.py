"""One thread for linear algebra: small matrices gain nothing from more, and their rounding must not depend on cores."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from threadpoolctl import ThreadpoolController


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


@contextmanager
def single_thread() -> Iterator[None]:
    """Run linear algebra on one thread inside the block."""
    with _controller().limit(limits=1, user_api="blas"):
        yield
