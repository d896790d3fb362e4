package org.edgeplex.state.ramcloud.wire;

/// The protocol's numbers, as far as we speak it: `WireFormat.h`, `Transport.h`.
public final class Protocol {
    public static final int FRAME_HEADER_BYTES = 12;
    public static final int PAYLOAD_BYTES_MAX = (1 << 23) + 200;
    public static final int REJECT_RULES_BYTES = 12;

    /// An object as ENUMERATE returns it begins with checksum, timestamp, version, table.
    public static final int OBJECT_HEADER_BYTES = 24;

    public static final int MASTER_SERVICE = 0;
    public static final int COORDINATOR_SERVICE = 2;
    public static final int ADMIN_SERVICE = 3;

    public static final int PING = 7;
    public static final int CREATE_TABLE = 10;
    public static final int GET_TABLE_ID = 11;
    public static final int READ = 13;
    public static final int WRITE = 14;
    public static final int REMOVE = 15;
    public static final int GET_TABLE_CONFIG = 18;
    public static final int HINT_SERVER_CRASHED = 20;
    public static final int ENUMERATE = 22;
    public static final int MULTI_OP = 25;
    public static final int INCREMENT = 43;
    public static final int RENEW_LEASE = 60;

    /// Types of a MULTI_OP.
    public static final int MULTI_READ = 1;

    public static final int MULTI_REMOVE = 2;
    public static final int MULTI_WRITE = 3;

    private Protocol() {}
}
