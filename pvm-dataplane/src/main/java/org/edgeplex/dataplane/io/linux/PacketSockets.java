package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// Finds the AF_PACKET and AF_XDP sockets that this process has open.
///
/// The drivers of DPDK keep their sockets to themselves. The kernel reports such a socket readable
/// exactly when the receive ring holds a frame, so it is the best descriptor to sleep on: a socket
/// of our own beside it would cost a copy of every frame.
public final class PacketSockets {
    public static final int NONE = -1;

    private static final int AF_UNIX = 1;
    private static final int AF_PACKET = 17;
    private static final int AF_XDP = 44;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int SO_NETNS_COOKIE = 71;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_STATISTICS = 6;
    private static final int STATISTICS_BYTES = 8;
    private static final int STATISTICS_DROPS = 4;
    private static final int ADDRESS_BYTES = 128;
    private static final int INTERFACE_INDEX = 4;

    private PacketSockets() {}

    /// The descriptor of an open packet socket bound to the interface of the calling thread's
    /// namespace, or [#NONE]. Interfaces of two namespaces may well have the same index.
    public static int boundTo(String interfaceName) {
        int index = Libc.interfaceIndex(interfaceName);
        long namespace = ownNamespace();
        return open(descriptor ->
                        index != 0
                                && boundInterface(descriptor) == index
                                && namespace(descriptor) == namespace)
                .stream()
                .findFirst()
                .orElse(NONE);
    }

    /// All XDP sockets; the kernel does not say to what they are bound.
    public static Set<Integer> xdp() {
        return open(PacketSockets::isXdp);
    }

    /// The one that was opened after these were all, or [#NONE].
    public static int xdpSince(Set<Integer> earlier) {
        return xdp().stream()
                .filter(descriptor -> !earlier.contains(descriptor))
                .findFirst()
                .orElse(NONE);
    }

    private static Set<Integer> open(IntPredicate which) {
        Set<Integer> found = new TreeSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path path : open) {
                int descriptor = Integer.parseInt(String.valueOf(path.getFileName()));
                if (which.test(descriptor)) {
                    found.add(descriptor);
                }
            }
            return found;
        } catch (IOException | DirectoryIteratorException e) {
            return found; // without /proc: the worker sleeps by the clock instead
        }
    }

    /// How many frames the receive ring had no room for since this was last asked: the kernel
    /// begins anew each time.
    public static long takeDrops(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statistics = arena.allocate(STATISTICS_BYTES, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, STATISTICS_BYTES);
            int result =
                    Libc.getsockopt(
                            descriptor,
                            SOL_PACKET,
                            PACKET_STATISTICS,
                            statistics.address(),
                            length.address());
            return result == 0
                    ? Integer.toUnsignedLong(statistics.get(JAVA_INT, STATISTICS_DROPS))
                    : 0;
        }
    }

    /// The index of an interface of the calling thread's namespace, 0 if there is none; another
    /// interface of the same name has another index.
    public static int interfaceIndex(String interfaceName) {
        return Libc.interfaceIndex(interfaceName);
    }

    private static boolean isXdp(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment domain = arena.allocateFrom(JAVA_INT, 0);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            return Libc.getsockopt(
                                    descriptor,
                                    SOL_SOCKET,
                                    SO_DOMAIN,
                                    domain.address(),
                                    length.address())
                            == 0
                    && domain.get(JAVA_INT, 0) == AF_XDP;
        }
    }

    private static long ownNamespace() {
        int socket = Libc.socket(AF_UNIX, SOCK_DGRAM, 0);
        try {
            return namespace(socket);
        } finally {
            Libc.close(socket);
        }
    }

    /// The kernel's number of the namespace that a socket is in; 0 from kernels before 5.14.
    private static long namespace(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cookie = arena.allocate(JAVA_LONG);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Long.BYTES);
            int ignored =
                    Libc.getsockopt(
                            descriptor,
                            SOL_SOCKET,
                            SO_NETNS_COOKIE,
                            cookie.address(),
                            length.address());
            return cookie.get(JAVA_LONG, 0);
        }
    }

    private static int boundInterface(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
            boolean isPacketSocket =
                    Libc.getsockname(descriptor, address, length) == 0
                            && address.get(JAVA_SHORT, 0) == AF_PACKET;
            return isPacketSocket ? address.get(JAVA_INT, INTERFACE_INDEX) : 0;
        }
    }
}
