"""Turn Pages into bytes with the theme's templates, styles and scripts."""
