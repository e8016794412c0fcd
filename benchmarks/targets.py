"""Targets scored in a second of the processor, the parse excluded, on made-up sentences of news.

usage: python benchmarks/targets.py [FILE]    FILE: NewsMTSC's jsonl of single targets, to be scored instead
"""

import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from framing.language.parse import Parse
from framing.language.parsing import parse_text
from framing.measures.spans import Span
from framing.measures.targets import load_target_weights, target_probabilities

SUBJECTS = ["Mayor Lee", "Ann Lee", "The council", "Senator Ito", "She", "The Northern Relief Fund"]
VERBS = ["blamed", "praised", "said he would never forgive", "did not support", "met", "accused"]
OBJECTS = ["the corrupt minister", "Tom Reed’s campaign", "voters in Bonn", "the president", "her brave opponents"]
ENDS = [
    "after a disastrous debate on Monday, when the polls had turned against him and his party.",
    "for what he called “the worst mistake of the year,” and the crowd cheered loudly.",
    "while critics of the new law warned that thousands of families would lose their homes.",
    "but officials declined to comment on the investigation into the failed contract.",
]
N_SENTENCES, REPEATS = 1_000, 3


def made_up(number: int) -> tuple[str, Span]:
    """A sentence of about 25 words and where its subject stands in it."""
    draw = random.Random(number)
    subject, verb, thing, end = map(draw.choice, (SUBJECTS, VERBS, OBJECTS, ENDS))
    return f"{subject} {verb} {thing} {end}", (0, len(subject))


def read(path: Path) -> list[tuple[str, Span]]:
    """Sentences and targets of a file."""
    rows = map(json.loads, path.read_text(encoding="utf8").splitlines())
    return [(row["sentence"], (row["from"], row["to"])) for row in rows]


def targets_per_second(parsed: Sequence[tuple[Parse, Span]]) -> float:
    """Best of several runs, one target a text, so that nothing is shared between targets."""
    load_target_weights()
    target_probabilities(parsed[0][0], [parsed[0][1]])
    best = 0.0
    for _ in range(REPEATS):
        start = time.process_time()
        for parse, span in parsed:
            target_probabilities(parse, [span])
        best = max(best, len(parsed) / (time.process_time() - start))
    return best


def main(files: Sequence[str] = ()) -> None:
    """Print the number of targets and how many are scored in a second."""
    mentions = [m for name in files for m in read(Path(name))] or [*map(made_up, range(N_SENTENCES))]
    parsed = [(parse_text(text), span) for text, span in mentions]
    print(f"{len(parsed):,} targets: {targets_per_second(parsed):,.0f} a CPU second, parse excluded")


if __name__ == "__main__":
    main(sys.argv[1:])
