"""The base of every ratio: the least that Flask can serve."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)

PAGE = (
    "<!doctype html>"
    '<html lang="en"><head><meta charset="utf-8"><title>Hello</title></head>'
    "<body><h1>Hello</h1></body></html>"
)


@app.get("/")
def hello() -> str:
    """One small page."""
    return PAGE
