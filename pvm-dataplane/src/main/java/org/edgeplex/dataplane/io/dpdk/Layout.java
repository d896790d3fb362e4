package org.edgeplex.dataplane.io.dpdk;

/// Offsets in structures of DPDK 22.11 on x86-64, in bytes.
final class Layout {
    /// `rte_eth_fp_ops[port]`, rte_ethdev_core.h.
    static final int FP_OPS_STRIDE = 128;

    static final int FP_OPS_RX_BURST = 0;
    static final int FP_OPS_RX_QUEUES = 24;
    static final int FP_OPS_TX_BURST = 64;
    static final int FP_OPS_TX_QUEUES = 88;
    static final int PORTS_MAX = 32;

    /// `struct rte_mempool`, rte_mempool.h.
    static final int MEMPOOL_SIZE = 64;

    static final int MEMPOOL_OPS_INDEX = 88;

    /// `rte_mempool_ops_table.ops[index]`.
    static final int MEMPOOL_OPS_FIRST = 64;

    static final int MEMPOOL_OPS_STRIDE = 128;
    static final int MEMPOOL_OPS_DEQUEUE = 56;

    /// `struct rte_eth_conf`: all zero is the default configuration.
    static final int ETH_CONF_BYTES = 2272;

    /// `rte_eth_conf.intr_conf`, bits.
    static final int ETH_CONF_INTERRUPTS = 2264;

    static final int RECEIVE_INTERRUPTS = 1 << 1;

    /// `struct rte_eth_stats`, rte_ethdev.h.
    static final int ETH_STATS_BYTES = 704;

    static final int STATS_RX_PACKETS = 0;
    static final int STATS_TX_PACKETS = 8;
    static final int STATS_RX_BYTES = 16;
    static final int STATS_TX_BYTES = 24;
    static final int STATS_RX_MISSED = 32;
    static final int STATS_RX_ERRORS = 40;
    static final int STATS_TX_ERRORS = 48;
    static final int STATS_RX_NO_BUFFER = 56;

    private Layout() {}
}
