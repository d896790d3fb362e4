package org.edgeplex.state.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;

/// The timers of the owned shards by the time they are due, in memory; the store has them all.
final class TimerWheel {
    private static final long BUCKET_MILLIS = 16;

    private final NavigableMap<Long, Set<TimerKey>> buckets = new TreeMap<>();
    private final Map<TimerKey, Stored<TimerKey, ScheduledTimer>> timers = new HashMap<>();

    void put(Stored<TimerKey, ScheduledTimer> timer) {
        remove(timer.key());
        timers.put(timer.key(), timer);
        buckets.computeIfAbsent(bucket(timer), _ -> new LinkedHashSet<>()).add(timer.key());
    }

    void remove(TimerKey key) {
        Stored<TimerKey, ScheduledTimer> before = timers.remove(key);
        if (before != null) {
            Set<TimerKey> bucket = buckets.getOrDefault(bucket(before), Set.of());
            bucket.remove(key);
            if (bucket.isEmpty()) {
                buckets.remove(bucket(before));
            }
        }
    }

    void removeShard(int shard) {
        List.copyOf(timers.keySet()).stream()
                .filter(key -> key.shard() == shard)
                .forEach(this::remove);
    }

    /// Takes out timers that are due, the earliest first, at most `max`.
    List<Stored<TimerKey, ScheduledTimer>> takeDue(long nowMillis, int max) {
        List<Stored<TimerKey, ScheduledTimer>> due = new ArrayList<>();
        for (Set<TimerKey> bucket : buckets.headMap(nowMillis / BUCKET_MILLIS, true).values()) {
            for (TimerKey key : bucket) {
                Stored<TimerKey, ScheduledTimer> timer = timers.get(key);
                if (timer != null && timer.value().dueMillis() <= nowMillis && due.size() < max) {
                    due.add(timer);
                }
            }
            if (due.size() == max) {
                break;
            }
        }
        due.forEach(timer -> remove(timer.key()));
        return due;
    }

    int size() {
        return timers.size();
    }

    private static long bucket(Stored<TimerKey, ScheduledTimer> timer) {
        return timer.value().dueMillis() / BUCKET_MILLIS;
    }
}
