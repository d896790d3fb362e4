/// `edgeplex bench store`: what the engines cost, beside what they are made of.
///
/// **How it is measured.** All that is compared runs in one process and one run: for each operation
/// the subjects take turns in short slices, an even number of rounds, every second round in the
/// opposite order, after a slice each that is not counted. A call is timed from its start to its
/// result. A ratio is the median over the rounds of the ratio of two medians of the same round:
/// what else the machine does falls on both. Percentiles come from all rounds together.
///
/// **What is compared.** An engine through the store's interface, with conditional writes; for
/// `lmdb` a program in C of the same layout and operations (`lmdb_twin.c`), compiled when the bench
/// runs; for engines behind a network the same requests without the interface; beside them a
/// `ConcurrentHashMap` and a table outside the heap, which keep nothing and fence nobody.
///
/// What it is not: a load test. One caller waits for each result; there is no other load.
@NullMarked
package org.edgeplex.state.bench;

import org.jspecify.annotations.NullMarked;
