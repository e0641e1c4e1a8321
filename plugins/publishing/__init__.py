"""Publish one whole release at a time: pages and search index together, provable and reversible."""
