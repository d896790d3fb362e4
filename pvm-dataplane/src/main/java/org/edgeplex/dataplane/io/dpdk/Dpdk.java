package org.edgeplex.dataplane.io.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.edgeplex.dataplane.io.linux.Downcalls;
import org.edgeplex.dataplane.packet.Memory;

/// The functions of the DPDK libraries, bound once per process. Pointers are `long` here.
@SuppressWarnings("restricted")
final class Dpdk {
    private static final String ABI = ".so.23";
    private static final String HOW_TO_INSTALL =
            "install DPDK 22.11: apt-get install librte-eal23 librte-ethdev23 librte-mempool23"
                    + " librte-mbuf23 librte-bus-vdev23 librte-mempool-ring23"
                    + " librte-net-af-packet23";
    private static final List<Path> FOLDERS =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu"),
                    Path.of("/usr/lib64"),
                    Path.of("/usr/lib"),
                    Path.of("/usr/local/lib/x86_64-linux-gnu"));
    private static final List<String> LIBRARIES =
            List.of(
                    "librte_eal",
                    "librte_mempool",
                    "librte_mbuf",
                    "librte_ethdev",
                    "librte_bus_vdev",
                    "librte_mempool_ring");

    private static final SymbolLookup SYMBOLS = open();

    private static final MemorySegment FREE_BULK = symbol("rte_pktmbuf_free_bulk");
    private static final MemorySegment AVAILABLE = symbol("rte_mempool_avail_count");
    private static final MemorySegment ENABLE_INTERRUPT = symbol("rte_eth_dev_rx_intr_enable");
    private static final MemorySegment DISABLE_INTERRUPT = symbol("rte_eth_dev_rx_intr_disable");

    private Dpdk() {}

    static String version() {
        return MemorySegment.ofAddress(call("rte_version"))
                .reinterpret(Byte.MAX_VALUE)
                .getString(0);
    }

    static int ealInit(List<String> arguments) {
        Arena arena = Arena.global(); // EAL keeps pointers into argv
        MemorySegment argv = arena.allocate(ADDRESS, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
            argv.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
        }
        return (int) call("rte_eal_init", arguments.size(), argv.address());
    }

    /// The pool's address, 0 on failure.
    static long createPool(String name, int packets, int cachePackets, int bufferBytes) {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom(name).address();
            int privateBytes = 0;
            int socket = 0;
            return call(
                    "rte_pktmbuf_pool_create",
                    text,
                    packets,
                    cachePackets,
                    privateBytes,
                    bufferBytes,
                    socket);
        }
    }

    /// Zeroed memory, 0 if there is none.
    static long zeroed(long bytes, int alignment) {
        return call("rte_zmalloc", 0, bytes, alignment);
    }

    static void freePool(long pool) {
        long ignored = call("rte_mempool_free", pool);
    }

    static int addDevice(String name, String arguments) {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                    call(
                            "rte_vdev_init",
                            arena.allocateFrom(name).address(),
                            arena.allocateFrom(arguments).address());
        }
    }

    /// What a part of DPDK says on standard error: from this level on, of `rte_log.h`.
    static void logFrom(String part, int level) {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom(part).address();
            long ignored = call("rte_log_set_level_pattern", text, level);
        }
    }

    static int removeDevice(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) call("rte_vdev_uninit", arena.allocateFrom(name).address());
        }
    }

    static int portByName(String name) {
        try (Arena arena = Arena.ofConfined()) {
            long port = arena.allocate(Short.BYTES, Short.BYTES).address();
            long text = arena.allocateFrom(name).address();
            int result = (int) call("rte_eth_dev_get_port_by_name", text, port);
            return result < 0 ? result : Memory.getShort(port);
        }
    }

    /// @param hasInterrupts whether a received packet can wake a sleeper
    static int configure(int port, boolean hasInterrupts) {
        try (Arena arena = Arena.ofConfined()) {
            long configuration = arena.allocate(Layout.ETH_CONF_BYTES, Long.BYTES).address();
            if (hasInterrupts) {
                Memory.putInt(
                        configuration + Layout.ETH_CONF_INTERRUPTS, Layout.RECEIVE_INTERRUPTS);
            }
            int receiveQueues = 1;
            int transmitQueues = 1;
            return (int)
                    call(
                            "rte_eth_dev_configure",
                            port,
                            receiveQueues,
                            transmitQueues,
                            configuration);
        }
    }

    static int setUpReceiveQueue(int port, int descriptors, long pool) {
        return (int) call("rte_eth_rx_queue_setup", port, 0, descriptors, 0, 0, pool);
    }

    static int setUpTransmitQueue(int port, int descriptors) {
        return (int) call("rte_eth_tx_queue_setup", port, 0, descriptors);
    }

    /// `start`, `stop`, `close` or another function of the port alone.
    static int portCall(String function, int port) {
        return (int) call(function, port);
    }

    /// What the kernel makes readable when there is a packet, negative if there is no such thing.
    static int interruptDescriptor(int port) {
        return (int) call("rte_eth_dev_rx_intr_ctl_q_get_fd", port, 0);
    }

    static int enableInterrupt(int port) {
        return (int) Downcalls.call(ENABLE_INTERRUPT, port, 0, 0);
    }

    static void disableInterrupt(int port) {
        long ignored = Downcalls.call(DISABLE_INTERRUPT, port, 0, 0);
    }

    /// Copies the driver's own counters.
    static int statistics(int port, MemorySegment statistics) {
        return (int) call("rte_eth_stats_get", port, statistics.address());
    }

    static long symbolAddress(String name) {
        return symbol(name).address();
    }

    /// Any function of the shape `uint16_t f(void *queue, struct rte_mbuf **packets, uint16_t n)`.
    /// May block in the driver (af_packet's transmit calls sendto), so it is not a critical call.
    static int burst(long function, long queue, long packets, int count) {
        MemorySegment target = MemorySegment.ofAddress(function);
        return (int) Downcalls.call(target, queue, packets, count) & 0xffff;
    }

    /// The same as a critical call, for drivers that never block.
    static int quickBurst(long function, long queue, long packets, int count) {
        MemorySegment target = MemorySegment.ofAddress(function);
        return (int) Downcalls.callCritical(target, queue, packets, count) & 0xffff;
    }

    /// `int dequeue(struct rte_mempool *, void **objects, unsigned n)`.
    static int dequeue(long function, long pool, long objects, int count) {
        return (int) Downcalls.call(MemorySegment.ofAddress(function), pool, objects, count);
    }

    static void freeBulk(long packets, int count) {
        long ignored = Downcalls.call(FREE_BULK, packets, count, 0);
    }

    static int available(long pool) {
        return (int) Downcalls.call(AVAILABLE, pool, 0, 0);
    }

    /// Calls a function of at most six integers and addresses; the result's lower bits count.
    private static long call(String name, long... arguments) {
        long[] words = Arrays.copyOf(arguments, 6);
        return Downcalls.call(
                symbol(name), words[0], words[1], words[2], words[3], words[4], words[5]);
    }

    private static MemorySegment symbol(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(() -> new DpdkException("no " + name + "; " + HOW_TO_INSTALL));
    }

    private static SymbolLookup open() {
        SymbolLookup lookup = _ -> Optional.empty();
        for (String library : LIBRARIES) {
            SymbolLookup next = SymbolLookup.libraryLookup(find(library + ABI), Arena.global());
            lookup = lookup.or(next);
        }
        return lookup;
    }

    /// Loads a driver, which makes itself known to DPDK.
    static void load(Path driver) {
        SymbolLookup ignored = SymbolLookup.libraryLookup(driver, Arena.global());
    }

    private static Path find(String file) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new DpdkException("no " + file + "; " + HOW_TO_INSTALL));
    }
}
