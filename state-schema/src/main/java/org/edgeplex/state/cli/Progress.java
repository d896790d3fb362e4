package org.edgeplex.state.cli;

import java.util.concurrent.TimeUnit;

/// Says how far long work is; short work says nothing.
final class Progress {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final StoreReader reader;
    private final String what;
    private long saidNanos = System.nanoTime();

    Progress(StoreReader reader, String what) {
        this.reader = reader;
        this.what = what;
    }

    void at(long records) {
        long nowNanos = System.nanoTime();
        if (nowNanos - saidNanos >= INTERVAL_NANOS) {
            saidNanos = nowNanos;
            reader.say(what + " " + records + " records ...");
        }
    }
}
