/// Lookup tables of the packet path, outside the heap and of fixed size.
///
/// Keys and values are 32-bit numbers: what a value means is the caller's business. A table is
/// changed between bursts by the thread that reads it, so nothing here is synchronised; each change
/// is bounded work and either happens whole or, when the table is full, not at all.
///
/// - Cuckoo hashing with buckets: Pagh and Rodler (2004); path search: Li et al., "Algorithmic
///   Improvements for Fast Concurrent Cuckoo Hashing" (EuroSys 2014)
/// - Multibit trie of stride 16-8-8: Gupta, Lin, McKeown, "Routing Lookups in Hardware at Memory
///   Access Speeds" (INFOCOM 1998)
@NullMarked
package org.edgeplex.dataplane.table;

import org.jspecify.annotations.NullMarked;
