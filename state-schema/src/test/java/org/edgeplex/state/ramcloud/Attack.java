package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor.Poll;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.edgeplex.state.record.Lease;

/// One seed.
final class Attack {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> HOLDERS = List.of("h", "i");
    private static final int ACTIONS = 400;

    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final RoughNetwork network;
    private final ModelCluster cluster;
    private final RamcloudEngineOptions options;
    private final History history;
    private final List<Program> programs = new ArrayList<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<Bytes, Long> reported = new HashMap<>();
    private int fences;
    private int retirements;

    Attack(long seed, double trouble, int slots) {
        random = new SplittableRandom(seed);
        network = new RoughNetwork(random.split(), trouble);
        cluster = new ModelCluster(time, network, 5);
        options =
                RamcloudEngineOptions.of("a")
                        .withLogSlots(slots)
                        .withIntentOpsMax(8)
                        .withCachedVersionsMax(3)
                        .withAttemptTimeout(Duration.ofMillis(50))
                        .withPatience(Duration.ofMillis(4));
        var setup = cluster.client(time);
        history =
                new History(
                        time,
                        await(setup.table("a." + Program.TABLE.number(), LIMIT)),
                        await(setup.table("a.log", LIMIT)),
                        await(setup.table("a.directory", LIMIT)));
        cluster.watch(history::changed);
    }

    List<String> violations() {
        return history.violations();
    }

    int confirmed() {
        return programs.stream().mapToInt(program -> program.confirmed).sum();
    }

    int retirements() {
        return retirements;
    }

    int fences() {
        return fences;
    }

    long endNanos() {
        return time.nowNanos();
    }

    void run() {
        RamcloudStateStore tool = open(time);
        programs.add(program(time.process(), Incarnation.UNFENCED));
        programs.add(program(time.process(), Incarnation.UNFENCED));
        HOLDERS.forEach(holder -> claim(tool, holder));
        RamcloudChangeCursor cursor = eventually(tool::changesLater);
        follow(cursor);
        network.calm(false);
        for (int i = 0; i < ACTIONS; i++) {
            act(tool);
            runFor(random.nextInt(6_000));
        }
        network.calm(true);
        programs.forEach(program -> program.process.resume());
        // Beyond all that still wanders about.
        runFor(4_000_000);
        for (Program program : programs) {
            if (!program.process.isDead() && program.unanswered != 0) {
                history.violated(program.life + ": " + program.unanswered + " without an answer");
            }
        }
        checkCounter();
        checkReports();
    }

    private void act(RamcloudStateStore tool) {
        // Those of earlier lives have little to say.
        int from = random.nextInt(4) == 0 ? 0 : Math.max(0, programs.size() - 4);
        int number = random.nextInt(from, programs.size());
        Program program = programs.get(from > 0 && random.nextInt(3) == 0 ? number % 2 : number);
        switch (random.nextInt(60)) {
            case 0 -> program.process.pause();
            case 1 -> program.process.kill();
            case 2 -> claim(tool, HOLDERS.get(random.nextInt(HOLDERS.size())));
            case 3 -> retire(HOLDERS.get(random.nextInt(HOLDERS.size())));
            case 4, 5, 6, 7 -> program.process.resume();
            default -> program.act();
        }
    }

    /// A new life of the holder in a new process. The old one goes on as long as it can.
    private void claim(RamcloudStateStore tool, String holder) {
        long epoch = epochs.merge(holder, 1L, Long::sum);
        long called = time.nowNanos();
        Incarnation life = new Incarnation(holder, epoch);
        var _ =
                tool.write(
                                List.of(
                                        Tables.LEASES.put(
                                                holder,
                                                new Lease(epoch, 0, ""),
                                                Expect.ANY,
                                                Incarnation.UNFENCED)),
                                Duration.ofSeconds(2))
                        .thenAccept(outcomes -> {
                            if (outcomes.getFirst() instanceof WriteOutcome.Written) {
                                fences++;
                                history.fenced(holder);
                            } else if (outcomes.getFirst() instanceof WriteOutcome.Conflict) {
                                history.violated("a claim of " + called + " met a conflict");
                            }
                        });
        programs.add(program(time.process(), life));
    }

    /// Takes the lease away and gives the log free, as if an age had passed. Epochs go on, as they
    /// do where leases are removed.
    private void retire(String holder) {
        EventLoop loop = time.process();
        RamcloudStateStore store = open(loop);
        Bytes name = Bytes.utf8(holder);
        var _ =
                store.write(
                                List.of(
                                        new Write.Remove(
                                                Tables.LEASES.id(),
                                                name,
                                                Expect.ANY,
                                                Incarnation.UNFENCED)),
                                Duration.ofSeconds(2))
                        .thenCompose(outcomes -> {
                            if (outcomes.getFirst() instanceof WriteOutcome.Written) {
                                history.fenced(holder);
                            }
                            return store.retireLog(name);
                        })
                        .thenAccept(retired -> retirements += retired ? 1 : 0);
    }

    private Program program(VirtualTime.ProcessLoop process, Incarnation life) {
        return new Program(
                programs.size(), time, process, open(process), life, history, random.split());
    }

    private RamcloudStateStore open(EventLoop loop) {
        return eventually(() -> RamcloudStateStore.openLater(cluster.client(loop), loop, options));
    }

    private void follow(RamcloudChangeCursor cursor) {
        var _ =
                cursor.pollLater(100)
                        .handle((poll, failure) -> {
                            long now = time.nowNanos();
                            if (failure == null) {
                                switch (poll) {
                                    case Poll.Lost() ->
                                            history.lastChanges()
                                                    .forEach((key, _) -> reported(key, now));
                                    case Poll.Changes(List<Change> changes) ->
                                            changes.stream()
                                                    .filter(c -> c.table().equals(Program.TABLE))
                                                    .forEach(c -> reported(c.key(), now));
                                }
                            }
                            return time.schedule(
                                    Duration.ofNanos(1_000L * random.nextInt(1, 5_000)),
                                    () -> follow(cursor));
                        });
    }

    private void reported(Bytes key, long nowNanos) {
        reported.put(key, nowNanos);
    }

    private void checkReports() {
        history.lastChanges()
                .forEach((key, changed) -> {
                    if (reported.getOrDefault(key, Long.MIN_VALUE) < changed) {
                        history.violated("not reported: " + key + " of " + changed / 1_000 + " us");
                    }
                });
    }

    private void checkCounter() {
        long counted =
                Program.counter(
                        eventually(() ->
                                open(time)
                                        .get(
                                                Program.TABLE,
                                                Bytes.utf8("counter"),
                                                Program.TIMEOUT)));
        long least = programs.stream().mapToInt(program -> program.added).sum();
        long most = least + programs.stream().mapToInt(program -> program.perhapsAdded).sum();
        if (counted < least || counted > most) {
            history.violated(
                    "%d additions are neither %d nor up to %d".formatted(counted, least, most));
        }
    }

    private void runFor(int micros) {
        long until = time.nowNanos() + 1_000L * micros;
        while (time.step(until)) {}
    }

    private <T> T eventually(Supplier<CompletableFuture<T>> ask) {
        CompletableFuture<T> answer = ask.get();
        for (int tries = 0; tries < 100; tries++) {
            settle(answer);
            if (!answer.isCompletedExceptionally()) {
                return answer.join();
            }
            answer = ask.get();
        }
        throw new AssertionError("tried in vain", answer.exceptionNow());
    }

    private <T> T await(CompletableFuture<T> answer) {
        return eventually(() -> answer);
    }

    private void settle(CompletableFuture<?> answer) {
        long until = time.nowNanos() + LIMIT.toNanos();
        while (!answer.isDone()) {
            if (!time.step(until)) {
                throw new AssertionError("no answer in " + LIMIT);
            }
        }
    }
}
