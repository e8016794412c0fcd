"""How well and how fast copies are found: planted in BASIL's articles, and among many made-up ones.

usage: python benchmarks/copies.py accuracy [FOLDER]    FOLDER: holds basil/ (default: what FRAMING_DATA names)
       python benchmarks/copies.py minhash [FOLDER]     the planted copies by MinHash and its index instead
       python benchmarks/copies.py speed N [FOLDER]     N made-up articles of 500 words with BASIL's word frequencies
"""

import itertools
import random
import re
import resource
import sys
import time

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH

from framing.corpus import load_basil
from framing.corpus.copies import find_copies

KINDS = ("replaced", "reordered", "reworded", "all three")
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
N_PAIRS, N_WORDS = 500, 500
SHARE_COPIES, LARGE_GROUP = 0.1, 500  # of the made-up articles, and how many of them are one story
FOOTER = (
    "Sign up for our free newsletter to get the stories of the day every morning and follow us on all channels " * 2
)
SENTENCE_END = re.compile(r"(?<=[.!?”\"]) +|\n+")


def plant(text: str, share: float, kind: str, others: list[str], words: list[str], draw: random.Random) -> str:
    """A copy of a text with a share of its sentences changed."""
    sentences = SENTENCE_END.split(text)
    chosen = draw.sample(range(len(sentences)), round(share * len(sentences)))
    moved: list[int] = []
    for number, place in enumerate(chosen):
        how = KINDS[number % 3] if kind == "all three" else kind
        if how == "replaced":
            sentences[place] = draw.choice(others)
        elif how == "reordered":
            moved.append(place)
        else:
            sentences[place] = " ".join(
                draw.choice(words) if draw.random() < 0.25 else word for word in sentences[place].split()
            )
    for here, there in zip(moved, draw.sample(moved, len(moved)), strict=True):
        sentences[here], sentences[there] = sentences[there], sentences[here]
    return " ".join(sentences)


def planted(basil: pd.DataFrame, n_pairs: int, seed: int = 0) -> pd.DataFrame:
    """BASIL with copies of its articles, a day later in another outlet; `of`, `share` and `kind` say what was done."""
    draw = random.Random(seed)
    sentences = [sentence for text in basil["text"] for sentence in SENTENCE_END.split(text)]
    words = [word for sentence in sentences for word in sentence.split()]
    rows = []
    for number in range(n_pairs):
        article = basil.iloc[draw.randrange(len(basil))]
        share, kind = SHARES[number % len(SHARES)], KINDS[number // len(SHARES) % len(KINDS)]
        text = plant(article["text"], share, kind, sentences, words, draw)
        rows.append(
            {
                "article_id": f"copy {number}",
                "outlet": "Copier",
                "text": text,
                "date": article["date"] + pd.Timedelta(days=1),
                "of": article["article_id"],
                "share": share,
                "kind": kind,
            }
        )
    return pd.concat([basil, pd.DataFrame(rows)], ignore_index=True)


def is_found(found: pd.DataFrame, of: pd.Series) -> pd.Series:
    """Whether an article was found to repeat what it was made of; what was not found is a miss, not unknown."""
    right = (found["original"] == of) | (found["group"] == of)
    return right.fillna(False).astype(bool) & found["original"].notna()


def accuracy(folder: str | None) -> None:
    """Print the share of planted copies that were found, by how much and how they were changed."""
    basil = load_basil(folder)
    own = find_copies(basil, progress=False)
    print(f"pairs among BASIL's 300 articles: {int(own['original'].notna().sum())}")
    corpus = planted(basil, N_PAIRS)
    found = find_copies(corpus, progress=False).assign(**corpus[["of", "share", "kind"]])
    copies = found[found["of"].notna()]
    copies = copies.assign(right=is_found(copies, copies["of"]))
    print(copies.pivot_table(index="kind", columns="share", values="right", aggfunc="mean", margins=True).round(3))
    few = copies[copies["share"] <= 0.4]
    print(f"up to 40% changed: {few['right'].sum()} of {len(few)} found ({few['right'].mean():.3f})")
    wrong = found[found["of"].isna() & found["original"].notna()]
    print(f"BASIL's own articles taken for copies: {len(wrong)}")


def minhash(folder: str | None) -> None:
    """Print the share of planted copies that datasketch's index brings up, and its seconds."""
    corpus = planted(load_basil(folder), N_PAIRS)
    begin = time.process_time()
    index, hashes = MinHashLSH(threshold=0.25, num_perm=128), {}
    for article_id, text in zip(corpus["article_id"], corpus["text"], strict=True):
        words = re.findall(r"\w+", text.casefold())
        hashes[article_id] = MinHash(num_perm=128)
        hashes[article_id].update_batch([" ".join(words[n : n + 5]).encode() for n in range(len(words) - 4)])
        index.insert(article_id, hashes[article_id])
    copies = corpus[corpus["of"].notna()]
    copies = copies.assign(up=[of in index.query(hashes[one]) for one, of in copies[["article_id", "of"]].values])
    print(f"{len(corpus):,} articles: {time.process_time() - begin:.1f} s of processor")
    print(copies.pivot_table(index="kind", columns="share", values="up", aggfunc="mean", margins=True).round(3))


def made_up(n: int, folder: str | None, seed: int = 0) -> pd.DataFrame:
    """Articles of words drawn by BASIL's frequencies; a tenth are copies with a fifth of the words drawn anew."""
    # Without quotation marks: drawn one by one they would open quotations that never close.
    words = [word for text in load_basil(folder)["text"] for word in re.sub('[“”"]', "", text).split()]
    vocabulary, counts = np.unique(words, return_counts=True)
    random_ = np.random.default_rng(seed)
    n_copies = int(SHARE_COPIES * n)
    articles = random_.choice(len(vocabulary), (n - n_copies, N_WORDS), p=counts / counts.sum()).astype(np.int32)
    sources = random_.integers(0, len(articles), n_copies)
    sources[: min(LARGE_GROUP, n_copies // 2)] = 0
    texts = [" ".join(vocabulary[row]) for row in articles]
    for source in sources:
        copied = articles[source].copy()
        begin = random_.integers(0, N_WORDS * 4 // 5)
        copied[begin : begin + N_WORDS // 5] = random_.choice(len(vocabulary), N_WORDS // 5)
        texts.append(" ".join(vocabulary[copied]))
    outlets = [f"Outlet {number % 100:02}" for number in range(n)]
    texts = [
        f"{text}\n\n{FOOTER}" if outlet < "Outlet 75" else text for text, outlet in zip(texts, outlets, strict=True)
    ]
    dates = pd.to_datetime("2020-01-01") + pd.to_timedelta([0] * len(articles) + [1] * n_copies, unit="D")
    corpus = pd.DataFrame(
        {"article_id": [f"{number:07}" for number in range(n)], "outlet": outlets, "text": texts, "date": dates}
    )
    corpus["of"] = pd.Series([None] * len(articles) + [f"{source:07}" for source in sources], dtype="string")
    return corpus


def speed(n: int, folder: str | None) -> None:
    """Print seconds and memory, and whether the planted copies were found."""
    corpus = made_up(n, folder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    clock = time.perf_counter()
    found = find_copies(corpus, progress=False)
    seconds, elapsed = time.process_time() - begin, time.perf_counter() - clock
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = corpus["of"].notna()
    right = is_found(found, corpus["of"])[made].mean()
    false = int((found["original"].notna() & ~made).sum())
    print(
        f"{n:,} articles: {seconds:.1f} s of processor, {elapsed:.1f} s by the clock, "
        f"{most / 1e6:.2f} GB at most ({before / 1e6:.2f} GB before), {right:.3f} of copies found, {false} false"
    )


if __name__ == "__main__":
    arguments = dict(itertools.zip_longest(("what", "first", "second"), sys.argv[1:4]))
    if arguments["what"] == "accuracy":
        accuracy(arguments["first"])
    elif arguments["what"] == "minhash":
        minhash(arguments["first"])
    elif arguments["what"] == "speed" and arguments["first"]:
        speed(int(arguments["first"]), arguments["second"])
    else:
        sys.exit(__doc__)
