"""Index public pages once, and answer searches with a server or without."""
