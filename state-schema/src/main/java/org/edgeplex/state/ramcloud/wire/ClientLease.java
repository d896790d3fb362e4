package org.edgeplex.state.ramcloud.wire;

/// What makes a client known to servers: under its id they remember answers until they are
/// acknowledged.
///
/// @param expiration in the cluster's time, as `timestamp`, when the coordinator said so
public record ClientLease(long id, long expiration, long timestamp) {
    static final int BYTES = 24;

    static ClientLease decode(FrameReader reply) {
        ClientLease lease = new ClientLease(reply.u64(), reply.u64(), reply.u64());
        if (lease.id == 0 || lease.termNanos() <= 0) {
            throw new MalformedReplyException("not a lease: " + lease);
        }
        return lease;
    }

    void encode(FrameWriter out) {
        out.u64(id).u64(expiration).u64(timestamp);
    }

    long termNanos() {
        return expiration - timestamp;
    }
}
