package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.edgeplex.state.ChangeCursor;

/// A place in the log of changes. A poll that finds the environment's last transaction unchanged
/// costs some nanoseconds and takes no snapshot.
final class LmdbChangeCursor implements ChangeCursor {
    private static final Poll NOTHING = new Poll.Changes(List.of());

    private final Environment environment;
    private final Duration timeout;
    private final MemorySegment info = Arena.ofAuto().allocate(Lmdb.ENV_INFO_BYTES);
    private long sequence;
    private long readTransaction;

    LmdbChangeCursor(Environment environment, Duration timeout) {
        this.environment = environment;
        this.timeout = timeout;
        environment
                .readers()
                .<Boolean>read(
                        timeout,
                        reader -> {
                            stand(reader);
                            return true;
                        });
    }

    @Override
    public Poll poll(int max) {
        long last = environment.readers().guarded(timeout, this::lastTransaction);
        return last == readTransaction
                ? NOTHING
                : environment.readers().read(timeout, reader -> read(reader, max));
    }

    private Poll read(Reader reader, int max) {
        Poll poll = reader.changesAfter(sequence, max);
        switch (poll) {
            case Poll.Lost() -> stand(reader);
            case Poll.Changes(var changes) -> {
                sequence += changes.size();
                if (changes.size() < max) {
                    readTransaction = reader.transactionId();
                }
            }
        }
        return poll;
    }

    private void stand(Reader reader) {
        sequence = reader.lastSequence();
        readTransaction = reader.transactionId();
    }

    private long lastTransaction() {
        environment.errors().check(Lmdb.envInfo(environment.handle(), info), "look for changes");
        return info.get(JAVA_LONG, Lmdb.ENV_INFO_LAST_TRANSACTION);
    }
}
