/// What sits between a program and the store: typed reads and writes, leases, and the feed of
/// changes.
///
/// Blocking calls for virtual threads and feeder threads; nothing here may run on a packet path.
@NullMarked
package org.edgeplex.state.client;

import org.jspecify.annotations.NullMarked;
