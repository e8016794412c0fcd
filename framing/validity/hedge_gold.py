"""How well the four hedge categories that Szeged lacks are found, against a doubly coded sample of news sentences."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus import load_basil
from framing.errors import InputError
from framing.measures import find_hedges
from framing.tables import Schema, as_table
from framing.validity.polnear import read_polnear

CATEGORIES = ("reportative", "approximator", "vague_source", "booster")
LABELS = (*CATEGORIES, "lookalike", "none")
DEFAULT_GOLD = Path(__file__).parents[2] / "data" / "gold" / "hedges.csv"
HEDGE_GOLD: Schema = {
    "corpus": "string",
    "article_id": "string",
    "field": "string",
    "start": "Int64",
    "end": "Int64",
    "category": "string",
    "legal": "boolean",
    "coders": "string",
    "sentence_start": "Int64",
    "sentence_end": "Int64",
}
ACCURACY: Schema = {
    "category": "string",
    "n_gold": "Int64",
    "n_found": "Int64",
    "n_exact": "Int64",
    "n_overlap": "Int64",
    "exact_f": "Float64",
    "overlap_f": "Float64",
    "n_lookalikes_hit": "Int64",
}

Row = Mapping[Hashable, Any]
Text = tuple[str, str]  # corpus and article_id
Place = tuple[str, str, str]  # corpus, article_id and field
Sentences = dict[Place, set[tuple[int, int]]]
Mark = tuple[str, Place, tuple[int, int]]  # category, where, offsets


def read_hedge_gold(path: str | Path = DEFAULT_GOLD) -> pd.DataFrame:
    """Read the doubly coded hedges and boosters; `data/gold/README.md` says how it came about.

    Parameters
    ----------
    path : str or Path
        The CSV. Without it, `data/gold/hedges.csv` of the source checkout; an installed package doesn't hold it.

    Returns
    -------
    pandas.DataFrame
        One row per code or look-alike, and one per sentence with neither: `corpus` (``basil``, ``polnear_dev``),
        `article_id`, `field`, `start` and `end` (half-open character offsets into the article's text, ``<NA>`` for
        ``none``), `category` (the four, ``lookalike`` or ``none``), `legal`, `coders` (``both``, ``a``, ``b``),
        `sentence_start`, `sentence_end`.

    Raises
    ------
    InputError
        (a ValueError) If there is no such file, a column is missing or a category is none of these.

    Examples
    --------
    >>> gold = read_hedge_gold()
    >>> gold["category"].isin(CATEGORIES).sum()
    np.int64(243)
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(
            f"There is no file {path}. The gold of hedges is part of the source checkout (data/gold/hedges.csv), "
            "not of the installed package: give its path."
        )
    table = pd.read_csv(path, dtype="string", encoding="utf8")
    missing = [name for name in HEDGE_GOLD if name not in table]
    if missing:
        raise InputError(f"{path} has no column {missing[0]!r}; it has: {', '.join(map(str, table.columns))}.")
    unknown = sorted(set(table["category"].fillna("")) - set(LABELS))
    if unknown:
        raise InputError(f"{path} has the category {unknown[0]!r}; allowed are: {', '.join(LABELS)}.")
    return as_table([_typed(row) for row in table.to_dict("records")], HEDGE_GOLD)


def _typed(row: Row) -> dict[str, Any]:
    """A row of strings as what its columns mean."""
    numbers = {
        name: None if pd.isna(row[name]) else int(row[name]) for name, kind in HEDGE_GOLD.items() if kind == "Int64"
    }
    return {str(name): value for name, value in row.items()} | numbers | {"legal": row["legal"] == "true"}


def hedge_gold_accuracy(folder: str | Path, *, gold: str | Path = DEFAULT_GOLD) -> pd.DataFrame:
    """Measure `find_hedges` on the coded sentences.

    Parameters
    ----------
    folder : str or Path
        The folder of the public corpora: it holds BASIL as `basil/` and PolNeAR as `polnear/`.
    gold : str or Path
        See `read_hedge_gold`.

    Returns
    -------
    pandas.DataFrame
        See `score_hedges`.

    Raises
    ------
    InputError
        If a corpus isn't there, or its texts are not those that were coded.

    Notes
    -----
    The sentences were drawn by patterns, with rare and misleading expressions preferred, so precision is that on hard
    cases and no figure is that of running news. Whole articles are read, as the measure needs them; what it finds
    outside of coded sentences isn't counted.
    """
    codes = read_hedge_gold(gold)
    texts = read_texts(Path(folder), codes)
    return score_hedges(codes, find_in_texts(texts))


def score_hedges(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Compare found hedges with coded ones, within coded sentences.

    Parameters
    ----------
    gold : pandas.DataFrame
        As `read_hedge_gold` gives it.
    found : pandas.DataFrame
        `corpus`, `article_id`, `field`, `start`, `end`, `category`; other categories than the four, other fields and
        places outside of coded sentences don't count.

    Returns
    -------
    pandas.DataFrame
        One row per category and one ``all``: `category`; `n_gold` codes; `n_found` in coded sentences; `n_exact` found
        with the same offsets; `n_overlap` found with at least one character in common, one to one; `exact_f`,
        `overlap_f` (F1, per cent, ``<NA>`` if there is nothing to find and nothing found); `n_lookalikes_hit`,
        look-alikes that a found hedge of the category touches.

    Examples
    --------
    >>> one = {"corpus": "basil", "article_id": "a", "field": "text"}
    >>> gold = pd.DataFrame([one | {"start": 0, "end": 5, "category": "approximator", "sentence_start": 0,
    ...                             "sentence_end": 20}])
    >>> found = pd.DataFrame([one | {"start": 0, "end": 9, "category": "approximator"}])
    >>> score_hedges(gold, found)[["n_gold", "n_found", "n_exact", "n_overlap", "overlap_f"]].iloc[-1].tolist()
    [1.0, 1.0, 0.0, 1.0, 100.0]
    """
    sentences = _sentences(gold)
    coded = _spans(gold.dropna(subset=["start"]), sentences)
    hedges = _spans(found[found["category"].isin(CATEGORIES)], sentences)
    rows = [_count(name, coded, hedges) for name in CATEGORIES]
    total = {key: sum(row[key] for row in rows) for key in rows[0] if key.startswith("n_")}
    return as_table([_with_f(row) for row in (*rows, {"category": "all", **total})], ACCURACY)


def read_texts(folder: Path, gold: pd.DataFrame) -> dict[Text, str]:
    """Read the coded articles and make sure that they are the texts that were coded.

    Raises
    ------
    InputError
        If a corpus isn't there, lacks an article, or has a text in which a coded span or sentence doesn't begin and end
        at the border of a word.
    """
    wanted = set(zip(gold["corpus"], gold["article_id"], strict=True))
    texts: dict[Text, str] = {}
    if (gold["corpus"] == "basil").any():
        basil = load_basil(folder)
        texts |= {("basil", name): text for name, text in zip(basil["article_id"], basil["text"], strict=True)}
    if (gold["corpus"] == "polnear_dev").any():
        texts |= {("polnear_dev", document.name): document.text for document in read_polnear(folder / "polnear", "dev")}
    for row in gold.to_dict("records"):
        corpus, name = row["corpus"], row["article_id"]
        text = texts.get((corpus, name))
        if text is None or not _fits(text, row):
            raise InputError(
                f"Article {name!r} of {corpus} under {folder} is missing or not the text that was coded: the offsets "
                "don't fit. data/gold/README.md says which editions they belong to."
            )
    return {key: text for key, text in texts.items() if key in wanted}


def _fits(text: str, row: Row) -> bool:
    start, end = row["sentence_start"], row["sentence_end"]
    sentence = text[start:end]
    if not 0 <= start < end <= len(text) or sentence != sentence.strip():
        return False
    if row["category"] == "none":
        return True
    first, last = row["start"], row["end"]
    inside = start <= first < last <= end
    return (
        inside and _is_border(text, first) and _is_border(text, last) and text[first:last].strip() == text[first:last]
    )


def _is_border(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def find_in_texts(texts: Mapping[Text, str]) -> pd.DataFrame:
    """Find the hedges of the coded articles; the table of `find_hedges` with `corpus`."""
    corpora = sorted({home for home, _ in texts})
    return pd.concat([_found_in(texts, corpus) for corpus in corpora], ignore_index=True)


def _found_in(texts: Mapping[Text, str], corpus: str) -> pd.DataFrame:
    articles = [(name, text) for (home, name), text in texts.items() if home == corpus]
    table = pd.DataFrame(articles, columns=["article_id", "text"]).assign(outlet="x")
    return find_hedges(table).assign(corpus=corpus)


def _sentences(gold: pd.DataFrame) -> Sentences:
    """The coded sentences of each text."""
    places: Sentences = {}
    for row in gold.to_dict("records"):
        places.setdefault(_place(row), set()).add((row["sentence_start"], row["sentence_end"]))
    return places


def _spans(table: pd.DataFrame, sentences: Sentences) -> set[Mark]:
    """The spans that begin in a coded sentence, each once."""
    return {
        (row["category"], _place(row), (row["start"], row["end"]))
        for row in table.to_dict("records")
        if any(start <= row["start"] < end for start, end in sentences.get(_place(row), ()))
    }


def _place(row: Row) -> Place:
    return row["corpus"], row["article_id"], row["field"]


def _count(category: str, coded: set[Mark], found: set[Mark]) -> dict[str, Any]:
    wanted = {mark for mark in coded if mark[0] == category}
    hits = {mark for mark in found if mark[0] == category}
    lookalikes = [mark for mark in coded if mark[0] == "lookalike"]
    return {
        "category": category,
        "n_gold": len(wanted),
        "n_found": len(hits),
        "n_exact": len(wanted & hits),
        "n_overlap": _overlapping(wanted, hits),
        "n_lookalikes_hit": sum(any(_touch(mark, hit) for hit in hits) for mark in lookalikes),
    }


def _overlapping(wanted: set[Mark], hits: set[Mark]) -> int:
    """How many coded spans have a found one to themselves, taken in the order of the text."""
    free = sorted(hits)
    n = 0
    for mark in sorted(wanted):
        partner = next((hit for hit in free if _touch(mark, hit)), None)
        if partner is not None:
            free.remove(partner)
            n += 1
    return n


def _touch(one: Mark, other: Mark) -> bool:
    (_, place, (start, end)), (_, other_place, (other_start, other_end)) = one, other
    return place == other_place and start < other_end and other_start < end


def _with_f(row: dict[str, Any]) -> dict[str, Any]:
    total = row["n_gold"] + row["n_found"]
    exact, overlap = ((200 * row[key] / total if total else None) for key in ("n_exact", "n_overlap"))
    return row | {"exact_f": exact, "overlap_f": overlap}
