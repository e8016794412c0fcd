"""What can be seen of a part of a sentence from a cue: features of its role, with names a person can read."""

from typing import NamedTuple

from framing.language import Parse
from framing.measures.attribution.cue_features import SUBJECTS, kind_of
from framing.measures.attribution.roles import Unit
from framing.measures.attribution.seen import SEPARATORS, Seen

Group = tuple[str, tuple[str, ...]]


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


def unit_features(parse: Parse, cue: Cue, unit: Unit, above: str, seen: Seen) -> list[str]:
    """Names of the features that hold for a unit; `above` is `start` or tells what was split to reach it."""
    groups = unit_groups(parse, cue, unit, above, seen)
    return [f"{group} {rest}" if rest else group for group, rests in groups for rest in rests]


def unit_groups(parse: Parse, cue: Cue, unit: Unit, above: str, seen: Seen) -> tuple[Group, ...]:
    """The features of a unit, those that begin alike together: a beginning that no table has needs no look at the rest.

    `weights.beginning` parts the names of the tables in the same way.
    """
    top, dep = unit.top, unit.path[-1]
    head, entry = cue.head, cue.entry
    path = "/".join(unit.path[-4:])
    if unit.alone:
        first = last = top
        path += "."
        holds = ""
    else:
        first, last = parse.first[top], parse.last[top]
        holds = seen.holds[top]
    short = "/".join([p for p in unit.path if p[0] != "^"])[-40:] or "^"
    if last < head:
        side, gap, separators = "before", head - last, seen.separators(last + 1, head)
    elif first > head:
        side, gap, separators = "after", first - head, seen.separators(head + 1, first)
    else:
        side, gap, separators = "around", 0, ""
    quoted = seen.quoted(first, last)
    lemma, tag, known = parse.lemma[top], parse.tag[top], seen.known[top]
    mark = SEPARATORS.get(parse.word[first - 1], "") if first > 0 else ""
    comma = "comma" if mark and mark != "(" else "plain"
    opening = f"opening={parse.lower[first]}"
    siblings = f"siblings={cue.siblings}"
    shape = f"path={path} {side}"
    own_subject = seen.has_subject[top]
    joined = seen.conjunction[parse.head[top]] < first
    return (
        (f"path={path}", (f"above={above}",)),
        (
            shape,
            (
                "",
                siblings,
                f"pos={parse.pos[top]} tag={tag}",
                f"kind={kind_of(parse, top)}",
                opening,
                f"{comma} quoted={quoted}",
                f"size={_size(last - first + 1)}",
                f"gap={gap if gap < 6 else 6}",
                cue.kind,
                f"following={cue.following}",
                f"left={cue.left}",
                f"following={cue.following} left={cue.left > 0}",
                f"separators={separators}",
                f"top={known}",
                f"holds={holds}",
            ),
        ),
        (f"word={entry}", (f"path={path}",)),
        (f"word={entry} {shape}", (opening, siblings)),
        (f"word={entry}", (f"lemma={lemma} dep={dep}",)),
        (f"lemma={lemma}", (f"path={path}", f"above={above} dep={dep}")),
        (f"{opening} {comma}", (f"above={above}",)),
        (f"tail={short} above={above} {comma}", (opening, f"side={side} quoted={quoted}")),
        (
            f"dep={dep} above={above}",
            (
                f"separators={separators}",
                f"mark={mark} joined={joined} own_subject={own_subject}",
                f"top={known} own_subject={own_subject}",
                f"holds={holds}",
            ),
        ),
        (f"dep={dep} tag={tag}", (f"{side} quoted={quoted} above={above}",)),
        (f"cue_dep={cue.dep}", (shape,)),
        (f"cue_quoted={cue.quoted}", (f"quoted={quoted}",)),
        (f"subject_between={own_subject}", (shape,)),
    )


def _words_left(parse: Parse, cue: int) -> int:
    """Words between the cue and the end of its sentence, up to four: "…, the agency said." leaves none."""
    beyond = parse.sentences[parse.sentence[cue]][1]
    return min(4, sum(parse.is_word(t) for t in range(cue + 1, min(beyond, cue + 6))))


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


def _size(n: int) -> str:
    return "1" if n == 1 else "2-3" if n < 4 else "4-9" if n < 10 else "10+"
