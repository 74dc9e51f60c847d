"""``python -m wizard``: the command line."""

from wizard.commands import main

main()
