"""The tone of news: what a sentence's words judge, weighed by a table learnt from news and negated over the parse."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from framing.language.parse import Parse
from framing.measures.tone_model import CLASSES, OTHER, PHRASE, Key, ToneModel, ToneRules, class_of, load_tone_model

NAMES = ("NNP", "NNPS")
# A negation above reaches down along these: "did not [dobj: offer a good plan]", "is no [attr: friend]".
SCOPE = frozenset(
    {"amod", "advmod", "acomp", "attr", "dobj", "xcomp", "oprd", "pobj", "prep", "ccomp", "nmod", "compound", "conj"}
    | {"agent", "pcomp"}
)
OBJECT = frozenset({"dobj", "amod", "compound", "nmod", "conj"})  # from a word up to the verb whose object it is in
MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class ToneWord:
    """What carries tone: its tokens, what it weighs in its sentence, and the token that negates it.

    `token` is the word, or the head of a phrase from `first` to before `beyond`.
    """

    token: int
    first: int
    beyond: int
    weight: float
    negation: int | None


@dataclass(frozen=True, slots=True)
class ToneView:
    """A sentence with its rated words.

    `priors` are their weights before anything is learnt, by token; `phrases` the tokens of rated phrases, by their
    heads, and `covered` all tokens of these.
    """

    parse: Parse
    sentence: int
    model: ToneModel
    priors: Mapping[int, float]
    phrases: Mapping[int, tuple[int, int]]
    covered: frozenset[int]
    turn: int | None
    conditional: frozenset[int]


def tone_words(parse: Parse, sentence: int, model: ToneModel | None = None) -> list[ToneWord]:
    """Find the words and phrases of a sentence that carry tone and weigh them in their context.

    Names never count ("Justice Department"), nor do the names of groups of people. A word near "very" or "hardly"
    weighs more or less, one before "but" less and one after it more, one in an if-clause half, a negated one a little
    to the other side. What is prevented or reduced counts as negated when it is bad ("curb abuse").

    Notes
    -----
    Names of events (war, killed, tax) weigh less than judgements, so that a sad topic isn't taken for a hostile tone;
    they don't weigh nothing. Irony, quotation in scorn, and what is judged (the law or its opponents) go unseen.
    Weights were learnt from labels towards people named in US political news, whose verbs say much
    about those people ("resigned") and less about the writer.
    """
    view = view_tone(parse, sentence, model)
    found = []
    for token in range(*parse.sentences[sentence]):
        weight = _weight(view, token)
        if not weight:
            continue
        negation = negation_of(view, token)
        weight *= context_factor(view, token, negation)
        if weight:
            first, beyond = view.phrases.get(token, (token, token + 1))
            found.append(ToneWord(token, first, beyond, weight, negation))
    return found


def tone_score(total: float, n_words: int, rules: ToneRules | None = None) -> float:
    """Normalise the summed weights of so many words to -1..1; at 25 words as VADER does.

    Examples
    --------
    >>> tone_score(0.0, 25), tone_score(2.0, 25), tone_score(-2.0, 25), tone_score(2.0, 50)
    (0.0, 0.4588, -0.4588, 0.3714)
    """
    rules = rules or load_tone_model().rules
    return round(total / math.sqrt(total * total + rules.base + rules.per_word * n_words), 4)


# --- words --------------------------------------------------------------------------------------------------------


def view_tone(parse: Parse, sentence: int, model: ToneModel | None = None) -> ToneView:
    """Find the rated words and phrases of a sentence, and what all of its words' contexts share."""
    model = model or load_tone_model()
    first, beyond = parse.sentences[sentence]
    phrases = _phrases(parse, first, beyond, model)
    covered = frozenset(token for start, stop in phrases.values() for token in range(start, stop))
    priors: dict[int, float] = {}
    for token in range(first, beyond):
        if token in phrases:
            if weight := model.phrases[_phrase_key(parse, phrases[token], model)]:
                priors[token] = weight
        elif token not in covered:
            prior = model.prior(_spelled(parse, token), _word_key(parse, token))
            if prior and not _is_silent(parse, token, model):
                priors[token] = prior
    marks = [t for t in range(first, beyond) if parse.lower[t] in model.conditions and parse.dep[t] == "mark"]
    clauses = (range(parse.first[parse.head[t]], parse.last[parse.head[t]] + 1) for t in marks)
    return ToneView(
        parse=parse,
        sentence=sentence,
        model=model,
        priors=priors,
        phrases=phrases,
        covered=covered,
        turn=_contrast(parse, first, beyond),
        conditional=frozenset(token for clause in clauses for token in clause),
    )


def key_of(view: ToneView, token: int) -> Key:
    """Lemma and word class, under which a word or phrase is looked up in the table."""
    if token in view.phrases:
        return " ".join(_phrase_key(view.parse, view.phrases[token], view.model)), PHRASE
    return _word_key(view.parse, token)


def never_counts(view: ToneView, token: int) -> bool:
    """Whether a token carries no tone whatever is learnt: a sign, a name, a group of people, a word of grammar."""
    if token in view.covered:
        return token not in view.phrases
    return _is_silent(view.parse, token, view.model)


def _word_key(parse: Parse, token: int) -> Key:
    return parse.lemma[token], CLASSES.get(parse.pos[token], OTHER)


def _spelled(parse: Parse, token: int) -> str:
    """A word as the lexicons spell it."""
    return parse.lower[token].replace("’", "'")


def _is_silent(parse: Parse, token: int, model: ToneModel) -> bool:
    lower, lemma = _spelled(parse, token), parse.lemma[token]
    # "like a house", "as well": a rated word, but here it only joins others
    grammar = not model.grammar.isdisjoint({(lower, parse.pos[token]), (lemma, parse.pos[token])})
    return (
        grammar
        or lower in model.negations
        or lower in model.prepositions
        or (parse.tag[token] in NAMES and not model.rules.names)
        or not parse.is_word(token)
        or lemma in model.neutral
        or lower in model.neutral
    )


def _phrases(parse: Parse, first: int, beyond: int, model: ToneModel) -> dict[int, tuple[int, int]]:
    """Phrases of the list, the longest first, by the token that the others hang on."""
    found: dict[int, tuple[int, int]] = {}
    token = first
    while token < beyond:
        starting = (*model.starts.get(parse.lemma[token], ()), *model.starts.get(parse.lower[token], ()))
        size = next((len(p) for p in starting if _stands_at(parse, token, beyond, p)), 0)
        if size:
            inside = range(token, token + size)
            head = next((t for t in inside if parse.head[t] not in inside or parse.head[t] == t), token)
            found[head] = (token, token + size)
        token += size or 1
    return found


def _stands_at(parse: Parse, token: int, beyond: int, phrase: tuple[str, ...]) -> bool:
    return token + len(phrase) <= beyond and all(
        word in (parse.lemma[t], parse.lower[t]) for t, word in enumerate(phrase, token)
    )


def _phrase_key(parse: Parse, span: tuple[int, int], model: ToneModel) -> tuple[str, ...]:
    """A phrase as its entry is written."""
    first, beyond = span
    starting = (*model.starts.get(parse.lemma[first], ()), *model.starts.get(parse.lower[first], ()))
    return next(p for p in starting if len(p) == beyond - first and _stands_at(parse, first, beyond, p))


def _weight(view: ToneView, token: int) -> float:
    """Weight of a word in news: the table's, else its prior weight times the factor of its class."""
    key = key_of(view, token)
    learnt = view.model.weights.get(key)
    if learnt is not None:
        return 0.0 if never_counts(view, token) else learnt
    prior = view.priors.get(token, 0.0)
    return prior * view.model.factors[class_of(key, prior)] if prior else 0.0


# --- context ------------------------------------------------------------------------------------------------------


def context_factor(view: ToneView, token: int, negation: int | None) -> float:
    """Return what the context multiplies a word's weight with."""
    rules, parse = view.model.rules, view.parse
    factor = 1.0 if view.turn is None else rules.before_but if token < view.turn else rules.after_but
    if token in view.conditional:
        factor *= rules.conditional
    if token in view.priors:
        boosters = view.model.boosters
        boosts = (boosters.get(parse.lower[t], 0.0) for t in (token - 1, token - 2) if t >= 0)
        factor *= 1 + rules.boosted * sum(boosts)
        return factor * rules.negated if negation is not None else factor
    # Of a word that no lexicon rates it isn't known what its negation says: "didn't vote".
    return 0.0 if negation is not None else factor


def negation_of(view: ToneView, token: int) -> int | None:
    """Find the token that negates a word: below it, or below what it hangs on and before it."""
    parse, model = view.parse, view.model
    if model.rules.window:
        first = max(token - model.rules.window, parse.sentences[view.sentence][0])
        return next((t for t in range(first, token) if _spelled(parse, t) in model.negations), None)
    here = token
    for depth in range(MAX_DEPTH + 1):
        if (negating := _negating_child(view, here, beyond=None if not depth else token)) is not None:
            return negating
        head = parse.head[here]
        if head == here or parse.dep[here] not in SCOPE:
            return None
        # "without a serious plan"
        if parse.lower[head] in model.prepositions:
            return head
        # "curb abuse" says something good of the curbing, "did not curb abuse" doesn't
        if parse.lemma[head] in model.reversing and _is_bad_object(view, token, head):
            return head if _negating_child(view, head, beyond=head) is None else None
        # "has not abandoned his humor": the judging verb is negated, not its object
        if head in view.priors:
            return None
        here = head
    return None


def _negating_child(view: ToneView, token: int, beyond: int | None) -> int | None:
    """The first negation that hangs on `token` and stands before `beyond`."""
    children = view.parse.children[token]
    return next((c for c in children if (beyond is None or c < beyond) and _negates(view, c)), None)


def _negates(view: ToneView, token: int) -> bool:
    parse, model = view.parse, view.model
    if _spelled(parse, token) not in model.negations:
        return False
    # "not only hurt but ruined": both are said
    return not (token + 1 < len(parse) and parse.lower[token + 1] in model.adding)


def _is_bad_object(view: ToneView, token: int, verb: int) -> bool:
    """Whether a word of negative weight stands in the object of a verb: "prevent [a terrible crime]"."""
    parse, here = view.parse, token
    if view.priors.get(token, 0.0) >= 0:
        return False
    while parse.head[here] != verb:
        if parse.dep[here] not in OBJECT:
            return False
        here = parse.head[here]
    return parse.dep[here] == "dobj"


def _contrast(parse: Parse, first: int, beyond: int) -> int | None:
    """Find the first "but" that joins two parts of a sentence; "anything but" and "all but" don't."""
    return next((t for t in range(first, beyond) if parse.lower[t] == "but" and parse.dep[t] == "cc"), None)
