"""The constructions that tell a hedge from its look-alikes, as questions put to a parse.

Each function looks at an expression (its first and last token) and says whether it stands in the construction, and
then what is hedged. The order of `CONSTRUCTIONS` is the order in which they are tried: special before general.
"""

from collections.abc import Callable
from dataclasses import dataclass

from framing.language import Parse
from framing.measures.hedge_scope import SUBJECTS, Stretch, after, clause, has_subject, phrase

VERBAL = ("VERB", "AUX")
FINITE = ("VBD", "VBP", "VBZ", "MD")
CONDITIONAL = frozenset({"if", "unless", "until", "once", "provided", "lest", "should"})
# Verbs under which "would" is only the past of "will": "He said it would close in May."
REPORTING = frozenset(
    [
        "say",
        "tell",
        "announce",
        "add",
        "explain",
        "promise",
        "pledge",
        "vow",
        "state",
        "note",
        "report",
        "predict",
        "believe",
        "think",
        "hope",
        "know",
        "expect",
        "insist",
        "agree",
        "decide",
        "write",
        "warn",
        "argue",
        "claim",
        "suggest",
        "indicate",
        "declare",
        "assure",
        "confirm",
        "reveal",
        "feel",
        "learn",
    ]
)
# "The company wouldn't comment", "He couldn't be reached": a formula of news, not an uncertainty
DECLINING = frozenset(
    [
        "say",
        "comment",
        "specify",
        "identify",
        "elaborate",
        "disclose",
        "discuss",
        "confirm",
        "reach",
        "contact",
        "estimate",
        "name",
        "give",
        "provide",
        "reveal",
        "speak",
        "release",
        "talk",
        "respond",
        "answer",
    ]
)


@dataclass(frozen=True, slots=True)
class Fit:
    """An expression stands in a construction: what it hedges and, where the construction says so, its own extent."""

    scope: Stretch | None
    extent: Stretch | None = None
    flag: str = ""


Construction = Callable[[Parse, int, int], Fit | None]


def _fit(fits: bool, scope: Stretch | None) -> Fit | None:
    return Fit(scope) if fits else None


def _under(parse: Parse, token: int, *labels: str) -> Stretch | None:
    child = parse.child(token, *labels)
    return None if child is None else clause(parse, child)


# --- modal auxiliaries -----------------------------------------------------------------------------------------------


def _modal(parse: Parse, token: int) -> bool:
    return parse.tag[token] == "MD"


def _verb(parse: Parse, token: int) -> int:
    return parse.head[token]


def _negated(parse: Parse, verb: int) -> bool:
    return parse.child(verb, "neg") is not None


def _conditions(parse: Parse, verb: int) -> bool:
    """Whether a conditional clause hangs on the verb or on a clause that holds it."""
    here = verb
    for _ in range(4):
        for child in parse.children[here]:
            if parse.dep[child] in ("advcl", "ccomp") and child != verb and conditional_clause(parse, child):
                return True
        if parse.dep[here] not in ("conj", "ccomp", "xcomp", "acl", "relcl", "parataxis", "pcomp"):
            return False
        here = parse.head[here]
    return False


def conditional_clause(parse: Parse, verb: int) -> bool:
    """Whether a clause begins with *if*, *unless*, *until* and the like."""
    return any(
        parse.lower[c] in CONDITIONAL and (parse.dep[c] == "mark" or (parse.lower[c] == "should" and c < verb))
        for c in parse.children[verb]
        if c < verb
    )


def _modal_scope(parse: Parse, token: int) -> Stretch | None:
    verb = _verb(parse, token)
    return clause(parse, verb) if verb != token else None


def modal_inverted(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Should he win, taxes will fall”: a condition without *if*."""
    verb = _verb(parse, first)
    subject = parse.child(verb, *SUBJECTS)
    fits = _modal(parse, first) and subject is not None and subject > first and parse.dep[verb] in ("advcl", "csubj")
    return _fit(fits, _modal_scope(parse, first))


def modal_declining(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He could not be reached”, “She wouldn't comment”."""
    verb = _verb(parse, first)
    return _fit(_modal(parse, first) and _negated(parse, verb) and parse.lemma[verb] in DECLINING, None)


def modal_wish(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “We would like to thank you”: a wish."""
    return _fit(_modal(parse, first) and parse.lemma[_verb(parse, first)] in ("like", "want", "prefer", "love"), None)


def modal_condition(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It will close unless the state pays”."""
    return _fit(_modal(parse, first) and _conditions(parse, _verb(parse, first)), _modal_scope(parse, first))


def modal_in_condition(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “… if the state would pay”: the condition itself."""
    verb = _verb(parse, first)
    return _fit(_modal(parse, first) and conditional_clause(parse, verb), _modal_scope(parse, first))


def modal_condition_near(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “If that is true, he said, the deal would fail”: the condition stands elsewhere in the sentence."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    near = any(parse.lower[t] in ("if", "unless") and parse.dep[t] == "mark" for t in range(begin, beyond))
    return _fit(_modal(parse, first) and near, _modal_scope(parse, first))


def modal_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Who would pay for it?”."""
    _, beyond = parse.sentences[parse.sentence[first]]
    return _fit(_modal(parse, first) and parse.lower[beyond - 1] == "?", _modal_scope(parse, first))


def modal_reported(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He said it would close in May”: the past of a future."""
    verb = _verb(parse, first)
    here = verb
    while parse.dep[here] == "conj":
        here = parse.head[here]
    head = parse.head[here]
    fits = parse.dep[here] == "ccomp" and parse.tag[head] in ("VBD", "VBN") and parse.lemma[head] in REPORTING
    return _fit(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_perfect(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He could have fled”."""
    have = any(parse.lemma[c] == "have" and parse.dep[c] == "aux" for c in parse.children[_verb(parse, first)])
    return _fit(_modal(parse, first) and have, _modal_scope(parse, first))


def modal_negated(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They could not agree”."""
    return _fit(_modal(parse, first) and _negated(parse, _verb(parse, first)), _modal_scope(parse, first))


def modal_narrative(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The box had holes through which people could look”: an ability or habit of the past."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    past = any(parse.tag[t] == "VBD" and parse.lemma[t] not in REPORTING for t in range(begin, beyond))
    return _fit(_modal(parse, first) and past, _modal_scope(parse, first))


def modal_this(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “That would undermine the deal”: the subject is a case that was put."""
    subject = parse.child(_verb(parse, first), *SUBJECTS)
    fits = _modal(parse, first) and subject is not None and parse.lower[subject] in ("it", "that", "this", "which")
    return _fit(fits, _modal_scope(parse, first))


def modal_be(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “A ground war could be long”."""
    return _fit(_modal(parse, first) and parse.lemma[_verb(parse, first)] == "be", _modal_scope(parse, first))


def modal_passive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The fibres can be traced”."""
    fits = _modal(parse, first) and parse.child(_verb(parse, first), "auxpass") is not None
    return _fit(fits, _modal_scope(parse, first))


def modal(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Prices may rise”; “May” the month and the name is no modal."""
    return _fit(_modal(parse, first), _modal_scope(parse, first))


# --- marks of clauses ------------------------------------------------------------------------------------------------

WONDERING = frozenset(
    [
        "ask",
        "wonder",
        "know",
        "see",
        "determine",
        "decide",
        "doubt",
        "question",
        "say",
        "tell",
        "unclear",
        "unknown",
        "uncertain",
        "sure",
        "matter",
        "examine",
        "study",
        "investigate",
        "clear",
        "check",
        "debate",
        "discuss",
        "find",
        "learn",
        "consider",
        "assess",
        "evaluate",
    ]
)


def _mark_scope(parse: Parse, first: int) -> Stretch | None:
    return after(parse, first, parse.head[first]) if parse.head[first] > first else None


def mark_elliptical(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “little, if any, improvement”; “if not the first”."""
    following = parse.lower[last + 1] if last + 1 < len(parse) else ""
    return _fit(following in ("any", "not", "ever", "anything", "anyone", "only"), None)


def mark_comparison(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “as if he had won”; “if and only if”."""
    before = parse.lower[first - 1] if first else ""
    following = parse.lower[last + 1] if last + 1 < len(parse) else ""
    return _fit(before in ("as", "only", "like") or following == "and", None)


def mark_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He asked if they had paid”."""
    clause_head = parse.head[first]
    fits = (
        parse.dep[first] == "mark"
        and first > 0
        and parse.dep[clause_head] in ("ccomp", "pcomp", "conj", "acl", "xcomp", "csubj")
        and parse.head[clause_head] < first
        and parse.lemma[parse.head[clause_head]] in WONDERING
    )
    return _fit(fits, _mark_scope(parse, first))


def mark_habit(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She stayed until he died”: a fact of the past, or a date."""
    verb = parse.head[first]
    aux_past = any(parse.tag[c] == "VBD" for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass"))
    fits = parse.dep[first] == "mark" and (parse.tag[verb] == "VBD" or aux_past)
    return _fit(fits, _mark_scope(parse, first))


def mark_expected(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It will not resume until markets recover”: the main clause is a future or denied."""
    verb = parse.head[first]
    main = parse.head[verb]
    fits = (
        parse.dep[first] == "mark"
        and main != verb
        and (_negated(parse, main) or any(parse.tag[c] in ("MD", "TO") for c in parse.children[main]))
    )
    return _fit(fits, _mark_scope(parse, first))


def mark(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “If prices fall, they will sell”."""
    return _fit(parse.dep[first] == "mark", _mark_scope(parse, first))


# --- verbs -----------------------------------------------------------------------------------------------------------


def _is_verb(parse: Parse, token: int) -> bool:
    return parse.tag[token][:2] == "VB"


def is_passive(parse: Parse, token: int) -> bool:
    """Fit “is believed”; “a man believed to be”: a participle that is not a perfect."""
    if parse.tag[token] not in ("VBN", "VBD"):
        return False
    labels = [parse.dep[c] for c in parse.children[token]]
    if "auxpass" in labels or "nsubjpass" in labels:
        return True
    if parse.tag[token] == "VBD":
        return False
    perfect = any(parse.lemma[c] == "have" for c in parse.children[token] if parse.dep[c] == "aux")
    return not perfect and "nsubj" not in labels


def is_infinitive(parse: Parse, verb: int) -> bool:
    """Whether a verb stands with *to*."""
    return any(parse.tag[c] == "TO" for c in parse.children[verb])


def _infinitive(parse: Parse, token: int) -> int | None:
    return next(
        (
            c
            for c in parse.children[token]
            if parse.dep[c] in ("xcomp", "ccomp", "advcl") and is_infinitive(parse, c) and c > token
        ),
        None,
    )


def _finite_clause(parse: Parse, token: int, *labels: str) -> int | None:
    for c in parse.children[token]:
        if parse.dep[c] in labels and _is_finite(parse, c):
            return c
    return None


def _is_finite(parse: Parse, verb: int) -> bool:
    return not is_infinitive(parse, verb) and (
        parse.tag[verb] in FINITE
        or any(parse.tag[c] in FINITE for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass"))
    )


def comparison(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “As expected, it won”, “worse than feared”, “as soon as possible”."""
    before = parse.lower[first - 1] if first else ""
    return _fit(before in ("as", "than") and not has_subject(parse, first), None)


def passive_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The deal is expected to close”; “a man believed to be armed”."""
    verb = _infinitive(parse, first)
    return _fit(verb is not None and is_passive(parse, first), None if verb is None else clause(parse, verb))


def passive_as(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is seen as a threat”."""
    as_ = next((c for c in parse.children[first] if parse.lower[c] == "as" and c > first), None)
    return _fit(as_ is not None and is_passive(parse, first), None if as_ is None else phrase(parse, as_))


def passive_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is feared that he drowned”."""
    verb = _finite_clause(parse, first, "ccomp", "csubj", "csubjpass", "advcl")
    return _fit(
        is_passive(parse, first) and verb is not None and verb > first, None if verb is None else clause(parse, verb)
    )


def passive_complement(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He is considered a hero”; “It was thought likely”."""
    child = parse.child(first, "oprd", "attr", "acomp", "xcomp", "ccomp", "dobj")
    fits = is_passive(parse, first) and child is not None and child > first
    return _fit(fits, None if child is None else phrase(parse, child))


def passive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The sale had been expected”."""
    return _fit(is_passive(parse, first), clause(parse, first))


def attributive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the possible cause”, “an expected gain”."""
    return _fit(
        parse.dep[first] in ("amod", "compound") and parse.head[first] > first, after(parse, last, parse.head[first])
    )


def object_as(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She sees him as a friend”."""
    as_ = next(
        (c for c in parse.children[first] if parse.lower[c] == "as" and parse.dep[c] == "prep" and c > first), None
    )
    if as_ is None:
        thing = parse.child(first, "dobj")
        as_ = None if thing is None else next((c for c in parse.children[thing] if parse.lower[c] == "as"), None)
    return _fit(as_ is not None and _is_verb(parse, first), None if as_ is None else phrase(parse, as_))


def like_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It looks like rain”; “It seems as if he knew”."""
    following = parse.lower[last + 1] if last + 1 < len(parse) else ""
    if following == "as" and last + 2 < len(parse) and parse.lower[last + 2] not in ("if", "though"):
        return None
    fits = _is_verb(parse, first) and following in ("like", "as")
    child = next((c for c in parse.children[first] if c > first and parse.dep[c] in ("prep", "advcl", "ccomp")), None)
    return _fit(fits, None if child is None else phrase(parse, child))


def impersonal_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It appears that he left”: unlike “ads that appeared while he read”."""
    subject = parse.child(first, *SUBJECTS)
    verb = _finite_clause(parse, first, "ccomp", "advcl")
    fits = _is_verb(parse, first) and subject is not None and parse.lower[subject] == "it" and verb is not None
    return _fit(fits, None if verb is None else clause(parse, verb))


def finite_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Analysts think it will rise”."""
    verb = _finite_clause(parse, first, "ccomp")
    return _fit(_is_verb(parse, first) and verb is not None, None if verb is None else clause(parse, verb))


def object_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They expect profits to rise”."""
    verb = next(
        (c for c in parse.children[first] if parse.dep[c] in ("ccomp", "xcomp") and is_infinitive(parse, c)), None
    )
    fits = verb is not None and (parse.child(first, "dobj") is not None or has_subject(parse, verb))
    return _fit(_is_verb(parse, first) and fits, None if verb is None else clause(parse, verb))


def infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It appears to work”; “She expects to win”."""
    verb = _infinitive(parse, first)
    return _fit(_is_verb(parse, first) and verb is not None, None if verb is None else clause(parse, verb))


def small_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They consider the plan unwise”."""
    child = parse.child(first, "ccomp", "oprd", "xcomp", "acomp", "attr")
    return _fit(_is_verb(parse, first) and child is not None, None if child is None else clause(parse, child))


def parenthetical(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The plan, I think, was a good one”."""
    fits = _is_verb(parse, first) and parse.dep[first] == "parataxis"
    return _fit(fits, clause(parse, parse.head[first]))


def transitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They fear a recession”."""
    child = parse.child(first, "dobj")
    return _fit(_is_verb(parse, first) and child is not None, None if child is None else phrase(parse, child))


def verb(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She appeared in court”: any other use as a verb."""
    return _fit(_is_verb(parse, first), None)


# --- nouns -----------------------------------------------------------------------------------------------------------


def _is_noun(parse: Parse, token: int) -> bool:
    return parse.tag[token] in ("NN", "NNS")


def noun_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the possibility that it failed”."""
    verb = _finite_clause(parse, first, "acl", "ccomp", "relcl")
    fits = verb is not None and any(parse.lower[c] == "that" and parse.dep[c] == "mark" for c in parse.children[verb])
    return _fit(_is_noun(parse, first) and fits, None if verb is None else clause(parse, verb))


def noun_is_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The fear is that it failed”."""
    head = parse.head[first]
    verb = _finite_clause(parse, head, "ccomp")
    fits = (
        _is_noun(parse, first)
        and parse.lemma[head] == "be"
        and parse.dep[first] in ("nsubj", "attr")
        and verb is not None
    )
    return _fit(fits, None if verb is None else clause(parse, verb))


def noun_of(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the likelihood of a strike”."""
    of = next((c for c in parse.children[first] if parse.lower[c] in ("of", "about")), None)
    return _fit(_is_noun(parse, first) and of is not None, None if of is None else phrase(parse, of))


def noun_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the potential to change”."""
    verb = parse.child(first, "acl", "relcl")
    fits = _is_noun(parse, first) and verb is not None and is_infinitive(parse, verb)
    return _fit(fits, None if verb is None else clause(parse, verb))


def noun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “an accusation”, “his views”: any other use as a noun."""
    return _fit(_is_noun(parse, first), None)


# --- adjectives and adverbs ------------------------------------------------------------------------------------------


def adjective_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is possible that he fled”; “It remains unclear who paid”."""
    for holder in (first, parse.head[first]):
        child = _finite_clause(parse, holder, "ccomp", "csubj", "advcl", "acl")
        if (
            child is not None
            and child != first
            and child > first
            and parse.dep[first] in ("acomp", "oprd", "ROOT", "ccomp", "attr", "xcomp", "conj", "advcl")
        ):
            return Fit(clause(parse, child))
    return None


def adjective_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Prices are likely to rise”."""
    for holder in (first, parse.head[first]):
        child = next(
            (
                c
                for c in parse.children[holder]
                if c > first and parse.dep[c] in ("xcomp", "ccomp", "advcl", "csubj") and is_infinitive(parse, c)
            ),
            None,
        )
        if child is not None and parse.tag[first][:2] in ("JJ", "RB"):
            return Fit(clause(parse, child))
    return None


def best_possible(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “the best possible price”, “make it possible”, “where possible”, “every possible way”."""
    head = parse.head[first]
    degree = any(
        parse.tag[c] in ("JJS", "RBS") or parse.lower[c] in ("every", "all", "any", "each")
        for c in (*parse.children[head], *parse.children[first])
    )
    before = parse.lower[first - 1] if first else ""
    return _fit(
        (degree and parse.dep[first] == "amod")
        or before in ("where", "wherever", "if", "whenever", "when")
        or parse.lemma[head] in ("make", "render"),
        None,
    )


def predicative(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “A strike is possible”."""
    fits = (
        parse.dep[first] in ("acomp", "oprd", "attr", "ccomp", "ROOT", "xcomp", "conj") and parse.tag[first][:2] == "JJ"
    )
    head = parse.head[first]
    subject = parse.child(head, *SUBJECTS)
    return _fit(fits, None if subject is None else phrase(parse, subject))


def adverb_of_number(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “perhaps 20 people”."""
    head = parse.head[first]
    fits = parse.pos[head] == "NUM" and head > first
    return _fit(fits, (head, head) if fits else None)


def adverb_of_phrase(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “possibly the oldest bridge”; “an apparently empty house”."""
    head = parse.head[first]
    return _fit(parse.pos[head] not in VERBAL and head != first, phrase(parse, head))


def adverb(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He probably left”."""
    head = parse.head[first]
    return _fit(parse.tag[first][:2] in ("RB", "JJ", "UH", "IN"), clause(parse, head) if head != first else None)


def name(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “in May”, “Mr Seem”: part of a name or a date."""
    return _fit(parse.tag[first][:3] == "NNP", None)


def anywhere(parse: Parse, first: int, last: int) -> Fit | None:
    """Any use, for expressions that hardly have a second meaning."""
    head = parse.head[last]
    verb = last if parse.pos[last] in VERBAL else head
    return Fit(clause(parse, verb) if parse.pos[verb] in VERBAL else None)


CONSTRUCTIONS: dict[str, Construction] = {
    f.__name__: f
    for f in (
        name,
        modal_inverted, modal_declining, modal_in_condition, modal_condition, modal_wish, modal_condition_near, modal_question,
        modal_perfect, modal_reported, modal_negated, modal_narrative, modal_this, modal_be, modal_passive, modal,
        mark_elliptical, mark_comparison, mark_question, mark_habit, mark_expected, mark,
        comparison, best_possible, passive_infinitive, passive_as, passive_clause, passive_complement,
        attributive, passive, object_as, like_clause, impersonal_clause, object_infinitive, finite_clause, infinitive, small_clause,
        parenthetical, transitive, verb,
        noun_clause, noun_is_clause, noun_of, noun_infinitive, noun,
        adjective_clause, adjective_infinitive, predicative, adverb_of_number, adverb_of_phrase, adverb,
        anywhere,
    )
}  # fmt: skip
