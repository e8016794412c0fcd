"""Constructions of the marks that begin conditional and questioning clauses: if, unless, until, whether."""

from framing.language import Parse
from framing.measures.hedge_fit import Fit, holds, words_of
from framing.measures.hedge_scope import Stretch, after
from framing.measures.hedge_syntax import is_denied


def _mark_scope(parse: Parse, first: int) -> Stretch | None:
    return after(parse, first, parse.head[first]) if parse.head[first] > first else None


def mark_elliptical(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “little, if any, improvement”; “if not the first”."""
    following, beyond = (*parse.lower[last + 1 : last + 3], "", "")[:2]
    # "if any engineer had known" is a condition
    fits = following in ("not", "ever", "only") or (following in ("any", "anything", "anyone") and beyond in ",.;)")
    return holds(fits, None)


def mark_comparison(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “as if he had won”; “if and only if”."""
    before = parse.lower[first - 1] if first else ""
    following = parse.lower[last + 1] if last + 1 < len(parse) else ""
    return holds(before in ("as", "only", "like") or following == "and", None)


def mark_question(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “He asked if they had paid”, “It is unclear if they had paid”."""
    verb = parse.head[first]
    asking = parse.head[verb]
    unsure = parse.child(asking, "acomp") if parse.dep[verb] == "advcl" else None
    fits = (
        parse.dep[verb] in ("ccomp", "pcomp", "conj", "acl", "xcomp", "csubj")
        and parse.lemma[asking] in words_of("wondering")
    ) or (unsure is not None and parse.lemma[unsure] in words_of("negative"))
    fits = fits and parse.dep[first] == "mark" and asking < first
    return holds(fits, _mark_scope(parse, first))


def mark_habit(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “She stayed until he died”: a fact of the past, or a date."""
    verb = parse.head[first]
    aux_past = any(parse.tag[c] == "VBD" for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass"))
    fits = parse.dep[first] == "mark" and (parse.tag[verb] == "VBD" or aux_past)
    return holds(fits, _mark_scope(parse, first))


def mark_expected(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “It will not resume until markets recover”: the main clause is a future or denied."""
    verb = parse.head[first]
    main = parse.head[verb]
    fits = (
        parse.dep[first] == "mark"
        and main != verb
        and (is_denied(parse, main) or any(parse.tag[c] in ("MD", "TO") for c in parse.children[main]))
    )
    return holds(fits, _mark_scope(parse, first))


def mark(parse: Parse, first: int, last: int) -> Fit | None:
    """Fit “If prices fall, they will sell”."""
    return holds(parse.dep[first] == "mark", _mark_scope(parse, first))


MARKS = (mark_elliptical, mark_comparison, mark_question, mark_habit, mark_expected, mark)
