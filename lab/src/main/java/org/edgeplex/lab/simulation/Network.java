package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Between processes and the store: every message takes its own time, so that they overtake each
/// other, and some meet a fault. What was sent arrives even if its sender is dead by then. A
/// request that arrives twice is carried out once, as a connection or an exactly-once id sees to.
final class Network {
    private static final int LATENCY_MAX_MICROS = 3_000;

    private final SimLoop loop;
    private final SplittableRandom random;
    private final List<Fault> faults;
    private final Trace trace;
    private final Map<String, Integer> sent = new HashMap<>();

    Network(SimLoop loop, SplittableRandom random, List<Fault> faults, Trace trace) {
        this.loop = loop;
        this.random = random;
        this.faults = faults;
        this.trace = trace;
    }

    /// Asks the other side; the answer completes the future, in the sender, unless it is lost.
    <T> void ask(SimProcess sender, Supplier<T> request, CompletableFuture<T> answer) {
        int number = sent.merge(sender.name(), 1, Integer::sum);
        Once<T> once = new Once<>(request);
        trace.note(() -> "%s sends message %d".formatted(sender, number));
        send(
                sender,
                number,
                Fault.Way.REQUESTS,
                () -> {
                    T result = once.get();
                    send(
                            sender,
                            number,
                            Fault.Way.ANSWERS,
                            () -> sender.execute(() -> answer.complete(result)));
                });
    }

    private void send(SimProcess sender, int number, Fault.Way way, Runnable arrive) {
        long delayMicros = random.nextInt(100, LATENCY_MAX_MICROS);
        long againMicros = random.nextInt(100, LATENCY_MAX_MICROS);
        boolean isDoubled = false;
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.Cut cut
                        when cut.process().equals(sender.name())
                                && cut.way().includes(way)
                                && isDuring(cut.atMillis(), cut.forMillis()) -> {
                    trace.note(() -> "cut off: " + way + " " + number + " of " + sender);
                    return;
                }
                case Fault.Message message
                        when message.process().equals(sender.name())
                                && message.number() == number
                                && message.way() == way -> {
                    trace.note(() -> message.fate() + ": " + way + " " + number + " of " + sender);
                    if (message.fate() == Fault.Fate.LOST) {
                        return;
                    }
                    isDoubled |= message.fate() == Fault.Fate.DOUBLED;
                    long more = 1_000L * message.delayMillis();
                    delayMicros += message.fate() == Fault.Fate.LATE ? more : 0;
                    againMicros += more;
                }
                case Fault.StoreStall stall
                        when way == Fault.Way.REQUESTS
                                && isDuring(stall.atMillis(), stall.forMillis()) -> {
                    long end = 1_000L * (stall.atMillis() + stall.forMillis());
                    delayMicros += end - loop.nowNanos() / 1_000;
                }
                default -> {
                    // Not of this message.
                }
            }
        }
        loop.schedule(Duration.ofNanos(1_000 * delayMicros), arrive);
        if (isDoubled) {
            loop.schedule(Duration.ofNanos(1_000 * againMicros), arrive);
        }
    }

    private boolean isDuring(int atMillis, int forMillis) {
        long nowMillis = loop.nowNanos() / 1_000_000;
        return nowMillis >= atMillis && nowMillis < atMillis + forMillis;
    }

    /// A request that knows whether it was carried out.
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> request;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Once(Supplier<T> request) {
            this.request = request;
        }

        @Override
        public T get() {
            if (!result.isDone()) {
                result.complete(request.get());
            }
            return result.join();
        }
    }
}
