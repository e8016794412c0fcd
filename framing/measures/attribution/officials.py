"""Which sources are officials: holders of public office, those who speak for them, and public bodies.

Who is one follows Sigal's and Bennett's studies of whom the press lets speak; the words are `official_sources_en`.
Whoever held an office when it was said counts; former holders, candidates and those who are elected but not yet in
office don't.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from framing.language import Parse
from framing.lexicons import load_lexicon
from framing.lexicons.matching import Found, Matcher
from framing.measures.attribution.people import ORGANIZATION, PERSON, Name, People
from framing.measures.attribution.sources import DOCUMENT, NONE, PLURAL_TAGS, Source
from framing.measures.attribution.wanted_names import RELATIVES, antecedent, head_of

PARTY_AND_STATE = re.compile(r"\s?[,(]\s?[RDI]\s?[-–—]\s?[A-Z]")  # "Ann Lee (R-Ky.)", "Ann Lee, D-N.Y."
LONGEST_TITLE = 8  # words before a name
INSIDE = ("'s", "’s", "-", "&")  # stand inside a title
ENDED, OFFICE, RANK, ROLE, LAWYER = "ended", "office", "rank", "role", "lawyer"
BODY, ADJECTIVE, COUNTRY, OUTSIDER, MADE = "body", "adjective", "country", "outsider", "document"


@dataclass(frozen=True, slots=True)
class _Words:
    matcher: Matcher
    category: dict[str, str]
    match: dict[str, str]


@lru_cache(maxsize=1)
def _lexicon() -> _Words:
    entries = load_lexicon("official_sources_en").entries
    patterns = entries["pattern"]
    category, match = (dict(zip(patterns, entries[column], strict=True)) for column in ("category", "match"))
    return _Words(Matcher(patterns), category, match)


def _find(words: Sequence[str]) -> list[Found]:
    """Expressions of the lexicon among words as they are printed; *ICE* and *the House* need their capitals."""
    lexicon = _lexicon()
    printed = {"phrase": lambda _: True, "capital": lambda w: w[0].isupper(), "initials": str.isupper}
    found = lexicon.matcher.find([_plain(word) for word in words])
    return [f for f in found if printed[lexicon.match[f.pattern]](words[f.first])]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a phrase says: the role in it, whether that is an office, and whether it is over."""

    role: str
    official: bool
    ended: bool = False


@dataclass(slots=True)
class Officials:
    """Decides who of one text's sources are officials; `known` decided for the body, when the text is its headline."""

    parse: Parse
    people: People
    known: "Officials | None" = None
    _persons: dict[str, bool | None] = field(default_factory=dict)
    _heard: dict[str, bool] = field(default_factory=dict)

    def decide(self, tokens: Collection[int], source: Source) -> bool | None:
        """Whether a resolved source is an official; None when nobody knows who it is."""
        if source.kind == NONE or source.name is None or not tokens:
            return None
        head = head_of(self.parse, tokens)
        looks_back = self.parse.tag[head] in ("PRP", "PRP$")
        if self.parse.lower[head] in RELATIVES:
            tokens = antecedent(self.parse, head) or tokens
            head = head_of(self.parse, tokens)
        if looks_back and source.kind != PERSON:
            return self._heard.get(source.name, self._by_name(source.name))
        own = None if looks_back else self._phrase(sorted(tokens), head, source)
        if source.kind == PERSON:
            found = self.person(source.name)
            decided = bool(own and own.official) if found is None else found
        elif source.kind == ORGANIZATION:
            decided = self._by_name(source.name) or bool(own and own.official) or bool(self.person(source.name))
        else:
            decided = bool(own and own.official)
        self._heard[source.name] = decided
        return decided

    def person(self, name: str) -> bool | None:
        """Whether the text says of a person, anywhere, that he or she holds an office; None when it says nothing."""
        if name not in self._persons:
            self._persons[name] = None  # "Lee's adviser Ito", "Ito's adviser Lee"
            verdicts = [v for m in self.people.where.get(name, ()) for v in self._said_of(self.people.mentions[m])]
            over = {v.role for v in verdicts if v.ended}
            held = [v for v in verdicts if v.official and v.role not in over]
            found = True if held else False if verdicts else None
            self._persons[name] = self.known.person(name) if found is None and self.known else found
        return self._persons[name]

    def _said_of(self, mention: Name) -> Iterable[_Verdict]:
        """What stands before a name, behind it, and in apposition to it."""
        parse, last = self.parse, mention.last
        before = self._titles(mention)
        yield from before
        beyond = parse.end[last]
        if PARTY_AND_STATE.match(parse.text[beyond : beyond + 8]) and not any(v.ended for v in before):
            yield _Verdict("representative", True)
        for token in range(mention.first, last + 1):
            nouns = [c for c in parse.children[token] if parse.dep[c] == "appos"]
            if parse.dep[token] in ("appos", "attr"):
                nouns.append(parse.head[token])
            if parse.dep[token] == "nsubj" and parse.lower[parse.head[token]] in ("is", "'s"):
                nouns += [c for c in parse.children[parse.head[token]] if parse.dep[c] == "attr"]
            for noun in [j for n in nouns for j in (n, *(c for c in parse.children[n] if parse.dep[c] == "conj"))]:
                if not mention.first <= noun <= last and parse.pos[noun] in ("NOUN", "PROPN"):
                    verdict = self._verdict(
                        [t for t in self._noun_phrase(noun) if not mention.first <= t <= last], noun
                    )
                    if verdict:
                        yield verdict

    def _titles(self, mention: Name) -> list[_Verdict]:
        """What stands before a name: `President`, not *critics of President*, or else `Secretary of State`."""
        found: list[_Verdict] = []
        for of in (False, True):
            title = self._title(mention, of)
            found = [v for v in (self._verdict(title, t) for t in self._title_heads(mention, title)) if v]
            if any(v.official or v.ended for v in found):
                break
        return found

    def _title(self, mention: Name, of: bool) -> list[int]:
        """The words before a name that may belong to it, across *of* or not, and the name."""
        parse, first = self.parse, mention.first
        while (
            first > 0 and mention.first - first < LONGEST_TITLE and parse.sentence[first - 1] == parse.sentence[first]
        ):
            before = first - 1
            inside = (parse.lower[before] in INSIDE and first < mention.first) or (of and parse.lower[before] == "of")
            nominal = parse.pos[before] in ("NOUN", "PROPN", "ADJ") and not parse.tag[before].startswith("W")
            if not (nominal or inside or parse.lower[before] in ("then", "ex")):
                break
            first = before
        return [*range(first, mention.last + 1)]

    def _title_heads(self, mention: Name, title: Sequence[int]) -> list[int]:
        """The last word of the title: before the name, or inside what was taken for it."""
        inside = range(mention.first, mention.last)
        ends = [covered[-1] for category, covered, _ in self._found(title) if category in (OFFICE, RANK, ROLE, LAWYER)]
        holders = [end for end in ends if end in inside]
        return holders or ([mention.first - 1] if title[0] < mention.first else [])

    def _noun_phrase(self, noun: int) -> list[int]:
        """A noun with what hangs on it, but no clause and nothing in apposition."""
        parse, found, todo = self.parse, [], [noun]
        while todo:
            here = todo.pop()
            found.append(here)
            todo += [c for c in parse.children[here] if parse.dep[c] not in ("relcl", "acl", "appos", "conj", "cc")]
        return sorted(found)

    def _phrase(self, tokens: Sequence[int], head: int, source: Source) -> _Verdict | None:
        if source.kind == DOCUMENT:
            found = self._found(tokens)
            made = [c for c, _, _ in found]
            by = any(c in (BODY, OFFICE) for c in made) or self._has_official_name(tokens, head)
            official = OUTSIDER not in made and (MADE in made or by)
            return _Verdict("document", official)
        return self._verdict(tokens, head)

    def _by_name(self, name: str) -> bool:
        """Whether an organisation's name is a public body's."""
        words = [w for w in name.split() if _plain(w)]
        if name.islower():  # a description, whose capitals are gone
            words = [w.upper() for w in words]
        found = [(_lexicon().category[f.pattern], f) for f in _find(words)]
        if any(category == COUNTRY and (f.first, f.beyond) == (0, len(words)) for category, f in found):
            return True
        # "Secretary of | State Ann Lee", where the parse left a piece of the title in the name
        kinds = {category for category, f in found if f.pattern != "state" or f.beyond == len(words)}
        return BODY in kinds and kinds.isdisjoint({OUTSIDER, ENDED})

    def _verdict(self, tokens: Sequence[int], head: int) -> _Verdict | None:
        """What a noun phrase says of whom it names; None when its head is no word of the lexicon."""
        found = self._found(tokens)
        here = next((f for f in found if head in f[1]), None)
        if here is None:
            return None
        category, covered, role = here
        start = min(tokens)
        if category == ENDED:
            return _Verdict(role.split()[0], False, True)
        stop = max((t for t in tokens if t < covered[0] and self.parse.word[t] in (",", ";")), default=start)
        ended = any(c == ENDED and stop <= at[0] < covered[0] for c, at, _ in found)
        if ended:
            return _Verdict(role, False, True)
        others = {c for c, at, _ in found if at != covered}
        if category in (COUNTRY, OUTSIDER, ADJECTIVE, MADE):
            return _Verdict(role, category == COUNTRY and len(tokens) <= len(covered) + 1)
        if category == OFFICE:
            return _Verdict(role, True)
        if OUTSIDER in others:
            return _Verdict(role, False)
        if category == BODY:
            return _Verdict(role, True)
        public = not others.isdisjoint({BODY, ADJECTIVE})
        if category == LAWYER:
            return _Verdict(role, public)
        public = public or not others.isdisjoint({OFFICE, RANK}) or self._has_official_name(tokens, head)
        if category == RANK:
            return _Verdict(role, public or COUNTRY in others or not self._has_complement(tokens, head))
        return _Verdict(role, public)

    def _has_complement(self, tokens: Sequence[int], head: int) -> bool:
        """Whether a rank is one of something that is no public body: "the president of Northern Rail"."""
        parse = self.parse
        preps = [c for c in parse.children[head] if c in tokens and parse.lower[c] in ("of", "at", "for")]
        owners = [
            c
            for c in parse.children[head]
            if c in tokens and parse.dep[c] in ("poss", "compound") and c in self.people.at
        ]
        return any(self.people.is_organization(n) for n in map(self.people.name_at, owners) if n) or bool(preps)

    def _has_official_name(self, tokens: Sequence[int], head: int) -> bool:
        """Whether somebody in the phrase is known to hold an office: "Mr. Lee's spokesman", "a letter from Lee"."""
        names = {self.people.name_at(t) for t in tokens if t != head and t in self.people.at}
        return any(self.person(name) for name in sorted(n for n in names if n))

    def _found(self, tokens: Iterable[int]) -> list[tuple[str, list[int], str]]:
        """Category, tokens and pattern of each expression of the lexicon in a phrase."""
        parse, category = self.parse, _lexicon().category
        kept = [t for t in tokens if _plain(parse.word[t])]
        words = [_singular(parse, token) for token in kept]
        return [(category[f.pattern], kept[f.first : f.beyond], f.pattern) for f in _find(words)]


def _singular(parse: Parse, token: int) -> str:
    """A word as it is printed, a plural as its base form."""
    word = parse.word[token]
    if parse.tag[token] not in PLURAL_TAGS:
        return word
    lemma = parse.lemma[token]
    return lemma.upper() if word.isupper() else lemma.capitalize() if word[0].isupper() else lemma


def _plain(word: str) -> str:
    """A word as the lexicon has it: `U.S.` is *us*; marks and possessive endings are no words."""
    return re.sub(r"['’]s$", "", word.lower()).replace(".", "") if re.search(r"[^\W_]", word) else ""
