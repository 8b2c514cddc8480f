"""The web page and the JSON API: each page is one question to the ledger, declared once and answered twice.

How it is laid out, and how to add a page (docs/web.md says more):

1. `pages/NOUN.py` holds a function decorated with `@page(path, template, title)`. Its first parameter is the open `Ledger`, the
   others are the path's and the query's; it returns a frozen dataclass. It is the only code behind `PATH` and `PATH.json`.
2. `templates/NOUN.html` extends `base.html` and shows that record as `it`.
3. `tests/web/test_web_NOUN.py` asks for both.

`page` declares, `answering` opens the ledger, asks and answers, `schema` describes records for OpenAPI, `guard` keeps strangers out,
`inbox` keeps what was sent, `multipart` receives it, `ingests` reads it, `failures` says what went wrong, `templating` holds what
templates may call, `marking` lays rows over a text, `app` joins all.
This package asks the `Ledger`, shows the records that it returns, and never sees how a row is read or linked.
"""
