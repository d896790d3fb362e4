/// RAMCloud's wire protocol over tcp, spoken in Java: the default way to a cluster.
///
/// - **Protocol.** `src/WireFormat.h` and `src/TcpTransport.h` of RAMCloud as of October 2019. All
///   numbers are little-endian, structures are packed. A frame is a nonce (8 octets), a length (4)
///   and as many octets; an answer has the nonce of its request and may overtake others.
/// - **Routing.** A key's place is its MurmurHash3; which server has which range of hashes is asked
///   from the coordinator, remembered, and asked again when a server denies it or is gone.
/// - **Batches.** One [org.edgeplex.state.ramcloud.wire.Lane] per server and kind of operation has
///   few requests on the way; what arrives meanwhile goes together into the next. So a batch is as
///   large as the rate demands, and a lone operation waits for nothing.
/// - **Threads.** Requests are written by their caller, answers are taken by the thread of
///   [org.edgeplex.state.ramcloud.wire.Transport]. Whatever waits or decides about failures runs on
///   the [org.edgeplex.state.EventLoop].
/// - **Exactly once.** Lone writes and removals, and all increments, carry the number of a client
///   lease: sent again, they get their first answer. Operations in a MULTI_OP have no such number
///   in RAMCloud.
///
/// What it is not: it has no transactions, no indexes, and no transport but tcp.
@NullMarked
package org.edgeplex.state.ramcloud.wire;

import org.jspecify.annotations.NullMarked;
