"""What can be seen of a part of a sentence from a cue: features of its role, with names a person can read."""

from collections.abc import Sequence
from typing import NamedTuple

from framing.language import Parse
from framing.measures.attribution.cue_features import SUBJECTS, kind_of
from framing.measures.attribution.roles import Unit
from framing.measures.attribution.weights import PRIORS


class Cue(NamedTuple):
    """What the features of all units around one cue share."""

    head: int
    entry: str
    kind: str
    dep: str
    quoted: bool
    siblings: str
    following: str
    left: int


def describe_cue(parse: Parse, head: int) -> Cue:
    """The cue's word and the complements beside and after it."""
    children = parse.children[head]
    return Cue(
        head,
        f"{parse.lemma[head]}:{parse.pos[head]}",
        f"cue_tag={parse.tag[head]} cue_pos={parse.pos[head]}",
        parse.dep[head],
        parse.quotation[head] >= 0,
        "+".join(sorted({parse.dep[c] for c in children} & SIBLINGS)),
        "+".join(sorted({parse.dep[c] for c in children if c > head} & FOLLOWERS)),
        _words_left(parse, head),
    )


def unit_features(parse: Parse, cue: Cue, unit: Unit, above: str, known: Sequence[str]) -> list[str]:
    """Names of the features that hold for a unit; `above` is `start` or tells what was split to reach it.

    `known` says of each token how often its word was a cue: what is another cue's clause is rarely this one's content.
    """
    top, dep = unit.top, unit.path[-1]
    head, entry = cue.head, cue.entry
    path = "/".join(unit.path[-4:]) + ("." if unit.alone else "")
    short = "/".join(p for p in unit.path if p[0] != "^")[-40:] or "^"
    first, last = (top, top) if unit.alone else (parse.first[top], parse.last[top])
    side = "before" if last < head else "after" if first > head else "around"
    quoted = _quoted(parse, first, last)
    opening = parse.lower[first]
    mark = SEPARATORS.get(parse.word[first - 1], "") if first > 0 else ""
    comma = "comma" if mark and mark != "(" else "plain"
    between = range(last + 1, head) if side == "before" else range(head + 1, first) if side == "after" else range(0)
    separators = "".join(sorted({SEPARATORS[parse.word[t]] for t in between if parse.word[t] in SEPARATORS}))
    gap = min(abs(first - head) if side == "after" else abs(head - last), 6) if side != "around" else 0
    shape = f"{path} {side}"
    size = _size(last - first + 1)
    own_subject = _has_subject(parse, top)
    joined = any(parse.dep[c] == "cc" and c < first for c in parse.children[parse.head[top]])
    holds = "" if unit.alone else _cue_inside(parse, unit, known)
    return [
        f"path={path} above={above}",
        f"path={shape}",
        f"path={shape} siblings={cue.siblings}",
        f"path={shape} pos={parse.pos[top]} tag={parse.tag[top]}",
        f"path={shape} kind={kind_of(parse, top)}",
        f"path={shape} opening={opening}",
        f"path={shape} {comma} quoted={quoted}",
        f"path={shape} size={size}",
        f"path={shape} gap={gap}",
        f"path={shape} {cue.kind}",
        f"path={shape} following={cue.following}",
        f"path={shape} left={cue.left}",
        f"path={shape} following={cue.following} left={cue.left > 0}",
        f"path={shape} separators={separators}",
        f"path={shape} top={known[top]}",
        f"path={shape} holds={holds}",
        f"word={entry} path={path}",
        f"word={entry} path={shape} opening={opening}",
        f"word={entry} path={shape} siblings={cue.siblings}",
        f"word={entry} lemma={parse.lemma[top]} dep={dep}",
        f"lemma={parse.lemma[top]} path={path}",
        f"lemma={parse.lemma[top]} above={above} dep={dep}",
        f"opening={opening} {comma} above={above}",
        f"tail={short} above={above} {comma} opening={opening}",
        f"tail={short} above={above} {comma} side={side} quoted={quoted}",
        f"dep={dep} above={above} separators={separators}",
        f"dep={dep} above={above} mark={mark} joined={joined} own_subject={own_subject}",
        f"dep={dep} above={above} top={known[top]} own_subject={own_subject}",
        f"dep={dep} above={above} holds={holds}",
        f"dep={dep} tag={parse.tag[top]} {side} quoted={quoted} above={above}",
        f"cue_dep={cue.dep} path={shape}",
        f"cue_quoted={cue.quoted} quoted={quoted}",
        f"subject_between={own_subject} path={shape}",
    ]


def _words_left(parse: Parse, cue: int) -> int:
    """Words between the cue and the end of its sentence, up to four: "…, the agency said." leaves none."""
    beyond = parse.sentences[parse.sentence[cue]][1]
    return min(4, sum(parse.is_word(t) for t in range(cue + 1, min(beyond, cue + 6))))


def _cue_inside(parse: Parse, unit: Unit, known: Sequence[str]) -> str:
    """How often the likeliest other cue inside a unit was one; what is quoted has none that counts."""
    inside = {known[t] for t in unit.tokens(parse) if parse.quotation[t] < 0}
    return next((name for _, name in PRIORS if name in inside), "never")


# Between two parts of a sentence: a comma, a semicolon, a colon, a dash, a bracket.
SEPARATORS = {",": ",", ";": ";", ":": ":", "—": "-", "--": "-", "–": "-", "―": "-", "(": "(", ")": "("}
SIBLINGS = {
    *SUBJECTS,
    "ccomp",
    "xcomp",
    "dobj",
    "agent",
    "acomp",
    "attr",
    "auxpass",
    "oprd",
    "acl",
    "poss",
    "parataxis",
}
FOLLOWERS = {*SIBLINGS, "prep"}


def _quoted(parse: Parse, first: int, last: int) -> str:
    inside = parse.quotation[first] >= 0, parse.quotation[last] >= 0
    if all(inside):
        return "all"
    return "some" if any(inside) or any(q >= 0 for q in parse.quotation[first : last + 1]) else "no"


def _has_subject(parse: Parse, top: int) -> bool:
    return any(parse.dep[c] in SUBJECTS for c in parse.children[top])


def _size(n: int) -> str:
    return "1" if n == 1 else "2-3" if n < 4 else "4-9" if n < 10 else "10+"
