"""The ledger's store: one readable schema, SQLite through one writer, one function per question."""
