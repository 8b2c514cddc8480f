"""Doubts: what makes a row one that a careful reader would look at twice, in terms of its table and of what is derived of it.

They are counted, not weighed, and none is a probability. What each says stands here, once, and in docs/review.md.
"""

from __future__ import annotations

FEW = 30  # code points below which the words of a row are few
WEIGHED = "other readings were weighed"
UNSURE = "who is meant is not certain"
SHORT = "few words"
# By kind: what is doubtful, and when it is so of a row `r` and what is derived of it (`x`).
DOUBTS: dict[str, tuple[tuple[str, str], ...]] = {
    "statement": (
        (WEIGHED, "r.rejected <> '[]'"),
        ("no speaker is known", "coalesce(x.speakers, '[]') = '[]' OR x.speakers LIKE '[\"?%'"),
        (UNSURE, "coalesce(x.certainty, 'certain') <> 'certain'"),
        ("not said plainly", "r.factuality <> 'plain'"),
        (
            "no words name a source",
            (
                "r.directness NOT IN ('turn', 'authorial') AND NOT EXISTS"
                " (SELECT 1 FROM span p WHERE p.row = r.id AND p.version = r.version AND p.role = 'source')"
            ),
        ),
        (SHORT, f'r."end" - r.start < {FEW}'),
    ),
    "commitment": (
        (WEIGHED, "json_array_length(r.data, '$.rejected') > 0"),
        ("nobody is bound", "x.data IS NULL OR json_array_length(x.data, '$.parties') = 0"),
        (UNSURE, "coalesce(json_extract(x.data, '$.certainty'), 'certain') <> 'certain'"),
        ("heard from others", "r.mode IN ('hearsay', 'media report', 'writer')"),
        ("its due date is not anchored", "json_extract(r.data, '$.due') IS NOT NULL AND x.due IS NULL"),
        (SHORT, f'r."end" - r.start < {FEW}'),
    ),
    "demand": (
        (WEIGHED, "json_array_length(r.data, '$.rejected') > 0"),
        ("nobody is named whose it is", "x.data IS NULL OR json_array_length(x.data, '$.holder') = 0"),
        (UNSURE, "coalesce(json_extract(x.data, '$.certainty'), 'certain') <> 'certain'"),
        ("who should act is inferred", "json_extract(x.data, '$.explicit') = 0"),
        (SHORT, f'r."end" - r.start < {FEW}'),
    ),
}
DERIVED = {
    "statement": "LEFT JOIN voice x ON x.statement = r.id",
    "commitment": "LEFT JOIN duty x ON x.commitment = r.id",
    "demand": "LEFT JOIN call x ON x.demand = r.id",
}


def counted(kind: str) -> str:
    """The SQL that counts the doubts of a row `r` of a kind beside what is derived of it; of a kind that nobody reviews, NULL."""
    return " + ".join(f"coalesce({condition}, 0)" for _, condition in DOUBTS.get(kind, ())) or "NULL"
