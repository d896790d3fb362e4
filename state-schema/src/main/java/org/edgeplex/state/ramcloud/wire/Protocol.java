package org.edgeplex.state.ramcloud.wire;

/// The protocol's numbers, as far as we speak it: `WireFormat.h`, `Status.h`, `Transport.h`.
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

    public static final int STATUS_OK = 0;
    public static final int STATUS_UNKNOWN_TABLET = 1;
    public static final int STATUS_TABLE_DOESNT_EXIST = 2;
    public static final int STATUS_OBJECT_DOESNT_EXIST = 3;
    public static final int STATUS_OBJECT_EXISTS = 4;
    public static final int STATUS_WRONG_VERSION = 5;
    public static final int STATUS_UNIMPLEMENTED_REQUEST = 8;
    public static final int STATUS_REQUEST_FORMAT_ERROR = 9;
    public static final int STATUS_RETRY = 17;
    public static final int STATUS_SERVICE_NOT_AVAILABLE = 18;
    public static final int STATUS_SERVER_NOT_UP = 20;
    public static final int STATUS_INVALID_OBJECT = 22;
    public static final int STATUS_WRONG_SERVER = 25;
    public static final int STATUS_STALE_RPC = 31;
    public static final int STATUS_EXPIRED_LEASE = 32;

    private Protocol() {}

    /// A status as RAMCloud's own messages name it.
    static String statusName(int status) {
        return switch (status) {
            case STATUS_OK -> "OK";
            case STATUS_UNKNOWN_TABLET -> "UNKNOWN_TABLET";
            case STATUS_TABLE_DOESNT_EXIST -> "TABLE_DOESNT_EXIST";
            case STATUS_OBJECT_DOESNT_EXIST -> "OBJECT_DOESNT_EXIST";
            case STATUS_OBJECT_EXISTS -> "OBJECT_EXISTS";
            case STATUS_WRONG_VERSION -> "WRONG_VERSION";
            case STATUS_UNIMPLEMENTED_REQUEST -> "UNIMPLEMENTED_REQUEST";
            case STATUS_REQUEST_FORMAT_ERROR -> "REQUEST_FORMAT_ERROR";
            case STATUS_RETRY -> "RETRY";
            case STATUS_SERVICE_NOT_AVAILABLE -> "SERVICE_NOT_AVAILABLE";
            case STATUS_SERVER_NOT_UP -> "SERVER_NOT_UP";
            case STATUS_INVALID_OBJECT -> "INVALID_OBJECT";
            case STATUS_WRONG_SERVER -> "WRONG_SERVER";
            case STATUS_STALE_RPC -> "STALE_RPC";
            case STATUS_EXPIRED_LEASE -> "EXPIRED_LEASE";
            default -> "status " + status;
        };
    }
}
