package org.edgeplex.state.ramcloud;

/// `Status.h`: how an operation ended; for transports. Only those that are told apart have a name.
public final class Status {
    public static final int OK = 0;
    public static final int UNKNOWN_TABLET = 1;
    public static final int TABLE_DOESNT_EXIST = 2;
    public static final int OBJECT_DOESNT_EXIST = 3;
    public static final int OBJECT_EXISTS = 4;
    public static final int WRONG_VERSION = 5;
    public static final int UNIMPLEMENTED_REQUEST = 8;
    public static final int REQUEST_FORMAT_ERROR = 9;
    public static final int COULDNT_CONNECT = 11;
    public static final int RETRY = 17;
    public static final int SERVICE_NOT_AVAILABLE = 18;
    public static final int SERVER_NOT_UP = 20;
    public static final int INTERNAL_ERROR = 21;
    public static final int INVALID_OBJECT = 22;
    public static final int WRONG_SERVER = 25;
    public static final int REQUEST_TOO_LARGE = 27;
    public static final int STALE_RPC = 31;
    public static final int EXPIRED_LEASE = 32;

    /// Of RAMCloud's library alone (`MultiOp.h`): it gave up before there was an answer.
    public static final int UNDERWAY = 34;

    private Status() {}

    /// As RAMCloud's own messages name it.
    public static String name(int status) {
        return switch (status) {
            case OK -> "OK";
            case UNKNOWN_TABLET -> "UNKNOWN_TABLET";
            case TABLE_DOESNT_EXIST -> "TABLE_DOESNT_EXIST";
            case OBJECT_DOESNT_EXIST -> "OBJECT_DOESNT_EXIST";
            case OBJECT_EXISTS -> "OBJECT_EXISTS";
            case WRONG_VERSION -> "WRONG_VERSION";
            case UNIMPLEMENTED_REQUEST -> "UNIMPLEMENTED_REQUEST";
            case REQUEST_FORMAT_ERROR -> "REQUEST_FORMAT_ERROR";
            case COULDNT_CONNECT -> "COULDNT_CONNECT";
            case RETRY -> "RETRY";
            case SERVICE_NOT_AVAILABLE -> "SERVICE_NOT_AVAILABLE";
            case SERVER_NOT_UP -> "SERVER_NOT_UP";
            case INTERNAL_ERROR -> "INTERNAL_ERROR";
            case INVALID_OBJECT -> "INVALID_OBJECT";
            case WRONG_SERVER -> "WRONG_SERVER";
            case REQUEST_TOO_LARGE -> "REQUEST_TOO_LARGE";
            case STALE_RPC -> "STALE_RPC";
            case EXPIRED_LEASE -> "EXPIRED_LEASE";
            case UNDERWAY -> "UNDERWAY";
            default -> "status " + status;
        };
    }
}
