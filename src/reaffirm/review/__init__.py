"""Review: scoring one ledger against another, both as folders in the exchange format (docs/format.md)."""
