package org.edgeplex.state.ramcloud;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// A process that writes at random, and checks every answer against what really happened.
final class Program {
    static final TableId TABLE = new TableId(1_000, "attacked");
    static final Duration TIMEOUT = Duration.ofMillis(400);

    private static final Bytes COUNTER = Bytes.utf8("counter");
    private static final int KEYS = 4;

    final VirtualTime.ProcessLoop process;
    final Incarnation life;

    private final int number;
    private final VirtualTime time;
    private final StateStore store;
    private final History history;
    private final SplittableRandom random;
    private int lastOperation;
    int confirmed;
    int unanswered;
    int added;
    int perhapsAdded;

    Program(
            int number,
            VirtualTime time,
            VirtualTime.ProcessLoop process,
            StateStore store,
            Incarnation life,
            History history,
            SplittableRandom random) {
        this.number = number;
        this.time = time;
        this.process = process;
        this.store = store;
        this.life = life;
        this.history = history;
        this.random = random;
    }

    void act() {
        Bytes key = Bytes.utf8("k" + random.nextInt(KEYS));
        switch (random.nextInt(6)) {
            case 0 -> put(key, Expect.ANY, "");
            case 1 -> put(key, Expect.ABSENT, "");
            case 2, 3 -> replace(key);
            case 4 -> remove(key);
            default -> add();
        }
    }

    private void put(Bytes key, Expect expect, String before) {
        String content = life + "/" + number + "/" + ++lastOperation;
        Bytes value = Bytes.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
        long start = time.nowNanos();
        write(
                new Write.Put(TABLE, key, value, expect, life),
                outcome -> {
                    long times = history.times(key, content);
                    switch (outcome) {
                        case WriteOutcome.Written(_) -> {
                            confirmed++;
                            check(times == 1, key, "written " + times + " times");
                            check(history.was(key, content, start), key, "written but not there");
                            if (times == 1 && !(expect instanceof Expect.Any)) {
                                check(
                                        history.before(key, content).equals(before),
                                        key,
                                        "its condition did not hold");
                            }
                        }
                        case WriteOutcome.Conflict(_), WriteOutcome.Fenced(_) ->
                                check(times == 0, key, "refused and yet written");
                        case WriteOutcome.Unknown(_) -> check(times <= 1, key, "written twice");
                    }
                });
    }

    private void replace(Bytes key) {
        long start = time.nowNanos();
        read(
                key,
                lookup -> {
                    if (lookup instanceof Lookup.Found(Bytes value, long version)) {
                        String content = text(value);
                        check(history.was(key, content, start), key, "read what was not there");
                        put(key, new Expect.Version(version), content);
                    } else {
                        check(history.was(key, "", start), key, "not found though it was there");
                    }
                });
    }

    private void remove(Bytes key) {
        long start = time.nowNanos();
        write(
                new Write.Remove(TABLE, key, Expect.ANY, life),
                outcome -> {
                    if (outcome instanceof WriteOutcome.Written) {
                        confirmed++;
                        check(history.was(key, "", start), key, "removed but still there");
                    }
                });
    }

    private void add() {
        long start = time.nowNanos();
        unanswered++;
        CompletableFuture<Long> sum = store.add(TABLE, COUNTER, 1, TIMEOUT);
        perhapsAdded++;
        var _ =
                sum.whenComplete((value, failure) -> {
                    if (!process.isDead()) {
                        unanswered--;
                        if (failure == null) {
                            perhapsAdded--;
                            added++;
                            check(history.tell(value), COUNTER, "added not once: " + value);
                            check(
                                    history.passed(COUNTER, value, start),
                                    COUNTER,
                                    "a sum that never was: " + value);
                        }
                    }
                });
    }

    static long counter(Lookup lookup) {
        return lookup instanceof Lookup.Found(Bytes value, _)
                ? EngineRules.counter(TABLE, COUNTER, value)
                : 0;
    }

    CompletableFuture<Lookup> readCounter() {
        return store.get(TABLE, COUNTER, TIMEOUT);
    }

    private void write(Write write, Consumer<WriteOutcome> use) {
        unanswered++;
        var _ =
                store.write(List.of(write), TIMEOUT)
                        .whenComplete((outcomes, failure) -> {
                            if (!process.isDead()) {
                                unanswered--;
                                if (failure == null) {
                                    use.accept(outcomes.getFirst());
                                } else {
                                    history.violated("a write failed: " + failure);
                                }
                            }
                        });
    }

    private void read(Bytes key, Consumer<Lookup> use) {
        unanswered++;
        var _ =
                store.get(TABLE, key, TIMEOUT)
                        .whenComplete((lookup, failure) -> {
                            if (!process.isDead()) {
                                unanswered--;
                                if (failure == null) {
                                    use.accept(lookup);
                                }
                            }
                        });
    }

    private void check(boolean holds, Bytes key, String otherwise) {
        if (!holds) {
            history.violated(life + ", key " + key + ": " + otherwise);
        }
    }

    private static String text(Bytes value) {
        return new String(value.toArray(), StandardCharsets.ISO_8859_1);
    }
}
