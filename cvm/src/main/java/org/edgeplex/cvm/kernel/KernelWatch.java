package org.edgeplex.cvm.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;

/// Follows the kernel's tables for one interface and reports each snapshot that differs.
///
/// One platform thread, because receiving is a blocking native call.
public final class KernelWatch implements AutoCloseable {
    private static final int RTMGRP_NEIGH = 0x4;
    private static final int RTMGRP_IPV4_ROUTE = 0x40;
    private static final int NLM_F_REQUEST_DUMP = 0x301;
    private static final int REQUEST_BYTES = RtnetlinkDecoder.HEADER_BYTES + 12;
    private static final byte AF_INET = 2;

    /// A dump is repeated when the kernel's answer does not come; then something is broken.
    private static final int SILENT_RECEIVES_MAX = 5;

    private final int interfaceIndex;
    private final Consumer<KernelTables> listener;
    private final Thread thread;
    private volatile boolean closed;

    private KernelWatch(int interfaceIndex, Consumer<KernelTables> listener) {
        this.interfaceIndex = interfaceIndex;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("kernel-watch").daemon().unstarted(this::run);
    }

    /// Reports the present tables at once, on the watching thread. That thread ends with an
    /// exception when netlink fails: the program cannot go on without it.
    public static KernelWatch start(int interfaceIndex, Consumer<KernelTables> listener) {
        KernelWatch watch = new KernelWatch(interfaceIndex, listener);
        watch.thread.start();
        return watch;
    }

    /// One snapshot, without watching.
    public static KernelTables read(int interfaceIndex) throws IOException {
        try (NetlinkSocket socket = new NetlinkSocket(0)) {
            return snapshot(socket, interfaceIndex);
        }
    }

    private void run() {
        // Subscribed before the first snapshot: nothing falls between the two.
        try (NetlinkSocket changes = new NetlinkSocket(RTMGRP_NEIGH | RTMGRP_IPV4_ROUTE);
                NetlinkSocket dumps = new NetlinkSocket(0)) {
            KernelTables last = snapshot(dumps, interfaceIndex);
            listener.accept(last);
            while (!closed) {
                if (changed(changes)) {
                    KernelTables now = snapshot(dumps, interfaceIndex);
                    if (!now.equals(last)) {
                        last = now;
                        listener.accept(now);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the kernel's routes", e);
        }
    }

    private static boolean changed(NetlinkSocket changes) throws IOException {
        try {
            boolean any = changes.receive().length > 0;
            changes.drain(); // one snapshot answers them all
            return any;
        } catch (NetlinkSocket.NetlinkException e) {
            if (e.errno() == NetlinkSocket.ENOBUFS) {
                return true; // notifications were lost: read everything
            }
            throw e;
        }
    }

    private static KernelTables snapshot(NetlinkSocket socket, int interfaceIndex)
            throws IOException {
        Map<Ipv4Prefix, RtnetlinkMessage.Route> routes = new HashMap<>();
        Map<Ipv4Address, MacAddress> neighbors = new HashMap<>();
        dump(
                socket,
                RtnetlinkDecoder.RTM_GETROUTE,
                message -> {
                    if (message instanceof RtnetlinkMessage.Route route) {
                        routes.merge(route.destination(), route, KernelWatch::preferred);
                    }
                });
        dump(
                socket,
                RtnetlinkDecoder.RTM_GETNEIGH,
                message -> {
                    if (message instanceof RtnetlinkMessage.Neighbor neighbor
                            && neighbor.interfaceIndex() == interfaceIndex) {
                        neighbors.put(neighbor.address(), neighbor.mac());
                    }
                });
        Map<Ipv4Prefix, Ipv4Address> nextHops = new HashMap<>();
        routes.values()
                .forEach(route ->
                        route.hops().stream()
                                .filter(hop -> hop.interfaceIndex() == interfaceIndex)
                                .findFirst()
                                .ifPresent(
                                        hop -> nextHops.put(route.destination(), hop.gateway())));
        return new KernelTables(nextHops, neighbors);
    }

    /// The kernel uses the lower metric.
    private static RtnetlinkMessage.Route preferred(
            RtnetlinkMessage.Route one, RtnetlinkMessage.Route other) {
        return one.metric() <= other.metric() ? one : other;
    }

    private static void dump(NetlinkSocket socket, int type, Consumer<RtnetlinkMessage> eachMessage)
            throws IOException {
        byte[] request = new byte[REQUEST_BYTES];
        ByteBuffer.wrap(request)
                .order(ByteOrder.nativeOrder())
                .putInt(REQUEST_BYTES)
                .putShort((short) type)
                .putShort((short) NLM_F_REQUEST_DUMP)
                .putInt(0)
                .putInt(0)
                .put(AF_INET);
        socket.send(request);
        int silent = 0;
        while (silent < SILENT_RECEIVES_MAX) {
            byte[] datagram = socket.receive();
            silent = datagram.length == 0 ? silent + 1 : 0;
            List<RtnetlinkMessage> messages = RtnetlinkDecoder.decode(datagram, datagram.length);
            for (RtnetlinkMessage message : messages) {
                switch (message) {
                    case RtnetlinkMessage.Done() -> {
                        return;
                    }
                    case RtnetlinkMessage.Refused(int errno) ->
                            throw new NetlinkSocket.NetlinkException("dump", errno);
                    case RtnetlinkMessage.Route _,
                            RtnetlinkMessage.Neighbor _,
                            RtnetlinkMessage.Other _ ->
                            eachMessage.accept(message);
                }
            }
        }
        throw new IOException("the kernel did not end its answer to a netlink dump");
    }

    @Override
    public void close() {
        closed = true;
    }
}
