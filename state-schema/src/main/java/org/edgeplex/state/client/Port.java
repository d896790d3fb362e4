package org.edgeplex.state.client;

import java.time.Duration;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// How single operations of a table reach the store. False: busy, nothing was sent.
sealed interface Port {
    boolean tryGet(TableId table, Bytes key, Reply<Lookup> reply);

    boolean tryWrite(Write write, Reply<WriteOutcome> reply);

    /// Each operation by itself, at once.
    record Direct(StateStore store, Duration timeout) implements Port {
        @Override
        public boolean tryGet(TableId table, Bytes key, Reply<Lookup> reply) {
            Reply.on(store.get(table, key, timeout), reply);
            return true;
        }

        @Override
        public boolean tryWrite(Write write, Reply<WriteOutcome> reply) {
            Reply.on(
                    store.write(List.of(write), timeout),
                    Reply.of(outcomes -> reply.answered(outcomes.getFirst()), reply::failed));
            return true;
        }
    }

    /// With what others do at the same time.
    record Batched(Batcher batcher, Duration timeout) implements Port {
        @Override
        public boolean tryGet(TableId table, Bytes key, Reply<Lookup> reply) {
            return batcher.tryGet(table, key, timeout, reply);
        }

        @Override
        public boolean tryWrite(Write write, Reply<WriteOutcome> reply) {
            return batcher.tryWrite(write, timeout, reply);
        }
    }
}
