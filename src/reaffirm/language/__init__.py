"""Reading English: the parse, dates and names of one document, never stored in the ledger."""
