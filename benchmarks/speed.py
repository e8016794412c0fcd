"""How fast a full analysis is: ratios against spaCy's own call, the parse alone, and textacy's quotations, in one run.

usage: python benchmarks/speed.py [N] [--folder FOLDER] [--rounds R]

N of BASIL's articles (default 60) from FOLDER (default: what FRAMING_DATA names). Everything runs on one core and is
timed in seconds of processor, R times in turn (default 3); the least of each is taken. textacy is no dependency of the
project; its line is left out where it isn't installed.
"""

import argparse
import importlib
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import spacy
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from framing import analyze
from framing.corpus import load_basil
from framing.language import load_model, parse_text
from framing.language.model import DECIDED
from framing.language.threads import single_thread

try:
    from textacy.extract import direct_quotations
except ImportError:
    direct_quotations = None

UNUSED = ["ner", "lemmatizer", "attribute_ruler"]


def spacys_parser() -> spacy.language.Language:
    """The bare parser as fast as spaCy has it: NumPy's BLAS and nothing but tags and trees."""
    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        return importlib.import_module(load_model().package).load(exclude=UNUSED)
    finally:
        set_current_ops(before)


def quotations(doc: spacy.tokens.Doc) -> list[object]:
    """What textacy finds in an article; it refuses one with an odd number of marks."""
    try:
        return list(direct_quotations(doc))
    except ValueError:
        return []


def timed(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Least seconds of processor of each, all of them in turn."""
    least: dict[str, float] = {}
    for _ in range(rounds):
        for name, run in runs.items():
            before = time.process_time()
            with single_thread():
                run()
            least[name] = min(least.get(name, np.inf), time.process_time() - before)
    return least


def count_differences(texts: list[str], slow: spacy.language.Language) -> tuple[int, int]:
    """Tokens that our parser and spaCy's own call decide differently on, and all tokens."""
    n_different = n_tokens = 0
    for text in texts:
        lines = [line for line in text.splitlines() if line.strip()]
        with single_thread():
            ours = load_model().parse(lines)
        for one, other in zip(ours, map(slow, lines), strict=True):
            same = (one.to_array(DECIDED) == other.to_array(DECIDED)).all(axis=1)
            n_different, n_tokens = n_different + int((~same).sum()), n_tokens + len(same)
    return n_different, n_tokens


def main() -> None:
    """Time and print."""
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("articles", nargs="?", type=int, default=60)
    usage.add_argument("--folder")
    usage.add_argument("--rounds", type=int, default=3)
    given = usage.parse_args()

    basil = load_basil(given.folder)
    chosen = np.linspace(0, len(basil) - 1, min(given.articles, len(basil))).astype(int)
    corpus: pd.DataFrame = basil.iloc[chosen].reset_index(drop=True)
    texts = [text for column in ("text", "title") for text in corpus[column].dropna()]
    default, bare = importlib.import_module(load_model().package).load(), spacys_parser()
    runs: dict[str, Callable[[], object]] = {
        "spaCy's default call": lambda: [default(text) for text in texts],
        "spaCy's bare parser": lambda: list(bare.pipe(texts, batch_size=32)),
        "our parse": lambda: [parse_text(text) for text in texts],
        "full analysis": lambda: analyze(corpus, progress=False),
    }
    if direct_quotations is not None:
        runs["textacy's direct quotations"] = lambda: [quotations(default(text)) for text in texts]
    analyze(corpus.head(3), progress=False)

    seconds = timed(runs, given.rounds)
    n_words = sum(len(text.split()) for text in texts)
    print(f"{len(corpus)} articles, {n_words} words; spaCy {spacy.__version__}; the least of {given.rounds} rounds")
    for name, needed in seconds.items():
        print(f"{name:28s} {needed:7.2f} s {n_words / needed:9,.0f} words a second")
    spacys, bare_parse, parse, analysis = list(seconds.values())[:4]
    print(f"full analysis ÷ spaCy's default call (speed)        {spacys / analysis:5.2f}")
    print(f"our parse ÷ spaCy's default call (speed)            {spacys / parse:5.2f}")
    print(f"our parse ÷ spaCy's bare parser (speed)             {bare_parse / parse:5.2f}")
    print(f"measures' own time ÷ spaCy's bare parser            {(analysis - parse) / bare_parse:5.2f}")
    print(f"measures' own time ÷ our parse                      {(analysis - parse) / parse:5.2f}")
    if direct_quotations is not None:
        slower = seconds["textacy's direct quotations"] / analysis
        print(f"full analysis ÷ textacy's direct quotations (speed) {slower:5.2f}")
    different, of = count_differences(texts, default)
    print(f"tokens that we and spaCy's default call decide differently: {different} of {of}")


if __name__ == "__main__":
    main()
