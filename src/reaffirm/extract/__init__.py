"""Parse and packs -> the card and the rows of one document: pure functions that never see a database."""
