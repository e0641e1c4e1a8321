"""The nouns that every capability shares: plain values, standard library only."""
