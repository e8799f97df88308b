//! [`ResolvedDocument`](crate::entities::ResolvedDocument) in,
//! [`Extraction`](crate::ontology::Extraction) out: predicates, arguments, attribution, modality,
//! dates, evidence.
