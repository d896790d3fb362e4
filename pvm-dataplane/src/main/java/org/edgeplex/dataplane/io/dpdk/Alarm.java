package org.edgeplex.dataplane.io.dpdk;

import java.util.Set;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.linux.EdgeTrigger;
import org.edgeplex.dataplane.io.linux.PacketSockets;

/// How a port wakes a sleeper: see [PacketIo#descriptor], [PacketIo#arm].
sealed interface Alarm extends AutoCloseable {
    int descriptor();

    default boolean arm() {
        return false;
    }

    default void disarm() {}

    @Override
    default void close() {}

    /// It does not.
    record None() implements Alarm {
        @Override
        public int descriptor() {
            return PacketIo.NO_DESCRIPTOR;
        }
    }

    /// The kernel has the packets, and says so as long as there are any.
    record Kernel(int descriptor) implements Alarm {}

    /// The driver's interrupt for received packets: off while the worker polls.
    final class Interrupt implements Alarm {
        private final int port;
        private final EdgeTrigger edge;

        Interrupt(int port, int heard) {
            this.port = port;
            edge = new EdgeTrigger(heard);
        }

        @Override
        public int descriptor() {
            return edge.descriptor();
        }

        @Override
        public boolean arm() {
            int ignored = Dpdk.enableInterrupt(port); // it was possible when the port was opened
            return true;
        }

        @Override
        public void disarm() {
            Dpdk.disableInterrupt(port);
            edge.clear();
        }

        @Override
        public void close() {
            edge.close();
        }
    }

    /// Whether the driver must be told when the port is configured.
    static boolean needsInterrupt(PortSpec spec) {
        return switch (spec.type().waking()) {
            case NEVER, SOCKET -> false;
            case DEVICE -> true;
            case INTERRUPT -> spec.idle() == IdleMode.INTERRUPT;
        };
    }

    /// Of a port that was started.
    ///
    /// @param earlierSockets XDP sockets that were open before the port was
    /// @throws DpdkException if it was asked for and is not possible
    static Alarm of(PortSpec spec, int port, Set<Integer> earlierSockets) {
        Alarm alarm =
                switch (spec.type().waking()) {
                    case NEVER -> new None();
                    case SOCKET ->
                            kernel(
                                    spec.type() == PortSpec.Type.AF_XDP
                                            ? PacketSockets.xdpSince(earlierSockets)
                                            : PacketSockets.boundTo(spec.interfaceName()));
                    case DEVICE -> kernel(Dpdk.interruptDescriptor(port));
                    case INTERRUPT -> needsInterrupt(spec) ? interrupt(port) : new None();
                };
        if (alarm instanceof None && spec.idle() == IdleMode.INTERRUPT) {
            throw new DpdkException(
                    "the driver of "
                            + spec.name()
                            + " has no interrupt for received packets: use idle=adaptive or"
                            + " idle=busy");
        }
        return alarm;
    }

    private static Alarm kernel(int descriptor) {
        return descriptor < 0 ? new None() : new Kernel(descriptor);
    }

    private static Alarm interrupt(int port) {
        int heard = Dpdk.interruptDescriptor(port);
        if (heard < 0 || Dpdk.enableInterrupt(port) < 0) {
            return new None();
        }
        Dpdk.disableInterrupt(port);
        return new Interrupt(port, heard);
    }
}
