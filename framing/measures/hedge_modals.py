"""Constructions of modal auxiliaries: possible, under a condition, or a future of the past."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of
from framing.measures.hedge_marks import mark_elliptical
from framing.measures.hedge_scope import SUBJECTS, Stretch, clause, trimmed
from framing.measures.hedge_syntax import is_denied

PERSONS = frozenset({"he", "she", "they", "we", "i", "you", "who"})
CONDITIONAL = frozenset({"if", "unless", "until", "provided", "lest"})


def _modal(parse: Parse, token: int) -> bool:
    return parse.tag[token] == "MD"


def _verb(parse: Parse, token: int) -> int:
    return parse.head[token]


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
    """Whether a clause begins with *if*, *unless*, *until* and the like, or with an inverted *should*."""
    marks = (c for c in parse.children[verb] if c < verb)
    return any(
        _inverted(parse, c) if parse.lower[c] == "should" else parse.lower[c] in CONDITIONAL and parse.dep[c] == "mark"
        for c in marks
    )


def _inverted(parse: Parse, token: int) -> bool:
    """Whether the subject of a modal follows it, outside a question: should he win."""
    verb = _verb(parse, token)
    subject = parse.child(verb, *SUBJECTS)
    _, beyond = parse.sentences[parse.sentence[token]]
    return subject is not None and token < subject < verb and parse.lower[beyond - 1] != "?"


def _modal_scope(parse: Parse, token: int) -> Stretch | None:
    """Give the clause of a modal, without its condition (if it rained, [it would help]) and what has a tense."""
    verb = _verb(parse, token)
    apart = [c for c in parse.children[verb] if _is_condition(parse, c, token) or _has_own_tense(parse, c)]
    return clause(parse, verb, without=apart) if verb != token else None


def _is_condition(parse: Parse, verb: int, modal: int) -> bool:
    within = parse.first[verb] <= modal <= parse.last[verb]
    return parse.dep[verb] in ("advcl", "ccomp") and not within and conditional_clause(parse, verb)


def _has_own_tense(parse: Parse, verb: int) -> bool:
    """Whether a second verb isn't under the modal: it may rain [but has not begun]."""
    auxiliaries = (c for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass"))
    # A present tense may be a base form: "It would fall and create a lake".
    tensed = any(
        parse.tag[t] in ("VBD", "VBZ", "MD") or parse.lower[t] in ("am", "are", "have") for t in (verb, *auxiliaries)
    )
    return parse.dep[verb] == "conj" and tensed


def modal_in_title(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Senate May Vote on Plan”: a headline in capitals, where a modal is taken for a name.

    Not “Theresa May Resigns”, “Trump and May Meet”, “In May, Prices Rose”: a base form must follow, and no *and*,
    comma or preposition precede.
    """
    begin, beyond = parse.sentences[parse.sentence[first]]
    if parse.tag[first] != "NNP" or not begin < first < beyond - 1:
        return None
    long = [t for t in range(begin, beyond) if parse.word[t].isalpha() and len(parse.word[t]) > 3]
    capitals = sum(parse.word[t][0].isupper() for t in long)
    following = parse.word[first + 1]
    fits = (
        capitals >= 3
        and capitals == len(long)
        and following.isalpha()
        and following[0].isupper()
        and not following.endswith(("s", "ed", "ing"))
        and parse.word[first - 1].isalpha()
        and parse.tag[first - 1] not in ("IN", "CC", "JJ")
    )
    return holds(fits, trimmed(parse, begin, beyond - 1))


def modal_inverted(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Should he win, taxes will fall”: a condition without *if*; not “Would they do it? Would they heck”."""
    fits = parse.lower[first] == "should" and _inverted(parse, first)
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_without(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Without it, the town would have been lost”, “It would otherwise be empty”: a condition in other words."""
    verb = _verb(parse, first)
    fits = any(parse.lower[c] in ("without", "otherwise", "absent") for c in parse.children[verb])
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def _claim(parse: Parse, token: int) -> int | None:
    """Find the verb whose claim a modal stands in; “They wonder how he could have fled” claims nothing."""
    verb = _verb(parse, token)
    claiming = parse.lemma[parse.head[verb]] in words_of("reporting", "stance", "says")
    asked = parse.tag[parse.first[verb]] in ("WP", "WP$", "WRB")
    return parse.head[verb] if _modal(parse, token) and parse.dep[verb] == "ccomp" and claiming and not asked else None


def modal_claimed(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The broker believes that the sale could be delayed”: possible in somebody's view; not “could not”."""
    fits = _claim(parse, first) is not None and not is_denied(parse, _verb(parse, first))
    return holds(fits, _modal_scope(parse, first))


def modal_claimed_now(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Critics argue that the sale would fail”: not the past of a future, since the claim is made now."""
    claiming = _claim(parse, first)
    now = claiming is not None and any(
        parse.tag[t] in ("VBP", "VBZ") for t in (claiming, *(c for c in parse.children[claiming] if c < claiming))
    )
    return holds(now, _modal_scope(parse, first))


def modal_asked(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She asked whether it could close”: what is open is the question."""
    verb = _verb(parse, first)
    asked = any(parse.lower[c] == "whether" and c < first for c in parse.children[verb])
    return holds(_modal(parse, first) and asked, _modal_scope(parse, first))


def modal_declining(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He could not be reached”, “She wouldn't comment”."""
    verb = _verb(parse, first)
    return holds(_modal(parse, first) and is_denied(parse, verb) and parse.lemma[verb] in words_of("declining"), None)


def modal_wish(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “We would like to thank you”: a wish."""
    return holds(_modal(parse, first) and parse.lemma[_verb(parse, first)] in ("like", "want", "prefer", "love"), None)


def modal_condition(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It will close unless the state pays”."""
    return holds(_modal(parse, first) and _conditions(parse, _verb(parse, first)), _modal_scope(parse, first))


def modal_in_condition(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “… if the state would pay”: the condition itself; not “They asked if he would pay”."""
    verb = _verb(parse, first)
    fits = parse.dep[verb] not in ("ccomp", "pcomp") and conditional_clause(parse, verb)
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_condition_near(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “If that is true, he said, the deal would fail”: the condition stands elsewhere in the sentence."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    near = any(
        parse.lower[t] in ("if", "unless") and parse.dep[t] == "mark" and not mark_elliptical(parse, t, t)
        for t in range(begin, beyond)
    )
    return holds(_modal(parse, first) and near, _modal_scope(parse, first))


def modal_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Who would pay for it?”."""
    _, beyond = parse.sentences[parse.sentence[first]]
    return holds(_modal(parse, first) and parse.lower[beyond - 1] == "?", _modal_scope(parse, first))


def modal_reported(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He said it would close in May”: the past of a future."""
    verb = _verb(parse, first)
    here = verb
    while parse.dep[here] == "conj":
        here = parse.head[here]
    head = parse.head[here]
    fits = (
        parse.dep[here] == "ccomp"
        and parse.tag[head] in ("VBD", "VBN")
        and parse.lemma[head] in words_of("reporting", "says")
    )
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_perfect(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He could have fled”."""
    have = any(parse.lemma[c] == "have" and parse.dep[c] == "aux" for c in parse.children[_verb(parse, first)])
    return holds(_modal(parse, first) and have, _modal_scope(parse, first))


def modal_negated(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “They could not agree”."""
    return holds(_modal(parse, first) and is_denied(parse, _verb(parse, first)), _modal_scope(parse, first))


def _is_past(parse: Parse, token: int) -> bool:
    """Whether the sentence tells of the past: a past tense that isn't a verb of reporting."""
    begin, beyond = parse.sentences[parse.sentence[token]]
    reporting = words_of("reporting", "says")
    return any(parse.tag[t] == "VBD" and parse.lemma[t] not in reporting for t in range(begin, beyond))


def modal_optative(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “May she rest in peace”, “Well may we say”: a wish or a figure of speech."""
    return holds(parse.lower[first] == "may" and _modal(parse, first) and _inverted(parse, first), None)


def modal_purpose(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She sold it so that they might live”: an aim."""
    verb = _verb(parse, first)
    that = next((c for c in parse.children[verb] if parse.lower[c] == "that" and parse.dep[c] == "mark"), None)
    fits = that is not None and that > 0 and parse.dep[verb] == "advcl" and parse.lower[that - 1] in ("so", "order")
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_habit(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He would walk for hours”, “They could hear him”: of persons, a habit or an ability."""
    subject = parse.child(_verb(parse, first), *SUBJECTS)
    fits = _modal(parse, first) and subject is not None and parse.lower[subject] in PERSONS
    return holds(fits, _modal_scope(parse, first))


def modal_narrative_aside(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The box had holes through which people could look”: the same in a relative clause."""
    fits = _modal(parse, first) and parse.dep[_verb(parse, first)] in ("relcl", "acl") and _is_past(parse, first)
    return holds(fits, _modal_scope(parse, first))


def modal_thing(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “A planned economy would need fewer firms”: of one thing that is only thought of."""
    subject = parse.child(_verb(parse, first), *SUBJECTS)
    fits = subject is not None and parse.tag[subject] in ("NN", "VBG") and parse.pos[subject] != "PRON"
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_narrative(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “When the wall fell, people could leave”: an ability or habit of the past."""
    return holds(_modal(parse, first) and _is_past(parse, first), _modal_scope(parse, first))


def modal_this(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “That would undermine the deal”: the subject is a case that was put."""
    subject = parse.child(_verb(parse, first), *SUBJECTS)
    fits = subject is not None and parse.lower[subject] in ("it", "that", "this") and parse.tag[subject] != "WDT"
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_aside(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “a deal that would cost millions”: the subject is a relative pronoun."""
    subject = parse.child(_verb(parse, first), *SUBJECTS)
    fits = subject is not None and parse.lower[subject] in ("that", "which", "who")
    return holds(_modal(parse, first) and fits, _modal_scope(parse, first))


def modal_sequel(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It would later become a school”, “He would go on to win”: what came after."""
    verb = _verb(parse, first)
    later = any(parse.lower[c] in ("later", "eventually", "soon", "finally") for c in parse.children[verb])
    return holds(_modal(parse, first) and (later or parse.lemma[verb] in ("become", "go")), _modal_scope(parse, first))


def modal_quality(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The effects would be severe”: what something that is only thought of would be like."""
    verb = _verb(parse, first)
    fits = _modal(parse, first) and parse.lemma[verb] == "be" and parse.child(verb, "acomp") is not None
    return holds(fits, _modal_scope(parse, first))


def modal_be(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “A ground war could be long”."""
    return holds(_modal(parse, first) and parse.lemma[_verb(parse, first)] == "be", _modal_scope(parse, first))


def modal_passive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “The fibres can be traced”."""
    fits = _modal(parse, first) and parse.child(_verb(parse, first), "auxpass") is not None
    return holds(fits, _modal_scope(parse, first))


def modal(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Prices may rise”; “May” the month and the name is no modal."""
    return holds(_modal(parse, first), _modal_scope(parse, first))


MODALS = (
    modal_optative, modal_inverted, modal_purpose, modal_declining, modal_in_condition, modal_condition, modal_wish,
    modal_condition_near, modal_question, modal_without, modal_asked, modal_claimed, modal_perfect, modal_reported,
    modal_negated, modal_claimed_now, modal_narrative_aside, modal_habit, modal_narrative, modal_sequel, modal_this,
    modal_aside, modal_quality, modal_be, modal_passive, modal_thing, modal,
)  # fmt: skip
