"""What of a text the features of many units ask for, reckoned once."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from framing.language import Parse
from framing.measures.attribution.cue_features import SUBJECTS
from framing.measures.attribution.weights import PRIORS

# Between two parts of a sentence: a comma, a semicolon, a colon, a dash, a bracket.
SEPARATORS = {",": ",", ";": ";", ":": ":", "—": "-", "--": "-", "–": "-", "―": "-", "(": "(", ")": "("}
NEVER = len(PRIORS) - 1
RANK = {name: rank for rank, (_, name) in enumerate(PRIORS)}


class Seen:
    """Facts about the tokens of one text.

    Attributes
    ----------
    known : sequence of str
        How often each token's word was a cue.
    has_subject : list of bool
        Whether a subject hangs on it.
    conjunction : list of int
        The first *and* or *or* that hangs on it, or the number of tokens.
    holds : list of str
        How often the likeliest cue in its subtree was one; what is quoted has none that counts.
    """

    def __init__(self, parse: Parse, known: Sequence[str]) -> None:
        """Go through the text once."""
        n = len(parse)
        self.known = known
        self.has_subject = [False] * n
        self.conjunction = [n] * n
        for token, (dep, head) in enumerate(zip(parse.dep, parse.head, strict=True)):
            if head != token and dep in SUBJECTS:
                self.has_subject[head] = True
            elif head != token and dep == "cc" and token < self.conjunction[head]:
                self.conjunction[head] = token
        ranks = [NEVER if q >= 0 else RANK.get(name, NEVER) for name, q in zip(known, parse.quotation, strict=True)]
        self.holds = [PRIORS[rank][1] for rank in _least_below(parse, ranks)]
        self._separators = [token for token, word in enumerate(parse.word) if word in SEPARATORS]
        self._signs = [SEPARATORS[parse.word[token]] for token in self._separators]
        self._quoted = [0, *accumulate(q >= 0 for q in parse.quotation)]

    def separators(self, first: int, beyond: int) -> str:
        """The signs between two tokens, each once."""
        here, there = bisect_left(self._separators, first), bisect_left(self._separators, beyond)
        return "".join(sorted(set(self._signs[here:there]))) if there > here + 1 else "".join(self._signs[here:there])

    def quoted(self, first: int, last: int) -> str:
        """Whether both ends are in quotation marks, or only something is."""
        before = self._quoted
        if before[first] != before[first + 1] and before[last] != before[last + 1]:
            return "all"
        return "some" if before[last + 1] > before[first] else "no"


def _least_below(parse: Parse, ranks: list[int]) -> list[int]:
    """The least of the ranks in each token's subtree."""
    least = list(ranks)
    # Heads before what hangs on them, so that the way back adds up whole subtrees.
    order = [token for token, head in enumerate(parse.head) if head == token]
    for token in order:  # grows while it is walked
        order += parse.children[token]
    for token in reversed(order):
        head = parse.head[token]
        if least[token] < least[head]:
            least[head] = least[token]
    return least
