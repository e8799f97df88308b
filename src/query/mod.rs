//! Questions to graphs. Knows nothing of text.
