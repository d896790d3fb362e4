package org.edgeplex.pvm;

/// What the process's end says to who started it.
enum ExitStatus {
    /// It was told to stop.
    STOPPED(0),
    /// A bug: the log has it.
    FAILED(1),
    /// The command line.
    USAGE(2),
    /// Another life of this holder has begun, or it was declared dead: do not start it again for
    /// this.
    FENCED(3),
    /// The store cannot work, or does not answer.
    STORE_FAILED(4);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
