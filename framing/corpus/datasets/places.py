"""Where the files of a public corpus are: in a folder of the user's, or fetched once from a pinned commit."""

import csv
import functools
import importlib.resources
import os
import tomllib
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pooch

from framing.errors import InputError
from framing.progress import watched
from framing.tables import Schema, as_table

DATA = "FRAMING_DATA"
_ADDRESS = "https://raw.githubusercontent.com/{repository}/{commit}/{path}"
_TABLE: Schema = {
    "dataset": "string",
    "title": "string",
    "terms": "string",
    "warning": "string",
    "citation": "string",
    "doi": "string",
    "repository": "string",
    "commit": "string",
    "n_files": "Int64",
}


class Dataset(NamedTuple):
    """A public corpus: what it is, on what terms it may be used, and where its files are."""

    name: str
    title: str
    terms: str
    warning: str
    citation: str
    doi: str
    repository: str
    commit: str
    path: str

    @property
    def files(self) -> dict[str, str]:
        """Files that can be fetched, by their path below the corpus's folder, with their SHA-256."""
        return {path: sha256 for name, path, sha256 in _files() if name == self.name}


def list_datasets() -> pd.DataFrame:
    """List the public corpora that this package can read: their terms, how to cite them, and where they come from.

    Returns
    -------
    pandas.DataFrame
        One row per corpus: `dataset` (the name of its folder in ``FRAMING_DATA``), `title`, `terms`, `warning`
        (``<NA>`` when there is none), `citation`, `doi`, `repository` (of GitHub), `commit`, `n_files` (that its
        loader can fetch with ``download=True``; 0 where it has to be got by hand).

    Examples
    --------
    >>> list_datasets().set_index("dataset").loc["basil", "terms"]
    'none stated'
    """
    rows = [
        {"dataset": each.name, **{name: value or None for name, value in each._asdict().items()}}
        | {"n_files": len(each.files)}
        for each in datasets().values()
    ]
    return as_table(rows, _TABLE)


@functools.cache
def datasets() -> dict[str, Dataset]:
    """Read `datasets.toml`."""
    source = importlib.resources.files("framing.corpus.datasets").joinpath("datasets.toml").read_text(encoding="utf-8")
    return {name: Dataset(name, **about) for name, about in tomllib.loads(source).items()}


@functools.cache
def _files() -> tuple[tuple[str, str, str], ...]:
    source = importlib.resources.files("framing.corpus.datasets").joinpath("files.csv").read_text(encoding="utf-8")
    return tuple((row["dataset"], row["path"], row["sha256"]) for row in csv.DictReader(source.splitlines()))


def find_folder(
    name: str,
    folder: str | Path | None,
    holds: Iterable[str],
    *,
    download: bool = False,
    prefix: str | tuple[str, ...] = "",
) -> Path:
    """Find the folder of a corpus: the one given, the one in ``FRAMING_DATA``, or the one that it is fetched into.

    Parameters
    ----------
    name : str
        The corpus, and its folder in ``FRAMING_DATA``.
    folder : str or Path or None
        Its folder, or one that holds it under its name.
    holds : iterable of str
        What the folder has to hold, for it to be this corpus.
    download : bool
        Fetch the files that are not in the cache yet, and check each against its recorded hash.
    prefix : str or tuple of str
        Fetch only files whose path begins so.

    Raises
    ------
    InputError
        If the corpus isn't there, with where to get it.
    """
    about, holds = datasets()[name], list(holds)
    if folder is None and download:
        return _fetched(about, prefix)
    data = folder if folder is not None else os.environ.get(DATA)
    if not data:
        raise InputError(f"no folder was given and {DATA} is not set. {where(about, holds)}")
    for candidate in (Path(data), Path(data) / name):
        if all((candidate / part).exists() for part in holds):
            return candidate
    wanted = " and ".join(holds)
    raise InputError(f"{data} holds neither {wanted} nor {name}/{holds[0]}. {where(about, holds)}")


def named_folder(folder: str | Path | None) -> Path:
    """Name the folder that holds the public corpora: the one given, else the one in ``FRAMING_DATA``.

    Raises
    ------
    InputError
        If there is neither.
    """
    data = folder if folder is not None else os.environ.get(DATA)
    if not data:
        raise InputError(
            f"no folder was given and {DATA} is not set: it names the folder that holds the public corpora."
        )
    return Path(data)


def where(about: Dataset, holds: Iterable[str]) -> str:
    """Say where a corpus is to be had, on what terms, and what to do with it."""
    origin = f"the GitHub repository {about.repository}" if about.repository else "its authors"
    fetch = " or download=True" if about.files else ""
    return (
        f"Get {about.title.partition(':')[0]} from {origin} (terms: {about.terms}) and give the folder that holds "
        f"{' and '.join(holds)}{fetch}, or put it as {about.name}/ in the folder that {DATA} names"
    )


def described(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Put terms, citation and warning of a corpus into the attributes of a table of it."""
    about = datasets()[name]
    table.attrs["dataset"] = {"name": name, "terms": about.terms, "citation": about.citation, "warning": about.warning}
    return table


def _fetched(about: Dataset, prefix: str | tuple[str, ...]) -> Path:
    if not about.files:
        raise InputError(f"{about.name} can't be fetched, since its files are at no fixed address. {where(about, ())}")
    if about.warning:
        warnings.warn(f"{about.title}: {about.warning}", stacklevel=4)
    folder = pooch.os_cache("framing") / about.name / about.commit
    base = _ADDRESS.format(repository=about.repository, commit=about.commit, path=about.path)
    fetcher = pooch.create(path=folder, base_url=base, registry=about.files)
    wanted = [path for path in about.files if path.startswith(prefix)]
    for path in watched(wanted, unit="files"):
        try:
            fetcher.fetch(path)
        except (OSError, ValueError) as error:  # no network, or a file that is not the recorded one
            raise InputError(
                f"{about.name} can't be fetched: {path} from {base} ({error}). Check the network, or get the corpus "
                f"by hand: {where(about, ())}"
            ) from error
    return Path(folder)
