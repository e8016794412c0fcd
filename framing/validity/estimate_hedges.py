"""Estimate how often each row of the hedge lexicon is right, on the Szeged Uncertainty Corpus.

``python -m framing.validity.estimate_hedges FOLDER`` reads ``factbank.xml`` (news) and ``wiki.xml`` (Wikipedia) from
FOLDER, prints the accuracy by tenfold cross-validation over documents, for the whole and for the
most frequent entries, and writes the counts into the lexicon. Only
counts go there, no text of the corpus.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from framing.corpus.datasets.szeged import FILES, Document, read_szeged
from framing.language import parse_text
from framing.lexicons import load_lexicon, seal_lexicon
from framing.lexicons.loading import FOLDER
from framing.measures.hedge_rows import decide
from framing.measures.hedging import LEXICON, HedgeIndex, index_of, matches, span_of
from framing.measures.spans import Span

N_FOLDS = 10
N_LISTED = 25
OUTCOMES = ("hits", "false_positives", "misses")
Key = tuple[str, str, str]  # pattern, match, construction


@dataclass(frozen=True, slots=True)
class Observed:
    """A document with every row of the lexicon that an expression in it falls under."""

    document: Document
    found: tuple[tuple[Key, Span], ...]


def observe(documents: Iterator[Document], index: HedgeIndex) -> Iterator[Observed]:
    """Parse documents and look every expression up, whether its row hedges or not."""
    for document in documents:
        parse = parse_text(document.text)
        found = tuple(
            ((m.row.pattern, m.row.match, m.row.construction), span_of(parse, m))
            for m in matches(parse, index)
            if m.row.semantic
        )
        yield Observed(document, found)


def count(observed: Sequence[Observed]) -> Mapping[Key, tuple[int, int]]:
    """How often each row was seen, and how often the expression was a cue."""
    seen: Counter[Key] = Counter()
    right: Counter[Key] = Counter()
    for one in observed:
        for key, span in one.found:
            seen[key] += 1
            right[key] += span in one.document.cues
    return {key: (seen[key], right[key]) for key in seen}


def with_counts(entries: pd.DataFrame, counts: Mapping[Key, tuple[int, int]]) -> pd.DataFrame:
    """Replace the counts of a lexicon; rows decided by the codebook (no counts) stay as they are."""
    entries = entries.copy()
    keys = list(zip(entries["pattern"], entries["match"], entries["construction"], strict=True))
    estimated = (entries["n_seen"] != "").tolist()
    for column, part in (("n_seen", 0), ("n_right", 1)):
        old = entries[column].tolist()
        entries[column] = [
            str(counts.get(key, (0, 0))[part]) if fresh else was
            for key, was, fresh in zip(keys, old, estimated, strict=True)
        ]
    return entries


def cross_validate(corpora: Mapping[str, Sequence[Observed]], entries: pd.DataFrame) -> pd.DataFrame:
    """Accuracy of rows estimated on nine tenths of the documents of all corpora, tested on the last tenth.

    Returns
    -------
    pandas.DataFrame
        Two rows per corpus: `corpus, entries, cue_precision, cue_recall, cue_f, sentence_precision, sentence_recall,
        sentence_f, n_cues`. A cue is right when its offsets are exactly the corpus's; a sentence is uncertain when it
        holds a cue. `entries` is ``all``, or ``known``: without the patterns that were cues only in the held-out
        tenth, as if nobody had read it when the entries were chosen.
    """
    totals: dict[tuple[str, str], Counter[str]] = {(n, e): Counter() for n in corpora for e in ("all", "known")}
    for name, one, hedging, known in _folds(corpora, entries):
        totals[name, "all"].update(_score(one, hedging))
        totals[name, "known"].update(_score(one, known))
    return pd.DataFrame([{"corpus": n, "entries": e, **_figures(total)} for (n, e), total in totals.items()])


def _folds(
    corpora: Mapping[str, Sequence[Observed]], entries: pd.DataFrame
) -> Iterator[tuple[str, Observed, set[Key], set[Key]]]:
    """Each document with the keys that hedge by the other folds: all of them, and those of known patterns."""
    cues = _cue_patterns(count([one for part in corpora.values() for one in part]))
    for fold in range(N_FOLDS):
        counts = count([one for part in corpora.values() for i, one in enumerate(part) if i % N_FOLDS != fold])
        hedging = _hedging(with_counts(entries, counts))
        unknown = cues - _cue_patterns(counts)
        known = {key for key in hedging if key[:2] not in unknown}
        for name, part in corpora.items():
            yield from ((name, one, hedging, known) for one in part[fold::N_FOLDS])


def _cue_patterns(counts: Mapping[Key, tuple[int, int]]) -> set[tuple[str, str]]:
    return {(pattern, match) for (pattern, match, _), (_, n_right) in counts.items() if n_right}


def cross_validate_entries(corpora: Mapping[str, Sequence[Observed]], entries: pd.DataFrame) -> pd.DataFrame:
    """Hits, false positives and misses of each entry, cross-validated as in `cross_validate` with all entries.

    Returns
    -------
    pandas.DataFrame
        One row per pattern, the most frequent first: `pattern, n_cues, hits, false_positives, misses`. Cues that no
        entry knows are the misses of the pattern ``(no entry)``.
    """
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for _, one, hedging, _ in _folds(corpora, entries):
        readings: dict[Span, list[Key]] = defaultdict(list)
        for key, span in one.found:
            readings[span].append(key)
        for span, keys in readings.items():
            called = next((key for key in keys if key in hedging), None)
            right = span in one.document.cues
            if called or right:
                tally[(called or keys[0])[0]][_outcome(called is not None, right)] += 1
        tally["(no entry)"]["misses"] += len(one.document.cues - readings.keys())
    table = pd.DataFrame([{"pattern": p, **{k: t[k] for k in OUTCOMES}} for p, t in tally.items()])
    table.insert(1, "n_cues", table["hits"] + table["misses"])
    return table.sort_values(["n_cues", "pattern"], ascending=[False, True], ignore_index=True)


def _outcome(called: bool, right: bool) -> str:
    return ("hits" if right else "false_positives") if called else "misses"


def _hedging(entries: pd.DataFrame) -> set[Key]:
    rows = decide(entries.to_dict("records"))
    return {(row.pattern, row.match, row.construction) for row in rows if row.hedges and row.semantic}


def _score(one: Observed, hedging: set[Key]) -> Counter[str]:
    predicted = {span for key, span in one.found if key in hedging}
    gold = one.document.cues
    uncertain, called = _holding(one.document.sentences, gold), _holding(one.document.sentences, predicted)
    return Counter(
        cue_hit=len(predicted & gold),
        cue_called=len(predicted),
        cue_gold=len(gold),
        sentence_hit=len(uncertain & called),
        sentence_called=len(called),
        sentence_gold=len(uncertain),
    )


def _holding(sentences: Sequence[Span], spans: set[Span] | frozenset[Span]) -> set[int]:
    return {i for i, (begin, end) in enumerate(sentences) if any(begin <= start < end for start, _ in spans)}


def _figures(total: Counter[str]) -> dict[str, float]:
    out: dict[str, float] = {}
    for unit in ("cue", "sentence"):
        hit, called, gold = (total[f"{unit}_{kind}"] for kind in ("hit", "called", "gold"))
        out |= {
            f"{unit}_precision": hit / max(1, called),
            f"{unit}_recall": hit / max(1, gold),
            f"{unit}_f": 2 * hit / max(1, called + gold),
        }
    return out | {"n_cues": total["cue_gold"]}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m framing.validity.estimate_hedges", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with factbank.xml and wiki.xml")
    folder = parser.parse_args().folder
    path = FOLDER / f"{LEXICON}.csv"
    lexicon = load_lexicon(LEXICON)
    index, entries = index_of(lexicon), lexicon.entries
    corpora = {Path(name).stem: list(observe(read_szeged(folder / name), index)) for name in FILES}
    print(cross_validate(corpora, entries).round(3).to_string(index=False))
    print(cross_validate_entries(corpora, entries).head(N_LISTED).to_string(index=False))
    counts = count([one for part in corpora.values() for one in part])
    with_counts(entries, counts).to_csv(path, index=False, lineterminator="\n")
    seal_lexicon(path)


if __name__ == "__main__":
    main()
