"""Which names an article's sources may turn out to be, so that the model is asked about these and no others."""

from collections.abc import Iterable, Sequence

from framing.language import Parse
from framing.measures.attribution.people import People, word_kinds
from framing.measures.attribution.salience import LOOK_BACK, is_named_subject

RELATIVES = {"who", "that", "which", "whom", "whose"}


def names_wanted(parse: Parse, people: People, mentions: Sequence[set[int]]) -> list[str]:
    """Names in the sources, behind their relative pronouns, and where *he* or *the company* may look back to."""
    tokens = [
        *_in_sources(parse, mentions),
        *_subjects_before(parse, people, mentions),
        *_before_generic(parse, mentions),
    ]
    return [name for name in map(people.name_at, tokens) if name is not None]


def head_of(parse: Parse, tokens: Iterable[int]) -> int:
    """The word that the others hang on."""
    tokens = set(tokens)
    return min(t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t)


def antecedent(parse: Parse, relative: int) -> set[int]:
    """`the minister, who said …`: the noun that the relative clause hangs on, with what stands before it."""
    here = relative
    for _ in range(4):
        if parse.dep[here] == "relcl":
            noun = parse.head[here]
            return {t for t in range(parse.first[noun], relative) if t <= noun or parse.dep[t] == "appos"} | {noun}
        here = parse.head[here]
    return set()


def _in_sources(parse: Parse, mentions: Sequence[set[int]]) -> list[int]:
    return [t for tokens in mentions for t in sorted(tokens | _behind_relative(parse, tokens))]


def _behind_relative(parse: Parse, tokens: set[int]) -> set[int]:
    found = set().union(*(antecedent(parse, t) for t in tokens if parse.lower[t] in RELATIVES))
    return found | {parse.head[t] for t in found if parse.dep[t] == "appos"}


def _subjects_before(parse: Parse, people: People, mentions: Sequence[set[int]]) -> list[int]:
    """Named subjects of the sentences that a pronoun may look back to; without one, all names there."""
    found: dict[int, None] = {}
    for tokens in mentions:
        if any(parse.tag[t] == "PRP" for t in tokens):
            here = parse.sentence[min(tokens)]
            first, beyond = parse.sentences[max(0, here - LOOK_BACK)][0], parse.sentences[here][1]
            named = [t for t in range(first, beyond) if t in people.at]
            found.update(dict.fromkeys([t for t in named if is_named_subject(parse, t)] or named))
    return sorted(found)


def _before_generic(parse: Parse, mentions: Sequence[set[int]]) -> list[int]:
    """The sentences that "the company" may look back to."""
    heads = (head_of(parse, tokens) for tokens in mentions if tokens)
    generic = (h for h in heads if parse.lemma[h] in word_kinds()["generic_organization"])
    return [t for h in generic for t in range(parse.sentences[max(0, parse.sentence[h] - LOOK_BACK)][0], h)]
