/// `edgeplex bench store`: what the engines cost, beside what they are made of.
///
/// **How it is measured.** All that is compared runs in one process and one run: for each operation
/// the subjects take turns in short slices, an even number of rounds, every second round in the
/// opposite order, after as many slices that are not counted. A call is timed from its start to its
/// result. A ratio is the median over the rounds of the ratio of two medians of the same round:
/// what else the machine does falls on both. Percentiles come from all rounds together.
///
/// **What is compared.** An engine through the store's interface, with conditional writes; for
/// `lmdb` a program in C of the same layout and operations (`lmdb_twin.c`), compiled when the bench
/// runs; for engines behind a network the same requests, octet for octet, on a blocking socket.
/// Each has the same objects, written in the same order, and its caller looks at all that he gets.
/// For `redis` that is the whole engine, over a unix socket and over tcp, on the very same objects.
/// For `ramcloud` it is so for reads; a write of the engine is an entry in its log and then the
/// object, so `ramcloud_client` writes objects as such, with the same READ, WRITE and MULTI_OP as
/// `ramcloud_raw`, and `ramcloud_put_over_object_write` is what the log costs. Beside them are a
/// `ConcurrentHashMap` and a table outside the heap, which keep nothing and fence nobody.
///
/// **What the engines are held to.** Every operation and batch has a ratio of its own. The named
/// targets are the worst of some of these, single calls and calls of 100 objects apart: `Target`
/// has them, and `--help` prints them.
///
/// What it is not: a load test. One caller waits for each result; there is no other load.
@NullMarked
package org.edgeplex.state.bench;

import org.jspecify.annotations.NullMarked;
