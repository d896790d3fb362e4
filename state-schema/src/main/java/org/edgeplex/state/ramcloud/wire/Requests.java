package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// What requests look like, without the frame's head: `WireFormat.h`.
final class Requests {
    /// Octets of an item of a MULTI_OP beside key and value, the largest kind.
    static final int ITEM_BYTES = 27;

    private Requests() {}

    private static FrameWriter header(FrameWriter out, int opcode, int service) {
        return out.u16(opcode).u16(service);
    }

    static void ping(FrameWriter out) {
        header(out, Protocol.PING, Protocol.ADMIN_SERVICE).u64(0);
    }

    static void createTable(FrameWriter out, String name, int serverSpan) {
        Bytes text = Bytes.utf8(name);
        header(out, Protocol.CREATE_TABLE, Protocol.COORDINATOR_SERVICE)
                .u32(text.length() + 1)
                .u32(serverSpan)
                .bytes(text)
                .u8(0);
    }

    static void getTableId(FrameWriter out, String name) {
        Bytes text = Bytes.utf8(name);
        header(out, Protocol.GET_TABLE_ID, Protocol.COORDINATOR_SERVICE)
                .u32(text.length() + 1)
                .bytes(text)
                .u8(0);
    }

    static void getTableConfig(FrameWriter out, long tableId) {
        header(out, Protocol.GET_TABLE_CONFIG, Protocol.COORDINATOR_SERVICE).u64(tableId);
    }

    static void renewLease(FrameWriter out, long leaseId) {
        header(out, Protocol.RENEW_LEASE, Protocol.COORDINATOR_SERVICE).u64(leaseId);
    }

    static void hintServerCrashed(FrameWriter out, long serverId) {
        header(out, Protocol.HINT_SERVER_CRASHED, Protocol.COORDINATOR_SERVICE).u64(serverId);
    }

    static void read(FrameWriter out, ObjectKey key) {
        header(out, Protocol.READ, Protocol.MASTER_SERVICE);
        multiRead(out, key);
    }

    static void write(FrameWriter out, ObjectKey key, Bytes value, Expect expect, LinearId linear) {
        header(out, Protocol.WRITE, Protocol.MASTER_SERVICE).u64(key.tableId());
        linear.encode(out);
        out.u32(keyAndValueBytes(key, value));
        rejectRules(out, expect);
        out.u8(0);
        KeyAndValue.encode(out, key.key(), value);
    }

    static void remove(FrameWriter out, ObjectKey key, Expect expect, LinearId linear) {
        header(out, Protocol.REMOVE, Protocol.MASTER_SERVICE).u64(key.tableId());
        linear.encode(out);
        out.u16(key.key().length());
        rejectRules(out, expect);
        out.bytes(key.key());
    }

    static void increment(FrameWriter out, ObjectKey key, long delta, LinearId linear) {
        header(out, Protocol.INCREMENT, Protocol.MASTER_SERVICE).u64(key.tableId());
        linear.encode(out);
        out.u16(key.key().length()).u64(delta).u64(Double.doubleToLongBits(0.0));
        rejectRules(out, Expect.ANY);
        out.bytes(key.key());
    }

    static void enumerate(FrameWriter out, long tableId, long firstHash, Bytes iterator) {
        header(out, Protocol.ENUMERATE, Protocol.MASTER_SERVICE)
                .u64(tableId)
                .u8(0)
                .u64(firstHash)
                .u32(iterator.length())
                .bytes(iterator);
    }

    static void multiOp(FrameWriter out, int type, int count) {
        header(out, Protocol.MULTI_OP, Protocol.MASTER_SERVICE).u32(count).u32(type);
    }

    static void multiRead(FrameWriter out, ObjectKey key) {
        multiRemove(out, key, Expect.ANY);
    }

    static void multiRemove(FrameWriter out, ObjectKey key, Expect expect) {
        out.u64(key.tableId()).u16(key.key().length());
        rejectRules(out, expect);
        out.bytes(key.key());
    }

    static void multiWrite(FrameWriter out, ObjectKey key, Bytes value, Expect expect) {
        out.u64(key.tableId()).u32(keyAndValueBytes(key, value));
        rejectRules(out, expect);
        KeyAndValue.encode(out, key.key(), value);
    }

    private static int keyAndValueBytes(ObjectKey key, Bytes value) {
        return KeyAndValue.FIXED_BYTES + key.key().length() + value.length();
    }

    /// When the operation is refused: given version, doesntExist, exists, versionLeGiven,
    /// versionNeGiven. RAMCloud lets a version's rule pass where there is no object, so such a
    /// write says also that there must be one.
    private static void rejectRules(FrameWriter out, Expect expect) {
        switch (expect) {
            case Expect.Any _ -> out.u64(0).u32(0);
            case Expect.Absent _ -> out.u64(0).u8(0).u8(1).u8(0).u8(0);
            case Expect.Version(long version) -> out.u64(version).u8(1).u8(0).u8(0).u8(1);
        }
    }

    /// What makes a request one that is done once: the lease, its number, and up to which number
    /// answers may be forgotten.
    record LinearId(ClientLease lease, long rpcId, long acknowledged) {
        void encode(FrameWriter out) {
            lease.encode(out);
            out.u64(rpcId).u64(acknowledged);
        }
    }
}
