package org.edgeplex.state.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what has expired of one table, wherever the engine does not know of time: readers find
/// it absent anyway, so nothing depends on when.
///
/// One instance of several does it, by a lease. Each pass reads one page and removes what has
/// expired of it on the version that was read: a record that was renewed meanwhile stays. The next
/// pass goes on where this one ended.
public final class ExpirySweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final StateStore store;
    private final EventLoop loop;
    private final InstantSource clock;
    private final Table<?, ?> table;
    private final Duration passInterval;
    private final int recordsPerPass;
    private final Ownership ownership;
    private Optional<Incarnation> life = Optional.empty();
    private Bytes resume = Bytes.EMPTY;
    private final LongAdder removed = new LongAdder();

    /// @param owner who this is, like no other instance: `pid 4711 on host h1`
    /// @param passInterval between two passes; the lease beats at the same pace
    /// @param recordsPerPass at most [StateStore#BATCH_MAX]
    public ExpirySweeper(
            StateStore store,
            EventLoop loop,
            InstantSource clock,
            Table<?, ?> table,
            String owner,
            Duration passInterval,
            int recordsPerPass) {
        if (recordsPerPass < 1 || recordsPerPass > StateStore.BATCH_MAX) {
            throw new IllegalArgumentException("records of a pass: 1 to " + StateStore.BATCH_MAX);
        }
        this.store = store;
        this.loop = loop;
        this.clock = clock;
        this.table = table;
        this.passInterval = passInterval;
        this.recordsPerPass = recordsPerPass;
        this.ownership =
                new Ownership(
                        store,
                        loop,
                        holder(table),
                        owner,
                        passInterval,
                        new Ownership.Listener() {
                            @Override
                            public void gained(Incarnation gained) {
                                life = Optional.of(gained);
                                resume = Bytes.EMPTY;
                                pass(gained);
                            }

                            @Override
                            public void lost() {
                                life = Optional.empty();
                            }
                        });
    }

    /// Whose lease it takes to sweep a table.
    public static String holder(Table<?, ?> table) {
        return "expiry/" + table;
    }

    /// How many records this instance has removed.
    public long removed() {
        return removed.sum();
    }

    @Override
    public void close() {
        ownership.close();
    }

    private boolean lives(Incarnation by) {
        return life.isPresent() && life.get().equals(by);
    }

    private void pass(Incarnation by) {
        if (!lives(by)) {
            return;
        }
        Reply.on(
                store.scan(table.id(), Bytes.EMPTY, resume, recordsPerPass, TIMEOUT),
                loop,
                Reply.of(page -> sweep(by, page), failure -> later(by, failure)));
    }

    private void sweep(Incarnation by, ScanPage page) {
        resume = page.resume();
        List<Write> removals = new ArrayList<>();
        for (ScanPage.Entry entry : page.entries()) {
            if (hasExpired(table, entry)) {
                Expect asRead = new Expect.Version(entry.version());
                removals.add(new Write.Remove(table.id(), entry.key(), asRead, by));
            }
        }
        if (removals.isEmpty() || !lives(by)) {
            passAgain(by);
            return;
        }
        Reply.on(
                store.write(removals, TIMEOUT),
                loop,
                Reply.of(
                        outcomes -> {
                            outcomes.forEach(outcome -> swept(by, outcome));
                            passAgain(by);
                        },
                        failure -> later(by, failure)));
    }

    private <V> boolean hasExpired(Table<?, V> expiring, ScanPage.Entry entry) {
        try {
            V value = expiring.decode(entry.key(), entry.value());
            return expiring.expiry().expiresAtMillis(value) <= clock.millis();
        } catch (DamagedRecordException damage) {
            // Nobody knows until when it counts: it stays for who looks into it.
            LOG.error("not swept: {}", damage.getMessage());
            return false;
        }
    }

    private void swept(Incarnation by, WriteOutcome outcome) {
        switch (outcome) {
            case WriteOutcome.Written(_) -> removed.increment();
            case WriteOutcome.Fenced(_) -> ownership.fenced(by.epoch());
            // Renewed, or for the next round to find out.
            case WriteOutcome.Conflict(_), WriteOutcome.Unknown(_) -> {}
        }
    }

    private void later(Incarnation by, StoreException failure) {
        LOG.warn("{} is not swept now: {}", table, failure.getMessage());
        passAgain(by);
    }

    private void passAgain(Incarnation by) {
        loop.schedule(passInterval, () -> pass(by));
    }
}
