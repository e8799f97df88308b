//! Graphs to pictures.
