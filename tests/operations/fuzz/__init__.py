"""Inputs made up by the thousand: forged requests, wild walks, damaged policy files."""
