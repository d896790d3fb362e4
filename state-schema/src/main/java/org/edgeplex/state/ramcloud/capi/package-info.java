/// RAMCloud's own client library, `libramcloud.so`, by its C API: the way to a cluster over the
/// transports that only the library has, such as those that bypass the kernel.
///
/// - **Interface.** `src/CRamCloud.h` of RAMCloud as of October 2019, called by FFM; no code in C.
///   Where the library lies is told by `EDGEPLEX_RAMCLOUD_LIB` or the store's location.
/// - **Threads.** A client of the library serves one thread, and polls while it waits. So there is
///   one platform thread with a client of its own for each of reads, changes, and scans
///   ([org.edgeplex.state.ramcloud.capi.Lane]). Reads that arrive while the library is at work go
///   together into its next call: a batch is as large as the rate demands, and a lone one waits for
///   nothing.
/// - **Deadlines.** The library has none: it tries again until it succeeds. The callers' deadlines
///   hold all the same. A thread that does not come out of the library is abandoned to it and
///   replaced, a bounded number of times; then the cluster counts as unreachable until one of them
///   comes out. So an unknown write may still be done at any later time, while the process lives:
///   only a condition on the version makes that harmless.
/// - **Exactly once.** Whatever changes something goes into the library by itself: its batches of
///   writes are repeated without a word, and then a write finds its own result in its way. Only
///   reads go in batches, so a hundred writes take as long as a hundred.
/// - **Exit.** A program may end at any moment: the library's destructors do not run
///   ([org.edgeplex.state.ramcloud.capi.PromptExit]).
/// - **Scans.** The library keeps their place: it can be used once, and by the client that gave it.
///
/// What it is not: it has no transactions, no indexes, and no protection from faults of the
/// library, which end the process.
@NullMarked
package org.edgeplex.state.ramcloud.capi;

import org.jspecify.annotations.NullMarked;
