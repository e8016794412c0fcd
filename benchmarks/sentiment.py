"""Compare the speed of the VADER scorer with vaderSentiment's, in one run on the same made-up sentences.

usage: python benchmarks/sentiment.py [FILE]    FILE: sentences of your own, one a line
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import targets
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.measures.vader import vader_score

NEWS = """The minister said a new law would cut taxes for families who lost their jobs, but critics of the plan were not
very happy with it and called the decision a terrible mistake that hurt schools, while support among voters grows in
“several” cities, officials reported on Monday, after (long) talks about trade, health and the budget in parliament."""
NEW_WORD_EACH = 12  # news has names and figures that no text before had
N_SENTENCES, SENTENCE_WORDS, LONG_TEXT_WORDS = 5_000, 22, 20_000


def made_up(n_words: int, seed: int) -> str:
    """Words of news in random order, ended by a full stop."""
    draw = random.Random(seed)
    words = draw.choices(NEWS.split(), k=n_words)
    for place in range(0, n_words, NEW_WORD_EACH):
        words[place] = f"Name{seed}x{place}"
    return " ".join(words) + "."


def words_per_second(score: Callable[[str], float], texts: Sequence[str]) -> float:
    """Words that a scorer gets through in a second of the processor."""
    score(texts[0])
    start = time.process_time()
    for text in texts:
        score(text)
    return sum(len(text.split()) for text in texts) / (time.process_time() - start)


def main() -> None:
    """Print words a CPU second of both scorers and their ratio, then the targets a CPU second."""
    reference = SentimentIntensityAnalyzer()
    kinds = {
        "sentences": [made_up(SENTENCE_WORDS, seed) for seed in range(N_SENTENCES)],
        f"one text of {LONG_TEXT_WORDS:,} words": [made_up(LONG_TEXT_WORDS, 0)],
    }
    kinds |= {f"sentences of {name}": Path(name).read_text(encoding="utf8").splitlines() for name in sys.argv[1:]}
    for kind, texts in kinds.items():
        theirs = words_per_second(lambda text: float(reference.polarity_scores(text)["compound"]), texts)
        ours = words_per_second(vader_score, texts)
        print(
            f"{kind}: vaderSentiment {theirs:,.0f}, framing {ours:,.0f} words a CPU second, ratio {ours / theirs:.1f}"
        )
    targets.main()


if __name__ == "__main__":
    main()
