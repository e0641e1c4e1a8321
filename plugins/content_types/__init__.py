"""Content types as declarations: files of ``content/`` in, validated items and problems out."""
