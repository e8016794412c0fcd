"""The command that looks after the cache, and its warnings as a shell shows them."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from framing.analysis.cache import CacheWarning, open_store


def cache_command(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A cache of your own, as given to --cache-folder.", show_default=False),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Delete what is in it.")] = False,
) -> None:
    """Say where the cache is, how many articles it holds and how large it is; or clear it.

    FRAMING_CACHE names another folder, FRAMING_CACHE_GB another limit than 2 gigabytes, above which the articles that
    were used longest ago go.
    """
    store = open_store(folder or True)
    if clear and not store.clear():
        raise typer.Exit(1)
    typer.echo(
        f"Cache: {store.path}\n{store.count():,} articles, {store.size() / 1e6:,.1f} of {store.limit / 1e6:,.0f} MB"
    )


@contextmanager
def telling_plainly() -> Iterator[None]:
    """Print what is wrong with a cache as a sentence, without the line of code where it was found."""
    before = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *about: Any, **more: Any) -> None:
        if issubclass(category, CacheWarning):
            typer.echo(f"framing: {message}", err=True)
        else:
            before(message, category, *about, **more)

    warnings.showwarning = show
    try:
        yield
    finally:
        warnings.showwarning = before
