"""Paths for the tests of grammar and scanners: those of the corpus, and the tokens that the scanner makes of one."""

from __future__ import annotations

from tests.corpus.jsonpath_files import PathCase, path_files, read_cases
from vtl.jsonpath.dialect import JAYWAY_2_9, JsonPathDialect
from vtl.jsonpath.scanner import PathScanner
from vtl.jsonpath.tokens import Token
from vtl.source import Source


def corpus_cases() -> list[PathCase]:
    """All cases of the corpus of paths."""
    return [case for file in path_files() for case in read_cases(file)]


def corpus_paths() -> list[str]:
    """Each path of the corpus once."""
    return list(dict.fromkeys(case.path for case in corpus_cases()))


def scanned(text: str, dialect: JsonPathDialect = JAYWAY_2_9) -> list[Token]:
    """The scanner's tokens. InvalidPath for what it refuses."""
    tokens: list[Token] = []
    PathScanner(Source("<path>", text), dialect, tokens, 0).scan()
    return tokens


def written(text: str, dialect: JsonPathDialect = JAYWAY_2_9) -> str:
    """The tokens in short: the terminal of each with its value, if it has one."""
    return " ".join(token.type if token.value is None else f"{token.type}:{token.value}" for token in scanned(text, dialect))
