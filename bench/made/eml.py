"""Mails: eight bits, alternatives with an attachment, quoted-printable, base64, and a page alone."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from html import escape
from typing import TYPE_CHECKING

from made import Made
from made.prose import Shape

if TYPE_CHECKING:
    import random

    from made.prose import Piece

NAMES = ("8bit", "alternative", "quoted-printable", "base64", "page")
SHAPES = (Shape(2, 3), Shape(2, 3), Shape(2, 3, items=3), Shape(3, 3), Shape(2, 3))


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:
    """The mail, in the encoding of its variant."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "Press Office <press@ministry.example>"
    mail["To"] = "desk@courier.example"
    mail["Subject"] = pieces[0].text
    mail["Date"] = f"Mon, 0{chance.randint(1, 9)} Mar 2032 09:15:00 +0000"
    mail["Message-ID"] = f"<{chance.randint(1, 10**9)}@ministry.example>"
    text = "\n\n".join(p.text for p in pieces) + "\n"
    page = "<html><body>" + "".join(f"<p>{escape(p.text)}</p>\n" for p in pieces) + "</body></html>"
    if variant == 0:
        mail.set_content(text, cte="8bit")
    elif variant == 1:
        mail.set_content(text, cte="quoted-printable")
        mail.add_alternative(page, subtype="html")
        mail.add_attachment(bytes(chance.randrange(256) for _ in range(500)), maintype="image", subtype="png", filename="seal.png")
    elif variant == 2:
        mail.set_content(text, charset="cp1252", cte="quoted-printable")
    elif variant == 3:
        mail.set_content(text, cte="base64")
    else:
        mail.set_content(page, subtype="html", cte="quoted-printable")
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=-part-{number}-=")  # else the library draws one by lot
    return Made(f"mail-{NAMES[variant]}.eml", "eml", mail.as_bytes(), tuple(pieces))
