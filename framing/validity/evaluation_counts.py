"""What each measure finds in each document of a coded corpus, counted against its codings."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.corpus import find_copies, load_example, load_example_gold
from framing.corpus.datasets import (
    load_markkula,
    load_newsmtsc,
    load_nyt_editorials,
    load_polnear,
    load_szeged,
)
from framing.corpus.datasets.places import find_folder, named_folder
from framing.corpus.datasets.polnear import read_metadata
from framing.measures import find_attributions, find_hedges, score_sentiment
from framing.measures.targets import score_targets
from framing.validity.attribution_accuracy import WAYS, Attribution, attribution_counts, pair_attributions, spans_of
from framing.validity.evaluation_figures import Counted, correlation, macro_f1, moments, prf, share
from framing.validity.hedge_gold import (
    CATEGORIES,
    DEFAULT_GOLD,
    find_in_texts,
    read_hedge_gold,
    read_texts,
    score_hedges,
)
from framing.validity.polnear import ROLES

SEMANTIC = ("epistemic", "doxastic", "condition", "investigation")
TENTH = 10
UNKNOWN = "NA"  # as PolNeAR's table writes it
AGENCY_COPY = ("author", "byline", "dateline", "credit", "signature")
LABELS = (-1, 0, 1)
Spans = set[tuple[int, int]]
Folder = str | Path | None
Counter = Callable[[str, Folder], Counted]


def count_attributions(split: str, folder: Folder) -> Counted:
    """PolNeAR's attributions; ``held_out`` is the tenth of train that the tables weren't estimated on."""
    corpus = load_polnear(folder, split="train" if split == "held_out" else split)
    if split == "held_out":
        corpus = corpus.iloc[TENTH - 1 :: TENTH]
    rows = _by_article(find_attributions(corpus[["article_id", "text"]].assign(outlet="x")))
    return _attribution_figures(
        (text, gold, [spans_of(row) for row in rows.get(name, [])])
        for name, text, gold in zip(corpus["article_id"], corpus["text"], corpus["gold"], strict=True)
    )


def count_example_attributions(split: str, folder: Folder) -> Counted:
    """The coded articles of the example, all of them."""
    gold = _by_article(load_example_gold("attributions"))
    corpus = load_example()
    corpus = corpus[corpus["article_id"].isin(list(gold))]
    rows = _by_article(find_attributions(corpus))
    return _attribution_figures(
        (text, [spans_of(row) for row in gold[name]], [spans_of(row) for row in rows.get(name, [])])
        for name, text in zip(corpus["article_id"], corpus["text"], strict=True)
    )


def _attribution_figures(documents: Iterable[tuple[str, Sequence[Attribution], Sequence[Attribution]]]) -> Counted:
    counts = pd.DataFrame([attribution_counts(*document) for document in documents])
    linked = "source, cue and content linked"
    figures = [
        *prf(linked, "hits_lettered", "n_gold", "n_found"),
        *prf(f"{linked}; cues without a letter count as right", "hits", "n_gold", "n_found"),
        *(share(f"{way} speech linked", "recall", f"lettered_{way}", f"gold_{way}") for way in WAYS),
        *(
            share(f"{role} exactly right", "F", f"same_lettered_{role}", f"n_lettered_{role}", times=2)
            for role in ROLES
        ),
        *(
            share(f"{role} exactly right; without those that hold no letter", "F", f"same_{role}", f"n_{role}", times=2)
            for role in ROLES
        ),
    ]
    return Counted(counts, figures)


def count_hedges(split: str, folder: Folder) -> Counted:
    """The cues of a part of the Szeged corpus, and which sentences hold one."""
    corpus = load_szeged(folder, part=split)
    found = find_hedges(corpus[["article_id", "text"]].assign(outlet="x"))
    rows = _by_article(found[found["category"].isin(SEMANTIC)])
    counts = []
    for name, sentences, cues in zip(corpus["article_id"], corpus["sentences"], corpus["cues"], strict=True):
        gold = {(start, end) for start, end in cues}
        had: Spans = {(row["start"], row["end"]) for row in rows.get(name, [])}
        uncertain, so_found = _holding(sentences, gold), _holding(sentences, had)
        counts.append(
            _matches("cue", gold, had)
            | {"sentence_hits": len(uncertain & so_found), "sentence_gold": len(uncertain)}
            | {"sentence_found": len(so_found)}
        )
    figures = [
        *prf("cue with the same offsets, any of the four categories", "cue_hits", "cue_gold", "cue_found"),
        *prf("sentence that holds a cue", "sentence_hits", "sentence_gold", "sentence_found"),
    ]
    return Counted(pd.DataFrame(counts), figures)


def _holding(sentences: Iterable[Sequence[int]], spans: Spans) -> set[int]:
    return {i for i, (start, end) in enumerate(sentences) if any(start <= at < end for at, _ in spans)}


def count_coded_hedges(split: str, folder: Folder) -> Counted:
    """The four categories that Szeged lacks, in the sentences that were coded for this project."""
    gold = read_hedge_gold(DEFAULT_GOLD)
    found = find_in_texts(read_texts(named_folder(folder), gold))
    key = ["corpus", "article_id"]
    parts = dict(iter(found.groupby(key)))
    counts = []
    for name, codes in gold.groupby(key, sort=True):
        scored = score_hedges(codes, parts.get(name, found.iloc[:0])).set_index("category")
        counts.append(
            {f"{c}_{k}": scored.loc[c, k] for c in (*CATEGORIES, "all") for k in ("n_exact", "n_gold", "n_found")}
        )
    figures = [
        figure
        for category in ("all", *CATEGORIES)
        for figure in prf(f"{category}, same offsets", *(f"{category}_{k}" for k in ("n_exact", "n_gold", "n_found")))
    ]
    return Counted(pd.DataFrame(counts), figures)


def count_example_hedges(split: str, folder: Folder) -> Counted:
    """The coded articles of the example, each category by its own."""
    gold = load_example_gold("hedges")
    corpus = load_example()
    corpus = corpus[corpus["article_id"].isin(gold["article_id"])]
    found = find_hedges(corpus)
    categories = sorted(gold["category"].unique())
    sides = [_by_article(table[table["field"] == "text"]) for table in (gold, found)]
    counts = []
    for name in corpus["article_id"]:
        coded, had = ({(row["category"], row["start"], row["end"]) for row in side.get(name, [])} for side in sides)
        row = _matches("all", coded, had)
        for category in categories:
            row |= _matches(category, *({span for span in each if span[0] == category} for each in (coded, had)))
        counts.append(row)
    figures = [
        figure
        for name in ("all", *categories)
        for figure in prf(f"{name}, same category and offsets", f"{name}_hits", f"{name}_gold", f"{name}_found")
    ]
    return Counted(pd.DataFrame(counts), figures)


def count_source_types(split: str, folder: Folder) -> Counted:
    """The Markkula Center's statements: found, of the coded kind, under the coded name."""
    corpus = load_markkula(folder)
    rows = _by_article(find_attributions(corpus[["article_id", "text"]].assign(outlet="x")))
    counts = [
        _statement_counts(statements, rows.get(name, []))
        for name, statements in zip(corpus["article_id"], corpus["statements"], strict=True)
    ]
    figures = [
        share("statement found: some attribution overlaps by half of the shorter one", "recall", "found", "n"),
        share("kind of source of the found ones", "accuracy", "right", "found"),
        share("name of the found ones that are a named person's", "accuracy", "name_right", "named"),
    ]
    return Counted(pd.DataFrame(counts), figures)


def _statement_counts(statements: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[Any, Any]]) -> dict[str, int]:
    places = []
    for row in rows:
        parts = spans_of(row)
        places.append(
            {i for role in ("content", "source", "cue") for start, end in parts[role] for i in range(start, end)}
        )
    counts = dict.fromkeys(("n", "found", "right", "named", "name_right"), 0)
    for statement in statements:
        wanted = set(range(statement["start"], statement["end"]))
        shares = [len(wanted & place) / max(1, min(len(wanted), len(place))) for place in places]
        best = max(range(len(rows)), key=lambda n: shares[n], default=None)
        counts["n"] += 1
        if best is None or shares[best] < 0.5:
            continue
        counts["found"] += 1
        counts["right"] += rows[best]["source_type"] == statement["source_type"]
        if statement["source_type"] == "named_person" and statement["name"]:
            counts["named"] += 1
            counts["name_right"] += bool(_words(statement["name"]) & _words(rows[best]["source_name"]))
    return counts


def _words(name: object) -> set[str]:
    return set() if not isinstance(name, str) else set(re.findall(r"\w+", name.lower()))


def count_example_source_types(split: str, folder: Folder) -> Counted:
    """Kinds of source of the example's coded attributions, where one was found for them."""
    gold = load_example_gold("attributions")
    corpus = load_example()
    corpus = corpus[corpus["article_id"].isin(gold["article_id"])]
    coded, rows = _by_article(gold), _by_article(find_attributions(corpus))
    counts = []
    for name, text in zip(corpus["article_id"], corpus["text"], strict=True):
        of_gold, of_found = coded[name], rows.get(name, [])
        pairs = pair_attributions(text, [spans_of(row) for row in of_gold], [spans_of(row) for row in of_found])
        right = sum(of_gold[one]["source_type"] == of_found[other]["source_type"] for one, other in pairs)
        counts.append({"n": len(of_gold), "found": len(pairs), "right": right})
    figures = [
        share("attribution found: contents overlap by half", "recall", "found", "n"),
        share("kind of source of the found ones, none included", "accuracy", "right", "found"),
    ]
    return Counted(pd.DataFrame(counts), figures)


def count_sentiment(split: str, folder: Folder) -> Counted:
    """Tone of editorials, sentence by sentence, against the raters' means; all voices of a sentence by their words."""
    sentences = load_nyt_editorials(folder)
    places: list[tuple[str, int, int]] = []
    texts: dict[str, str] = {}
    for name, sentence in zip(sentences["article_id"], sentences["text"], strict=True):
        texts[name] = f"{texts[name]}\n\n{sentence}" if name in texts else sentence
        places.append((name, len(texts[name]) - len(sentence), len(texts[name])))
    corpus = pd.DataFrame({"article_id": list(texts), "outlet": "x", "text": list(texts.values())})
    rows = _by_article(score_sentiment(corpus).dropna(subset=["score"]))
    scores = [_mean_tone([r for r in rows.get(name, []) if a <= r["start"] < b]) for name, a, b in places]
    rated = pd.DataFrame({"name": sentences["article_id"], "x": scores, "y": sentences["rating"].astype(float)})
    counts = []
    for _, part in rated.groupby("name", sort=True):
        x, y = (part[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
        counts.append(moments("sentence", x, y) | moments("editorial", x.mean(keepdims=True), y.mean(keepdims=True)))
    figures = [
        correlation("tone of a sentence with the raters' mean", "sentence"),
        correlation("mean tone of an editorial with the raters' mean", "editorial"),
    ]
    return Counted(pd.DataFrame(counts), figures)


def _mean_tone(rows: Sequence[Mapping[Any, Any]]) -> float:
    n_words = sum(row["n_words"] for row in rows)
    return float(sum(row["n_words"] * row["score"] for row in rows) / n_words) if n_words else 0.0


def count_targets(split: str, folder: Folder) -> Counted:
    """NewsMTSC's mentions: negative, neutral or positive."""
    mentions = load_newsmtsc(folder, part=split)
    scored = score_targets(mentions[["article_id", "text", "start", "end"]])["label"]
    # "allsides_3447_1422_11_Ann Lee_88_92": corpus, event, article, sentence, name, offsets
    articles = mentions["article_id"].str.split("_").str[:3].str.join("_")
    pairs = pd.DataFrame(
        {"article": articles, "gold": mentions["label"].astype(int), "label": scored.fillna(9).astype(int)}
    )
    columns: dict[str, Any] = {"n": 1, "right": pairs["gold"] == pairs["label"]}
    for label in LABELS:
        is_gold, is_found = pairs["gold"] == label, pairs["label"] == label
        columns |= {f"right_{label}": is_gold & is_found, f"marked_{label}": is_gold.astype(int) + is_found.astype(int)}
    counts = pairs[["article"]].assign(**columns).groupby("article", sort=True).sum().astype(float)
    what = "tone towards a target: negative, neutral or positive"
    return Counted(counts, [macro_f1(what, LABELS, "n"), share(what, "accuracy", "right", "n")])


def count_copies(split: str, folder: Folder) -> Counted:
    """Agency copy against PolNeAR's field `wire`; articles for which it is unknown are left out."""
    corpus = load_polnear(folder, split=split)
    about = read_metadata(find_folder("polnear", folder, ["data"]), split)
    corpus = corpus[[about[name]["wire"] != UNKNOWN for name in corpus["article_id"]]]
    found = (
        find_copies(corpus.drop(columns=["gold", "wire", "credit"]), progress=False)["rule"]
        .isin(AGENCY_COPY)
        .to_numpy()
    )
    gold = corpus["wire"].notna().to_numpy()
    counts = pd.DataFrame({"hits": gold & found, "gold": gold, "found": found}).astype(float)
    return Counted(counts, prf("article that is agency copy", "hits", "gold", "found"))


def _matches(prefix: str, gold: set[Any], found: set[Any]) -> dict[str, int]:
    return {f"{prefix}_hits": len(gold & found), f"{prefix}_gold": len(gold), f"{prefix}_found": len(found)}


def _by_article(table: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    """Rows about the body of each article."""
    body = table[table["field"] == "text"]
    return {str(name): part.to_dict("records") for name, part in body.groupby("article_id", sort=False)}


COUNTERS: Mapping[tuple[str, str], Counter] = {
    ("attribution", "example"): count_example_attributions,
    ("attribution", "polnear"): count_attributions,
    ("hedging", "example"): count_example_hedges,
    ("hedging", "szeged_uncertainty"): count_hedges,
    ("hedging", "hedge_gold"): count_coded_hedges,
    ("source_type", "example"): count_example_source_types,
    ("source_type", "markkula_sourcing"): count_source_types,
    ("sentiment", "nyt_editorials"): count_sentiment,
    ("targets", "newsmtsc"): count_targets,
    ("copies", "polnear"): count_copies,
}
