"""Rules for a Chinese mass-organisation site: each named, switchable, with its basis, and each may be waived."""
