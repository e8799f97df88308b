//! Graphs to files and back. Knows nothing of text.
