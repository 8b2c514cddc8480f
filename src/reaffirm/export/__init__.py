"""The ledger in outside formats, one module a format."""
