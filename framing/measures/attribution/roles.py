"""Parts of a sentence as seen from a cue: units of the parse, each of which is content, source, cue, none, or split."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from framing.language import Parse
from framing.measures.attribution.cue_features import SUBJECTS, kind_of
from framing.measures.attribution.weights import PRIORS

MAX_DEPTH = 5  # edges below a first unit; deeper down a unit is taken whole
MAX_CLIMB = 20  # edges above the cue
REACH = 200  # tokens between a cue and the top of a unit
NONE, SPLIT = "none", "split"

Decide = Callable[["Unit", str, bool], str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A subtree (or with `alone` only its top word) reached from the cue by `path`.

    `path` reads from the cue: ``^ccomp`` climbs an edge, ``dobj`` goes down one.
    """

    top: int
    alone: bool
    path: tuple[str, ...]

    def tokens(self, parse: Parse) -> list[int]:
        """Its tokens in text order."""
        return [self.top] if self.alone else parse.subtree(self.top)


def start_units(parse: Parse, cue: int) -> Iterator[Unit]:
    """Units around a cue: subtrees below it; from each word above it that word and its others.

    That is all of its sentence, but for what is so far off that only lists and unpunctuated text have it.
    """
    for child in parse.children[cue]:
        if abs(child - cue) <= REACH:
            yield Unit(child, False, (parse.dep[child],))
    below = cue
    path: tuple[str, ...] = ()
    for ancestor in islice(parse.ancestors(cue), MAX_CLIMB):
        path = (*path, f"^{parse.dep[below]}")
        yield Unit(ancestor, True, path)
        for child in parse.children[ancestor]:
            if child != below and abs(child - cue) <= REACH:
                yield Unit(child, False, (*path, parse.dep[child]))
        below = ancestor


def walk(parse: Parse, cue: int, decide: Decide) -> Iterator[tuple[Unit, str, str]]:
    """Every unit with what was known above it and its role, from the cue outwards, then down into split units.

    `decide(unit, above, may_split)` gives a role; `above` tells it where the unit hangs and which role the word it
    hangs on has, so that the parts of one clause go together.
    """
    todo: list[tuple[Unit, str, int]] = []
    above = ""
    for unit in start_units(parse, cue):
        if unit.alone:
            role = decide(unit, "up", False)
            above = f"up:{role}"
            yield unit, "up", role
        else:
            todo.append((unit, "start" if len(unit.path) == 1 else above, 0))
    for unit, above, depth in todo:  # grows while it is walked
        role = decide(unit, above, depth < MAX_DEPTH and bool(parse.children[unit.top]))
        yield unit, above, role
        if role == SPLIT:
            top, *below = split(parse, unit)
            top_role = decide(top, SPLIT, False)
            yield top, SPLIT, top_role
            todo += [(part, f"{SPLIT}:{top_role}", depth + 1) for part in below]


def split(parse: Parse, unit: Unit) -> Iterator[Unit]:
    """The top word of a unit and the subtrees below it."""
    yield Unit(unit.top, True, unit.path)
    for child in parse.children[unit.top]:
        yield Unit(child, False, (*unit.path, parse.dep[child]))


def unit_features(parse: Parse, cue: int, unit: Unit, above: str, known: Sequence[str]) -> list[str]:
    """Names of the features that hold for a unit; `above` is `start` or tells what was split to reach it.

    `known` says of each token how often its word was a cue: what is another cue's clause is rarely this one's content.
    """
    top, dep = unit.top, unit.path[-1]
    entry = f"{parse.lemma[cue]}:{parse.pos[cue]}"
    path = "/".join(unit.path[-4:]) + ("." if unit.alone else "")
    short = "/".join(p for p in unit.path if p[0] != "^")[-40:] or "^"
    first, last = (top, top) if unit.alone else (parse.first[top], parse.last[top])
    side = "before" if last < cue else "after" if first > cue else "around"
    siblings = "+".join(sorted({parse.dep[c] for c in parse.children[cue]} & SIBLINGS))
    following = "+".join(sorted({parse.dep[c] for c in parse.children[cue] if c > cue} & FOLLOWERS))
    left = _words_left(parse, cue)
    quoted = _quoted(parse, first, last)
    opening = parse.lower[first]
    mark = SEPARATORS.get(parse.word[first - 1], "") if first > 0 else ""
    comma = "comma" if mark and mark != "(" else "plain"
    between = range(last + 1, cue) if side == "before" else range(cue + 1, first) if side == "after" else range(0)
    separators = "".join(sorted({SEPARATORS[parse.word[t]] for t in between if parse.word[t] in SEPARATORS}))
    gap = min(abs(first - cue) if side == "after" else abs(cue - last), 6) if side != "around" else 0
    shape = f"{path} {side}"
    size = _size(last - first + 1)
    own_subject = _has_subject(parse, top)
    joined = any(parse.dep[c] == "cc" and c < first for c in parse.children[parse.head[top]])
    holds = "" if unit.alone else _cue_inside(parse, unit, known)
    return [
        f"path={path} above={above}",
        f"path={shape}",
        f"path={shape} siblings={siblings}",
        f"path={shape} pos={parse.pos[top]} tag={parse.tag[top]}",
        f"path={shape} kind={kind_of(parse, top)}",
        f"path={shape} opening={opening}",
        f"path={shape} {comma} quoted={quoted}",
        f"path={shape} size={size}",
        f"path={shape} gap={gap}",
        f"path={shape} cue_tag={parse.tag[cue]} cue_pos={parse.pos[cue]}",
        f"path={shape} following={following}",
        f"path={shape} left={left}",
        f"path={shape} following={following} left={left > 0}",
        f"path={shape} separators={separators}",
        f"path={shape} top={known[top]}",
        f"path={shape} holds={holds}",
        f"word={entry} path={path}",
        f"word={entry} path={shape} opening={opening}",
        f"word={entry} path={shape} siblings={siblings}",
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
        f"cue_dep={parse.dep[cue]} path={shape}",
        f"cue_quoted={parse.quotation[cue] >= 0} quoted={quoted}",
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
