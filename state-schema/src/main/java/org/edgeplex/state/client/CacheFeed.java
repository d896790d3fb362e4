package org.edgeplex.state.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.record.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the caches what changed, by polling the change cursor on the loop, and closes them all
/// when it cannot: when it has not caught up for two polls, and for good when the incarnation was
/// fenced.
final class CacheFeed implements CacheGate {
    private static final Logger LOG = LoggerFactory.getLogger(CacheFeed.class);
    private static final int CHANGES_MAX = 1_000;
    private static final int ROUNDS_MAX = 20;

    private final StateStore store;
    private final EventLoop loop;
    private final Incarnation incarnation;
    private final ClientOptions options;
    private final ChangeCursor cursor;
    private final Bytes holder;
    private final Map<TableId, CachedTable<?, ?>> caches = new ConcurrentHashMap<>();
    private final long staleNanosMax;

    private volatile long caughtUpNanos;
    private volatile boolean fenced;
    private volatile boolean leaseInDoubt;
    private volatile boolean closed;
    private boolean leaseChangedAgain;

    CacheFeed(StateStore store, EventLoop loop, Incarnation incarnation, ClientOptions options) {
        this.store = store;
        this.loop = loop;
        this.incarnation = incarnation;
        this.options = options;
        this.holder = Bytes.utf8(incarnation.holder());
        this.staleNanosMax = 2 * options.cachePollInterval().toNanos();
        this.caughtUpNanos = loop.nowNanos() - staleNanosMax;
        this.cursor = store.changes();
        // It may have been fenced before the cursor began to look.
        loop.execute(this::checkLease);
        loop.execute(this::pollAgain);
    }

    void add(CachedTable<?, ?> cache) {
        caches.put(cache.table().id(), cache);
    }

    @Override
    public boolean isOpen() {
        return !fenced
                && !leaseInDoubt
                && !closed
                && loop.nowNanos() - caughtUpNanos < staleNanosMax;
    }

    @Override
    public void fenced() {
        fenced = true;
        invalidateAll();
    }

    void close() {
        closed = true;
        invalidateAll();
    }

    private void pollAgain() {
        if (closed || fenced) {
            return;
        }
        try {
            poll();
        } catch (StoreException e) {
            // The caches close by themselves while nothing is heard.
            LOG.warn("no changes for the caches: {}", e.getMessage());
        }
        loop.schedule(options.cachePollInterval(), this::pollAgain);
    }

    private void poll() {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            long begunNanos = loop.nowNanos();
            switch (cursor.poll(CHANGES_MAX)) {
                case ChangeCursor.Poll.Lost() -> {
                    invalidateAll();
                    checkLease();
                }
                case ChangeCursor.Poll.Changes(List<Change> changes) -> {
                    changes.forEach(this::changed);
                    if (changes.isEmpty()) {
                        caughtUpNanos = begunNanos;
                        return;
                    }
                }
            }
        }
    }

    private void changed(Change change) {
        CachedTable<?, ?> cache = caches.get(change.table());
        if (cache != null) {
            cache.invalidate(change.key());
        }
        if (change.table().equals(Tables.LEASES.id()) && change.key().equals(holder)) {
            checkLease();
        }
    }

    /// The lease was written: by the holder's own heartbeat, or by who fenced it.
    private void checkLease() {
        if (!incarnation.isFenced()) {
            return;
        }
        // What is on its way may have been read before this change.
        leaseChangedAgain = leaseInDoubt;
        if (leaseInDoubt) {
            return;
        }
        leaseInDoubt = true;
        Reply.on(
                store.get(Tables.LEASES.id(), holder, options.timeout()),
                loop,
                Reply.of(this::leaseRead, _ -> leaseNotRead()));
    }

    private void leaseNotRead() {
        loop.schedule(options.cachePollInterval(), this::checkLeaseAgain);
    }

    private void checkLeaseAgain() {
        leaseInDoubt = false;
        checkLease();
    }

    private void leaseRead(Lookup lease) {
        boolean lives =
                switch (lease) {
                    case Lookup.Absent() -> false;
                    case Lookup.Found(Bytes value, _) ->
                            Lease.epochOf(value) == incarnation.epoch();
                };
        if (!lives) {
            fenced();
        } else if (leaseChangedAgain) {
            checkLeaseAgain();
        } else {
            leaseInDoubt = false;
        }
    }

    private void invalidateAll() {
        caches.values().forEach(CachedTable::invalidateAll);
    }
}
