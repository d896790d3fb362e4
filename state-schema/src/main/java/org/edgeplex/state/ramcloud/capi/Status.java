package org.edgeplex.state.ramcloud.capi;

/// `Status.h`: how an operation ended. Only those that are told apart here have a name.
final class Status {
    static final int OK = 0;
    static final int TABLE_DOESNT_EXIST = 2;
    static final int OBJECT_DOESNT_EXIST = 3;
    static final int OBJECT_EXISTS = 4;
    static final int WRONG_VERSION = 5;
    static final int UNIMPLEMENTED_REQUEST = 8;
    static final int REQUEST_FORMAT_ERROR = 9;
    static final int COULDNT_CONNECT = 11;
    static final int INTERNAL_ERROR = 21;
    static final int INVALID_OBJECT = 22;
    static final int REQUEST_TOO_LARGE = 27;
    static final int STALE_RPC = 31;

    /// Of the library alone (`MultiOp.h`): it gave up before there was an answer.
    static final int UNDERWAY = 34;

    private Status() {}

    /// As RAMCloud's own messages name it.
    static String name(int status) {
        return switch (status) {
            case OK -> "OK";
            case TABLE_DOESNT_EXIST -> "TABLE_DOESNT_EXIST";
            case OBJECT_DOESNT_EXIST -> "OBJECT_DOESNT_EXIST";
            case OBJECT_EXISTS -> "OBJECT_EXISTS";
            case WRONG_VERSION -> "WRONG_VERSION";
            case UNIMPLEMENTED_REQUEST -> "UNIMPLEMENTED_REQUEST";
            case REQUEST_FORMAT_ERROR -> "REQUEST_FORMAT_ERROR";
            case COULDNT_CONNECT -> "COULDNT_CONNECT";
            case INTERNAL_ERROR -> "INTERNAL_ERROR";
            case INVALID_OBJECT -> "INVALID_OBJECT";
            case REQUEST_TOO_LARGE -> "REQUEST_TOO_LARGE";
            case STALE_RPC -> "STALE_RPC";
            case UNDERWAY -> "UNDERWAY";
            default -> "status " + status;
        };
    }
}
