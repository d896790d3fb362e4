/// Ports: where packets come from and go to, in bursts.
///
/// [PacketIo] is the seam. Its implementations are DPDK (`io.dpdk`), the TAP of the kernel
/// (`io.linux`) and [MemoryPacketIo], which tests and simulations drive by hand. One contract suite
/// holds them together. No forwarding decision is taken here.
@NullMarked
package org.edgeplex.dataplane.io;

import org.jspecify.annotations.NullMarked;
