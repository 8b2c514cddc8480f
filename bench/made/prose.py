"""Prose about invented governments for the benches: composed by a grammar from a seed, so that every character is known.

A text is a list of pieces in reading order. Every paragraph holds reported speech, so that a reader which maps its
words back to the wrong place is caught by the statements found there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import random

Kind = Literal["title", "heading", "paragraph", "item", "row", "note"]

STATES = ("Velmara", "Saoren", "Drevonia", "Aldora", "Kestria", "Norvane", "Maridel", "Ösmark")
PEOPLE = ("Elna Marsten", "Dorun Keshiwa", "Ashen Talumi", "Piers Haldor", "Lise Ondaro", "José Ferrándiz", "Zoë Brûlard", "Müge Åkerholm")
OFFICES = ("Foreign Minister", "Defence Minister", "Prime Minister", "Finance Minister", "Trade Secretary")
SUBJECTS = (
    "undersea cables", "grain shipments", "river levels", "air patrols", "visa rules", "port fees", "fishing quotas", "official flights",
    "the final fisheries file", "rare minerals", "refugee camps", "satellite traffic",
)  # fmt: skip
MONTHS = ("March", "June", "September", "November")
PAPERS = ("Hanaru Herald", "Ostrel Courier", "Meridian Wire", "Straits Monitor")
HEADINGS = (
    "Security of the straits", "Fisheries and ports", "Next steps", "Exchange of officials", "Energy and grain", "Cooperation at sea",
    "Affirming the treaty", "Offices and staff",
)  # fmt: skip
TITLES = (
    "{state} and {other} settle their differences over {subject}",
    "Joint statement of {state} and {other} on {subject}",
    "Ministers of {state} and {other} meet in {month} {year}",
    "What {state} wants from {other} on {subject}",
)
SENTENCES = (
    "{office} {person} of {state} said that talks on {subject} would go on in {month} {year}.",
    "The two sides reaffirmed their commitment to {subject} and agreed to meet again before {month} {year}.",
    "“We will not wait for others to settle {subject},” {person} said after meeting number {number}.",
    "According to the ministry of {state}, {subject} cost {number} million crowns last year.",
    "{state} called on {other} to publish its figures on {subject} by {month} {year}.",
    "{person} welcomed what {other} had done for {subject}, but said that {number} questions were open.",
    "Both governments expressed concern about {subject} and asked officials to report within {number} weeks.",
    "Asked about {subject}, {person} replied that no decision had been made on point {number}.",
    "The ministers stressed that {subject} must not be used as a lever against {other} in {year}.",
    "{person} told reporters that {state} had offered {number} ships for the protection of {subject}.",
    "{state} pledged to spend {number} million crowns on {subject} before the end of {year}.",
    "The delegation of {other} warned that further delay over {subject} would cost {number} jobs.",
    "{person} added that “the door stays open” to {other} until {month} {year}.",
    "The ministers condemned the seizure of {number} barges and demanded that {other} release their crews.",
    "{office} {person} announced that {state} would send {number} observers to the talks on {subject}.",
    "They noted the progress made on {subject} and acknowledged that {number} points remained open.",
    "{person} denied that {state} had broken the accord on {subject} of {year}.",
    "“Nobody in {state} believes that,” {person} told the {paper} in {month} {year}.",
    "{other} urged {state} to lift its ban on {subject} within {number} days.",
    "The two governments concurred that {subject} would be reviewed every {number} months.",
    "{person} insisted that the treaty covers {subject}, whatever {other} may claim about article {number}.",
    "Officials from {state} explained that the study of {subject} had taken {number} months.",
    "The ministers undertook to share the findings on {subject} with {other} by {month} {year}.",
    "{state} rejected the charge that its {number} patrols had disturbed {subject}.",
    "{person} promised {other} a reply on {subject} “before the first snow of {year}”.",
    "The {paper} reported in {month} {year} that {state} had doubled its spending on {subject}.",
    "{office} {person} confirmed that {number} experts would inspect {subject} in {other}.",
    "{person} suggested that {state} and {other} set up an office for {subject} with a staff of {number}.",
    "The ministers expressed their gratitude to {other} for hosting {number} sailors after the storm of {year}.",
    "{state} accused {other} of hiding {number} reports on {subject}.",
    "{person} acknowledged that the first offer, made in {month} {year}, had been “far too small”.",
    "The parties decided to extend the accord on {subject} by {number} years.",
    "{other} hopes that {state} will ratify the protocol on {subject} in {month} {year}, its spokesman said.",
    "The final text “affirms the freedom of {subject}”, {person} pointed out on page {number}.",
    "{person} argued that {number} years of patience with {other} were enough.",
    "{state} asked {other} for a list of its {number} offices by {month} {year}.",
    "The ministers supported the proposal of {other} to hold {number} joint drills on {subject}.",
    "{office} {person} vowed to keep {number} cutters at sea until {subject} were safe again.",
    "{person} admitted that officials had known of the flood for {number} days.",
    "The two sides recognised the importance of {subject} and welcomed the {number} projects begun in {year}.",
    "“It is difficult to find an efficient office anywhere in {other},” {person} remarked in {year}.",
    "{state} recalled that {other} had signed {number} letters on {subject}.",
    "The council of {state} emphasised the need for {number} more inspectors of {subject}.",
    "{person} claimed that neither {state} nor {other} had ever measured {subject} before {year}.",
    "The ministers instructed their deputies to draft {number} rules for {subject} by {month} {year}.",
    "{other} complained that {state} had answered only {number} of its letters about {subject}.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of known text: a paragraph, an item of a list, a table row (cells parted by tabs), a footnote ..."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of what a text has: sections of so many paragraphs, items of a list, table rows and footnotes."""

    sections: int = 3
    paragraphs: int = 3
    items: int = 0
    rows: int = 0
    notes: int = 0


def compose(chance: random.Random, shape: Shape) -> list[Piece]:
    """The pieces of a text in reading order; footnotes follow the paragraph that refers to them."""
    pieces = [Piece("title", fill(chance, chance.choice(TITLES)))]
    headings = chance.sample(HEADINGS, shape.sections)
    notes = shape.notes
    for number, heading in enumerate(headings):
        pieces.append(Piece("heading", heading))
        for _ in range(shape.paragraphs):
            pieces.append(Piece("paragraph", " ".join(sentence(chance) for _ in range(chance.randint(2, 4)))))
            if notes > 0:
                pieces.append(Piece("note", f"{sentence(chance)} See file {chance.randint(100, 999)}."))
                notes -= 1
        if number == 0:
            pieces += [Piece("item", sentence(chance)) for _ in range(shape.items)]
        if number == 1 or shape.sections == 1:
            pieces += [_row(chance) for _ in range(shape.rows)]
    return pieces


def sentence(chance: random.Random) -> str:
    """One sentence of reported speech."""
    return fill(chance, chance.choice(SENTENCES))


def fill(chance: random.Random, pattern: str) -> str:
    """The pattern with names, subjects, months and numbers put in, its first letter a capital."""
    state, other = chance.sample(STATES, 2)
    words = pattern.format(
        office=chance.choice(OFFICES), person=chance.choice(PEOPLE), state=state, other=other, subject=chance.choice(SUBJECTS),
        month=chance.choice(MONTHS), year=chance.randint(2031, 2049), number=chance.randint(2, 980), paper=chance.choice(PAPERS),
    )  # fmt: skip
    return words[0].upper() + words[1:]


def _row(chance: random.Random) -> Piece:
    """A table row of three cells, the second one a sentence."""
    return Piece("row", f"{chance.choice(STATES)}\t{sentence(chance)}\t{chance.randint(3, 999)} million")
