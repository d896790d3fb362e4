package org.edgeplex.state.ramcloud.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.Status;

/// The protocol by hand on one blocking socket to one master, a request at a time: what the client
/// is measured against. It knows no failures, no routes and no deadlines. For one thread.
public final class RawRamcloud implements AutoCloseable {
    private static final int LEADER_SECONDS_MAX = 5;
    private static final int TRIES_MAX = 10_000;
    private static final long PAUSE_NANOS = 1_000_000;

    private final Exchange coordinator;
    private final Exchange master;
    private final long tableId;
    private ClientLease lease;
    private long rpcId;

    private RawRamcloud(Exchange coordinator, Exchange master, long tableId, ClientLease lease) {
        this.coordinator = coordinator;
        this.master = master;
        this.tableId = tableId;
        this.lease = lease;
    }

    /// Opens a table, which is made if there is none, and which lies on one master.
    public static RawRamcloud open(RamcloudOptions options, String table) {
        Exchange coordinator = new Exchange(coordinator(options));
        try {
            long tableId = table(coordinator, options.namespace() + "/" + table);
            Requests.getTableConfig(coordinator.begin(), tableId);
            FrameReader reply = coordinator.end();
            check(reply.u32());
            TableConfig config = TableConfig.decode(reply.part(reply.length()));
            if (config.tablets().size() != 1) {
                throw new StoreException("a table for comparing lies on one master");
            }
            Exchange master = new Exchange(config.tablets().getFirst().locator());
            return new RawRamcloud(coordinator, master, tableId, lease(coordinator, 0));
        } catch (StoreException e) {
            coordinator.close();
            throw e;
        }
    }

    private static String coordinator(RamcloudOptions options) {
        CompletableFuture<String> found = new CompletableFuture<>();
        try (Leader leader = Leader.of(options)) {
            leader.find(
                    found::complete, why -> found.completeExceptionally(new StoreException(why)));
            return found.orTimeout(LEADER_SECONDS_MAX, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new StoreException("no coordinator: " + e.getCause(), e);
        }
    }

    private static long table(Exchange coordinator, String name) {
        Requests.getTableId(coordinator.begin(), name);
        FrameReader reply = coordinator.end();
        int status = reply.u32();
        if (status == Status.TABLE_DOESNT_EXIST) {
            Requests.createTable(coordinator.begin(), name, 1);
            reply = coordinator.end();
            status = reply.u32();
        }
        check(status);
        return reply.u64();
    }

    private static ClientLease lease(Exchange coordinator, long leaseId) {
        Requests.renewLease(coordinator.begin(), leaseId);
        FrameReader reply = coordinator.end();
        check(reply.u32());
        return ClientLease.decode(reply);
    }

    public long tableId() {
        return tableId;
    }

    /// Lets the lease under which is written last for its whole term again.
    public void renewLease() {
        lease = lease(coordinator, lease.id());
    }

    /// READ.
    public Lookup read(ObjectKey key) {
        Requests.read(master.begin(), key);
        FrameReader reply = master.end();
        if (reply.u32() != Status.OK) {
            return Lookup.ABSENT;
        }
        long version = reply.u64();
        return new Lookup.Found(reply.bytes(reply.length()), version);
    }

    /// WRITE, which is done once; returns the new version.
    public long write(ObjectKey key, Bytes value, Expect expect) {
        rpcId++;
        Requests.LinearId linear = new Requests.LinearId(lease, rpcId, rpcId - 1);
        for (int tries = 1; ; tries++) {
            Requests.write(master.begin(), key, value, expect, linear);
            FrameReader reply = master.end();
            int status = reply.u32();
            if (status != Status.RETRY || tries == TRIES_MAX) {
                check(status);
                return reply.u64();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// MULTI_OP of reads; returns how many are in the answer.
    public int readAll(List<ObjectKey> keys, Lookup[] results) {
        FrameWriter writer = master.begin();
        Requests.multiOp(writer, Protocol.MULTI_READ, keys.size());
        for (ObjectKey key : keys) {
            Requests.multiRead(writer, key);
        }
        FrameReader reply = master.end();
        check(reply.u32());
        int count = Math.min(reply.u32(), results.length);
        for (int i = 0; i < count; i++) {
            int status = reply.u32();
            long version = reply.u64();
            FrameReader object = reply.part(reply.length());
            results[i] =
                    status == Status.OK
                            ? new Lookup.Found(KeyAndValue.decode(object).value(), version)
                            : Lookup.ABSENT;
        }
        return count;
    }

    /// MULTI_OP of writes, one for each key; fails unless all are done.
    ///
    /// @param versions takes the new ones
    public void writeAll(List<ObjectKey> keys, Bytes value, List<Expect> expects, long[] versions) {
        List<Integer> open = IntStream.range(0, keys.size()).boxed().toList();
        for (int tries = 1; ; tries++) {
            open = writeSome(open, keys, value, expects, versions);
            if (open.isEmpty()) {
                return;
            }
            if (tries == TRIES_MAX) {
                throw new StoreException("RAMCloud has no room");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Returns those that are to be sent again: the server makes room first.
    private List<Integer> writeSome(
            List<Integer> which,
            List<ObjectKey> keys,
            Bytes value,
            List<Expect> expects,
            long[] versions) {
        FrameWriter writer = master.begin();
        Requests.multiOp(writer, Protocol.MULTI_WRITE, which.size());
        for (int i : which) {
            Requests.multiWrite(writer, keys.get(i), value, expects.get(i));
        }
        FrameReader reply = master.end();
        check(reply.u32());
        if (reply.u32() != which.size()) {
            throw new StoreException("not an answer to each write");
        }
        List<Integer> again = new ArrayList<>();
        for (int i : which) {
            int status = reply.u32();
            long version = reply.u64();
            if (status == Status.RETRY) {
                again.add(i);
            } else {
                check(status);
                versions[i] = version;
            }
        }
        return again;
    }

    private static void check(int status) {
        if (status != Status.OK) {
            throw new StoreException("RAMCloud answered " + Status.name(status));
        }
    }

    @Override
    public void close() {
        master.close();
        coordinator.close();
    }

    /// A request and its answer, over one socket.
    private static final class Exchange {
        private static final int RECEIVE_BYTES = Protocol.PAYLOAD_BYTES_MAX + 1_024;

        private final SocketChannel socket;
        private final FrameWriter writer = new FrameWriter();
        private final ByteBuffer receiveBuffer =
                ByteBuffer.allocateDirect(RECEIVE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private long nonce;

        Exchange(String locator) {
            try {
                socket = SocketChannel.open(TcpTransport.address(locator));
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            } catch (IOException e) {
                throw new StoreException("%s: %s".formatted(locator, e.getMessage()), e);
            }
        }

        FrameWriter begin() {
            writer.begin(++nonce);
            return writer;
        }

        FrameReader end() {
            writer.end();
            try {
                ByteBuffer out = ByteBuffer.wrap(writer.array(), 0, writer.length());
                while (out.hasRemaining()) {
                    socket.write(out);
                }
                receiveBuffer.clear();
                int wanted = Protocol.FRAME_HEADER_BYTES;
                while (receiveBuffer.position() < wanted) {
                    if (socket.read(receiveBuffer) < 0) {
                        throw new IOException("closed by the server");
                    }
                    if (receiveBuffer.position() >= Protocol.FRAME_HEADER_BYTES) {
                        wanted = Protocol.FRAME_HEADER_BYTES + receiveBuffer.getInt(Long.BYTES);
                    }
                }
                byte[] payload = new byte[wanted - Protocol.FRAME_HEADER_BYTES];
                receiveBuffer.get(Protocol.FRAME_HEADER_BYTES, payload);
                return new FrameReader(payload);
            } catch (IOException e) {
                throw new StoreException(String.valueOf(e.getMessage()), e);
            }
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new StoreException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
