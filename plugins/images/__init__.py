"""Turn photos of the content folder into the pictures that pages show, and addresses into QR codes."""
