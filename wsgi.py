"""The application as a WSGI server imports it: ``gunicorn -c gunicorn.conf.py wsgi:app``."""

from flask import Flask

from wizard import create_app

app: Flask = create_app()
