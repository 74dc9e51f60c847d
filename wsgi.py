"""The application as a WSGI server imports it: ``gunicorn -c gunicorn.conf.py wsgi:app``."""

from flask import Flask

from wizard import create_app
from wizard.paper.fonts import tell_of_missing_fonts

app: Flask = create_app()
tell_of_missing_fonts()
