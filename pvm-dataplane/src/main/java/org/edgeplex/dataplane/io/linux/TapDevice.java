package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;

/// The kernel's side of the port VM: a TAP interface in another network namespace.
///
/// The interface is persistent: it outlives this process with its addresses, routes and the TCP
/// sessions on it, and a successor attaches to the same one.
public final class TapDevice implements PacketIo {
    private static final long TUNSETIFF = 0x4004_54caL;
    private static final long TUNSETPERSIST = 0x4004_54cbL;
    private static final long SIOCSIFHWADDR = 0x8924;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFMTU = 0x8922;
    private static final short IFF_TAP = 0x0002;
    private static final short IFF_NO_PI = 0x1000;
    private static final short IFF_UP = 0x0001;
    private static final short ARPHRD_ETHER = 1;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int NAME_BYTES_MAX = 15;
    private static final int INTERFACE_REQUEST_BYTES = 40;
    private static final int REQUEST_VALUE = 16;

    /// A killed predecessor lets go of the interface when the kernel has ended all its threads.
    private static final long PREDECESSOR_NANOS_MAX = 2_000_000_000L;

    private static final long PREDECESSOR_INTERVAL_NANOS = 1_000_000;

    private final Arena arena = Arena.ofShared();
    private final PacketVector unread = new PacketVector(arena, 1);
    private final int descriptor;
    private final PacketPool pool;

    private TapDevice(int descriptor, PacketPool pool) {
        this.descriptor = descriptor;
        this.pool = pool;
    }

    /// What the interface shall be.
    ///
    /// @param namespace as in ip-netns(8)
    /// @param macAddress 48 bits, the address of the gateway that the kernel shares with us
    public record Options(String namespace, String name, long macAddress, int mtu) {
        public Options {
            if (name.isEmpty() || name.length() > NAME_BYTES_MAX) {
                throw new IllegalArgumentException("not an interface name: \"" + name + '"');
            }
        }
    }

    /// Creates the interface or attaches to the one that a predecessor left, and sets it up.
    ///
    /// @throws RuntimeException when the namespace is not there or the kernel refuses
    public static TapDevice open(Options options, PacketPool pool) {
        Attachment attachment = new Attachment(options);
        Thread thread = Thread.ofPlatform().name("tap-" + options.name).unstarted(attachment);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening " + options.name, e);
        }
        return new TapDevice(attachment.descriptor(), pool);
    }

    /// Runs on a thread of its own, because it changes the thread's network namespace for good.
    private static final class Attachment implements Runnable {
        private final Options options;
        private int opened = NO_DESCRIPTOR;
        private RuntimeException failure = new IllegalStateException("not run");

        Attachment(Options options) {
            this.options = options;
        }

        int descriptor() {
            if (opened == NO_DESCRIPTOR) {
                throw failure;
            }
            return opened;
        }

        @Override
        public void run() {
            try {
                NetworkNamespace.enter(options.namespace);
                opened = attach();
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private int attach() {
            // The namespace of a tun file is that of the thread which opens it.
            int tun = Libc.open("/dev/net/tun", Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment request = request(arena);
                request.set(JAVA_SHORT, REQUEST_VALUE, (short) (IFF_TAP | IFF_NO_PI));
                attachWhenFree(tun, request);
                Libc.ioctl("TUNSETPERSIST", tun, TUNSETPERSIST, MemorySegment.ofAddress(1));
                configure(request(arena));
                return tun;
            } catch (RuntimeException e) {
                Libc.close(tun);
                throw e;
            }
        }

        private void attachWhenFree(int tun, MemorySegment request) {
            long deadlineNanos = System.nanoTime() + PREDECESSOR_NANOS_MAX;
            while (true) {
                try {
                    Libc.ioctl("attaching to " + options.name, tun, TUNSETIFF, request);
                    return;
                } catch (Libc.SystemCallException e) {
                    if (e.errno != Libc.EBUSY || System.nanoTime() - deadlineNanos > 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(PREDECESSOR_INTERVAL_NANOS);
                }
            }
        }

        /// Address, MTU, up. An address can be changed while the interface is up.
        private void configure(MemorySegment request) {
            int socket = Libc.socket(AF_INET, SOCK_DGRAM, 0);
            try {
                request.set(JAVA_SHORT, REQUEST_VALUE, ARPHRD_ETHER);
                for (int octet = 0; octet < 6; octet++) {
                    Memory.putByte(
                            request.address() + REQUEST_VALUE + 2 + octet,
                            (int) (options.macAddress >>> (40 - 8 * octet)));
                }
                Libc.ioctl("address of " + options.name, socket, SIOCSIFHWADDR, request);
                request.set(JAVA_INT, REQUEST_VALUE, options.mtu);
                Libc.ioctl("MTU of " + options.name, socket, SIOCSIFMTU, request);
                Libc.ioctl("flags of " + options.name, socket, SIOCGIFFLAGS, request);
                short flags = request.get(JAVA_SHORT, REQUEST_VALUE);
                request.set(JAVA_SHORT, REQUEST_VALUE, (short) (flags | IFF_UP));
                Libc.ioctl("flags of " + options.name, socket, SIOCSIFFLAGS, request);
            } finally {
                Libc.close(socket);
            }
        }

        private MemorySegment request(Arena arena) {
            MemorySegment request = arena.allocate(INTERFACE_REQUEST_BYTES, Long.BYTES);
            request.setString(0, options.name);
            return request;
        }
    }

    @Override
    public int receive(PacketVector packets) {
        packets.clear();
        while (packets.size() < BURST_MAX && !packets.isFull()) {
            long packet = pool.allocate();
            if (packet == PacketPool.NONE) {
                break;
            }
            long bytes = Libc.read(descriptor, Mbuf.data(packet), Mbuf.DATA_BYTES_MAX);
            packets.add(packet);
            if (bytes <= 0) {
                return giveBackLast(packets);
            }
            Mbuf.setLength(packet, (int) bytes);
        }
        return packets.size();
    }

    /// The buffer that no frame was read into goes back to the pool.
    private int giveBackLast(PacketVector packets) {
        int received = packets.size() - 1;
        unread.clear();
        unread.add(packets.get(received));
        pool.free(unread);
        packets.setSize(received);
        return received;
    }

    @Override
    public int transmit(PacketVector packets) {
        int sent = 0;
        for (int i = 0; i < packets.size(); i++) {
            long packet = packets.get(i);
            if (Libc.write(descriptor, Mbuf.data(packet), Mbuf.length(packet)) > 0) {
                sent++;
            }
        }
        pool.free(packets);
        return sent;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    /// It always wakes the sleeper, so that polling is the other port's choice.
    @Override
    public IdleMode idleMode() {
        return IdleMode.INTERRUPT;
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        arena.close();
    }
}
