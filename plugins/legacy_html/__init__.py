"""Recover legacy pages: bytes in, reviewed Markdown and the record of every change out."""
