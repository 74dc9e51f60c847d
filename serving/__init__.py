"""How the service is run. gunicorn's master process uses this; it must not load the app itself,
or a reload (HUP) would start workers with the old code.
"""
