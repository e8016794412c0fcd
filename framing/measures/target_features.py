"""What is known about a mention in its sentence: names of features that a person can read, some with a value.

A feature's name says where its word or tone lies as seen from the mention: `after=blame` follows it, `<nsubj=blame` is
the verb whose subject it is, `<nsubj >dobj=plan` that verb's object, `tone- <dobj` the negative words that it is the
object of. Names of people, groups and places are never features: who is meant must not decide how they are judged.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from framing.language.parse import Parse
from framing.lexicons.loading import load_lexicon
from framing.measures.news_tone import NAMES, context_factor, negation_of, view_tone

CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "NUM"})
SUBJECTS = ("nsubj", "nsubjpass")
STRONGEST = 4.0  # of the lexicons' ratings, so that a word's tone is -1 to 1
LONGEST_PATH = 3  # steps in the parse
NEAR_PATH = 2
WINDOW = 5  # tokens on either side in which tone counts as near
NEIGHBOURS = 3  # tokens on either side that are features of their own
BEGINNINGS = frozenset("“‘\"'([:;—–-.!?…*•")  # signs after which a word may have a capital for nothing but its place
NAME, NUMBER = "[name]", "[number]"


@dataclass(slots=True)
class Features:
    """Names that hold (twice when they hold twice), and names with a value."""

    names: list[str] = field(default_factory=list)
    values: list[tuple[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SentenceView:
    """What all mentions of one sentence share.

    `words` are its content words with their base forms (``not win`` when negated), `tone` its rated words with their
    tone in context from -1 to 1, `forms` every token's base form, names and numbers apart.
    """

    parse: Parse
    first: int
    beyond: int
    words: Mapping[int, str]
    tone: Mapping[int, float]
    forms: Sequence[str]
    quoted: frozenset[int]


def view_sentence(parse: Parse, sentence: int) -> SentenceView:
    """Gather what the features of any mention in a sentence need."""
    first, beyond = parse.sentences[sentence]
    view = view_tone(parse, sentence)
    words: dict[int, str] = {}
    tone: dict[int, float] = {}
    # Most sentences negate nothing: one look-up spares what would find that.
    negations = view.model.negations | view.model.prepositions
    negates = not negations.isdisjoint(word.replace("’", "'") for word in parse.lower[first:beyond])
    for token in range(first, beyond):
        prior = view.priors.get(token, 0.0)
        content = parse.pos[token] in CONTENT and not is_name(parse, token)
        if not (prior or content):
            continue
        negation = negation_of(view, token) if negates or prior < 0 else None
        if prior:
            tone[token] = prior * context_factor(view, token, negation) / STRONGEST
        if content:
            words[token] = _form(parse, token) if negation is None else f"not {_form(parse, token)}"
    return SentenceView(
        parse=parse,
        first=first,
        beyond=beyond,
        words=words,
        tone=tone,
        forms=[_form(parse, t) for t in range(first, beyond)],
        quoted=frozenset(t for t in range(first, beyond) if parse.quotation[t] >= 0),
    )


def is_name(parse: Parse, token: int) -> bool:
    """Whether a token is a name or made of one: "Democratic", and "Trump" also where the tagger saw a verb."""
    if parse.tag[token] in NAMES or parse.word[token][0] == "@":
        return True
    if not parse.word[token][0].isupper() or parse.pos[token] == "PRON":
        return False
    # A capital that no beginning of a sentence or a quotation explains.
    first = parse.sentences[parse.sentence[token]][0]
    return token > first and parse.word[token - 1][-1] not in BEGINNINGS


def _form(parse: Parse, token: int) -> str:
    if is_name(parse, token):
        return NAME
    return NUMBER if parse.pos[token] == "NUM" else parse.lemma[token]


def tokens_of(parse: Parse, start: int, end: int) -> tuple[int, int] | None:
    """First and last token that a stretch of text touches, both inclusive; None when it holds only white space."""
    first, last = bisect_right(parse.end, start), bisect_left(parse.start, end) - 1
    return (first, last) if first <= last else None


def head_of(parse: Parse, first: int, last: int) -> int:
    """Token of a mention that the rest of it hangs on."""
    outside = (t for t in range(first, last + 1) if not first <= parse.head[t] <= last or parse.head[t] == t)
    return next((t for t in outside if parse.dep[t] != "punct"), last)


def target_features(view: SentenceView, first: int, last: int) -> Features:
    """Features of the mention from token `first` to token `last`, both inclusive, in its sentence."""
    head = head_of(view.parse, first, last)
    said = _said_by(view, head)
    found = Features(_of_mention(view, head, first), [])
    paths = paths_from(view.parse, head, LONGEST_PATH)
    _add_tone(view, found, paths, said, (head, first, last))
    _add_words(view, found, paths, said, (first, last))
    _add_neighbours(view, found, first, last)
    return found


def _of_mention(view: SentenceView, head: int, first: int) -> list[str]:
    """What the mention is and where it stands."""
    parse = view.parse
    kind = "pronoun" if parse.pos[head] == "PRON" else "name" if parse.tag[head] in NAMES else "noun"
    dep = parse.dep[head]
    length = view.beyond - view.first
    quoted = "in" if head in view.quoted else "out" if view.quoted else "none"
    names = [
        "always",
        f"kind={kind}",
        f"dep={dep}",
        f"dep={dep} kind={kind}",
        f"quarter={4 * (first - view.first) // length + 1}",
        f"length={min(length // 10, 5)}0",
        f"quoted={quoted}",
    ]
    if first == view.first:
        names.append("begins sentence")
    if dep in SUBJECTS and (cue := _cues().get(parse.lemma[parse.head[head]])):
        names.append(f"{dep} of {cue}")
    return names


def _said_by(view: SentenceView, head: int) -> frozenset[int] | range:
    """Tokens that the mention itself is said to have said: their tone is towards others.

    # "Lee said the plan was a disaster", "“A disaster,” said Lee"
    """
    parse = view.parse
    verb = parse.head[head]
    if parse.dep[head] != "nsubj" or parse.lemma[verb] not in _cues():
        return frozenset()
    clause = parse.child(verb, "ccomp", "parataxis")
    said = frozenset() if clause is None else frozenset(range(parse.first[clause], parse.last[clause] + 1))
    return said if head in view.quoted else said | view.quoted


def paths_from(parse: Parse, head: int, longest: int) -> dict[int, str]:
    """Tokens within so many steps of `head`, each with its way: `<` up by a token's label, `>` down by the other's.

    Examples
    --------
    >>> from framing.language.parsing import parse_text
    >>> paths_from(parse_text("Lee blamed the council."), 0, 2)
    {0: '', 1: '<nsubj', 3: '<nsubj >dobj', 4: '<nsubj >punct'}
    """
    found = {head: ""}
    edge = [head]
    top = head  # only from the mention's own ancestors does a way lead further up
    for _ in range(longest):
        following = []
        for token in edge:
            way = found[token]
            before = f"{way} " if way else ""
            if token == top and (above := parse.head[token]) != token:
                found[above] = f"{before}<{parse.dep[token]}"
                following.append(above)
            for child in parse.children[token]:
                if child not in found:
                    found[child] = f"{before}>{parse.dep[child]}"
                    following.append(child)
        if top != parse.head[top]:
            top = parse.head[top]
        edge = following
    return found


def _add_tone(
    view: SentenceView,
    found: Features,
    paths: Mapping[int, str],
    said: frozenset[int] | range,
    mention: tuple[int, int, int],
) -> None:
    head, first, last = mention
    inside = head in view.quoted
    total = 0.0
    for token, tone in view.tone.items():
        if first <= token <= last:
            continue
        total += tone
        sign, weight = ("tone+", tone) if tone > 0 else ("tone-", -tone)
        after = token > last
        add = found.values.append
        add((sign, weight))
        add((f"{sign} after" if after else f"{sign} before", weight))
        if token in said:
            add((f"{sign} said", weight))
        if (token - last if after else first - token) <= WINDOW:
            add((f"{sign} close after" if after else f"{sign} close before", weight))
        if (token in view.quoted) != inside:
            add((f"{sign} across quotation mark", weight))
        way = paths.get(token)
        if way is None:
            add((f"{sign} far", weight))
        else:
            add((f"{sign} {way}", weight))
            if way.count(" ") < NEAR_PATH:
                add((f"{sign} near", weight))
    found.names.append(f"sum={_step(total)}")


def _step(total: float) -> str:
    """Tone of the sentence in seven steps."""
    size = abs(total) * STRONGEST
    if size < 0.05:
        return "0"
    return ("+" if total > 0 else "-") + ("1" if size < 1.5 else "2" if size < 3 else "3" if size < 6 else "4")


def _add_words(
    view: SentenceView,
    found: Features,
    paths: Mapping[int, str],
    said: frozenset[int] | range,
    mention: tuple[int, int],
) -> None:
    first, last = mention
    add = found.names.append
    for token, word in view.words.items():
        if first <= token <= last:
            continue
        add(f"word={word}")
        add(f"said={word}" if token in said else f"after={word}" if token > last else f"before={word}")
        if (way := paths.get(token)) is not None:
            add(f"{way}={word}")
            if way.count(" ") < NEAR_PATH:
                add(f"near={word}")


def _add_neighbours(view: SentenceView, found: Features, first: int, last: int) -> None:
    for distance in range(1, NEIGHBOURS + 1):
        for token, side in ((first - distance, "previous"), (last + distance, "next")):
            if view.first <= token < view.beyond:
                form = view.forms[token - view.first]
                found.names.append(f"{side}={form}")
                if distance < NEIGHBOURS:
                    found.names.append(f"{side} {distance}={form}")


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, str]:
    """Verbs of attribution with their kind and stance: `speech cue, distancing`."""
    entries = load_lexicon("cue_types_en").entries
    verbs = entries[entries["construction"] == "VERB"]
    named = zip(verbs["pattern"], verbs["category"], verbs["stance"], strict=True)
    return {word: f"{category} cue, {stance}" for word, category, stance in named}
