"""Parts of a sentence as seen from a cue: units of the parse, each of which is content, source, cue, none, or split."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from framing.language import Parse
from framing.measures.attribution.cue_features import SUBJECTS, kind_of

MAX_DEPTH = 5  # edges below a first unit; deeper down a unit is taken whole
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
    """Units around a cue, all of its sentence: subtrees below it; from each word above it that word and its others."""
    for child in parse.children[cue]:
        yield Unit(child, False, (parse.dep[child],))
    below = cue
    path: tuple[str, ...] = ()
    for ancestor in parse.ancestors(cue):
        path = (*path, f"^{parse.dep[below]}")
        yield Unit(ancestor, True, path)
        for child in parse.children[ancestor]:
            if child != below:
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


def unit_features(parse: Parse, cue: int, unit: Unit, above: str) -> list[str]:
    """Names of the features that hold for a unit; `above` is `start` or tells what was split to reach it."""
    top = unit.top
    entry = f"{parse.lemma[cue]}:{parse.pos[cue]}"
    path = "/".join(unit.path[-4:]) + ("." if unit.alone else "")
    short = "/".join(p for p in unit.path if p[0] != "^")[-40:] or "^"
    first, last = (top, top) if unit.alone else (parse.first[top], parse.last[top])
    side = "before" if last < cue else "after" if first > cue else "around"
    siblings = "+".join(sorted({parse.dep[c] for c in parse.children[cue]} & SIBLINGS))
    quoted = _quoted(parse, first, last)
    opening = parse.lower[first]
    comma = "comma" if first > 0 and parse.word[first - 1] in (",", "—", "--", "–", ";", ":") else "plain"
    gap = min(abs(first - cue) if side == "after" else abs(cue - last), 6) if side != "around" else 0
    shape = f"{path} {side}"
    size = _size(last - first + 1)
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
        f"word={entry} path={path}",
        f"word={entry} path={shape} opening={opening}",
        f"word={entry} path={shape} siblings={siblings}",
        f"word={entry} lemma={parse.lemma[top]} dep={unit.path[-1]}",
        f"lemma={parse.lemma[top]} path={path}",
        f"lemma={parse.lemma[top]} above={above} dep={unit.path[-1]}",
        f"opening={opening} {comma} above={above}",
        f"tail={short} above={above} {comma} opening={opening}",
        f"tail={short} above={above} {comma} side={side} quoted={quoted}",
        f"dep={unit.path[-1]} tag={parse.tag[top]} {side} quoted={quoted} above={above}",
        f"cue_dep={parse.dep[cue]} path={shape}",
        f"cue_quoted={parse.quotation[cue] >= 0} quoted={quoted}",
        f"subject_between={_has_subject(parse, top)} path={shape}",
    ]


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


def _quoted(parse: Parse, first: int, last: int) -> str:
    inside = parse.quotation[first] >= 0, parse.quotation[last] >= 0
    if all(inside):
        return "all"
    return "some" if any(inside) or any(q >= 0 for q in parse.quotation[first : last + 1]) else "no"


def _has_subject(parse: Parse, top: int) -> bool:
    return any(parse.dep[c] in SUBJECTS for c in parse.children[top])


def _size(n: int) -> str:
    return "1" if n == 1 else "2-3" if n < 4 else "4-9" if n < 10 else "10+"
