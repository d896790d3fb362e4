package org.edgeplex.dataplane.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The C twin (`twin.c`): compiled against DPDK's headers, loaded into this process.
@SuppressWarnings("restricted")
final class Twin {
    private static final List<String> COMPILE =
            List.of(
                    "gcc",
                    "-O3",
                    "-march=native",
                    "-shared",
                    "-fPIC",
                    "-include",
                    "rte_config.h",
                    "-I/usr/include/dpdk",
                    "-I/usr/include/x86_64-linux-gnu/dpdk");
    private static final List<String> LIBRARIES =
            List.of(
                    "-lrte_eal",
                    "-lrte_ethdev",
                    "-lrte_mbuf",
                    "-lrte_mempool",
                    "-lrte_hash",
                    "-lrte_fib");

    private static final FunctionDescriptor RUN =
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG);

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup symbols;
    private final MemorySegment state;

    /// The fields that Java writes, in the order of `struct twin`.
    enum Field {
        PORT,
        KEYS,
        LABELS,
        KEY_MASK,
        POSITION,
        GATEWAY_MAC,
        CORE_MAC,
        TAG_AND_TYPE,
        SOURCE,
        T0,
        T8,
        T12,
        T20,
        GATEWAY,
        BROADCAST,
        MTU
    }

    private static final int MISSES = Field.values().length + 8;

    private Twin(Arena arena, Path library) {
        symbols = SymbolLookup.libraryLookup(library, arena);
        long bytes = (long) call("twin_size", FunctionDescriptor.of(JAVA_LONG));
        state = arena.allocate(bytes, 64);
    }

    /// Compiles and loads it.
    static Twin load(Arena arena) {
        try {
            Path folder = Files.createTempDirectory("edgeplex-twin");
            Path source = folder.resolve("twin.c");
            Path library = folder.resolve("twin.so");
            try (InputStream text = Twin.class.getResourceAsStream("twin.c")) {
                Files.copy(Objects.requireNonNull(text, "twin.c is not on the class path"), source);
                List<String> command = new ArrayList<>(COMPILE);
                command.addAll(List.of("-o", library.toString(), source.toString()));
                command.addAll(LIBRARIES);
                run(command);
                return new Twin(arena, library);
            } finally {
                Files.deleteIfExists(source);
                Files.deleteIfExists(library);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("apt-get install gcc libdpdk-dev: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @SuppressWarnings("EnumOrdinal") // the order of the C structure's fields
    void set(Field field, long value) {
        state.setAtIndex(JAVA_LONG, field.ordinal(), value);
    }

    /// Packets dropped; must be 0 for a figure to mean anything.
    long misses() {
        return state.getAtIndex(JAVA_LONG, MISSES);
    }

    /// A function that does some work and returns nanoseconds of CPU.
    Rounds.Work work(String function) {
        MethodHandle handle = linker.downcallHandle(symbol(function), RUN);
        return count -> {
            try {
                return (long) handle.invokeExact(state, count);
            } catch (Throwable e) {
                throw new AssertionError("a downcall cannot throw", e);
            }
        };
    }

    void hosts(MemorySegment keys, MemorySegment values, int count, long buckets) {
        FunctionDescriptor type =
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG);
        check("twin_hosts", (int) call("twin_hosts", type, state, keys, values, count, buckets));
    }

    void freeHash() {
        call("twin_free_hash", FunctionDescriptor.ofVoid(ADDRESS), state);
    }

    void adjacency(int index, int kind, int frameBytes, MemorySegment template) {
        MemoryLayout[] types = {ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS};
        FunctionDescriptor type = FunctionDescriptor.ofVoid(types);
        call("twin_adjacency", type, state, index, kind, frameBytes, template);
    }

    void labels() {
        call("twin_labels", FunctionDescriptor.ofVoid(ADDRESS), state);
    }

    void route24(int net, int adjacency) {
        FunctionDescriptor type = FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT);
        call("twin_route24", type, state, net, adjacency);
    }

    void fib(MemorySegment nets, MemorySegment lengths, MemorySegment hops, int count) {
        FunctionDescriptor type =
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        check("twin_fib", (int) call("twin_fib", type, state, nets, lengths, hops, count));
    }

    private static void check(String what, int result) {
        if (result < 0) {
            throw new IllegalStateException(
                    what + " failed (" + result + "): DPDK needs more memory");
        }
    }

    private Object call(String function, FunctionDescriptor type, Object... arguments) {
        try {
            return linker.downcallHandle(symbol(function), type).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    private MemorySegment symbol(String name) {
        return symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError(name));
    }
}
