package org.edgeplex.dataplane.io.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
                    "librte_bus_vdev");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = open();

    /// Any function of the shape `uint16_t f(void *queue, struct rte_mbuf **packets, uint16_t n)`.
    /// May block in the driver (af_packet's transmit calls sendto), so it is not a critical call.
    private static final MethodHandle BURST =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG, JAVA_LONG, JAVA_SHORT));

    /// The same as a critical call: some 6 ns less, for drivers that never block.
    private static final MethodHandle QUICK_BURST =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG, JAVA_LONG, JAVA_SHORT),
                    Linker.Option.critical(false));

    /// `int dequeue(struct rte_mempool *, void **objects, unsigned n)`.
    private static final MethodHandle DEQUEUE =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private static final MethodHandle FREE_BULK =
            bind("rte_pktmbuf_free_bulk", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
    private static final MethodHandle AVAILABLE =
            bind("rte_mempool_avail_count", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private Dpdk() {}

    static String version() {
        MemorySegment text = (MemorySegment) call("rte_version", FunctionDescriptor.of(ADDRESS));
        return text.reinterpret(Byte.MAX_VALUE).getString(0);
    }

    static int ealInit(List<String> arguments) {
        Arena arena = Arena.global(); // EAL keeps pointers into argv
        MemorySegment argv = arena.allocate(ADDRESS, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
            argv.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
        }
        return (int)
                call(
                        "rte_eal_init",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
                        arguments.size(),
                        argv);
    }

    /// The pool's address, 0 on failure.
    static long createPool(String name, int packets, int cachePackets, int bufferBytes) {
        try (Arena arena = Arena.ofConfined()) {
            return (long)
                    call(
                            "rte_pktmbuf_pool_create",
                            FunctionDescriptor.of(
                                    JAVA_LONG,
                                    ADDRESS,
                                    JAVA_INT,
                                    JAVA_INT,
                                    JAVA_SHORT,
                                    JAVA_SHORT,
                                    JAVA_INT),
                            arena.allocateFrom(name),
                            packets,
                            cachePackets,
                            (short) 0,
                            (short) bufferBytes,
                            0);
        }
    }

    /// Zeroed memory, 0 if there is none.
    static long zeroed(long bytes, int alignment) {
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
        return (long) call("rte_zmalloc", type, 0L, bytes, alignment);
    }

    static void freePool(long pool) {
        call("rte_mempool_free", FunctionDescriptor.ofVoid(JAVA_LONG), pool);
    }

    static int addDevice(String name, String arguments) {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                    call(
                            "rte_vdev_init",
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS),
                            arena.allocateFrom(name),
                            arena.allocateFrom(arguments));
        }
    }

    static int removeDevice(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                    call(
                            "rte_vdev_uninit",
                            FunctionDescriptor.of(JAVA_INT, ADDRESS),
                            arena.allocateFrom(name));
        }
    }

    static int portByName(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment port = arena.allocate(JAVA_SHORT);
            int result =
                    (int)
                            call(
                                    "rte_eth_dev_get_port_by_name",
                                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS),
                                    arena.allocateFrom(name),
                                    port);
            return result < 0 ? result : port.get(JAVA_SHORT, 0);
        }
    }

    static int configure(int port) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment defaults = arena.allocate(Layout.ETH_CONF_BYTES, Long.BYTES);
            return (int)
                    call(
                            "rte_eth_dev_configure",
                            FunctionDescriptor.of(
                                    JAVA_INT, JAVA_SHORT, JAVA_SHORT, JAVA_SHORT, ADDRESS),
                            (short) port,
                            (short) 1,
                            (short) 1,
                            defaults);
        }
    }

    static int setUpReceiveQueue(int port, int descriptors, long pool) {
        return (int)
                call(
                        "rte_eth_rx_queue_setup",
                        FunctionDescriptor.of(
                                JAVA_INT,
                                JAVA_SHORT,
                                JAVA_SHORT,
                                JAVA_SHORT,
                                JAVA_INT,
                                JAVA_LONG,
                                JAVA_LONG),
                        (short) port,
                        (short) 0,
                        (short) descriptors,
                        0,
                        0L,
                        pool);
    }

    static int setUpTransmitQueue(int port, int descriptors) {
        return (int)
                call(
                        "rte_eth_tx_queue_setup",
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_SHORT, JAVA_SHORT, JAVA_SHORT, JAVA_INT, JAVA_LONG),
                        (short) port,
                        (short) 0,
                        (short) descriptors,
                        0,
                        0L);
    }

    /// `start`, `stop`, `close` or another function of the port alone.
    static int portCall(String function, int port) {
        return (int) call(function, FunctionDescriptor.of(JAVA_INT, JAVA_SHORT), (short) port);
    }

    static long symbolAddress(String name) {
        return symbol(name).address();
    }

    static int burst(long function, long queue, long packets, int count) {
        try {
            short done =
                    (short)
                            BURST.invokeExact(
                                    MemorySegment.ofAddress(function),
                                    queue,
                                    packets,
                                    (short) count);
            return Short.toUnsignedInt(done);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    static int quickBurst(long function, long queue, long packets, int count) {
        try {
            short done =
                    (short)
                            QUICK_BURST.invokeExact(
                                    MemorySegment.ofAddress(function),
                                    queue,
                                    packets,
                                    (short) count);
            return Short.toUnsignedInt(done);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    static int dequeue(long function, long pool, long objects, int count) {
        try {
            return (int)
                    DEQUEUE.invokeExact(MemorySegment.ofAddress(function), pool, objects, count);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    static void freeBulk(long packets, int count) {
        try {
            FREE_BULK.invokeExact(packets, count);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    static int available(long pool) {
        try {
            return (int) AVAILABLE.invokeExact(pool);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    private static Object call(String name, FunctionDescriptor type, Object... arguments) {
        try {
            return bind(name, type).invokeWithArguments(arguments);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    private static MethodHandle bind(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(name), type);
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

    private static Path find(String file) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new DpdkException("no " + file + "; " + HOW_TO_INSTALL));
    }
}
