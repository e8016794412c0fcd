"""A corpus of any size with planted topics and events, made from word frequencies alone; for benchmarks.

The words and their frequencies are those of real texts; a tail of made-up words stands for what a larger corpus would
add. Nothing of the texts but the words is used, and nothing is kept.
"""

import os

import numpy as np
import pandas as pd

from framing import load_example
from framing.corpus import load_basil
from framing.corpus.event_terms import words

N_OUTLETS = 30
N_TOPICS, TOPIC_WORDS, SHARE_TOPIC = 200, 60, 0.10
EVENT_WORDS, SHARE_EVENT = 15, 0.12
MEAN_EVENT = 4  # articles; sizes are geometric, so that a quarter of the events are articles that stand alone
MADE_UP, SHARE_MADE_UP = 200_000, 0.02
FREQUENT = 300  # the most frequent words mark no topic and no event


def word_frequencies() -> tuple[list[str], np.ndarray]:
    """Words of BASIL (where FRAMING_DATA has it, else of the example) and their shares, most frequent first."""
    texts = (load_basil() if os.environ.get("FRAMING_DATA") else load_example())["text"].dropna()
    counts = pd.Series([word for text in texts for word, _, _ in words(text)]).value_counts()
    counts = counts.sort_index().sort_values(ascending=False, kind="stable")
    tail = 1 / np.arange(1, MADE_UP + 1)
    shares = [counts / counts.sum() * (1 - SHARE_MADE_UP), tail / tail.sum() * SHARE_MADE_UP]
    return [*counts.index, *(f"zz{number}" for number in range(MADE_UP))], np.concatenate(shares)


def synthetic_corpus(n_articles: int, *, n_days: int, n_words: int = 500, seed: int = 0) -> pd.DataFrame:
    """Make a corpus: `article_id, outlet, date, title, text` and `planted`, the event that each article was made for.

    An event begins on a random day; its articles appear on that day or the next. Each is 12% words of the event, 10%
    of its topic and for the rest words by their frequency, independently drawn.
    """
    draw = np.random.default_rng(seed)
    vocabulary, shares = word_frequencies()
    known = np.array([word.capitalize() if number % 3 == 0 else word for number, word in enumerate(vocabulary)])
    n_marking = len(vocabulary) - MADE_UP // 2
    topics = draw.integers(FREQUENT, n_marking, (N_TOPICS, TOPIC_WORDS))
    planted = np.repeat(np.arange(n_articles), draw.geometric(1 / MEAN_EVENT, n_articles))[:n_articles]
    events = draw.integers(FREQUENT, n_marking, (planted[-1] + 1, EVENT_WORDS))
    topic_of, day_of = draw.integers(N_TOPICS, size=len(events)), draw.integers(n_days, size=len(events))
    cumulated = shares.cumsum() / shares.sum()
    rows = []
    for number, event in enumerate(planted):
        drawn = np.searchsorted(cumulated, draw.random(n_words))
        kind = draw.random(n_words)
        of_topic = kind < SHARE_TOPIC
        of_event = kind > 1 - SHARE_EVENT
        drawn[of_topic] = draw.choice(topics[topic_of[event]], of_topic.sum())
        drawn[of_event] = draw.choice(events[event], of_event.sum())
        title = np.concatenate([draw.choice(events[event], 4), drawn[:4]])
        day = np.datetime64("2018-01-01") + int(day_of[event] + draw.integers(2))
        outlet = f"Outlet {draw.integers(N_OUTLETS)}"
        rows.append((f"a{number}", outlet, day, " ".join(known[title]), " ".join(known[drawn]), f"p{event}"))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "date", "title", "text", "planted"])
