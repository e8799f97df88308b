//! The command line. The only room that opens files beside `store`.
