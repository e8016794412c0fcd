"""Who a source is: one name for all its mentions, and which of seven kinds it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from framing.language import Parse
from framing.measures.attribution.people import (
    GENDER,
    GROUP,
    ORGANIZATION,
    PERSON,
    People,
    is_party,
    role_at,
    word_kinds,
)
from framing.measures.attribution.salience import LOOK_BACK, Salience
from framing.measures.attribution.wanted_names import RELATIVES, antecedent, head_of, names_wanted

DOCUMENT, ANONYMOUS, UNNAMED, NONE = "document", "anonymous", "unnamed_person", "none"
PLURAL_TAGS = {"NNS", "NNPS"}


@dataclass(frozen=True, slots=True)
class Source:
    """A resolved source: its one name (None when it has none), its kind, and how the name was found."""

    name: str | None
    kind: str
    rule: str


NAMING = ("compound", "poss", "nmod", "amod")
NOBODY = Source(None, NONE, "none")


class Sources:
    """Resolves the sources of one article in text order, since pronouns look back."""

    def __init__(
        self, parse: Parse, people: People, mentions: Sequence[set[int]], told: Collection[int] = frozenset()
    ) -> None:
        """`mentions` are the sources to come; `told` are the tokens of what they are said to have said."""
        self._parse, self._people = parse, people
        self._salience = Salience(parse, people, told)
        self._group: Source | None = None  # the last group, organisation or document heard
        self._spoken_for: Source | None = None  # the last organisation that somebody spoke for
        holders = self._role_holders()
        wanted = [name for role in self._roles_asked(mentions) for _, name in holders.get(role, ())]
        people.learn_kinds([*wanted, *names_wanted(parse, people, mentions)])
        # "spokesman" -> Dmitry Peskov, and where it is said that he is
        self._holders = {
            role: [(t, name) for t, name in found if people.kinds.get(name) == PERSON]
            for role, found in holders.items()
        }

    def resolve(self, tokens: set[int]) -> Source:
        """The source that these tokens (a noun phrase) mention."""
        if not tokens:
            return NOBODY
        parse = self._parse
        head = head_of(parse, tokens)
        self._salience.read_to(head)
        source = self._of(head, tokens)
        if source.kind == PERSON and source.name:
            self._salience.hear(source.name, head)
        elif source.kind in (GROUP, ORGANIZATION, DOCUMENT):
            self._group = source
        return source

    def _of(self, head: int, tokens: set[int]) -> Source:
        parse = self._parse
        if parse.lower[head] in RELATIVES and parse.tag[head] in ("WP", "WDT", "WP$", "IN", "DT"):
            return self._antecedent(head)
        if parse.tag[head] in ("PRP", "PRP$"):
            return self._pronoun(parse.lower[head], head)
        named = self._named(head, tokens)
        return named or self._described(head, tokens)

    def _antecedent(self, relative: int) -> Source:
        """`the minister, who said …`: the noun that the relative clause hangs on."""
        tokens = antecedent(self._parse, relative)
        if not tokens:
            return Source(None, UNNAMED, "relative pronoun without its noun")
        head = head_of(self._parse, tokens)
        named = self._named_before(head)
        return Source(named, PERSON, "name before an apposition") if named else self._of(head, tokens)

    def _named_before(self, noun: int) -> str | None:
        """`Ann Lee, a former governor and preacher who …`: the person that the noun says something about."""
        parse = self._parse
        while parse.dep[noun] == "conj":
            noun = parse.head[noun]
        name = self._people.name_at(parse.head[noun]) if parse.dep[noun] == "appos" else None
        return name if name and self._people.kinds.get(name) == PERSON else None

    def _pronoun(self, form: str, token: int) -> Source:
        if form in GENDER:
            name = self._salience.person(form, token)
            return Source(name, PERSON if name else UNNAMED, f"{form} → the person spoken of last")
        if form in ("they", "them", "their", "it", "its") and self._group:
            return Source(self._group.name, self._group.kind, f"{form} → the group or document heard last")
        if form in ("i", "me", "my", "you", "your"):
            return Source(None, UNNAMED, form)
        return Source(None, GROUP, form)

    def _named(self, head: int, tokens: set[int]) -> Source | None:
        """A proper name at the head, or in apposition: `a spokeswoman, Ann Lee,`."""
        parse = self._parse
        apposed = [t for t in sorted(tokens) if parse.dep[t] == "appos" and t > head]
        institution = parse.lemma[head] in word_kinds()["organization"]
        if self._is_in_party(head):  # "Rep. Ann Lee, D-Hartford": the name is before it
            apposed = [t for t in sorted(tokens) if t in self._people.at]
        if self._kind_at(head) == GROUP and any(self._kind_at(t) == PERSON for t in apposed):
            head = next(t for t in apposed if self._kind_at(t) == PERSON)  # "One Democrat, Senator Ann Lee, said"
        for token in (head, *apposed):
            name = self._people.name_at(token)
            if name is None:
                continue
            if self._all_titles(name):
                return self._described(token, tokens)
            kind = self._people.kinds[name]
            if token != head and kind != PERSON and not institution:
                continue
            if kind == GROUP:
                return Source(name, GROUP, "plural name")
            return Source(name, kind, "name" if token == head else "name in apposition")
        return None

    def _kind_at(self, token: int) -> str | None:
        name = self._people.name_at(token)
        return None if name is None else self._people.kinds.get(name)

    def _is_in_party(self, head: int) -> bool:
        return any(is_party(self._parse, t) for t in range(max(0, head - 2), head + 1))

    def _all_titles(self, name: str) -> bool:
        kinds = word_kinds()
        return all(w in kinds["office"] for w in name.lower().split())

    def _described(self, head: int, tokens: set[int]) -> Source:
        """A common noun: a document, an organisation with a name in it, a role, a group, somebody anonymous."""
        parse, kinds = self._parse, word_kinds()
        lemma = parse.lemma[head].lower()
        description = self._description(head, tokens)
        if lemma in kinds["anonymous"] or self._is_anonymous(tokens):
            return Source(description, ANONYMOUS, "anonymous")
        if lemma in kinds["document"]:
            return Source(description, DOCUMENT, f"{lemma}: document")
        name = next(
            (self._people.name_at(c) for c in parse.children[head] if parse.dep[c] in NAMING and c in tokens), None
        )
        if lemma in kinds["organization"] and name:
            return Source(description, ORGANIZATION, f"{lemma}: organization with a name")
        if lemma in kinds["speaks_for"] | kinds["works_for"]:
            spokesman = self._spokesman(lemma, head, tokens)
            if spokesman:
                return spokesman
        if lemma in kinds["organization"] and parse.tag[head] == "NN" and self._is_definite(head, tokens):
            named = self._organization_called(lemma, head)
            if named:
                return Source(named, ORGANIZATION, f"the {lemma} → the organization named before")
        if (
            parse.tag[head] in PLURAL_TAGS
            or lemma in kinds["organization"] | kinds["group"]
            or parse.lower[head] in kinds["unnamed_plural_pronoun"]
            or (parse.tag[head] == "CD" and lemma not in ("one", "1"))
            or self._is_coordinated(head, tokens)
        ):
            return Source(description or parse.lower[head], GROUP, f"{lemma}: group")
        named = self._named_behind(head, tokens)
        if named:
            return Source(named, PERSON, f"{lemma}: role before the name")
        person = self._holder(role_at(parse, head), head) if self._is_definite(head, tokens) else None
        if person:
            return Source(person, PERSON, f"the {lemma} → the one named with that role")
        return Source(description, UNNAMED, f"{lemma}: role")

    def _named_behind(self, head: int, tokens: set[int]) -> str | None:
        """`A senior at Northfield High, Lee,`: the person whose name follows a role and stands between commas."""
        parse, people = self._parse, self._people
        for token in sorted(t for t in tokens if t > head + 1 and t in people.at):
            mention = people.mentions[people.at[token]]
            alone = parse.word[token - 1] == "," and token == mention.first
            beyond = mention.last + 1
            ends = beyond not in tokens or parse.word[beyond] == ","
            if alone and ends and people.kinds.get(people.canonical[people.at[token]]) == PERSON:
                return people.name_at(token)
        return None

    def _spokesman(self, lemma: str, head: int, tokens: set[int]) -> Source | None:
        """`a Southwest spokesperson` is Southwest; `a representative for Lee` is no more than that."""
        parse = self._parse
        names = self._names_behind(head, tokens)
        behind = next((n for n in names if self._people.kinds.get(n) == ORGANIZATION), None)
        if behind and parse.tag[head] not in PLURAL_TAGS and lemma in word_kinds()["speaks_for"]:
            self._spoken_for = Source(behind, ORGANIZATION, f"{lemma} speaks for an organization")
            return self._spoken_for
        person = next((n for n in names if self._people.kinds.get(n) == PERSON), None)
        if person:
            kind = GROUP if parse.tag[head] in PLURAL_TAGS else UNNAMED
            return Source(f"{lemma} for {person}", kind, f"{lemma}: role for a person")
        if lemma.startswith("spokes") and not behind and self._spoken_for and self._is_definite(head, tokens):
            return Source(self._spoken_for.name, ORGANIZATION, f"the {lemma} → the organization spoken for last")
        return None

    def _names_behind(self, head: int, tokens: set[int]) -> list[str]:
        """`a Southwest spokesperson`, `a spokesman for the Harbour Union`: the names in front of a role or after it."""
        parse = self._parse
        below = [c for c in parse.children[head] if c in tokens]
        below += [g for c in below if parse.dep[c] == "prep" for g in parse.children[c]]
        names = (self._people.name_at(t) for t in below if parse.dep[t] in (*NAMING, "pobj"))
        return [n for n in names if n is not None]

    def _organization_called(self, lemma: str, head: int) -> str | None:
        """The organisation with this word in its name (the department), or else the last one named before."""
        kinds = self._people.kinds
        called = [n for n in self._people.where if lemma in n.lower().split() and self._people.is_organization(n)]
        if called:
            return called[0]
        if lemma not in word_kinds()["generic_organization"]:
            return None
        if self._group is not None and self._group.kind == ORGANIZATION:
            return self._group.name
        first = self._parse.sentences[max(0, self._parse.sentence[head] - LOOK_BACK)][0]
        names = (self._people.name_at(t) for t in range(head - 1, first - 1, -1))
        return next((n for n in names if n is not None and kinds.get(n) == ORGANIZATION), None)

    def _description(self, head: int, tokens: set[int]) -> str | None:
        """The phrase up to its head without articles: `a senior official` and `the senior official` are one source."""
        parse = self._parse
        first = min((t for t in tokens if t <= head), default=head)
        words = [
            parse.lower[t]
            for t in range(first, head + 1)
            if parse.tag[t] not in ("DT", "PRP$", "PDT") and parse.is_word(t)
        ]
        return " ".join(words) or None

    def _is_anonymous(self, tokens: set[int]) -> bool:
        parse = self._parse
        start, end = parse.sentence_span(parse.sentence[min(tokens)])
        own = parse.text[parse.start[min(tokens)] : parse.end[max(tokens)]].lower()
        sentence = parse.text[start:end].lower()
        phrases = word_kinds()["anonymity"]
        return any(p in own for p in phrases) or any(p in sentence for p in phrases if "anonym" in p or "named" in p)

    def _is_coordinated(self, head: int, tokens: set[int]) -> bool:
        return any(self._parse.dep[c] == "conj" and c in tokens for c in self._parse.children[head])

    def _is_definite(self, head: int, tokens: set[int]) -> bool:
        parse = self._parse
        return any(
            c in tokens and (parse.lower[c] in ("the", "that", "this") or parse.tag[c] == "PRP$")
            for c in parse.children[head]
        )

    def _holder(self, role: str, head: int) -> str | None:
        """Who was spoken of last of those who have this role, or else named with it before, or after."""
        held = self._holders.get(role, [])
        last = self._salience.last({name for _, name in held})
        before = [name for token, name in held if token <= head]
        return last or (before[-1] if before else next((name for _, name in held), None))

    def _roles_asked(self, mentions: Sequence[set[int]]) -> list[str]:
        """Roles by which some source is called without a name."""
        heads = (head_of(self._parse, tokens) for tokens in mentions if tokens)
        return sorted({role_at(self._parse, h) for h in heads if self._parse.pos[h] == "NOUN"})

    def _role_holders(self) -> dict[str, list[tuple[int, str]]]:
        """Where it is said who has a role: `Dmitry Peskov, Putin's spokesman,`, `spokeswoman Ann Lee`, `Judge Ito`."""
        parse, people = self._parse, self._people
        found: dict[str, list[tuple[int, str]]] = {}
        for title, numbers in people.titles.items():
            found[title] = [(people.mentions[n].first, people.canonical[n]) for n in numbers]
        for token in range(len(parse)):
            if parse.tag[token] == "NN":
                for other in (parse.head[token], *(c for c in parse.children[token] if parse.dep[c] == "appos")):
                    name = people.name_at(other) if parse.tag[other].startswith("NNP") else None
                    if name and (parse.dep[token] in ("appos", "compound", "nmod") or parse.dep[other] == "appos"):
                        found.setdefault(role_at(parse, token), []).append((token, name))
        return {role: sorted(places) for role, places in found.items()}
