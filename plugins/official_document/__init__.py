"""The hierarchy of official documents: 一、（一）1.（1）① as headings, with anchors that survive edits."""
