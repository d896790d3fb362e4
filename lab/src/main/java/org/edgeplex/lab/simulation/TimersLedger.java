package org.edgeplex.lab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.TimerOwner;
import org.edgeplex.state.client.Timers;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;

/// What was promised of timers, and what became of them.
final class TimersLedger {
    private final World world;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<TimerKey, Long> claims = new HashMap<>();

    private static final class Entry {
        /// The earliest moment at which it may fire, by what is known.
        private long dueMillis;

        private boolean isScheduled;
        private boolean isCancelled;

        /// Cancellations of which nobody knows whether they were done.
        private int openCancellations;

        private final List<Fire> fires = new ArrayList<>();

        Entry(long dueMillis) {
            this.dueMillis = dueMillis;
        }
    }

    private record Fire(long epoch, String process, long atMillis) {}

    TimersLedger(World world) {
        this.world = world;
        world.server().observe(this::watch);
    }

    CompletableFuture<Timers.Outcome> scheduling(
            String id, long dueMillis, CompletableFuture<Timers.Outcome> asked) {
        Entry entry = entries.computeIfAbsent(id, _ -> new Entry(dueMillis));
        return asked.whenComplete((outcome, _) -> entry.isScheduled |= isDone(outcome));
    }

    CompletableFuture<Timers.Outcome> moving(
            String id, long dueMillis, CompletableFuture<Timers.Outcome> asked) {
        Entry entry = entry(id);
        long before = entry.dueMillis;
        entry.dueMillis = Math.min(before, dueMillis);
        return asked.whenComplete((outcome, _) -> {
            if (isDone(outcome)) {
                entry.dueMillis = dueMillis;
                entry.fires.forEach(fire -> checkTime(id, entry, fire));
            } else if (isRefused(outcome)) {
                entry.dueMillis = before;
            }
        });
    }

    CompletableFuture<Timers.Outcome> cancelling(
            String id, CompletableFuture<Timers.Outcome> asked) {
        Entry entry = entry(id);
        entry.openCancellations++;
        return asked.whenComplete((outcome, _) -> {
            entry.isCancelled |= isDone(outcome);
            if (isRefused(outcome)) {
                entry.openCancellations--;
            }
            checkCancelled(id, entry);
        });
    }

    private static boolean isDone(Timers.Outcome outcome) {
        return outcome == Timers.Outcome.DONE;
    }

    /// Nothing has changed, and nothing will.
    private static boolean isRefused(Timers.Outcome outcome) {
        return outcome == Timers.Outcome.REFUSED || outcome == Timers.Outcome.BUSY;
    }

    private Entry entry(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("nobody scheduled " + id);
        }
        return entry;
    }

    /// An action begins.
    void fired(String id, long epoch, SimProcess process) {
        Entry entry = entry(id);
        Fire fire = new Fire(epoch, process.toString(), world.nowMillis());
        for (Fire before : entry.fires) {
            if (before.epoch == epoch && !before.process.equals(fire.process)) {
                world.violated(
                        "a timer fires at one live instance", "%s: %s".formatted(id, entry.fires));
            }
        }
        entry.fires.add(fire);
        checkTime(id, entry, fire);
        checkCancelled(id, entry);
    }

    private void checkTime(String id, Entry entry, Fire fire) {
        if (fire.atMillis < entry.dueMillis) {
            world.violated(
                    "no timer fires before its time",
                    "%s, due at %d: %s".formatted(id, entry.dueMillis, fire));
        }
    }

    private void checkCancelled(String id, Entry entry) {
        if (entry.isCancelled && !entry.fires.isEmpty()) {
            world.violated(
                    "no timer fires that was cancelled", "%s: %s".formatted(id, entry.fires));
        }
    }

    /// A mark is right only while the lease of the shard is of that epoch.
    private void watch(Change change) {
        if (!change.table().equals(Tables.TIMERS.id())
                || !(find(change) instanceof Lookup.Found(Bytes value, _))) {
            return;
        }
        TimerKey key = Tables.TIMERS.decodeKey(change.key());
        ScheduledTimer timer = Tables.TIMERS.decode(change.key(), value);
        Long before = claims.put(key, timer.claimedEpoch());
        if (!timer.isClaimed() || before != null && before == timer.claimedEpoch()) {
            return;
        }
        Bytes holder = Bytes.utf8(TimerOwner.holder(key.shard()));
        long epoch =
                find(new Change(Tables.LEASES.id(), holder)) instanceof Lookup.Found(Bytes lease, _)
                        ? Lease.epochOf(lease)
                        : 0;
        if (epoch != timer.claimedEpoch()) {
            world.violated(
                    "only the owner of its shard claims a timer",
                    "%s by epoch %d, when %d owned it"
                            .formatted(key.id(), timer.claimedEpoch(), epoch));
        }
    }

    private Lookup find(Change change) {
        return world.server().engine().get(change.table(), change.key(), SimProcess.TIMEOUT).join();
    }

    /// Which were scheduled and neither cancelled nor fired.
    String waiting() {
        List<String> waiting = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (entry.isScheduled && entry.openCancellations == 0 && entry.fires.isEmpty()) {
                waiting.add(id);
            }
        });
        return String.join(" ", waiting);
    }
}
