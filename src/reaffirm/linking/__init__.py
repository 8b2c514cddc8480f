"""Links between documents: which are nearly the same text, each link with the differences that prove it."""
