"""An article's Markdown becomes clean HTML, its headings, its plain text and what it refers to."""
