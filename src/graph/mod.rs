//! [`Extraction`](crate::ontology::Extraction)s in, knowledge graph out: identity and merge. Knows nothing of text.
