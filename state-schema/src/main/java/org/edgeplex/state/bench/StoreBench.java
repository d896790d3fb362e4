package org.edgeplex.state.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.StateStore;

/// Measures engines, see the package.
public final class StoreBench implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final List<Integer> BATCHES = List.of(1, 10, 100);
    private static final String USED_BYTES = "used_bytes";
    private static final double NANOS_PER_SECOND = 1e9;

    private final Consumer<String> progress;
    private final Consumer<Figure> figures;
    private final Workplace workplace = new Workplace();
    private final Map<Engine, StoreSubject> stores = new LinkedHashMap<>();
    private final List<Subject> subjects = new ArrayList<>();

    /// @param progress told what is done now, and what cannot be
    /// @param figures given each as soon as it is known
    public StoreBench(Consumer<String> progress, Consumer<Figure> figures) {
        this.progress = progress;
        this.figures = figures;
    }

    /// What [#run] can measure.
    public static List<String> engines() {
        return Engines.NAMES;
    }

    /// The ratios that engines are held to.
    public static List<Target> targets() {
        return Target.ALL;
    }

    /// Prepares an engine, and what stands beside it. Fails with [StoreException], which says what
    /// is missing for it.
    public void add(String engine) {
        Engines.named(engine, workplace).forEach(this::add);
    }

    /// Measures what was added, in about this time.
    public void run(Duration time) {
        subjects.add(new MapSubject());
        subjects.add(new OffHeapSubject());
        long sliceNanos = time.toNanos() / slices();
        Map<Operation, Map<Integer, Rounds>> done = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            for (int batch : BATCHES) {
                progress.accept(operation.metric(batch));
                Rounds rounds = Rounds.of(doing(operation, batch), operation, batch, sliceNanos);
                done.computeIfAbsent(operation, _ -> new LinkedHashMap<>()).put(batch, rounds);
                tell(operation, batch, rounds);
            }
        }
        Map<String, Double> ratios = new HashMap<>();
        stores.keySet().forEach(engine -> compare(engine, done, ratios));
        for (Target target : Target.ALL) {
            target.of(ratios).ifPresent(worst -> figure(target.metric(), worst, "ratio"));
        }
        changes(sliceNanos);
    }

    private void add(Engine engine) {
        if (!engine.lacks().isEmpty()) {
            progress.accept(engine.lacks());
        }
        StateStore store = engine.opener().open();
        long before = usedBytes(store);
        StoreSubject subject = new StoreSubject(engine.name(), store, engine.objects());
        long used = usedBytes(store) - before;
        if (used > 0) {
            figure(engine.name() + "_bytes_per_record", (double) used / Objects.COUNT, "bytes");
        }
        stores.put(engine, subject);
        subjects.add(subject);
        subjects.add(subject.fenced());
        subjects.addAll(engine.beside());
    }

    private static long usedBytes(StateStore store) {
        return store.figures(TIMEOUT).join().getOrDefault(USED_BYTES, 0L);
    }

    private long slices() {
        long slices = stores.size();
        for (Operation operation : Operation.values()) {
            for (int batch : BATCHES) {
                slices += (long) doing(operation, batch).size() * (Rounds.UNCOUNTED + Rounds.COUNT);
            }
        }
        return slices;
    }

    private List<Subject> doing(Operation operation, int batch) {
        return subjects.stream().filter(subject -> subject.does(operation, batch)).toList();
    }

    private void tell(Operation operation, int batch, Rounds rounds) {
        for (Subject subject : doing(operation, batch)) {
            Histogram times = rounds.of(subject);
            String name = subject.name() + "_" + operation.metric(batch);
            percentiles(name, times);
            figure(name + "_ops", batch * NANOS_PER_SECOND / times.getMean(), "1/s");
        }
    }

    private void compare(
            Engine engine, Map<Operation, Map<Integer, Rounds>> done, Map<String, Double> ratios) {
        List<Pair> pairs = new ArrayList<>(engine.pairs());
        pairs.addFirst(Pair.ofFence(engine.name()));
        for (Pair pair : pairs) {
            Subject subject = subject(pair.subject());
            for (Operation operation : pair.operations()) {
                for (int batch : BATCHES) {
                    if (!subject.does(operation, batch)) {
                        continue;
                    }
                    Rounds rounds = rounds(done, operation, batch);
                    double ratio = rounds.ratio(subject, subject(pair.base()));
                    String metric = pair.metric(operation, batch);
                    ratios.put(metric, ratio);
                    figure(metric, ratio, "ratio");
                }
            }
        }
    }

    private Subject subject(String name) {
        return subjects.stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no subject " + name));
    }

    private static Rounds rounds(
            Map<Operation, Map<Integer, Rounds>> done, Operation operation, int batch) {
        Rounds rounds = done.getOrDefault(operation, Map.of()).get(batch);
        if (rounds == null) {
            throw new IllegalStateException(operation + " was not measured");
        }
        return rounds;
    }

    private void changes(long sliceNanos) {
        stores.forEach((engine, store) -> {
            progress.accept(engine.name() + " changes");
            try (StateStore other = engine.opener().open()) {
                Histogram times = store.changes(other, sliceNanos);
                percentiles(engine.name() + "_change_seen", times);
            }
        });
    }

    private void percentiles(String metric, Histogram times) {
        figure(metric + "_p50", (double) times.getValueAtPercentile(50), "ns");
        figure(metric + "_p99", (double) times.getValueAtPercentile(99), "ns");
    }

    private void figure(String metric, double value, String unit) {
        figures.accept(new Figure(metric, value, unit));
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
        workplace.close();
    }
}
