"""Keep of an HTML fragment what may stand in an article, and nothing that runs or calls abroad."""
