"""Does the corrected interval hold the true difference? Simulated machines, and PolNeAR with its gold as the codings.

python benchmarks/correction.py --runs 1000
python benchmarks/correction.py --polnear --runs 200    # FRAMING_DATA names the folder
"""

import argparse
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from framing.analysis import Analysis, analyze
from framing.comparison import compare_outlets
from framing.corpus.datasets import load_polnear
from framing.tables import ATTRIBUTIONS, HEDGES, SENTENCES, SENTIMENT, Schema, as_table
from framing.validity.correcting import correct
from framing.validity.sampling import draw_units

METRIC = "hedges_per_1000_words"
WORDS = 20  # a sentence
SPREAD_OF_EVENTS, SPREAD_OF_OUTLETS = 0.5, 0.3  # of the logarithm of a rate


def simulated(
    rng: np.random.Generator,
    *,
    n_events: int = 60,
    n_sentences: int = 20,
    per_sentence: tuple[float, float] = (0.20, 0.28),
    recall: tuple[float, float] = (0.9, 0.7),
    false: float = 0.02,
) -> tuple[Analysis, pd.Series, float]:
    """Invent two outlets' articles over the same events, with true hedges and those that a machine finds.

    Gives the machine's analysis, the true number by sentence, and the true difference per 1,000 words in all events of
    this kind.
    """
    outlet, event = (a.ravel() for a in np.meshgrid(range(2), range(n_events), indexing="ij"))
    event_factor = rng.lognormal(-(SPREAD_OF_EVENTS**2) / 2, SPREAD_OF_EVENTS, n_events)
    own_factor = rng.lognormal(-(SPREAD_OF_OUTLETS**2) / 2, SPREAD_OF_OUTLETS, len(outlet))
    rate = np.array(per_sentence)[outlet] * event_factor[event] * own_factor
    true = rng.poisson(np.repeat(rate, n_sentences))
    found = rng.binomial(true, np.repeat(np.array(recall)[outlet], n_sentences)) + rng.poisson(false, len(true))
    ids = [f"{'AB'[o]}{e:03d}" for o, e in zip(outlet, event, strict=True)]
    sentences = pd.DataFrame(
        {"article_id": np.repeat(ids, n_sentences), "field": "text", "sentence": np.tile(range(n_sentences), len(ids))}
    )
    sentences = sentences.assign(paragraph=0, start=0, end=1, n_words=WORDS)
    hedges = sentences.loc[np.repeat(sentences.index, found), ["article_id", "field", "sentence"]].copy()
    hedges["hedge_id"] = [f"h{number}" for number in range(len(hedges))]
    hedges = hedges.assign(category="epistemic", voice="outlet")
    articles = pd.DataFrame({"article_id": ids, "outlet": np.array(["A", "B"])[outlet], "event": event.astype(str)})
    counted = hedges.groupby("article_id").size().reindex(ids, fill_value=0)
    articles = articles.assign(n_words=WORDS * n_sentences, n_hedges=counted.to_numpy())
    articles[METRIC] = 1000 * articles["n_hedges"] / articles["n_words"]
    analysis = Analysis(
        articles,
        _table(sentences, SENTENCES),
        as_table([], ATTRIBUTIONS),
        _table(hedges, HEDGES),
        as_table([], SENTIMENT),
        {},
    )
    truth = (per_sentence[0] - per_sentence[1]) * 1000 / WORDS
    return analysis, sentences.assign(value=true).set_index(["article_id", "field", "sentence"])["value"], truth


def _table(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    return frame.reindex(columns=list(schema)).astype(dict(schema)).reset_index(drop=True)


def coded(key: pd.DataFrame, truth: pd.Series, metric: str) -> pd.DataFrame:
    """Code the drawn sentences as they truly are."""
    values = truth.reindex(pd.MultiIndex.from_frame(key[["article_id", "field", "sentence"]])).fillna(0).to_numpy()
    return key.assign(metric=metric, coder="truth", value=values.astype(float))


def one_run(seed: int, n: int, strata: tuple[str, ...], **options: Any) -> dict[str, tuple[float, bool, float]]:
    """Invent a corpus, code a sample of it, correct; by estimate: its error, whether its interval holds, its width."""
    rng = np.random.default_rng(seed)
    analysis, truth, difference = simulated(rng, **options)
    comparison = compare_outlets(analysis.articles, [METRIC], n_resamples=999)
    key = draw_units(analysis, [METRIC], n=n, strata=strata, seed=seed + 1_000_000)  # not the corpus's own draws again
    codings = coded(key, truth, METRIC)
    row = correct(analysis, comparison, codings).iloc[0]
    names = {"raw": ("difference", "ci_low", "ci_high")}
    names |= {k: (k, f"{k}_low", f"{k}_high") for k in ("corrected", "codings_alone")}
    return {
        name: (row[m] - difference, row[low] <= difference <= row[high], row[high] - row[low])
        for name, (m, low, high) in names.items()
    }


def simulate(runs: int, seed: int) -> None:
    """Print how often intervals hold the true difference of invented corpora."""
    settings: list[tuple[str, dict[str, Any]]] = [
        ("recall .9 and .7, 60 events, 300 codings", {"n": 300}),
        ("the same, 600 codings", {"n": 600}),
        ("the same, drawn without the machine", {"n": 300, "strata": ("outlet",)}),
        ("100 events, 300 codings", {"n": 300, "n_events": 100}),
        ("30 events, 200 codings", {"n": 200, "n_events": 30}),
        ("rare (1 in 20 and 1 in 12 sentences), 100 events", {"n": 300, "n_events": 100, "per_sentence": (0.05, 0.08)}),
        ("a perfect machine", {"n": 300, "recall": (1.0, 1.0), "false": 0.0}),
        ("no true difference", {"n": 300, "per_sentence": (0.24, 0.24)}),
    ]
    print("| setting | estimate | mean error | holds the true difference | width |\n|---|---|---|---|---|")
    for name, options in settings:
        options = {"strata": ("outlet", "machine"), **options}
        results = [one_run(seed + run, **options) for run in range(runs)]
        for estimate in ("raw", "corrected", "codings_alone"):
            error, held, width = np.array([result[estimate] for result in results], dtype=float).T
            print(f"| {name} | {estimate} | {error.mean():+.2f} | {held.mean():.1%} | {width.mean():.2f} |", flush=True)


def polnear_truth(corpus: pd.DataFrame, analysis: Analysis) -> pd.Series:
    """Count the gold attributions by the sentence in which the cue, else the content, begins."""
    by_article = {
        str(a): rows for a, rows in analysis.sentences[analysis.sentences["field"] == "text"].groupby("article_id")
    }
    counts: dict[tuple[str, str, int], int] = {}
    for article, gold in zip(corpus["article_id"], corpus["gold"], strict=True):
        rows = by_article[str(article)]
        starts = rows["start"].to_numpy(dtype=int)
        for start in _begins(gold):
            sentence = int(rows["sentence"].iloc[max(int(np.searchsorted(starts, start, side="right")) - 1, 0)])
            counts[(str(article), "text", sentence)] = counts.get((str(article), "text", sentence), 0) + 1
    index = pd.MultiIndex.from_tuples(counts, names=["article_id", "field", "sentence"])
    return pd.Series(list(counts.values()), index=index)


def _begins(gold: list[dict[str, Any]]) -> Iterator[int]:
    for one in gold:
        spans = one["cue"] or one["content"] or one["source"]
        if spans:
            yield min(start for start, _ in spans)


def polnear(draws: int, n: int) -> None:
    """Print raw, corrected and true differences between the outlets of PolNeAR."""
    metric = "attributions_per_1000_words"
    corpus = load_polnear(split="dev")
    analysis = analyze(corpus)
    truth = polnear_truth(corpus, analysis)
    articles = analysis.articles
    gold = truth.groupby("article_id").sum().reindex(articles["article_id"], fill_value=0)
    true_articles = articles.assign(n_attributions=gold.to_numpy())
    true_articles[metric] = 1000 * true_articles["n_attributions"] / true_articles["n_words"]
    plain = ["date", "author"]  # articles of a day as independent, as `correct` takes them
    raw = compare_outlets(articles.drop(columns=plain), [metric], event=None)
    true = compare_outlets(true_articles.drop(columns=plain), [metric], event=None)
    rows = []
    for number in range(len(raw)):
        sides = raw.loc[number, ["outlet", "versus"]].tolist()
        two = of_outlets(analysis, sides)
        drawn = []
        for seed in range(draws):
            codings = coded(draw_units(two, [metric], n=n, seed=seed), truth, metric)
            drawn.append(correct(two, raw.iloc[[number]], codings, event=None).iloc[0])
        rows.append(summary(pd.DataFrame(drawn), raw.iloc[number], float(true.loc[number, "difference"])))
    table = pd.DataFrame(rows)
    print(table.round(2).to_string(index=False))
    print("\nroot of the mean squared error over all pairs and draws:")
    print(table[["error_raw", "error_corrected", "error_alone"]].pow(2).mean().pow(0.5).round(2).to_string())


def of_outlets(analysis: Analysis, outlets: list[str]) -> Analysis:
    """Keep the articles of some outlets."""
    ids = set(analysis.articles.loc[analysis.articles["outlet"].isin(outlets), "article_id"])
    tables = {name: table[table["article_id"].isin(ids)] for name, table in analysis.tables.items()}
    return Analysis(**tables, provenance=analysis.provenance)


def summary(drawn: pd.DataFrame, raw: pd.Series, true: float) -> dict[str, Any]:
    """Sum up the draws of one pair of outlets; `noise` is the spread of the corrected difference over draws."""
    columns = [
        "corrected",
        "corrected_low",
        "corrected_high",
        "codings_alone",
        "codings_alone_low",
        "codings_alone_high",
    ]
    value, low, high, alone, alone_low, alone_high = (drawn[c].astype(float) for c in columns)
    noise = ((high - low) / 2 / 1.98) * drawn["share_from_coding"].astype(float) ** 0.5
    return {
        "pair": f"{raw['outlet']} - {raw['versus']}",
        "true": true,
        "raw": raw["difference"],
        "corrected": value.mean(),
        "noise": value.std(),
        "noise_said": noise.mean(),
        "within_noise": ((value - true).abs() <= 1.96 * noise).mean(),
        "holds": ((low <= true) & (true <= high)).mean(),
        "width_raw": raw["ci_high"] - raw["ci_low"],
        "width": (high - low).mean(),
        "width_alone": (alone_high - alone_low).mean(),
        "error_raw": raw["difference"] - true,
        "error_corrected": float(((value - true) ** 2).mean() ** 0.5),
        "error_alone": float(((alone - true) ** 2).mean() ** 0.5),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--n", type=int, default=200, help="codings in PolNeAR")
    parser.add_argument("--polnear", action="store_true")
    options = parser.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        polnear(options.runs, options.n) if options.polnear else simulate(options.runs, options.seed)
