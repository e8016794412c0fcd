"""What a paper cites: the works that the measures rest on, as keys, BibTeX and lines of a list of references."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from framing.errors import InputError

WORKS = Path(__file__).parent / "references.csv"
# What BibTeX calls the place of publication of each type of work.
CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "book": "publisher", "software": "publisher"}

Work = Mapping[str, str]


@lru_cache(maxsize=1)
def works() -> Mapping[str, Work]:
    """Load the works by their keys, with what each is cited for."""
    table = pd.read_csv(WORKS, dtype=str, keep_default_na=False)
    return {row["key"]: {str(k): str(v) for k, v in row.items()} for row in table.to_dict("records")}


def keys_for(purposes: Iterable[str]) -> list[str]:
    """List the keys of the works that are cited for any of some purposes.

    Examples
    --------
    >>> keys_for(["software", "holm"])
    ['framing', 'holm1979sequential']
    """
    wanted = set(purposes)
    return [key for key, work in works().items() if wanted & set(work["cited_for"].split(";"))]


def cite(*purposes: str) -> str:
    """Write a citation as Pandoc and Quarto read it.

    Examples
    --------
    >>> cite("sentiment")
    '[@hutto2014vader; @hamborg2021newsmtsc]'
    """
    return f"[{'; '.join(f'@{key}' for key in keys_for(purposes))}]"


def write_bibtex(keys: Iterable[str], *, version: str) -> str:
    """Write works as BibTeX; `version` is that of framing.

    Raises
    ------
    InputError
        If there is no work of a key.

    Examples
    --------
    >>> print(write_bibtex(["holm1979sequential"], version="0.1.0"))
    @article{holm1979sequential,
      author = {Holm, S.},
      title = {{A simple sequentially rejective multiple test procedure}},
      year = {1979},
      journal = {Scandinavian Journal of Statistics},
      volume = {6},
      number = {2},
      pages = {65--70},
      url = {https://www.jstor.org/stable/4615733}
    }
    <BLANKLINE>
    """
    return "\n".join(_entry(_work(key), version) for key in keys)


def write_reference(key: str, *, version: str) -> str:
    """Write a work as a line of a list of references, close to APA's style, in plain text.

    Raises
    ------
    InputError
        If there is no work of that key.

    Examples
    --------
    >>> write_reference("szarvas2012uncertainty", version="0.1.0")
    'Szarvas, G., Vincze, V., Farkas, R., Móra, G., & Gurevych, I. (2012). Cross-genre and cross-domain detection of semantic uncertainty. Computational Linguistics, 38(2), 335–367. https://doi.org/10.1162/COLI_a_00098'
    >>> write_reference("framing", version="0.1.0")
    'The framing contributors. framing: who gets to speak, how sure, in what tone and in whose voice (version 0.1.0) [Computer software].'
    """  # noqa: E501 (a reference is one line)
    work = _work(key)
    names = work["author"].strip("{}").split(" and ")
    authors = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    year = f" ({work['year']})." if work["year"] else "" if authors.endswith(".") else "."
    edition = f" (version {version})" if key == "framing" else ""
    kind = " [Computer software]" if work["type"] == "software" else ""
    number = f"({work['number']})" if work["number"] else ""
    volume = f", {work['volume']}{number}" if work["volume"] else ""
    pages = f", {work['pages'].replace('-', '–')}" if work["pages"] else ""
    container = f" {work['container']}{volume}{pages}." if work["container"] else ""
    link = f"https://doi.org/{work['doi']}" if work["doi"] else work["url"]
    return f"{authors}{year} {work['title']}{edition}{kind}.{container}{' ' + link if link else ''}"


def _entry(work: Work, version: str) -> str:
    fields = {
        "author": work["author"],
        "title": f"{{{work['title']}}}",  # keeps capitals
        "year": work["year"],
        CONTAINERS[work["type"]]: work["container"],
        "volume": work["volume"],
        "number": work["number"],
        "pages": work["pages"].replace("-", "--"),
        "version": version if work["key"] == "framing" else "",
        "doi": work["doi"],
        "url": work["url"],
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{work['type']}{{{work['key']},\n{lines}\n}}\n"


def _work(key: str) -> Work:
    if key not in works():
        raise InputError(f"there is no work {key!r} to cite; there are: {', '.join(works())}.")
    return works()[key]
