"""Parts of a sentence as seen from a cue: units of the parse, each of which is content, source, cue, none, or split."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from framing.language import Parse

MAX_DEPTH = 5  # edges below a first unit; deeper down a unit is taken whole
MAX_CLIMB = 20  # edges above the cue
REACH = 200  # tokens between a cue and the top of a unit
NONE, SPLIT = "none", "split"

Decide = Callable[["Unit", str, bool], str]


@dataclass(slots=True, eq=False)
class Unit:
    """A subtree (or with `alone` only its top word) reached from the cue by `path`.

    `path` reads from the cue: ``^ccomp`` climbs an edge, ``dobj`` goes down one. What is below it is kept, since one
    cue's units are walked through many times.
    """

    top: int
    alone: bool
    path: tuple[str, ...]
    _tokens: list[int] | None = None
    _parts: "list[Unit] | None" = None

    def tokens(self, parse: Parse) -> list[int]:
        """Its tokens in text order."""
        if self._tokens is None:
            self._tokens = [self.top] if self.alone else parse.subtree(self.top)
        return self._tokens

    def parts(self, parse: Parse) -> "list[Unit]":
        """Its top word, and the subtrees below that."""
        if self._parts is None:
            below = (Unit(child, False, (*self.path, parse.dep[child])) for child in parse.children[self.top])
            self._parts = [Unit(self.top, True, self.path), *below]
        return self._parts


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


def walk(parse: Parse, units: Sequence[Unit], decide: Decide) -> Iterator[tuple[Unit, str, str]]:
    """Every one of a cue's `units` with what was known above it and its role, then down into those that are split.

    `decide(unit, above, may_split)` gives a role; `above` tells it where the unit hangs and which role the word it
    hangs on has, so that the parts of one clause go together.
    """
    todo: list[tuple[Unit, str, int]] = []
    above = ""
    for unit in units:
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
            top, *below = unit.parts(parse)
            top_role = decide(top, SPLIT, False)
            yield top, SPLIT, top_role
            todo += [(part, f"{SPLIT}:{top_role}", depth + 1) for part in below]
