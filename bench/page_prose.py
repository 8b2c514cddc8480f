"""The prose of bench/page_layouts.py: invented governments in four languages, from a small grammar and a random source.

Each function draws from the `random.Random` it is given and returns HTML inside one block; `plain` is its text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

STATES = ("Veldania", "Orsimar", "Kallund", "Brethia", "Sumarra", "Novarra", "Ilmenia", "Tarsova", "Quillon", "Estarra")
CITIES = ("Port Halden", "Varsk", "Calder Bay", "Mirenza", "Oldfurt", "Tamsin", "Rhovik", "Sant Orio", "Lindmere", "Kestrow")
PEOPLE = ("Mara Ilvane", "Tobin Aster", "Renske Dool", "Iosef Karran", "Lena Marchetta", "Odo Brandvik", "Suri Valen", "Piet Hask",
          "Anja Corvel", "Dario Lunde", "Yelena Stroud", "Kofi Marend")  # fmt: skip
OFFICES = ("Foreign Minister", "Defence Minister", "Deputy Foreign Minister", "Secretary of State", "Prime Minister", "Special Envoy")
SUBJECTS = (
    "The two ministers", "The delegations", "Both governments", "The joint committee", "Officials on the two sides",
    "The working group on fisheries", "The council", "Negotiators", "The permanent secretaries", "The host government",
)  # fmt: skip
VERBS = (
    "reaffirmed their intention to", "agreed to", "welcomed plans to", "undertook to", "decided in principle to", "expressed readiness to",
    "set out steps to", "confirmed that they would", "discussed ways to", "pledged once more to",
)  # fmt: skip
ACTIONS = (
    "deepen cooperation on coastal surveillance", "reopen the rail link across the northern pass", "exchange liaison officers every spring",
    "finance the repair of the harbour at {city}", "hold a joint exercise near {city}", "publish a common list of controlled goods",
    "resume the dialogue on river navigation", "share early warnings of floods and storms", "lower tariffs on timber and dried fish",
    "protect undersea cables between {state} and {other}", "train customs officers from {state}", "consult before any change of posture",
    "extend the treaty of amity by five years", "recognise each other's seafarers' certificates", "convene a panel on rare minerals",
    "support the mission that {other} leads in the strait",
)  # fmt: skip
TAILS = (
    "subject to the approval of both parliaments", "by the end of next year", "in line with the {city} understanding",
    "despite objections raised in {other}", "as {person} had proposed in {month}", "with the support of regional partners",
    "without prejudice to their claims at sea", "at a cost of some {number} million crowns", "after talks that lasted {small} hours",
    "in keeping with the charter and with earlier declarations", "while leaving the details to a technical panel",
    "for the first time since {year}", "provided that the funds are voted in time", "through the channel opened in {city} in {year}",
)  # fmt: skip
OTHERS = (
    "{office} {person} said that the arrangement would “stand or fall by what is done in the next {small} months.”",
    "“We have waited {small} years for this,” {person} told reporters in {city}.",
    "A spokesman for {other} called the text balanced, but added that “much remains to be written down.”",
    "The meeting, held in {city} on {small} {month} {year}, was the {ordinal} of its kind.",
    "Trade between {state} and {other} rose by {small} per cent in {year}, according to the customs service.",
    "Critics answer that the same promise was made in {year} and that little came of it.",
    "None of the parties has said what would follow if the deadline were missed.",
    "Under Article {small} of the agreement, each side bears its own costs.",
    "The question of the {city} airfield was left open, as it had been at every session since {year}.",
    "It remains to be seen whether {state} will put its ships where its words are.",
    "{person}, who chaired the session, thanked the hosts for their patience and their excellent coffee.",
    "Diplomats from {state} spoke of a “useful exchange”; those from {other} preferred “frank.”",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "ninth", "twelfth")
TOPICS = ("Maritime security", "Economic resilience", "Rail and river links", "Next steps", "Regional issues", "Exchange of officials",
          "Customs and trade", "Search and rescue", "Follow-up", "Fisheries", "Energy and minerals", "Climate and floods")  # fmt: skip
HEADLINES = (
    "{state} and {other} agree on joint patrols off {city}", "{state} delays vote on {city} accord",
    "What the {city} declaration leaves unsaid",
    "{office} of {state} to visit {other} in {month}", "Ministers of {state} and {other} reaffirm rail pact in {city}",
    "A long road from {city}: {state}, {other} and the strait", "Joint statement of the {ordinal} {state}–{other} consultations",
    "{other} presses {state} over undelivered patrol boats",
)  # fmt: skip


def fill(rng: random.Random, form: str) -> str:
    """A form with its slots filled."""
    state, other = rng.sample(STATES, 2)
    slots = {
        "state": state, "other": other, "city": rng.choice(CITIES), "person": rng.choice(PEOPLE), "office": rng.choice(OFFICES),
        "month": rng.choice(MONTHS), "year": str(rng.randint(1996, 2008)), "small": str(rng.randint(2, 28)),
        "number": str(rng.randint(30, 970)), "ordinal": rng.choice(ORDINALS),
    }  # fmt: skip
    return re.sub(r"\{(\w+)\}", lambda m: slots[m[1]], form)


def sentence(rng: random.Random) -> str:
    """One sentence, as text."""
    if rng.random() < 0.45:
        return fill(rng, rng.choice(OTHERS))
    form = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(ACTIONS)}"
    tail = f", {rng.choice(TAILS)}" if rng.random() < 0.3 else f" {rng.choice(TAILS)}"
    return fill(rng, form + tail + ".")


def headline(rng: random.Random) -> str:
    """A headline, as text."""
    return fill(rng, rng.choice(HEADLINES))


def prose(rng: random.Random, few: int, many: int, said: set[str]) -> str:
    """A paragraph of `few` to `many` sentences, as text; none that has been said, and all of them are then said."""
    sentences: list[str] = []
    for _ in range(rng.randint(few, many)):
        while (line := sentence(rng)) in said:
            pass
        said.add(line)
        sentences.append(line)
    return " ".join(sentences)


def marked(rng: random.Random, words: str) -> str:
    """Text as HTML with some of its words in inline elements; the text of the result is the text."""
    parts = [html.escape(word, quote=False) for word in words.split(" ")]
    for _ in range(rng.randint(0, 3)):
        if len(parts) < 8:
            break
        start = rng.randrange(len(parts) - 3)
        stop = start + rng.randint(1, 3)
        if any("<" in part for part in parts[start:stop]):
            continue
        opening, closing = rng.choice((
            ("<em>", "</em>"), ("<strong>", "</strong>"), ('<a href="/glossary/term">', "</a>"), ("<span>", "</span>"), ("<b>", "</b>"),
            ('<abbr title="see the list of terms">', "</abbr>"), ("<i>", "</i>"),
            ('<a href="https://example.org/doc.pdf" target="_blank">', "</a>"),
        ))  # fmt: skip
        parts[start] = opening + parts[start]
        parts[stop - 1] += closing
    if rng.random() < 0.1:
        parts[-1] += f"<sup>{rng.randint(1, 9)}</sup>"
    return " ".join(parts)


def plain(markup: str) -> str:
    """The text of markup that has no block elements in it."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


# Prose in other languages: a few forms are enough, since only its place on the page is measured

FOREIGN = {
    "de": (
        "Die {a} und {b} haben sich in {city} darauf verständigt, die Zusammenarbeit auf See zu vertiefen und jährlich zu berichten.",
        "Der Außenminister von {a} erklärte, man werde die im Jahr {year} gegebene Zusage „ohne Abstriche“ einhalten.",
        "Über den Zeitplan, so hieß es in {city}, müsse noch gesprochen werden; die Regierung von {b} wolle einen Entwurf vorlegen.",
        "Nach Angaben der Zollbehörde stieg der Handel zwischen {a} und {b} um {small} Prozent.",
        "Beide Seiten bekräftigten, dass Änderungen des Vertrages nur im Einvernehmen möglich sind.",
        "Ein Sprecher nannte die Gespräche nützlich, wenn auch nicht in jedem der {small} Punkte abgeschlossen.",
        "Die Abgeordneten werden über das Abkommen von {city} voraussichtlich erst nach der Sommerpause abstimmen.",
    ),
    "fr": (
        "Les ministres de {a} et de {b}, réunis à {city}, sont convenus de renforcer la surveillance des côtes et d’en rendre compte.",
        "Le chef de la diplomatie de {a} a déclaré que l’engagement pris en {year} serait « tenu dans toutes ses parties ».",
        "Le calendrier reste à préciser ; le gouvernement de {b} devrait présenter un projet avant l’hiver.",
        "Selon les douanes, les échanges entre {a} et {b} ont progressé de {small} pour cent.",
        "Les deux parties ont réaffirmé que le traité ne saurait être modifié que d’un commun accord.",
        "Un porte-parole a jugé les entretiens utiles, même si {small} points demeurent ouverts.",
        "Les députés ne se prononceront sur l’accord de {city} qu’à la rentrée.",
    ),
    "ja": (
        "{a}と{b}の両政府は、沿岸の監視について協力を深め、毎年その結果を公表することで一致した。",
        "外務大臣は会見で、{year}年の約束を「そのまま守る」と述べた。",
        "日程はまだ決まっておらず、{b}政府が秋までに案を示す見通しである。",
        "税関によると、両国の貿易は前の年より{small}パーセント増えた。",
        "双方は、条約の改正には合意が必要であることを改めて確認した。",
        "報道官は協議を有益だったと評したが、{small}の項目が残っている。",
        "議会は夏の休会の後に、この合意について採決を行う予定である。",
    ),
}


FOREIGN_TITLES = {
    "de": "Erklärung zur Tagung von {city} ({a} und {b})",
    "fr": "Déclaration de {a} et de {b} à l’issue de la session de {city}",
    "ja": "{a}・{b}外務大臣会合の結果について",
}


def foreign_title(rng: random.Random, language: str) -> str:
    """A title in a language, as text."""
    state, other = rng.sample(STATES, 2)
    return FOREIGN_TITLES[language].format(a=state, b=other, city=rng.choice(CITIES))


def foreign(rng: random.Random, language: str, count: int) -> str:
    """A paragraph of `count` sentences of a language, as text."""
    state, other = rng.sample(STATES, 2)
    forms = rng.sample(FOREIGN[language], min(count, len(FOREIGN[language])))
    slots = {"a": state, "b": other, "city": rng.choice(CITIES)}
    numbers = {"year": rng.randint(1990, 2008), "small": rng.randint(2, 40)}
    return ("" if language == "ja" else " ").join(form.format(**slots, **numbers) for form in forms)


# What sites print round a text

MENU = (
    "About the Ministry", "Minister's Office", "Careers", "Contact Us", "Visa Services", "Press Room", "Photo Gallery", "Site Map",
    "Embassies and Consulates", "Travel Advice", "Procurement", "Statistics", "Legislation", "Public Consultations", "Speeches",
    "Opinion", "World", "Business", "Culture", "Sport", "Weather", "Podcasts", "Video", "Subscribe", "My Account", "Log in", "Archive",
    "Publications", "Events", "Experts", "Programs", "Support Us", "Accessibility", "Privacy Policy", "Terms of Use", "FAQ", "Newsroom",
    "Treaties Database", "Open Data", "Protocol", "History", "Organisation Chart", "Annual Report", "Letters", "Markets", "Health",
    "Technology", "Obituaries", "Crossword", "E-paper", "Advertise", "Corrections", "Freedom of Information", "Consular Help",
    "Regional Offices", "Library", "Research Fellows", "Media Enquiries", "Grants", "Tenders",
)  # fmt: skip
COMMENTS = (
    "Great, another {ordinal} promise about {city}. My uncle worked there, nobody has seen a single crown of it.",
    "Finally some sense. I have been saying this since {year} and everybody at the club laughed at me!!",
    "Does anyone know if the ferry from {city} is running again? Asking because my sister wants to go in {month}.",
    "I don't agree with the author at all. If {state} wanted peace it would have signed years ago, full stop.",
    "Can we please stop pretending that {other} reads these statements? They file them. I used to do the filing.",
    "lol the coffee in {city} is terrible, whoever wrote that never drank it",
    "Thank you for this piece. It would be good to have the text of the agreement linked somewhere, I could not find it.",
    "@{person} you are wrong about the tariffs, look up the numbers for {year}. They went DOWN by {small} percent.",
    "My grandmother came from {state} and she always told us that paper is patient. She was right about most things, and this too.",
)
TEASERS = (
    "{person}: why {state} cannot wait for {other}", "Five charts on the {city} budget", "Storm closes port of {city} for {small} hours",
    "Interview: {person} on life after office", "In pictures: regatta at {city}", "{state} names {person} ambassador to {other}",
    "Quiz: how well do you know {state}?", "Ferry prices in {city} to rise in {month}",
    "{other} football coach resigns after {small} games",
    "Obituary: {person}, {small}-term mayor of {city}", "The best bakeries in {city}, tested", "Editorial: {state} needs a harbour plan",
)  # fmt: skip
BLURBS = (
    "The port authority of {city} says that ships will wait {small} hours at least, and that it regrets the trouble.",
    "A reader's guide to the {ordinal} season of the opera in {city}, with prices and a few warnings.",
    "{person} remembers the winter of {year}, when the whole of {city} ran on peat and good humour.",
    "Our correspondent spent {small} days on the slow train from {city} and lived to tell the tale.",
)  # fmt: skip
