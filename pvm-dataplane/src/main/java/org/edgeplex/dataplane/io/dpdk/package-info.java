/// DPDK from Java by the foreign function interface alone, without a C shim.
///
/// Receive, transmit and buffer allocation are `static inline` in DPDK's headers and so not in its
/// libraries. We call what those functions call: the pointers of the exported `rte_eth_fp_ops` and
/// `rte_mempool_ops_table`. The structure offsets this needs are in [Layout] (and
/// [org.edgeplex.dataplane.packet.Mbuf]); [SelfCheck] proves them against the library at start-up
/// and refuses to go on otherwise. SONAME 23 is the ABI lock.
///
/// Deviations: receive and transmit callbacks (pdump, latency statistics) do not run, because they
/// hang in the inline functions.
///
/// - DPDK 22.11 LTS, Programmer's Guide, "Poll Mode Driver", "Mempool Library", "Mbuf Library"
@NullMarked
package org.edgeplex.dataplane.io.dpdk;

import org.jspecify.annotations.NullMarked;
