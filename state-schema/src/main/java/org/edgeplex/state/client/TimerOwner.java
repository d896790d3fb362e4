package org.edgeplex.state.client;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires the timers of the shards whose leases this instance holds.
///
/// When a shard is gained its timers are read once into a wheel; from then on the change cursor
/// tells what was scheduled, moved and cancelled. A due timer is first marked with the shard's
/// epoch by a conditional write in the shard's incarnation: of all that believe to own the shard,
/// and of who cancels it at the same time, one succeeds. Then the handler acts, and then the timer
/// is removed. One that bears the mark of an earlier epoch is marked and acted on again.
///
/// All on the loop. A tick costs one poll of the cursor, and a write when something is due.
public final class TimerOwner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerOwner.class);
    private static final int CHANGES_MAX = 1_000;
    private static final int SCAN_PAGE = 1_000;

    private final StateStore store;
    private final EventLoop loop;
    private final InstantSource clock;
    private final TimerHandler handler;
    private final TimerOptions options;
    private final ChangeCursor cursor;
    private final List<Ownership> ownerships = new ArrayList<>();

    private final Map<Integer, Incarnation> owned = new HashMap<>();
    private final TimerWheel wheel = new TimerWheel();

    /// Claimed by us in this epoch: the handler is at it, or will be again.
    private final Map<TimerKey, Stored<TimerKey, ScheduledTimer>> acting = new HashMap<>();

    private final Set<TimerKey> unread = new LinkedHashSet<>();
    private final ArrayDeque<Write> removals = new ArrayDeque<>();
    private boolean reading;
    private boolean writing;
    private boolean closed;
    private long fired;

    /// @param owner who this is, like no other instance: `pid 4711 on host h1`
    /// @param clock the time of day, which decides what is due
    public TimerOwner(
            StateStore store,
            EventLoop loop,
            InstantSource clock,
            String owner,
            TimerHandler handler,
            TimerOptions options) {
        this.store = store;
        this.loop = loop;
        this.clock = clock;
        this.handler = handler;
        this.options = options;
        // Before the first scan, so that nothing falls between the two.
        this.cursor = store.changes();
        for (int shard = 0; shard < TimerKey.SHARDS; shard++) {
            ownerships.add(
                    new Ownership(
                            store,
                            loop,
                            holder(shard),
                            owner,
                            options.leaseInterval(),
                            new Shard(shard)));
        }
        loop.execute(this::tick);
    }

    /// Whose lease it takes to fire a shard's timers.
    public static String holder(int shard) {
        return "timers/" + shard;
    }

    /// Fires no more and frees the shards. What is being acted on is acted on again elsewhere.
    @Override
    public void close() {
        ownerships.forEach(Ownership::close);
        loop.execute(() -> closed = true);
    }

    /// Timers of the owned shards that wait. Of the loop.
    int waiting() {
        return wheel.size();
    }

    /// Of the loop.
    Set<Integer> shards() {
        return Set.copyOf(owned.keySet());
    }

    private final class Shard implements Ownership.Listener {
        private final int shard;

        Shard(int shard) {
            this.shard = shard;
        }

        @Override
        public void gained(Incarnation life) {
            owned.put(shard, life);
            load(shard, life, Bytes.EMPTY);
        }

        @Override
        public void lost() {
            owned.remove(shard);
            wheel.removeShard(shard);
            acting.keySet().removeIf(key -> key.shard() == shard);
        }
    }

    private boolean lives(int shard, Incarnation life) {
        return !closed && life.equals(owned.get(shard));
    }

    /// Reads the shard into the wheel, page after page.
    private void load(int shard, Incarnation life, Bytes resume) {
        if (!lives(shard, life)) {
            return;
        }
        Reply.on(
                store.scan(
                        Tables.TIMERS.id(),
                        TimerKey.of(shard),
                        resume,
                        SCAN_PAGE,
                        options.timeout()),
                loop,
                Reply.of(
                        page -> loaded(shard, life, page),
                        failure -> {
                            LOG.warn("timers of shard {}: {}", shard, failure.getMessage());
                            loop.schedule(options.retryInterval(), () -> load(shard, life, resume));
                        }));
    }

    private void loaded(int shard, Incarnation life, ScanPage page) {
        if (!lives(shard, life)) {
            return;
        }
        // Read again one by one: a page may be older than a change that was already heard.
        page.entries().forEach(entry -> note(entry.key()));
        if (!page.isLast()) {
            load(shard, life, page.resume());
        }
    }

    private void note(Bytes keyBytes) {
        try {
            TimerKey key = Tables.TIMERS.decodeKey(keyBytes);
            if (owned.containsKey(key.shard())) {
                unread.add(key);
            }
        } catch (DamagedRecordException damage) {
            LOG.error("a timer that cannot fire: {}", damage.getMessage());
        }
    }

    private void tick() {
        if (closed) {
            return;
        }
        try {
            pollChanges();
        } catch (StoreException e) {
            LOG.warn("no changes of timers: {}", e.getMessage());
        }
        readNoted();
        writeDue();
        loop.schedule(options.tickInterval(), this::tick);
    }

    private void pollChanges() {
        switch (cursor.poll(CHANGES_MAX)) {
            case ChangeCursor.Poll.Lost() ->
                    owned.forEach((shard, life) -> load(shard, life, Bytes.EMPTY));
            case ChangeCursor.Poll.Changes(List<Change> changes) ->
                    changes.stream()
                            .filter(change -> change.table().equals(Tables.TIMERS.id()))
                            .forEach(change -> note(change.key()));
        }
    }

    private void readNoted() {
        if (reading || unread.isEmpty()) {
            return;
        }
        List<TimerKey> keys = unread.stream().limit(StateStore.BATCH_MAX).toList();
        keys.forEach(unread::remove);
        reading = true;
        Reply.on(
                store.getAll(
                        Tables.TIMERS.id(),
                        keys.stream().map(Tables.TIMERS.keys()::encode).toList(),
                        options.timeout()),
                loop,
                Reply.of(
                        found -> {
                            reading = false;
                            for (int i = 0; i < keys.size(); i++) {
                                read(keys.get(i), found.get(i));
                            }
                            readNoted();
                        },
                        _ -> {
                            reading = false;
                            unread.addAll(keys);
                        }));
    }

    private void read(TimerKey key, Lookup found) {
        Incarnation life = owned.get(key.shard());
        if (life == null) {
            return;
        }
        wheel.remove(key);
        switch (found) {
            case Lookup.Absent() -> acting.remove(key);
            case Lookup.Found(Bytes value, long version) -> {
                try {
                    Bytes keyBytes = Tables.TIMERS.keys().encode(key);
                    there(life, Stored.of(Tables.TIMERS, key, keyBytes, value, version));
                } catch (DamagedRecordException damage) {
                    LOG.error("a timer that cannot fire: {}", damage.getMessage());
                }
            }
        }
    }

    private void there(Incarnation life, Stored<TimerKey, ScheduledTimer> timer) {
        Stored<TimerKey, ScheduledTimer> before = acting.get(timer.key());
        if (timer.value().claimedEpoch() != life.epoch()) {
            wheel.put(timer);
        } else if (before == null || before.version() != timer.version()) {
            // Our own claim, which the store had not confirmed.
            act(life, timer);
        }
    }

    /// Removes what is over and claims what is due, in one request at a time.
    private void writeDue() {
        if (writing) {
            return;
        }
        List<Write> writes = new ArrayList<>();
        while (!removals.isEmpty() && writes.size() < options.claimsMax()) {
            writes.add(removals.remove());
        }
        int removed = writes.size();
        List<Stored<TimerKey, ScheduledTimer>> due =
                wheel.takeDue(clock.millis(), options.claimsMax());
        for (Stored<TimerKey, ScheduledTimer> timer : due) {
            Incarnation life = ownerOf(timer.key());
            writes.add(
                    timer.replacedBy(Tables.TIMERS, timer.value().claimedBy(life.epoch()), life));
        }
        if (writes.isEmpty()) {
            return;
        }
        writing = true;
        Reply.on(
                store.write(writes, options.timeout()),
                loop,
                Reply.of(
                        outcomes -> {
                            writing = false;
                            for (int i = 0; i < removed; i++) {
                                if (outcomes.get(i) instanceof WriteOutcome.Unknown) {
                                    removals.add(writes.get(i));
                                }
                            }
                            for (int i = 0; i < due.size(); i++) {
                                Write claim = writes.get(removed + i);
                                claimed(due.get(i), claim, outcomes.get(removed + i));
                            }
                        },
                        failure -> {
                            writing = false;
                            LOG.warn("timers cannot fire now: {}", failure.getMessage());
                            removals.addAll(writes.subList(0, removed));
                            due.forEach(timer -> unread.add(timer.key()));
                        }));
    }

    private Incarnation ownerOf(TimerKey key) {
        Incarnation life = owned.get(key.shard());
        if (life == null) {
            throw new IllegalStateException("the wheel has a timer of a shard that is not ours");
        }
        return life;
    }

    private void claimed(
            Stored<TimerKey, ScheduledTimer> timer, Write claim, WriteOutcome outcome) {
        Incarnation life = claim.writer();
        switch (outcome) {
            case WriteOutcome.Written(long version) -> {
                if (lives(timer.key().shard(), life)) {
                    ScheduledTimer marked = timer.value().claimedBy(life.epoch());
                    act(life, new Stored<>(timer.key(), marked, version, timer.later()));
                }
            }
            case WriteOutcome.Conflict(_), WriteOutcome.Unknown(_) -> unread.add(timer.key());
            case WriteOutcome.Fenced(_) -> ownerships.get(timer.key().shard()).fenced(life.epoch());
        }
    }

    private void act(Incarnation life, Stored<TimerKey, ScheduledTimer> timer) {
        acting.put(timer.key(), timer);
        fired++;
        Reply.on(
                fire(timer),
                loop,
                Reply.of(_ -> acted(life, timer), failure -> failed(life, timer, failure)));
    }

    private CompletableFuture<?> fire(Stored<TimerKey, ScheduledTimer> timer) {
        try {
            return handler.fire(timer.key(), timer.value());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void acted(Incarnation life, Stored<TimerKey, ScheduledTimer> timer) {
        if (lives(timer.key().shard(), life)) {
            // Stays among those acted on until it is read as gone: a read on its way may still
            // bring it.
            removals.add(
                    Tables.TIMERS.remove(timer.key(), new Expect.Version(timer.version()), life));
        }
    }

    private void failed(
            Incarnation life, Stored<TimerKey, ScheduledTimer> timer, StoreException failure) {
        LOG.warn("timer {} is tried again: {}", timer.key().id(), failure.getMessage());
        loop.schedule(
                options.retryInterval(),
                () -> {
                    if (lives(timer.key().shard(), life)) {
                        act(life, timer);
                    }
                });
    }

    /// How often the handler was called. Of the loop.
    long fired() {
        return fired;
    }
}
