"""What can be seen of a word that may be a cue: features with names a person can read."""

from collections.abc import Iterator, Mapping, Sequence

from framing.language import Parse

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
COMPLEMENTS = (
    "ccomp",
    "xcomp",
    "acomp",
    "attr",
    "oprd",
    "dobj",
    "dative",
    "agent",
    "prep",
    "prt",
    "acl",
    "relcl",
    "advcl",
)
CLAUSES = ("ccomp", "xcomp", "acl", "advcl", "pcomp", "parataxis", "csubj")


NEW = "new"  # a word that was never a cue in the texts that the tables were estimated on


def known_words(parse: Parse, prior: Mapping[str, str]) -> list[str]:
    """How often each token's word was a cue, in words (``often``, ``half``, ``rare``), by entries as ``say:VERB``."""
    return [prior.get(f"{lemma}:{pos}", NEW) for lemma, pos in zip(parse.lemma, parse.pos, strict=True)]


def candidates(parse: Parse, known: Sequence[str]) -> Iterator[int]:
    """Tokens that may be a cue's head: known cue words, and any other verb with a clause, an object or a quotation.

    Words that hardly ever were a cue are not looked at, nor is what stands in quotation marks: an attribution there
    is nested in the quotation's.
    """
    for token in range(len(parse)):
        outside = parse.quotation[token] < 0
        if outside and known[token] != "never" and (known[token] != NEW or _is_open_verb(parse, token)):
            yield token


def _is_open_verb(parse: Parse, token: int) -> bool:
    if parse.pos[token] != "VERB":
        return False
    return any(parse.dep[c] in ("ccomp", "xcomp", "dobj") for c in parse.children[token]) or touches_quotation(
        parse, token
    )


def cue_features(parse: Parse, token: int, known: Sequence[str]) -> list[str]:
    """Names of the features that hold for `token` as a cue; `known` says of each token how often its word was one."""
    entry = f"{parse.lemma[token]}:{parse.pos[token]}"
    prior = known[token]
    frame = list(_frame(parse, token))
    context = list(_context(parse, token, known))
    signature = "+".join(sorted(p for p in frame if p.startswith(("subject=", "has="))))
    return [
        f"word={entry}",
        f"prior={prior}",
        f"frame={signature}",
        f"word={entry} frame={signature}",
        *frame,
        *context,
        *(f"word={entry} {f}" for f in frame),
        *(f"word={entry} {f}" for f in context),
        *(f"prior={prior} {f}" for f in (*frame, *context)),
    ]


def _frame(parse: Parse, token: int) -> Iterator[str]:
    """The construction around the word: its subject's kind, its complements, its form."""
    yield f"tag={parse.tag[token]}"
    yield f"dep={parse.dep[token]}"
    subject = subject_of(parse, token)
    yield f"subject={kind_of(parse, subject)}" if subject is not None else "subject=none"
    seen = set()
    for child in parse.children[token]:
        dep = parse.dep[child]
        if dep in ("aux", "neg", "auxpass"):
            yield f"{dep}={parse.lemma[child]}"
        elif dep in COMPLEMENTS and dep not in seen:
            seen.add(dep)
            yield f"has={dep}"
            if dep in ("prep", "prt"):
                yield f"{dep}={parse.lemma[child]}"
            elif dep in CLAUSES:
                yield f"{dep}={_clause_kind(parse, child)}"
            elif dep in ("dobj", "attr", "acomp"):
                yield f"{dep}={kind_of(parse, child)}"


def _context(parse: Parse, token: int, known: Sequence[str]) -> Iterator[str]:
    """What stands around: quotation marks, the governing word, the words of subject and object."""
    if touches_quotation(parse, token):
        yield "beside_quotation"
    head = parse.head[token]
    if head != token:
        yield f"under={parse.lemma[head]}:{parse.pos[head]}"
        yield f"under={known[head]} dep={parse.dep[token]}"
    subject = subject_of(parse, token)
    if subject is not None:
        yield f"subject_word={parse.lemma[subject]}"
    for child in parse.children[token]:
        if parse.dep[child] in ("dobj", "attr", "acomp", "nsubjpass", "poss", "compound", "amod"):
            yield f"{parse.dep[child]}_word={parse.lemma[child]}"
        if parse.dep[child] == "prep":
            for below in parse.children[child]:
                yield f"{parse.lemma[child]}_word={parse.lemma[below]}"
    if parse.sentence[token] == 0:
        yield "first_sentence"
    for step, name in ((-1, "before"), (1, "after")):
        if 0 <= token + step < len(parse):
            yield f"{name}={parse.lower[token + step]}"


def _clause_kind(parse: Parse, clause: int) -> str:
    """`that`, `to`, `ing`, `wh`, `if`, or `bare` for the clause that hangs on a word."""
    for child in parse.children[clause]:
        if parse.dep[child] == "mark":
            return parse.lower[child]
        if parse.dep[child] == "aux" and parse.tag[child] == "TO":
            return "to"
        if parse.tag[child] in ("WRB", "WP", "WDT"):
            return "wh"
    return "ing" if parse.tag[clause] == "VBG" else "bare"


def subject_of(parse: Parse, token: int) -> int | None:
    """The word's own subject, or the one it shares with the verb it hangs on (conjuncts, *wants to say*)."""
    here = token
    for _ in range(4):
        own = parse.child(here, *SUBJECTS)
        if own is not None:
            return own
        if parse.dep[here] not in ("conj", "xcomp", "advcl"):
            return None
        here = parse.head[here]
    return None


def kind_of(parse: Parse, token: int) -> str:
    """Kind of a noun phrase by its head: a name, a pronoun by form, a common noun, a number, or a clause."""
    pos = parse.pos[token]
    if pos == "PRON":
        return parse.lower[token]
    return {"PROPN": "name", "NOUN": "noun", "NUM": "number", "ADJ": "adjective"}.get(pos, "other")


def touches_quotation(parse: Parse, token: int) -> bool:
    """Whether a quotation lies in the word's sentence outside of which the word stands, no more than a few words off.

    # “…,” said Ann | Ann said on Monday: “…” | Ann called it “…”
    """
    first, beyond = parse.sentences[parse.sentence[token]]
    if parse.quotation[token] >= 0:
        return False
    near = range(max(first, token - 12), min(beyond, token + 13))
    return any(parse.quotation[t] >= 0 for t in near)
