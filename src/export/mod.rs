//! Graphs to the formats other tools read, one file a format.
