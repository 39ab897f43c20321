"""Which words are misspelt, and what they were meant to be."""
