/// Lookup tables of the packet path, outside the heap and of fixed size.
///
/// Values are numbers: what one means is the caller's business. One thread changes a table while
/// any number read it, without locks. What orders them is written at each class: a writer stores
/// with release what readers consume or acquire, and never changes a word into something that was
/// not true before or after the change. Each change is bounded work and either happens whole or,
/// when the table is full, not at all. Lookups come one by one and in bursts ([LookupVector]) of
/// two stages or three, between which the caller asks for the cache lines.
///
/// - Cuckoo hashing with buckets: Pagh and Rodler (2004); partial-key second bucket: Fan et al.,
///   "MemC3" (NSDI 2013); path search: Li et al., "Algorithmic Improvements for Fast Concurrent
///   Cuckoo Hashing" (EuroSys 2014)
/// - Compressed trie with direct root and counted runs: Asai and Ohara, "Poptrie" (SIGCOMM 2015)
/// - Filter before a table: Putze et al., "Cache-, Hash- and Space-Efficient Bloom Filters" (2007)
/// - Longest match by one hash table and the lengths that occur, after Waldvogel et al., "Scalable
///   High Speed IP Routing Lookups" (SIGCOMM 1997), without its markers
/// - Reclamation: Hart et al., "Performance of memory reclamation for lockless synchronization"
///   (2007)
@NullMarked
package org.edgeplex.dataplane.table;

import org.jspecify.annotations.NullMarked;
