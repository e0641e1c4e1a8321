"""The tree of the site and every page of it: items in, ``Page`` values out."""
