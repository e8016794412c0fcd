"""Who is who in one article: short names resolved to the full name, and persons told from organisations."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from framing.language import Parse
from framing.language.names import is_nickname, name_labels, name_runs
from framing.lexicons import load_lexicon

AGE = re.compile(r"[1-9]\d|10\d")
PERSON, ORGANIZATION, GROUP = "named_person", "named_organization", "unnamed_group"
GENDER = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip


@lru_cache(maxsize=1)
def _first_names() -> dict[str, str]:
    entries = load_lexicon("first_names_en").entries
    return dict(zip(entries["pattern"], entries["category"], strict=True))


@lru_cache(maxsize=1)
def _sure_first_names() -> frozenset[str]:
    """First names that begin no other name: not *Charlotte* or *Lloyd*."""
    entries = load_lexicon("first_names_en").entries.query("note == ''")
    return frozenset(entries["pattern"])


@lru_cache(maxsize=1)
def word_kinds() -> dict[str, frozenset[str]]:
    """The words of `source_words_en` by category."""
    entries = load_lexicon("source_words_en").entries
    return {str(kind): frozenset(group["pattern"]) for kind, group in entries.groupby("category")}


@lru_cache(maxsize=1)
def _full_titles() -> dict[str, str]:
    """`sen.`: senator."""
    entries = load_lexicon("source_words_en").entries.query("category == 'short_title'")
    return dict(zip(entries["pattern"], entries["note"], strict=True))


@dataclass(frozen=True, slots=True)
class Name:
    """A mention of a proper name: its tokens without titles before it, and what stood before it."""

    first: int
    last: int
    title: str | None  # the honorific or office in front, lower case

    def words(self, parse: Parse) -> tuple[str, ...]:
        """Its words as they are printed, without a nickname between marks."""
        words: list[str] = []
        inside = range(self.first, self.last + 1)
        skipped = {t + step for t in inside if is_nickname(parse, t) for step in (-1, 0, 1)}
        kept = [t for t in inside if t not in skipped]
        for token in kept or [t for t in inside if parse.tag[t].startswith("NNP")]:  # nothing but a nickname
            if words and token - 1 not in skipped and parse.start[token] == parse.end[token - 1]:
                words[-1] += parse.word[token]  # Anne-Marie, O'Neill
            else:
                words.append(parse.word[token])
        return tuple(words)


@dataclass(slots=True)
class People:
    """The names of one article. `full` maps each token of a mention to its mention, mentions to their full name."""

    parse: Parse
    mentions: list[Name] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)
    canonical: list[str] = field(default_factory=list)
    gender: dict[str, str] = field(default_factory=dict)
    titled: set[str] = field(default_factory=set)
    titles: dict[str, list[int]] = field(default_factory=dict)  # "judge" -> the mentions that have it in front
    where: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def name_at(self, token: int) -> str | None:
        """Full name of the mention that holds `token`."""
        return self.canonical[self.at[token]] if token in self.at else None

    def learn_kinds(self, names: Iterable[str]) -> None:
        """Find out what the named are: by the words of the name where they tell, else by the model, in one go.

        The model reads the first two sentences with the fullest form of the name.
        """
        wanted = [n for n in dict.fromkeys(names) if n not in self.kinds]
        self.kinds.update({n: kind for n in wanted if (kind := self._kind_by_words(n))})
        open_ones = [n for n in wanted if n not in self.kinds]
        sentences = {self.parse.sentence[self.mentions[m].first] for n in open_ones for m in self._clearest(n)}
        labels = name_labels(self.parse, sentences) if open_ones else {}
        self.kinds.update({n: self._kind_by_labels(n, labels) for n in open_ones})

    def is_organization(self, name: str) -> bool:
        """Whether a name is an organisation's, as far as its kind is known or its words tell."""
        return (self.kinds.get(name) or self._kind_by_words(name)) == ORGANIZATION

    def _clearest(self, name: str) -> list[int]:
        longest = sorted(self.where[name], key=lambda m: (self.mentions[m].first - self.mentions[m].last, m))
        return longest[:2]

    def _kind_by_words(self, name: str) -> str | None:
        kinds, words = word_kinds(), name.lower().split()
        if _is_acronym(name):
            return ORGANIZATION
        if name in self.titled or self._is_apposed(name):
            return PERSON
        of = words.index("of") if "of" in words[1:] else 0  # California Department of Education
        if not kinds["organization"].isdisjoint((words[0], words[of - 1], words[-1])):
            return ORGANIZATION
        return PERSON if name.split()[0].partition("-")[0] in _sure_first_names() and len(words) in (2, 3) else None

    def _is_apposed(self, name: str) -> bool:
        """Whether it is said who it is: "Ann Lee, a professor at", "the engineer, Ann Lee,", "Lee, 45,"."""
        parse, persons = self.parse, word_kinds()["person"]
        if any(self._has_age(self.mentions[m].last) for m in self.where[name]):
            return True
        tokens = (t for m in self.where[name] for t in range(self.mentions[m].first, self.mentions[m].last + 1))
        for token in tokens:
            apposed = [c for c in parse.children[token] if parse.dep[c] == "appos"]
            if parse.dep[token] == "appos":
                apposed.append(parse.head[token])
            if any(parse.tag[t] == "NN" and parse.lemma[t] in persons for t in apposed):
                return True
        return False

    def _has_age(self, last: int) -> bool:
        parse = self.parse
        return parse.word[last + 1 : last + 2] == [","] and any(map(AGE.fullmatch, parse.word[last + 2 : last + 3]))

    def _kind_by_labels(self, name: str, labels: dict[int, str]) -> str:
        spans = [self.mentions[m] for m in self._clearest(name)]
        votes = [labels.get(t) for mention in spans for t in range(mention.first, mention.last + 1)]
        person = sum(v == "PERSON" for v in votes)
        other = sum(v in ("ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW") for v in votes)
        group = sum(v == "NORP" for v in votes)
        if group > max(person, other) or (person + other == 0 and self._is_plural(name)):
            return GROUP
        if person == other:
            return PERSON if len(name.split()) in (2, 3) and not self._after_the(name) else ORGANIZATION
        return PERSON if person > other else ORGANIZATION

    def _is_plural(self, name: str) -> bool:
        return all(self.parse.tag[self.mentions[m].last] == "NNPS" for m in self.where[name])

    def _after_the(self, name: str) -> bool:
        firsts = (self.mentions[m].first for m in self.where[name])
        return any(t > 0 and self.parse.lower[t - 1] == "the" for t in firsts)


def _is_acronym(name: str) -> bool:
    return name.replace(".", "").isupper() and 2 <= len(name.replace(".", "")) <= 6 and " " not in name


def find_people(parse: Parse, known: "People | None" = None) -> People:
    """Collect the names of a text; `known` are those of the article's body, when the text is its headline."""
    people = People(parse)
    runs = [part for run in name_runs(parse) for part in _parted(parse, *run)]
    ends = {parse.word[last] for first, last in runs if last > first}
    ends |= {name.split()[-1] for name in known.canonical} if known else set()
    for first, last in sorted({*runs, *_mistagged(parse, ends)}):
        if first in people.at or is_party(parse, first):
            continue
        mention = _strip_titles(parse, first, last)
        people.at.update(dict.fromkeys(range(first, last + 1), len(people.mentions)))
        people.mentions.append(mention)
    pool = dict.fromkeys(known.canonical if known else ())
    longer = [" ".join(m.words(parse)) for m in people.mentions if m.last > m.first]
    full = {**pool, **dict.fromkeys(longer)}
    by_last, by_first = _by_part(full, -1), _by_part(full, 0)
    for number, mention in enumerate(people.mentions):
        name = _full_name(" ".join(mention.words(parse)), by_last, by_first)
        people.canonical.append(name)
        people.where.setdefault(name, []).append(number)
        if mention.title:
            people.titled.add(name)
            people.titles.setdefault(mention.title, []).append(number)
            word = mention.title.split()[-1]
            for gender, kind in (("she", "female_title"), ("he", "male_title")):
                if word in word_kinds()[kind]:
                    people.gender.setdefault(name, gender)
    if known:
        people.kinds.update(known.kinds)
        people.titled |= known.titled
    _learn_gender(people)
    return people


def _learn_gender(people: People) -> None:
    """He or she, where no title told it: by the first name, else by the pronouns in sentences with no other name.

    # "Lee said she was leaving her post" is two votes for she.
    """
    parse = people.parse
    genders = _first_names()
    for name in people.where:
        given, _, family = name.partition(" ")
        if family and given in genders:
            people.gender.setdefault(name, genders[given])
    votes: dict[str, Counter[str]] = {}
    for first, beyond in parse.sentences:
        names = {people.canonical[people.at[t]] for t in range(first, beyond) if t in people.at}
        subjects = [t for t in range(first, beyond) if t in people.at and parse.dep[t] == "nsubj"]
        if len(names) == 1 and subjects:
            start = subjects[0]
            heard = Counter(GENDER[parse.lower[t]] for t in range(start, beyond) if parse.lower[t] in GENDER)
            votes.setdefault(names.pop(), Counter()).update(heard)
    for name, heard in votes.items():
        if len(heard) == 1:
            people.gender.setdefault(name, next(iter(heard)))


def _parted(parse: Parse, first: int, last: int) -> list[tuple[int, int]]:
    """An institution and the person behind it: "the attorney for the District of Columbia Joseph Ito said"."""
    of = next((t for t in range(first, last) if parse.lower[t] == "of"), last)
    given = next((t for t in range(of + 2, last) if parse.word[t] in _sure_first_names()), None)
    if given is None or parse.word[given - 1].endswith((".", "the")):  # University of St. Thomas Aquinas
        return [(first, last)]
    return [(first, given - 1), (given, last)]


def is_party(parse: Parse, token: int) -> bool:
    """Whether a name begins here that is a party and a place: "Ann Lee, R-Ky., said"."""
    return parse.word[token] in ("R", "D", "I") and parse.word[token + 1 : token + 2] == ["-"]


def _mistagged(parse: Parse, ends: set[str]) -> list[tuple[int, int]]:
    """Single words that end a known name, whatever the tagger takes them for: "Vess says talks fail"."""
    return [(t, t) for t in range(len(parse)) if parse.word[t] in ends and not parse.tag[t].startswith("NNP")]


def _strip_titles(parse: Parse, first: int, last: int) -> Name:
    """`Social Affairs Minister Ana Vess` is Ana Vess, and a person; what is all title (*the President*) stays whole."""
    titles = word_kinds()["honorific"] | word_kinds()["office"]
    start = max(
        (t + 1 for t in range(first, last) if parse.lower[t] in titles and not is_nickname(parse, t)), default=first
    )
    before = parse.lower[start - 1] if start > 0 else ""
    titled = start > first or (start > 0 and before in titles and parse.sentence[start - 1] == parse.sentence[start])
    return Name(start, last, role_at(parse, start - 1) if titled and before in titles else None)


def role_at(parse: Parse, token: int) -> str:
    """The role that a word names, with what makes it another one: `vice president`, `former governor`."""
    role = parse.lemma[token] if parse.tag[token].startswith("NN") else parse.lower[token]
    role = _full_titles().get(role, role)
    before = parse.lower[token - 1] if token > 0 and parse.sentence[token - 1] == parse.sentence[token] else ""
    return f"{before} {role}" if before in word_kinds()["role_changer"] else role


def _by_part(names: Iterable[str], part: int) -> dict[str, str]:
    """The first full name for each last (-1) or first (0) word; *John Smith* before *Smith*'s later namesakes."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.split()[part], name)
    return found


def _full_name(name: str, by_last: dict[str, str], by_first: dict[str, str]) -> str:
    """`Vess` is Ana Vess, and so is `Ana`; a family name in front works alike (`Kim` is Kim Jong-un)."""
    words = name.split()
    longer = by_last.get(words[-1], name)
    if longer.split()[-len(words) :] == words:
        return longer
    return by_first.get(name, name) if name not in by_last else name
