"""A sample of sentences to code by hand, drawn with known probabilities and blind to outlet and machine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.analysis.storing import Analysis
from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.validity.units import PLACE, sentence_units

STRATA = ("outlet", "machine")
FOUND, NOT_FOUND = "machine found some", "machine found none"


@dataclass(frozen=True, slots=True, eq=False)
class CodingSample:
    """Sentences to code, and the key that coders don't see.

    Attributes
    ----------
    sheet : pandas.DataFrame
        What a coder gets, in random order: `unit_id`, the sentence `before`, the `sentence`, the one `after`, and an
        empty column for each metric to code. The name of the sentence's own outlet is replaced by ``[outlet]``.
    key : pandas.DataFrame
        One row per sentence in the same order: `unit_id, article_id, field, sentence, outlet, stratum`, `n_stratum`
        (sentences in that stratum of the corpus) and `probability` (with which it was drawn).
    metrics : tuple of str
        What is to be coded.
    """

    sheet: pd.DataFrame
    key: pd.DataFrame
    metrics: tuple[str, ...]

    def __repr__(self) -> str:
        return f"CodingSample of {len(self.sheet):,} sentences, to be coded for {', '.join(self.metrics)}"


def sample_for_coding(
    analysis: Analysis,
    corpus: pd.DataFrame,
    *,
    metrics: Sequence[str] = ("hedges_per_1000_words_outlet",),
    n: int = 300,
    strata: Sequence[str] = STRATA,
    seed: int = 0,
) -> CodingSample:
    """Draw sentences for hand coding, with known probabilities, balanced over outlets and over what the machine said.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave.
    corpus : pandas.DataFrame
        The corpus that was analysed, with its texts.
    metrics : sequence of str
        What is to be coded: article metrics whose counts add up over sentences. Coders count the same things; of a
        tone they give −1 (negative), 0 or 1.
    n : int
        How many sentences. A few hundred are usual; `correct` says what more would bring.
    strata : sequence of str
        Which groups get equally many sentences, as far as they have them: ``outlet``, ``machine`` (whether the machine
        counted anything that any of the metrics counts), or both. An empty list draws from all alike.
    seed : int
        Seed of the draw: the same seed gives the same sentences in the same order.

    Returns
    -------
    CodingSample
        Its `sheet` is for coders, its `key` is not; `write_coding_sample` writes both.

    Raises
    ------
    InputError
        If a metric can't be coded by sentence, the corpus isn't the one that was analysed, or there are fewer
        sentences than asked.

    Notes
    -----
    Within a stratum every sentence has the same chance, so that what is measured on the sample can be projected to the
    corpus: `validate` and `correct` weigh each sentence by 1 / probability. Code in the order of the sheet: whoever
    stops early has then a smaller random sample, and `correct` takes it as one. Sentences in which the machine found
    something are rare and make up half of the sample, so that a few hundred codings tell about both kinds of
    mistake. Agreement and accuracy of the plain sample are not those of the corpus.

    Examples
    --------
    >>> from framing import analyze, load_example, sample_for_coding
    >>> corpus = load_example()
    >>> sample = sample_for_coding(analyze(corpus), corpus, n=40, seed=1)
    >>> list(sample.sheet)
    ['unit_id', 'before', 'sentence', 'after', 'hedges_per_1000_words_outlet']
    >>> sample.key["outlet"].value_counts().tolist()
    [8, 8, 8, 8, 8]
    """
    metrics = (metrics,) if isinstance(metrics, str) else tuple(dict.fromkeys(metrics))
    _check(metrics, n, strata, seed)
    chosen = draw_units(analysis, metrics, n=n, strata=strata, seed=seed)
    sheet = _with_texts(chosen, analysis, corpus)[["unit_id", "before", "sentence_text", "after"]]
    sheet = sheet.rename(columns={"sentence_text": "sentence"}).assign(**dict.fromkeys(metrics, ""))
    return CodingSample(sheet, chosen[["unit_id", *PLACE, "outlet", "stratum", "n_stratum", "probability"]], metrics)


def draw_units(
    analysis: Analysis, metrics: Sequence[str], *, n: int, strata: Sequence[str] = STRATA, seed: int = 0
) -> pd.DataFrame:
    """Draw sentences as `sample_for_coding` does, without their texts.

    Returns
    -------
    pandas.DataFrame
        The key of the sample: see `CodingSample`.
    """
    units = _units(analysis, metrics)
    if len(units) < n:
        raise InputError(
            f"the corpus has {len(units):,} sentences that can be coded, fewer than n={n:,}. Ask for at most that many."
        )
    labels = [units[name].astype(str) for name in strata]
    units["stratum"] = [" · ".join(parts) for parts in zip(*labels, strict=True)] if labels else "all"
    rng = np.random.default_rng(seed)
    chosen = _drawn(units, n, rng)
    chosen = chosen.iloc[rng.permutation(len(chosen))].reset_index(drop=True)
    width = len(str(len(chosen)))
    chosen.insert(0, "unit_id", [f"u{number:0{width}d}" for number in range(1, len(chosen) + 1)])
    sizes = units["stratum"].value_counts()
    chosen["n_stratum"] = chosen["stratum"].map(sizes).astype("int64")
    chosen["probability"] = chosen["stratum"].map(chosen["stratum"].value_counts()) / chosen["n_stratum"]
    return chosen


def _check(metrics: Sequence[str], n: int, strata: Sequence[str], seed: int) -> None:
    if not metrics:
        raise InputError("metrics is empty. Name at least one article metric to code.")
    if not isinstance(n, int) or n < 1:
        raise InputError(f"n must be a whole number of sentences, at least 1; found {n!r}")
    unknown = [str(name) for name in strata if name not in STRATA]
    if isinstance(strata, str) or unknown:
        raise InputError(f"strata may name: {', '.join(STRATA)}; found {shown(unknown or [str(strata)])}")
    if not isinstance(seed, int) or seed < 0:
        raise InputError(f"seed must be a whole number, 0 or above; found {seed!r}")


def _units(analysis: Analysis, metrics: Sequence[str]) -> pd.DataFrame:
    """List the sentences of all metrics, with whether the machine counted anything in them."""
    tables = [sentence_units(analysis, metric) for metric in metrics]
    if len({tuple(table["field"].unique()) for table in tables}) > 1:
        raise InputError(
            f"metrics of headlines and of texts are coded apart, since they count in other sentences; found both: "
            f"{clipped(', '.join(metrics), most=200)}. Draw a sample for each."
        )
    units = tables[0].copy()
    found = np.any([(table["machine"] != 0).to_numpy() for table in tables], axis=0)
    units["machine"] = np.where(found, FOUND, NOT_FOUND)
    return units


def _drawn(units: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw from each stratum without putting back."""
    sizes = units["stratum"].value_counts().sort_index()
    n_by_stratum = _shares(units, sizes, n)
    parts = [
        rows.iloc[np.sort(rng.choice(len(rows), n_by_stratum[str(stratum)], replace=False))]
        for stratum, rows in units.groupby("stratum", sort=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _shares(units: pd.DataFrame, sizes: "pd.Series[int]", n: int) -> dict[str, int]:
    """Decide how many sentences of each stratum to draw.

    Outlets get equally many; within an outlet findings and the rest in proportion to the root of their number, which
    lies between as many of each, where mistakes in the many sentences without a finding weigh too much, and as they
    come, where findings are too few (see `benchmarks/correction.py`).
    """
    outlet_of = units.groupby("stratum")["outlet"].agg(lambda names: names.iloc[0] if names.nunique() == 1 else "all")
    groups = sizes.groupby(outlet_of.reindex(sizes.index)).indices
    shares = allocated([int(sizes.iloc[places].sum()) for places in groups.values()], n)
    given = {}
    for places, share in zip(groups.values(), shares, strict=True):
        of_group = sizes.iloc[places]
        for stratum, number in zip(of_group.index, by_roots(of_group.tolist(), share), strict=True):
            given[str(stratum)] = number
    return given


def by_roots(sizes: Sequence[int], n: int) -> list[int]:
    """Share `n` out among strata in proportion to the root of their sizes, at least two of each that has them.

    Examples
    --------
    >>> by_roots([100, 900], 40), by_roots([4, 10_000], 40)
    ([10, 30], [2, 38])
    """
    roots = np.sqrt(sizes)
    wanted = np.floor(n * roots / roots.sum()).astype(int)
    given = [min(max(int(take), min(2, n // len(sizes))), size) for take, size in zip(wanted, sizes, strict=True)]
    while (left := n - sum(given)) > 0:
        room = [size - take for size, take in zip(sizes, given, strict=True)]
        place = int(np.argmax([min(r, 1) * root for r, root in zip(room, roots, strict=True)]))
        given[place] += min(left, room[place])
    while sum(given) > n:
        given[int(np.argmax(given))] -= 1
    return given


def allocated(sizes: Sequence[int], n: int) -> list[int]:
    """Share `n` out equally among strata of some sizes; what a small one can't take goes to the others.

    Examples
    --------
    >>> allocated([100, 5, 100], 45)
    [20, 5, 20]
    >>> allocated([3, 3, 3], 7)
    [3, 2, 2]
    """
    given = [0] * len(sizes)
    left = n
    while left:
        open_strata = [place for place, size in enumerate(sizes) if given[place] < size]
        share, more = divmod(left, len(open_strata))
        for turn, place in enumerate(open_strata):
            take = min(share + (turn < more), sizes[place] - given[place])
            given[place] += take
            left -= take
    return given


def _with_texts(chosen: pd.DataFrame, analysis: Analysis, corpus: pd.DataFrame) -> pd.DataFrame:
    """Cut the sentences and their neighbours out of the texts, without the names of their outlets."""
    from framing.analysis.evidence import sentence_texts

    texts = {"sentence_text": 0, "before": -1, "after": 1}
    known = set(zip(*(analysis.sentences[column] for column in PLACE), strict=True))
    for column, step in texts.items():
        moved = chosen.assign(sentence=chosen["sentence"] + step)
        is_there = [place in known for place in zip(*(moved[c] for c in PLACE), strict=True)]
        cut = sentence_texts(analysis, moved[is_there], corpus)
        chosen[column] = cut.reindex(chosen.index).fillna("")
    for column in texts:
        chosen[column] = [
            text.replace(outlet, "[outlet]") for text, outlet in zip(chosen[column], chosen["outlet"], strict=True)
        ]
    return chosen
