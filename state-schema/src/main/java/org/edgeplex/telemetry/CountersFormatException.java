package org.edgeplex.telemetry;

/// A file is no counters file that we can read; the message is what to say after its name.
final class CountersFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    CountersFormatException(String what) {
        super(what);
    }
}
