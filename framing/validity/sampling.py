"""A sample of sentences or paragraphs to code by hand, drawn with known probabilities, blind to outlet and machine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.analysis.storing import Analysis
from framing.corpus.columns import clipped, shown
from framing.errors import InputError
from framing.validity.units import PLACE, SENTENCE, SHARE_OF_FRAME, is_frame, sentence_units, unit_of

STRATA = ("outlet", "machine")
UNITS = (SENTENCE, "paragraph", "article")
FOUND, NOT_FOUND = "machine found some", "machine found none"
SAID, SAID_OTHER = "machine said {}", "machine said another"


@dataclass(frozen=True, slots=True, eq=False)
class CodingSample:
    """Sentences, or of frames paragraphs or articles, to code, and the key that coders don't see.

    Attributes
    ----------
    sheet : pandas.DataFrame
        What a coder gets, in random order: `unit_id`, the sentence `before`, the `sentence`, the one `after`, and an
        empty column for each metric to code. The name of the sentence's own outlet is replaced by ``[outlet]``. Of
        frames the column is called `paragraph` or `article`, as the model was taught.
    key : pandas.DataFrame
        One row per sentence in the same order: `unit_id, article_id, field, sentence, outlet, stratum`, `n_stratum`
        (sentences in that stratum of the corpus) and `probability` (with which it was drawn). Of frames `sentence` is
        the number of the paragraph in its article.
    metrics : tuple of str
        What is to be coded.
    """

    sheet: pd.DataFrame
    key: pd.DataFrame
    metrics: tuple[str, ...]

    def __repr__(self) -> str:
        return f"CodingSample of {len(self.sheet):,} {self.unit}s, to be coded for {', '.join(self.metrics)}"

    @property
    def unit(self) -> str:
        """What is coded: ``sentence``, ``paragraph`` or ``article``."""
        return next(name for name in UNITS if name in self.sheet)


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
        tone they give −1 (negative), 0 or 1. Or shares of frames that `add_frames` gave to the analysis, such as
        ``share_frame_conflict``: what is drawn are then the paragraphs (or articles) that the model labelled, and
        coders write 1 where that is the frame, else 0.
    n : int
        How many sentences. A few hundred are usual; `correct` says what more would bring.
    strata : sequence of str
        Which groups get equally many sentences, as far as they have them: ``outlet``, ``machine`` (whether the machine
        counted anything that any of the metrics counts; of frames, which of them it said), or both. An empty list
        draws from all alike.
    seed : int
        Seed of the draw: the same seed gives the same sentences in the same order.

    Returns
    -------
    CodingSample
        Its `sheet` is for coders, its `key` is not; `write_coding_sample` writes both.

    Raises
    ------
    InputError
        If a metric can't be coded by sentence, the corpus isn't the one that was analysed, there are fewer sentences
        than asked, or so few are asked that a group of frames would have none.

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
    sheet = _with_texts(chosen, analysis, corpus, metrics[0])[["unit_id", "before", "text", "after"]]
    sheet = sheet.rename(columns={"text": unit_of(analysis, metrics[0])}).assign(**dict.fromkeys(metrics, ""))
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
            f"the corpus has {len(units):,} {unit_of(analysis, metrics[0])}s that can be coded, fewer than n={n:,}. "
            "Ask for at most that many."
        )
    labels = [units[name].astype(str) for name in strata]
    units["stratum"] = [" · ".join(parts) for parts in zip(*labels, strict=True)] if labels else "all"
    rng = np.random.default_rng(seed)
    chosen = _drawn(units, n, rng)
    chosen = chosen.iloc[rng.permutation(len(chosen))].reset_index(drop=True)
    width = len(str(len(chosen)))
    chosen.insert(0, "unit_id", [f"u{number:0{width}d}" for number in range(1, len(chosen) + 1)])
    sizes = units["stratum"].value_counts()
    if is_frame(metrics[0]):
        _refuse_empty(sizes, chosen["stratum"], n)
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
    if len({is_frame(metric) for metric in metrics}) > 1:
        raise InputError(
            f"frames are coded by {unit_of(analysis, next(filter(is_frame, metrics)))} and other metrics by sentence; "
            f"found both: {clipped(', '.join(metrics), most=200)}. Draw a sample for each."
        )
    tables = [sentence_units(analysis, metric) for metric in metrics]
    if len({tuple(table["field"].unique()) for table in tables}) > 1:
        raise InputError(
            f"metrics of headlines and of texts are coded apart, since they count in other sentences; found both: "
            f"{clipped(', '.join(metrics), most=200)}. Draw a sample for each."
        )
    units = tables[0].copy()
    found = np.array([(table["machine"] != 0).to_numpy() for table in tables])
    if is_frame(metrics[0]):
        said = [SAID.format(metric.removeprefix(SHARE_OF_FRAME)) for metric in metrics]
        units["machine"] = np.select(list(found), said, SAID_OTHER)
    else:
        units["machine"] = np.where(found.any(axis=0), FOUND, NOT_FOUND)
    return units


def _refuse_empty(sizes: "pd.Series[int]", drawn: pd.Series, n: int) -> None:
    """Refuse a sample that says nothing of a group of texts, since nothing could then be said of the corpus."""
    empty = sorted(set(sizes.index) - set(drawn))
    if empty:
        raise InputError(
            f"n={n:,} is too few for {len(sizes)} groups of outlet and frame: none would be drawn of "
            f"{clipped(str(empty[0]), most=80)!r}. Ask for at least {2 * len(sizes):,}, code fewer frames, or give "
            "strata=['outlet']."
        )


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


def _with_texts(chosen: pd.DataFrame, analysis: Analysis, corpus: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Cut the sentences and their neighbours out of the texts, without the names of their outlets."""
    from framing.analysis.evidence import texts_between

    texts = {"text": 0, "before": -1, "after": 1}
    spans = sentence_units(analysis, metric)[[*PLACE, "start", "end"]]
    for column, step in texts.items():
        moved = chosen[PLACE].assign(sentence=chosen["sentence"] + step)
        there = moved.merge(spans, on=PLACE, how="left", validate="1:1").set_axis(chosen.index).dropna()
        chosen[column] = texts_between(analysis, there, corpus).reindex(chosen.index).fillna("")
    for column in texts:
        chosen[column] = [
            text.replace(outlet, "[outlet]") for text, outlet in zip(chosen[column], chosen["outlet"], strict=True)
        ]
    return chosen
