"""The version of the program, where everything inside may read it; pyproject.toml says the same (tested)."""

VERSION = "0.1.0"
