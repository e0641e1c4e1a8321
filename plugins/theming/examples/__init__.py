"""The style guide: an example page for every page type and every state, as typed values."""
