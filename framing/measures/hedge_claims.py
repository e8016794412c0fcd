"""What somebody claims: the content of a verb, a participle or a noun of saying and believing."""

from collections.abc import Iterator

from framing.language import Parse
from framing.measures.hedge_fit import words_of
from framing.measures.hedge_scope import Stretch, clause, has_subject, phrase, trimmed
from framing.measures.hedge_syntax import as_link, is_finite, is_infinitive, is_passive, is_subjunctive

QUESTIONING = frozenset({"who", "what", "how", "when", "where", "why", "which"})


def claim_of(parse: Parse, noun: int) -> Stretch | None:
    """Give what a noun, as subject or agent of a verb of saying or believing, claims."""
    top = _top(parse, noun)
    label, head = parse.dep[top], parse.head[top]
    found: Iterator[Stretch | None] = iter(())
    if label == "nsubj":
        found = (said(parse, verb) for verb in _predicates(parse, head))
    elif label == "pobj" and _is_agent(parse, head):
        found = iter((_passively_said(parse, parse.head[head]) or _charge(parse, noun),))
    elif label == "dobj" and parse.lemma[head] in ("lead", "cause", "prompt"):
        # "It led many to assume that she was ill"
        found = (said(parse, c) for c in parse.children[head] if parse.dep[c] == "xcomp" and is_infinitive(parse, c))
    return next((claim for claim in found if claim is not None), None) or _said_aside(parse, noun)


def _is_agent(parse: Parse, preposition: int) -> bool:
    """Whether a passive's doers follow: seen [by] some, read [among] critics as; not “among voters, 74 percent”."""
    among = parse.lower[preposition] == "among" and is_passive(parse, parse.head[preposition])
    return parse.dep[preposition] == "agent" or (among and preposition > parse.head[preposition])


def _top(parse: Parse, noun: int) -> int:
    """First of coordinated nouns, or the collective that they are members of: a panel of [witnesses]."""
    while parse.dep[noun] == "conj":
        noun = parse.head[noun]
    of = parse.head[noun]
    group = parse.head[of]
    if parse.dep[noun] == "pobj" and parse.lower[of] == "of" and parse.lemma[group] in words_of("collective"):
        # "the number of people he met" is a number
        return _top(parse, group) if any(parse.lower[c] in ("a", "an") for c in parse.children[group]) else noun
    return noun


def _predicates(parse: Parse, verb: int) -> Iterator[int]:
    """A verb and those that share its subject: “Some left [and argue] that …”, “Critics left, [saying] that …”."""
    yield verb
    for c in parse.children[verb]:
        set_off = parse.tag[c] == "VBG" and parse.word[parse.first[c] - 1 : parse.first[c]] == [","]
        shared = parse.dep[c] == "conj" or (parse.dep[c] == "advcl" and set_off)
        if c > verb and shared and not has_subject(parse, c):
            yield from _predicates(parse, c)


def _said_aside(parse: Parse, noun: int) -> Stretch | None:
    """Give what “critics, who say it failed” and “critics arguing it failed” say, not “people who say it failed”."""
    for c in parse.children[noun]:
        if parse.dep[c] == "acl" and parse.tag[c] == "VBG" and parse.lower[noun] not in ("people", "those"):
            return said(parse, c)
        subject = parse.child(c, "nsubj")
        if parse.dep[c] == "relcl" and subject is not None and parse.lower[subject] == "who":
            return said(parse, c) if any(parse.word[t] == "," for t in range(noun + 1, subject)) else None
    return None


def said(parse: Parse, verb: int) -> Stretch | None:
    """Give what a verb of saying or believing says, or None when it says nothing."""
    lemma = parse.lemma[verb]
    # "She wants voters to know that she cares": her words; unlike "It led many to assume that she cares"
    if is_infinitive(parse, verb) and parse.lemma[parse.head[verb]] in words_of("wishing"):
        return None
    if lemma in words_of("says", "stance", "doubts"):
        claim = _clause_said(parse, verb) or _around(parse, verb)
        if claim is not None:
            return claim
    if lemma in words_of("doubts"):
        child = parse.child(verb, "dobj")
        # "Friends deny it" leaves it to other sentences what is claimed.
        if child is not None and parse.pos[child] != "PRON":
            return phrase(parse, child)
    if lemma in ("put", "estimate"):  # "organisers put the figure at 15,000"
        figure, at = parse.child(verb, "dobj"), any(parse.lower[c] == "at" for c in parse.children[verb])
        return phrase(parse, figure) if figure is not None and (at or lemma == "estimate") else None
    if lemma == "warn":  # "doctors warned of an outbreak"
        of = next((c for c in parse.children[verb] if parse.lower[c] == "of"), None)
        return None if of is None else phrase(parse, of)
    if lemma in words_of("judges"):
        return _judged(parse, verb)
    if lemma == "be":  # "experts are concerned that it failed"
        adjective = parse.child(verb, "acomp")
        child = None if adjective is None else parse.child(adjective, "ccomp")
        return None if child is None else clause(parse, child)
    return _raised(parse, verb) if lemma in words_of("voices") else None


def _clause_said(parse: Parse, verb: int) -> Stretch | None:
    child = parse.child(verb, "ccomp")
    if child is None:
        return None
    # "They don't know who she is", "told her what to say": no claim of theirs; "wonder who" is a stance.
    asked = parse.first[child] < child and parse.lower[parse.first[child]] in QUESTIONING
    # "Aides suggested that he leave": a demand, unlike "… that he left"
    if is_subjunctive(parse, child) or (asked and parse.lemma[verb] in words_of("knows")):
        return None
    return clause(parse, child, behind=verb)


def _around(parse: Parse, verb: int) -> Stretch | None:
    """Give what “It failed, critics say” and “as many expected” are put into or behind."""
    # "She heard what voters are saying": nothing is told
    asked = any(parse.lower[c] in QUESTIONING and c < verb for c in parse.children[verb])
    if parse.dep[verb] in ("parataxis", "ccomp", "advcl") and is_finite(parse, verb) and not asked:
        if parse.lemma[verb] in words_of("says") and not _marked(parse, verb):
            return clause(parse, parse.head[verb]) or (verb, verb)
        if parse.dep[verb] == "parataxis" and parse.lemma[verb] in words_of("stance"):
            return clause(parse, parse.head[verb])  # "The dam, locals fear, may break"
        # "as many expected", "worse than analysts forecast"; not "as voters responded to it"
        put = any(parse.lower[c] in ("as", "than") and c < verb for c in parse.children[verb])
        if put and all(c < verb or parse.dep[c] == "punct" for c in parse.children[verb]):
            return clause(parse, parse.head[verb]) or (verb, verb)
    subject = parse.child(verb, "nsubj")
    if subject is None or parse.lemma[verb] not in words_of("says"):
        return None
    # “…,” analysts said: the quotation was cut off as a sentence or hung elsewhere.
    begin, before = parse.sentences[parse.sentence[verb]][0], parse.first[subject] - 1
    quoted = before > 0 and parse.word[before] in ("”", '"', "''") and parse.word[before - 1] in (",", "?", "!")
    return trimmed(parse, min(begin, before - 2), before) if quoted else None


def _marked(parse: Parse, verb: int) -> bool:
    """Whether a clause is subordinate by its first word: “than her aides said”, “if critics say”."""
    return any(parse.dep[c] == "mark" and c < verb for c in parse.children[verb])


def _judged(parse: Parse, verb: int) -> Stretch | None:
    """Give the judgement: call the plan unwise, accuse him of fraud, see it as a threat, what most consider a farce."""
    child = parse.child(verb, "oprd", "ccomp", "xcomp")
    # "Few would consider challenging her" judges nothing.
    if child is not None and not (parse.dep[child] == "xcomp" and parse.tag[child][:2] == "VB"):
        return phrase(parse, child)
    link = as_link(parse, verb) or _link(parse, verb)
    if link is not None:
        return phrase(parse, link)
    what = any(parse.lower[c] == "what" and c < verb for c in parse.children[verb])
    child = next((c for c in parse.children[verb] if c > verb and parse.dep[c] in ("dobj", "attr")), None)
    return phrase(parse, child) if what and child is not None else None


def _passively_said(parse: Parse, verb: int) -> Stretch | None:
    if parse.lemma[verb] not in words_of("says", "stance", "doubts", "judges"):
        return None
    child = parse.child(verb, "ccomp", "xcomp", "oprd")
    if child is not None:
        return phrase(parse, child)
    link = as_link(parse, verb) or _link(parse, verb)
    return None if link is None else phrase(parse, link)


def _charge(parse: Parse, noun: int) -> Stretch | None:
    """Give the charge of “accused by critics of lying”, which is often hung on the critics."""
    verb = parse.head[parse.head[noun]]
    of = parse.child(noun, "prep")
    fits = of is not None and parse.lower[of] == "of" and parse.lemma[verb] in ("accuse", "suspect")
    return phrase(parse, of) if fits and of is not None else None


def _link(parse: Parse, verb: int) -> int | None:
    # "accuse him of fraud", "blame them for it", "liken it to a coup"; "call for help", "saw him to the door": nothing
    words = {"liken": ("to",), "compare": ("to",), "call": ()}.get(parse.lemma[verb], ("of", "for"))
    return next((c for c in parse.children[verb] if parse.lower[c] in words and c > verb), None)


def _raised(parse: Parse, verb: int) -> Stretch | None:
    """Give what “raise questions about the plan” and “voice fears that it fails” are about."""
    noun = parse.child(verb, "dobj")
    if noun is None or parse.lemma[noun] not in words_of("opinion"):
        return None
    child = parse.child(noun, "acl", "ccomp", "relcl")
    if child is not None and any(parse.lower[c] in ("that", "whether") for c in parse.children[child]):
        return clause(parse, child)
    about = (c for holder in (noun, verb) for c in parse.children[holder] if parse.lower[c] in ("about", "over"))
    link = next(about, None) if parse.lemma[noun] in ("question", "doubt") else None
    return None if link is None else phrase(parse, link)
