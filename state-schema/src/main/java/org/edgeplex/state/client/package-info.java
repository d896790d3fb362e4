/// What sits between a program and the store: typed reads and writes, access modes and batches,
/// leases, durable timers, expiry, and the feed of changes.
///
/// `State`, `StateWriter`, `StateFeed`, `Mirror`, `Leases` and `Life` are blocking calls for
/// virtual threads and feeder threads. `TableClients`, `Timers` and what they stand on decide on an
/// [org.edgeplex.state.EventLoop] and have no threads, clocks or chance of their own. Nothing here
/// may run on a packet path.
@NullMarked
package org.edgeplex.state.client;

import org.jspecify.annotations.NullMarked;
