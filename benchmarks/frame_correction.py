"""Does a corrected difference in a frame's share hold the true one? Invented texts and a machine that labels them.

python benchmarks/frame_correction.py --runs 1000
python benchmarks/frame_correction.py --calibration --runs 300
python benchmarks/frame_correction.py --topics --runs 100    # FRAMING_DATA names a folder with news_sample.jsonl
"""

import argparse
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.correction import coded, of_outlets, summary
from benchmarks.frames import articles, paragraphs
from framing.analysis import Analysis, analyze
from framing.comparison import compare_outlets
from framing.tables import ATTRIBUTIONS, FRAMES, HEDGES, SENTENCES, SENTIMENT, as_table
from framing.validity.correcting import correct
from framing.validity.frames import add_frames, train_frames
from framing.validity.sampling import draw_units
from framing.validity.validating import validate

METRIC = "share_frame_conflict"
PLACE = ["article_id", "field", "sentence"]
SPREAD_OF_EVENTS, SPREAD_OF_OUTLETS = 1.0, 0.5  # of the log-odds of a text's having the frame
LARGEST, TOPICS = 7, ("elections", "immigration", "politics")
KNOWN = 1.2  # how well the machine sees the frame: half the distance of its two bells


def simulated(
    rng: np.random.Generator,
    *,
    n_events: int = 60,
    log_odds: tuple[float, float] = (-1.0, -0.6),
    shift: tuple[float, float] = (0.0, -1.2),
    known: float = KNOWN,
    spread: tuple[float, float] = (SPREAD_OF_EVENTS, SPREAD_OF_OUTLETS),
) -> tuple[Analysis, pd.Series, float]:
    """Invent two outlets' articles of 3 to 20 paragraphs over the same events, and a machine that labels them.

    The machine's log-odds are right where its `shift` is 0, and too low or too high in an outlet by its shift. Gives
    the analysis, whether each paragraph truly has the frame, and the true difference of mean shares in all events.
    """
    outlet, event = (a.ravel() for a in np.meshgrid(range(2), range(n_events), indexing="ij"))
    chance = _expit(
        np.array(log_odds)[outlet] + rng.normal(0, spread[0], n_events)[event] + rng.normal(0, spread[1], len(outlet))
    )
    n_texts = rng.integers(3, 21, len(outlet))
    of = np.repeat(np.arange(len(outlet)), n_texts)
    true = rng.random(len(of)) < chance[of]
    seen = rng.normal(np.where(true, known, -known), 1)
    middle = _logit(_mean_chance(log_odds, spread).mean())
    score = _expit(middle + 2 * known * seen + np.array(shift)[outlet[of]])
    ids = np.array([f"{'AB'[o]}{e:03d}" for o, e in zip(outlet, event, strict=True)])
    texts = pd.DataFrame({"article_id": ids[of], "field": "text", "unit": "paragraph"})
    texts = texts.assign(number=texts.groupby("article_id").cumcount(), start=0, end=1, n_terms=1)
    texts = texts.assign(frame=np.where(score >= 0.5, "conflict", "other"), probability=np.maximum(score, 1 - score))
    frames = texts[list(FRAMES)].astype({name: kind for name, kind in FRAMES.items() if kind != "string"})
    frames = frames.assign(p_conflict=score, p_other=1 - score)
    articles = pd.DataFrame({"article_id": ids, "outlet": np.array(["A", "B"])[outlet], "event": event.astype(str)})
    share = (frames["frame"] == "conflict").groupby(frames["article_id"]).mean()
    articles = articles.assign(**{METRIC: share.reindex(ids).to_numpy(dtype=float)})
    empty = {
        "sentences": as_table([], SENTENCES),
        "attributions": as_table([], ATTRIBUTIONS),
        "hedges": as_table([], HEDGES),
        "sentiment": as_table([], SENTIMENT),
    }
    analysis = Analysis(articles, **empty, provenance={}, frames=frames)
    truth = texts.rename(columns={"number": "sentence"}).assign(value=true.astype(float)).set_index(PLACE)["value"]
    a, b = _mean_chance(log_odds, spread)
    return analysis, truth, float(a - b)


def _expit(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


def _mean_chance(log_odds: tuple[float, float], spread: tuple[float, float]) -> Any:
    """The mean chance of each outlet in all events, by Gauss-Hermite quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    sd = float(np.hypot(*spread))
    return np.array([(weights * _expit(mean + sd * nodes)).sum() / weights.sum() for mean in log_odds])


def one_run(
    seed: int, n: int, strata: tuple[str, ...] = ("outlet", "machine"), **options: Any
) -> dict[str, tuple[float, bool, float]]:
    """Invent a corpus, code a sample of it, correct; by estimate: its error, whether its interval holds, its width."""
    analysis, truth, difference = simulated(np.random.default_rng(seed), **options)
    comparison = compare_outlets(analysis.articles, [METRIC], n_resamples=999)
    key = draw_units(analysis, [METRIC], n=n, strata=strata, seed=seed + 1_000_000)
    row = correct(analysis, comparison, coded(key, truth, METRIC)).iloc[0]
    names = {"raw": ("difference", "ci_low", "ci_high")}
    names |= {k: (k, f"{k}_low", f"{k}_high") for k in ("corrected", "codings_alone")}
    return {
        name: (100 * (row[m] - difference), row[low] <= difference <= row[high], 100 * (row[high] - row[low]))
        for name, (m, low, high) in names.items()
    }


SETTINGS: Mapping[str, dict[str, Any]] = {
    "60 events, 300 codings": {"n": 300},
    "600 codings": {"n": 600},
    "300, drawn without asking the machine": {"n": 300, "strata": ("outlet",)},
    "30 events, 200 codings": {"n": 200, "n_events": 30},
    "rare frame (1 in 12)": {"n": 300, "log_odds": (-3.2, -2.8)},
    "a machine that sees all": {"n": 300, "known": 4.0, "shift": (0.0, 0.0)},
    "no true difference": {"n": 300, "log_odds": (-0.8, -0.8)},
}


def simulate(runs: int, seed: int) -> None:
    """Print how often intervals hold the true difference of invented corpora, in percentage points."""
    print("| setting | estimate | mean error | holds the true difference | width |\n|---|---|---|---|---|")
    for name, options in SETTINGS.items():
        results = [one_run(seed + run, **options) for run in range(runs)]
        for estimate in ("raw", "corrected", "codings_alone"):
            error, held, width = np.array([result[estimate] for result in results], dtype=float).T
            print(f"| {name} | {estimate} | {error.mean():+.1f} | {held.mean():.1%} | {width.mean():.1f} |", flush=True)


def calibrated(runs: int, seed: int) -> None:
    """Print the expected calibration error that codings find, of a machine without one and of one with."""
    print("| machine | codings | true | found, mean | 95% of findings |\n|---|---|---|---|---|")
    plain: dict[str, Any] = {"log_odds": (-0.8, -0.8), "spread": (1e-9, 1e-9)}
    for name, shift in (("calibrated", 0.0), ("too low", -1.2)):
        options = {**plain, "shift": (shift, shift)}
        true = _true_error(options, seed)
        for n in (100, 300, 600):
            found = []
            for run in range(runs):
                analysis, truth, _ = simulated(np.random.default_rng(seed + run), **options)
                key = draw_units(analysis, [METRIC], n=n, seed=seed + run + 1_000_000)
                table = validate(analysis, coded(key, truth, METRIC)).set_index(["figure", "outlet"])
                found.append(float(table.loc[("calibration_error", "all"), "value"]))
            low, high = np.quantile(found, [0.025, 0.975])
            print(f"| {name} | {n} | {true:.3f} | {np.mean(found):.3f} | {low:.3f} to {high:.3f} |", flush=True)


def _true_error(options: Mapping[str, Any], seed: int) -> float:
    """The calibration error in a hundred thousand texts, all of them coded."""
    from framing.validity.calibrating import calibration_figures

    analysis, truth, _ = simulated(np.random.default_rng(seed), **{**options, "n_events": 5_000})
    score = analysis.frames["p_conflict"].to_numpy(dtype=float)
    figures = calibration_figures(np.ones((1, len(score))), score, truth.to_numpy(dtype=float))
    return float(figures["calibration_error"][0])


def topics(draws: int, n: int) -> None:
    """Correct shares of topics in the largest outlets of the news sample, whose articles say their topic themselves.

    The model learns from paragraphs of all other outlets. The topic of an article is taken as what a coder says of
    each of its paragraphs; the true difference is that of the articles' topics.
    """
    corpus = articles()
    large = corpus["outlet"].value_counts().head(LARGEST).index
    ours = corpus["outlet"].isin(large)
    model = train_frames(paragraphs(corpus[~ours].reset_index(drop=True)), label="topic")
    compared = corpus[ours].drop(columns="topic").reset_index(drop=True)
    analysis = add_frames(analyze(compared, progress=False), compared, model)
    topic_of = corpus.set_index("article_id")["topic"]
    for topic in TOPICS:
        metric = f"share_frame_{topic}"
        place = analysis.frames.rename(columns={"number": "sentence"})[PLACE]
        truth = (place["article_id"].map(topic_of) == topic).astype(float).set_axis(pd.MultiIndex.from_frame(place))
        true_shares = (analysis.articles["article_id"].map(topic_of) == topic).astype(float)
        table = analysis.articles[["article_id", "outlet", metric]]
        raw = compare_outlets(table, [metric], event=None, n_resamples=999)
        true = compare_outlets(table.assign(**{metric: true_shares}), [metric], event=None, n_resamples=999)
        rows = []
        for number in range(len(raw)):
            two = of_outlets(analysis, raw.loc[number, ["outlet", "versus"]].tolist())
            drawn = []
            for seed in range(draws):
                codings = coded(draw_units(two, [metric], n=n, seed=seed), truth, metric)
                drawn.append(correct(two, raw.iloc[[number]], codings, event=None).iloc[0])
            rows.append(summary(pd.DataFrame(drawn), raw.iloc[number], float(true.loc[number, "difference"])))
        pairs = pd.DataFrame(rows)
        errors = 100 * pairs[["error_raw", "error_corrected", "error_alone"]].pow(2).mean().pow(0.5)
        machine = validate(analysis, coded(draw_units(analysis, [metric], n=len(truth)), truth, metric))
        figures = machine[machine["outlet"] == "all"].set_index("figure")["value"].astype(float)
        print(f"\n{topic}: {len(truth)} paragraphs, {len(pairs)} pairs of outlets, {n} codings drawn {draws} times")
        print(figures.round(2).to_string())
        print(f"error in points, root of the mean square: {errors.round(1).to_dict()}")
        within = pairs["within_noise"]
        print(f"true within 1.96 times the noise said: {within.mean():.1%}, least {within.min():.1%}")
        print(f"interval holds the true difference: {pairs['holds'].mean():.1%}", flush=True)
        worst = pairs.loc[[pairs["error_raw"].abs().idxmax()]]
        print(worst.round(3).to_string(index=False))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--calibration", action="store_true", help="how exact the calibration error is")
    parser.add_argument("--n", type=int, default=200, help="codings of topics")
    parser.add_argument("--topics", action="store_true", help="topics of the news sample, labelled and coded as frames")
    options = parser.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if options.topics:
            topics(options.runs, options.n)
        else:
            (calibrated if options.calibration else simulate)(options.runs, options.seed)
