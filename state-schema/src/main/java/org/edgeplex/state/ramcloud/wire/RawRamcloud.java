package org.edgeplex.state.ramcloud.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// The protocol by hand on one blocking socket to one master, a request at a time: what the client
/// is measured against. It knows no failures, no routes and no deadlines. For one thread.
public final class RawRamcloud implements AutoCloseable {
    private static final int RECEIVE_BYTES = Protocol.PAYLOAD_BYTES_MAX + 1_024;

    private final SocketChannel socket;
    private final FrameWriter writer = new FrameWriter();
    private final ByteBuffer receiveBuffer =
            ByteBuffer.allocateDirect(RECEIVE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long nonce;

    /// @param host the master's, as `port`: for a table of one tablet it is the only one
    public RawRamcloud(String host, int port) {
        try {
            socket = SocketChannel.open(new InetSocketAddress(host, port));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            throw new StoreException("%s:%d: %s".formatted(host, port, e.getMessage()), e);
        }
    }

    /// READ.
    public Lookup read(ObjectKey key) {
        begin();
        Requests.read(writer, key);
        FrameReader reply = exchange();
        if (reply.u32() != Protocol.STATUS_OK) {
            return Lookup.ABSENT;
        }
        long version = reply.u64();
        return new Lookup.Found(reply.bytes(reply.length()), version);
    }

    /// WRITE without a condition, under a lease and a number of the caller's.
    public long write(ObjectKey key, Bytes value, ClientLease lease, long rpcId) {
        begin();
        Requests.write(
                writer, key, value, Expect.ANY, new Requests.LinearId(lease, rpcId, rpcId - 1));
        FrameReader reply = exchange();
        check(reply.u32());
        return reply.u64();
    }

    /// RENEW_LEASE: to the coordinator.
    public ClientLease lease() {
        begin();
        Requests.renewLease(writer, 0);
        FrameReader reply = exchange();
        check(reply.u32());
        return ClientLease.decode(reply);
    }

    /// MULTI_OP of reads; returns the values of those that were found.
    public int readAll(List<ObjectKey> keys, Lookup[] results) {
        begin();
        Requests.multiOp(writer, Protocol.MULTI_READ, keys.size());
        for (ObjectKey key : keys) {
            Requests.multiRead(writer, key);
        }
        FrameReader reply = exchange();
        check(reply.u32());
        int count = Math.min(reply.u32(), results.length);
        for (int i = 0; i < count; i++) {
            int status = reply.u32();
            long version = reply.u64();
            FrameReader object = reply.part(reply.length());
            results[i] =
                    status == Protocol.STATUS_OK
                            ? new Lookup.Found(KeyAndValue.decode(object).value(), version)
                            : Lookup.ABSENT;
        }
        return count;
    }

    /// MULTI_OP of writes without conditions; returns how many were done.
    public int writeAll(List<ObjectKey> keys, Bytes value) {
        begin();
        Requests.multiOp(writer, Protocol.MULTI_WRITE, keys.size());
        for (ObjectKey key : keys) {
            Requests.multiWrite(writer, key, value, Expect.ANY);
        }
        FrameReader reply = exchange();
        check(reply.u32());
        int done = 0;
        for (int left = reply.u32(); left > 0; left--) {
            done += reply.u32() == Protocol.STATUS_OK ? 1 : 0;
            reply.u64();
        }
        return done;
    }

    private void begin() {
        writer.begin(++nonce);
    }

    private FrameReader exchange() {
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

    private static void check(int status) {
        if (status != Protocol.STATUS_OK) {
            throw new StoreException("RAMCloud answered " + Protocol.statusName(status));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }
}
