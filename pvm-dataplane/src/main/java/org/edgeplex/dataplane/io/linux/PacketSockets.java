package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the AF_PACKET sockets that this process has open.
///
/// The af_packet driver of DPDK keeps its socket to itself. The kernel reports that socket readable
/// exactly when the receive ring holds a frame, so it is the best descriptor to sleep on: a socket
/// of our own beside it would cost a copy of every frame.
public final class PacketSockets {
    public static final int NONE = -1;

    private static final int AF_PACKET = 17;
    private static final int ADDRESS_BYTES = 128;
    private static final int INTERFACE_INDEX = 4;

    private PacketSockets() {}

    /// The descriptor of an open packet socket bound to the interface, or [#NONE].
    public static int boundTo(String interfaceName) {
        int index = Libc.interfaceIndex(interfaceName);
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path path : open) {
                int descriptor = Integer.parseInt(String.valueOf(path.getFileName()));
                if (index != 0 && boundInterface(descriptor) == index) {
                    return descriptor;
                }
            }
            return NONE;
        } catch (IOException | DirectoryIteratorException e) {
            return NONE; // without /proc: the worker sleeps by the clock instead
        }
    }

    /// The index of an interface of the calling thread's namespace, 0 if there is none; another
    /// interface of the same name has another index.
    public static int interfaceIndex(String interfaceName) {
        return Libc.interfaceIndex(interfaceName);
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
