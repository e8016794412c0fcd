"""Constructions of hearsay, approximation, vague sources and certainty, as the project's codebook draws their lines."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of
from framing.measures.hedge_scope import SUBJECTS, Stretch, clause, phrase, trimmed
from framing.measures.hedge_words import as_link

# --- hearsay ---------------------------------------------------------------------------------------------------------


def _agentless(parse: Parse, token: int) -> bool:
    """Whether a passive names no holder and isn't something that one can, or must, say."""
    return not any(
        parse.dep[c] == "agent" or parse.lower[c] in ("can", "could", "should", "must", "cannot")
        for c in parse.children[token]
    )


def _auxiliary(parse: Parse, token: int) -> int | None:
    return next((c for c in reversed(parse.children[token]) if parse.dep[c] == "auxpass" and c < token), None)


def hearsay_infinitive(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He [is widely said to] own it”, “a man [believed to] be armed”; not “is believed by Smith to”."""
    if parse.tag[first] not in ("VBN", "VBD") or not _agentless(parse, first):
        return None
    verb = next((c for c in parse.children[first] if c > first and _marked_to(parse, c) is not None), None)
    auxiliary = _auxiliary(parse, first)
    if verb is None or (auxiliary is None and not (parse.tag[first] == "VBN" and _reduced(parse, first))):
        return None
    to = _marked_to(parse, verb)
    if to is None or not first < to <= first + 3:
        return None
    return Fit(clause(parse, verb), (first if auxiliary is None else auxiliary, to))


def _marked_to(parse: Parse, verb: int) -> int | None:
    if parse.dep[verb] not in ("xcomp", "ccomp", "advcl"):
        return None
    return next((c for c in parse.children[verb] if parse.tag[c] == "TO"), None)


def _reduced(parse: Parse, token: int) -> bool:
    return parse.dep[token] in ("acl", "advcl", "amod", "conj", "ROOT", "appos") and not any(
        parse.dep[c] in ("aux", *SUBJECTS) for c in parse.children[token]
    )


def hearsay_clause(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It [was reported] that he fled”: nobody is said to have reported it."""
    auxiliary, subject = _auxiliary(parse, first), parse.child(first, "nsubjpass", "nsubj", "expl")
    verb = parse.child(first, "ccomp", "csubj", "csubjpass")
    if auxiliary is None or subject is None or parse.lower[subject] != "it" or verb is None or verb < first:
        return None
    # "It was understood that nobody would tell" is an agreement.
    if not _agentless(parse, first) or parse.lower[first] == "understood":
        return None
    return Fit(clause(parse, verb), (auxiliary, first))


def according_unnamed(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[according to officials] briefed on the raid”; not “according to police”, “according to a study”."""
    noun = parse.child(last, "pobj")
    if noun is None:
        return None
    role = parse.lemma[noun] in words_of("claimant", "source")
    if not role or _institutional(parse, noun, strict=True):
        return None
    return Fit(_main_clause(parse, first), (first, noun))


def _main_clause(parse: Parse, token: int) -> Stretch | None:
    head = next((a for a in parse.ancestors(token) if parse.pos[a] in ("VERB", "AUX")), None)
    return None if head is None else clause(parse, head)


def hearsay_noun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Reports] say he fled”, “[rumors] that he fled”; not “The report says”, “the Reuters reports”."""
    if parse.tag[first] not in ("NN", "NNS") or _institutional(parse, first, strict=True):
        return None
    if parse.lemma[first] == "report" and parse.tag[first] == "NN":
        return None
    verb = next((c for c in parse.children[first] if parse.dep[c] in ("acl", "ccomp") and _that(parse, c)), None)
    head = parse.head[first]
    if verb is None and parse.dep[first] == "nsubj" and parse.lemma[head] in words_of("says"):
        verb = parse.child(head, "ccomp")
    return None if verb is None else Fit(clause(parse, verb))


def _that(parse: Parse, verb: int) -> bool:
    return any(parse.lower[c] == "that" and parse.dep[c] == "mark" for c in parse.children[verb])


# --- quantities ------------------------------------------------------------------------------------------------------

NUMERAL = ("CD",)


def quantity(parse: Parse, token: int) -> int | None:
    """Last token of the quantity that begins at `token`, or None: 300 · $5 million · half · a year · noon."""
    n = len(parse)
    if token >= n:
        return None
    here = token
    if parse.lower[here] in ("a", "an", "the") and here + 1 < n:
        if parse.lower[here] == "the":
            # "about the size of a cat"
            of = parse.lower[here + 2] if here + 2 < n else ""
            return here + 1 if parse.lower[here + 1] in words_of("measure") and of == "of" else None
        follows = parse.lower[here + 1] in words_of("unit", "number")
        return here + 1 if follows else None
    while here < n and parse.tag[here] in ("$", "#"):
        here += 1
    if here >= n or not (parse.tag[here] == "CD" or parse.lower[here] in words_of("number", "time")):
        return None
    # "close to one of them", "close to one another"
    if parse.lower[here] == "one" and here + 1 < n and parse.lower[here + 1] in ("of", "another", "who", "day"):
        return None
    while here + 1 < n and (
        parse.tag[here + 1] == "CD" or parse.lower[here + 1] in words_of("number") or parse.lower[here + 1] == "%"
    ):
        here += 1
    if here + 1 < n and parse.tag[here + 1] in ("NN", "NNS") and parse.head[here] == here + 1:
        here += 1
    return here


def before_quantity(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[some] 300 people”, “[as many as] 20”, “[nearly] a decade”."""
    end = quantity(parse, last + 1)
    return None if end is None else Fit((last + 1, end))


def around_quantity(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[about] 300 people”, “[around] noon”; not “a film about 300 Spartans”, “talked about two cases”."""
    end = quantity(parse, last + 1)
    if end is None:
        return None
    if parse.dep[first] in ("prep", "prt") and parse.tag[first] != "RB":
        head = parse.head[first]
        topical = parse.lemma[head] in words_of("topical") or (
            parse.lower[first] == "about" and parse.tag[head] in ("NN", "NNS") and head == first - 1
        )
        if topical:
            return None
    return Fit((last + 1, end))


def before_whole(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[almost] all”, “[nearly] doubled”, “[virtually] no one”; not “almost certain”."""
    following = last + 1
    if following >= len(parse):
        return None
    fits = parse.lower[following] in words_of("whole") or parse.lemma[following] in words_of("multiple")
    counts = parse.lower[following : following + 2] in (["as", "many"], ["as", "much"])
    return Fit((following, following)) if fits or counts else None


def before_number(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[some] 300 people”, “an [estimated] $5 million”: a numeral follows."""
    n = len(parse)
    here = last + 1
    while here < n and parse.tag[here] in ("$", "#"):
        here += 1
    if here >= n or parse.tag[here] != "CD" or parse.lower[here] == "one":
        return None
    end = quantity(parse, last + 1)
    return None if end is None else Fit((last + 1, end))


def after_quantity(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “a year [or so]”, “20 [or so] people”."""
    for begin in range(max(0, first - 3), first):
        end = quantity(parse, begin)
        if end is not None and end == first - 1:
            return Fit((begin, end))
    return None


def idle_up_to(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “live up to two promises”, “It is up to three judges”."""
    before = parse.lemma[first - 1] if first else ""
    return holds(before in ("live", "stand", "own", "be", "'s", "measure", "add", "face"), None)


# --- vague sources ---------------------------------------------------------------------------------------------------


def _institutional(parse: Parse, noun: int, *, strict: bool) -> bool:
    """Whether a noun phrase names an employer, an outlet or an institution: White House officials, sources at the FBI.

    Not strict, a name in front is a topic, a place or a target: Clinton critics, Texas residents.
    """
    for c in parse.children[noun]:
        label = parse.dep[c]
        if label in ("relcl", "appos", "punct", "conj", "cc", "acl"):
            continue
        for t in range(parse.first[c], parse.last[c] + 1):
            named = parse.tag[t] in ("NNP", "NNPS")
            if label == "prep":
                employer = parse.lower[c] in ("at", "with", "from", "for", "inside", "within") or (
                    strict and parse.lower[c] in ("in", "of")
                )
                if employer and (named or parse.lemma[t] in words_of("institution")):
                    return True
            elif parse.lemma[t] in words_of("institution") or (strict and named):
                return True
    return False


def _counted(parse: Parse, noun: int) -> bool:
    return any(parse.dep[c] == "nummod" or parse.tag[c] == "CD" for c in parse.children[noun])


def _claim(parse: Parse, noun: int) -> Stretch | None:
    """Give what a noun, as subject or agent of a verb of saying or believing, claims."""
    first = noun
    while parse.dep[noun] == "conj":
        noun = parse.head[noun]
    label, head = parse.dep[noun], parse.head[noun]
    claim: Stretch | None = None
    if label == "nsubj":
        claim = _said(parse, head)
    elif label == "pobj" and parse.dep[head] == "agent":
        claim = _passively_said(parse, parse.head[head])
    return claim or _said_aside(parse, first)


def _said_aside(parse: Parse, noun: int) -> Stretch | None:
    """Give what “critics, who say it failed” say; not “people who say it failed”, which picks some out."""
    for c in parse.children[noun]:
        subject = parse.child(c, "nsubj")
        if parse.dep[c] == "relcl" and subject is not None and parse.lower[subject] == "who":
            return _said(parse, c) if _set_off(parse, noun, subject) else None
    return None


def _set_off(parse: Parse, noun: int, who: int) -> bool:
    return any(parse.word[t] == "," for t in range(noun + 1, who))


def _said(parse: Parse, verb: int) -> Stretch | None:
    """Give what a verb of saying or believing says, or None when it says nothing."""
    lemma = parse.lemma[verb]
    if lemma in words_of("says", "stance"):
        child = parse.child(verb, "ccomp")
        if child is not None:
            return clause(parse, child)
        if parse.dep[verb] in ("parataxis", "ccomp", "advcl") and lemma in words_of("says"):
            return clause(parse, parse.head[verb]) or (verb, verb)  # "It failed, critics say"; "as experts note"
    if lemma in words_of("stance"):
        child = parse.child(verb, "xcomp", "dobj")
        if child is not None and parse.dep[child] == "dobj":
            return phrase(parse, child)
    if lemma in words_of("judges"):
        # "call the plan unwise", "accuse him of fraud", "see it as a threat"
        child = parse.child(verb, "oprd", "ccomp", "xcomp")
        if child is not None:
            return phrase(parse, child)
        link = as_link(parse, verb) or _link(parse, verb)
        return None if link is None else phrase(parse, link)
    if lemma == "be":  # "experts are concerned that it failed"
        adjective = parse.child(verb, "acomp")
        child = None if adjective is None else parse.child(adjective, "ccomp")
        return None if child is None else clause(parse, child)
    return None


def _passively_said(parse: Parse, verb: int) -> Stretch | None:
    if parse.lemma[verb] not in words_of("says", "stance", "judges"):
        return None
    child = parse.child(verb, "ccomp", "xcomp", "oprd")
    if child is not None:
        return phrase(parse, child)
    link = as_link(parse, verb) or _link(parse, verb)
    return None if link is None else phrase(parse, link)


def _link(parse: Parse, verb: int) -> int | None:
    return next((c for c in parse.children[verb] if parse.lower[c] in ("of", "for") and c > verb), None)


def claimant(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Critics] say it failed”, “Clinton's [supporters] believe …”: nobody is named."""
    return _claimant(parse, first, strict=False)


def claimant_in_office(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “local [officials] say it failed”; not “White House officials say”: that names an institution."""
    return _claimant(parse, first, strict=True)


def _claimant(parse: Parse, first: int, *, strict: bool) -> Fit | None:
    if parse.tag[first] not in ("NNS", "NNPS", "NN") or _counted(parse, first):
        return None
    if parse.tag[first] == "NN" and parse.lower[first] != "people":
        return None
    claim = _claim(parse, first)
    if claim is None or _institutional(parse, first, strict=strict):
        return None
    return Fit(claim)


def claimant_quantified(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Many [Americans] believe it failed”."""
    quantified = any(parse.lower[c] in ("some", "many", "most", "few") for c in parse.children[first])
    claim = _claim(parse, first)
    return Fit(claim) if quantified and claim is not None else None


def people_quantified(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Some people] say it failed”."""
    claim = _claim(parse, first)
    if claim is None or first == 0:
        return None
    if parse.lower[first - 1] in ("some", "many") and parse.head[first - 1] == first:
        return Fit(claim, (first - 1, first))
    return None


def claimant_pronoun(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Some] say it failed”; not “some of the senators say”."""
    following = parse.lower[first + 1] if first + 1 < len(parse) else ""
    if parse.dep[first] not in ("nsubj", "pobj", "conj") or following == "of":
        return None
    claim = _claim(parse, first)
    return None if claim is None else Fit(claim)


# --- certainty -------------------------------------------------------------------------------------------------------


def graded(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “almost certainly”, “more clearly”, “not necessarily”: certainty by degrees."""
    before = parse.lower[first - 1] if first else ""
    return holds(before in words_of("degree"), None)


def manner(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She spoke clearly”: how, not how surely."""
    head = parse.head[first]
    after_verb = head < first and parse.pos[head] == "VERB" and parse.dep[first] == "advmod"
    return holds(after_verb and (parse.lemma[head] in words_of("manner") or head == first - 1), None)


def on_quality(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “absolutely beautiful”: a quality made stronger."""
    return holds(parse.pos[parse.head[first]] in ("ADJ", "NOUN", "ADV", "DET", "PRON"), None)


def opening(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “[Sure], it may fail”, “[Naturally], he left”: set off at the head of a sentence."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    opens = all(not parse.is_word(t) for t in range(begin, first))
    return holds(opens and last + 1 < beyond and parse.word[last + 1] == ",", _main_clause(parse, first))


def after_if(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “if indeed he won”, “very rare indeed”: no affirmation."""
    before = parse.lower[first - 1] if first else ""
    begin, _ = parse.sentences[parse.sentence[first]]
    very = any(parse.lower[t] == "very" for t in range(max(begin, first - 3), first))
    return holds(before in ("if", "whether") or very, None)


def impersonal_certain(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It is [clear] that he left”; not “It is not clear whether”, “She made it clear that”."""
    head = parse.head[first]
    subject = parse.child(head, *SUBJECTS)
    verb = parse.child(first, "ccomp") or parse.child(head, "ccomp", "csubj")
    fits = (
        parse.lemma[head] in ("be", "become", "seem")
        and subject is not None
        and parse.lower[subject] == "it"
        and verb is not None
        and verb > first
        and not _denied(parse, head)
    )
    return holds(fits, None if verb is None else clause(parse, verb))


def first_person(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “I am [sure] that he left”; not “She is sure”."""
    head = parse.head[first]
    subject = parse.child(head, *SUBJECTS) or parse.child(first, *SUBJECTS)
    verb = parse.child(first, "ccomp") or parse.child(head, "ccomp")
    fits = subject is not None and parse.lower[subject] in ("i", "we") and verb is not None and verb > first
    return holds(fits and not _denied(parse, head), None if verb is None else clause(parse, verb))


def _denied(parse: Parse, verb: int) -> bool:
    return parse.child(verb, "neg") is not None


def certain_to(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “Prices are [certain to] rise”; not “Be sure to call”."""
    head = parse.head[first]
    to = last + 1
    bare = parse.lower[first - 1] in ("be", "make", "not") if first else True
    if to + 1 >= len(parse) or parse.tag[to] != "TO" or parse.tag[to + 1][:2] != "VB" or bare:
        return None
    return Fit(trimmed(parse, to + 1, parse.last[head]), (first, to)) if parse.lemma[head] == "be" else None


def must_perfect(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He [must have] left”."""
    following = first + 1
    if following >= len(parse) or parse.lower[following] not in ("have", "'ve", "’ve"):
        return None
    verb = parse.head[first]
    return Fit(clause(parse, verb), (first, following)) if verb > following and parse.tag[verb] == "VBN" else None


def must_be(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “You [must be] joking”, “There [must be] a reason”; not “It must be stopped”."""
    following, verb = first + 1, parse.head[first]
    if following >= len(parse) or parse.lower[following] != "be":
        return None
    subject = parse.child(verb, *SUBJECTS)
    going_on = parse.tag[verb] == "VBG"
    there = verb == following and subject is not None and parse.lower[subject] in ("there", "it", "this", "that")
    return Fit(clause(parse, verb), (first, following)) if going_on or there else None


def unsettled(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “left no doubt about”, “no one can say for sure”: denied, asked or a noun of its own."""
    begin, beyond = parse.sentences[parse.sentence[first]]
    before = parse.lemma[first - 1] if first else ""
    denied = any(
        parse.lower[t] in ("not", "n't", "n’t", "nobody", "never", "nothing")
        for t in range(max(begin, first - 5), first)
    )
    denied = denied or parse.lower[max(begin, first - 5) : first].count("no") > 0
    return holds(before in ("leave", "cast", "have") or denied or parse.lower[beyond - 1] == "?", None)


def settled_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “There is [no question] that he left”, “[no question] about it”; not “no questions asked”."""
    following = parse.lower[last + 1] if last + 1 < len(parse) else ""
    head = parse.head[last]
    there = any(parse.lower[c] == "there" for c in parse.children[head])
    return holds(
        following in ("that", "but", "about") or (there and parse.lemma[head] == "be"), _main_clause(parse, last)
    )


CODEBOOK = (
    graded, manner, on_quality, after_if, unsettled, idle_up_to,
    hearsay_infinitive, hearsay_clause, according_unnamed, hearsay_noun,
    before_whole, around_quantity, before_quantity, before_number, after_quantity,
    people_quantified, claimant, claimant_in_office, claimant_quantified, claimant_pronoun,
    impersonal_certain, first_person, certain_to, must_perfect, must_be, opening,
    settled_question,
)  # fmt: skip
