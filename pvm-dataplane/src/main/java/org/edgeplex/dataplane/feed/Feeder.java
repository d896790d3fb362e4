package org.edgeplex.dataplane.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.Patience;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.DataplaneCounters;
import org.edgeplex.state.record.ProviderEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread between the store and the worker: follows the tables, composes updates, hands them
/// over, and writes the counters.
public final class Feeder implements AutoCloseable {
    static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    static final Duration COUNTERS_INTERVAL = Duration.ofSeconds(1);
    private static final long FULL_QUEUE_NANOS = 100_000;

    /// Updates handed over together.
    private static final int BATCH_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

    private final int attachmentNumber;
    private final StateFeed feed;
    private final StateWriter writer;
    private final Counters counters;
    private final UpdateQueue queue;
    private final Runnable wakeUp;
    private final FibComposer composer;
    private final FeedListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<ForwardingUpdate> batch = new ArrayList<>(BATCH_MAX);
    private Map<Counter, Long> written = Map.of();
    private boolean offered;

    /// What the first records say; the forwarder was made with the access that follows from them.
    ///
    /// @param feed of what follows, from [Feeder#feed]
    public record Beginning(
            int attachmentNumber, Attachment attachment, ProviderEdge edge, StateFeed feed) {
        public Access access() {
            return AccessRecords.access(attachment, edge);
        }
    }

    /// Stands at the present of all that a feeder follows.
    public static StateFeed feed(State state) {
        return state.feed(FeedListener.tables());
    }

    /// Nothing more is read before [#start].
    ///
    /// @param wakeUp tells the worker that updates wait
    public Feeder(
            Beginning beginning,
            StateWriter writer,
            Counters counters,
            UpdateQueue queue,
            Runnable wakeUp) {
        this.attachmentNumber = beginning.attachmentNumber;
        this.writer = writer;
        this.counters = counters;
        this.queue = queue;
        this.wakeUp = wakeUp;
        composer = new FibComposer(attachmentNumber, beginning.access(), this::offer);
        listener =
                new FeedListener(attachmentNumber, beginning.attachment, beginning.edge, composer);
        feed = beginning.feed;
    }

    /// Follows the store on a thread of its own.
    ///
    /// @param onFailure told once if the store fails for long or this process is fenced
    public void start(Consumer<RuntimeException> onFailure) {
        Thread.ofPlatform()
                .name("feeder")
                .daemon()
                .start(() -> {
                    try {
                        follow();
                    } catch (RuntimeException e) {
                        onFailure.accept(e);
                    }
                });
    }

    private void follow() {
        long countersDueNanos = System.nanoTime();
        boolean isFirst = true;
        // Packets go on without the store: by what was the last that it said.
        Patience patience = new Patience(Life.PATIENCE);
        do {
            boolean polled = patience.attempt(this::poll);
            if (isFirst && polled) {
                LOG.info("{} routes installed", composer.routeCount());
                isFirst = false;
            }
            if (polled && System.nanoTime() - countersDueNanos >= 0) {
                patience.attempt(this::writeCounters);
                countersDueNanos = System.nanoTime() + COUNTERS_INTERVAL.toNanos();
            }
        } while (!isClosedAfter(POLL_INTERVAL));
    }

    /// One look at the store: what is new goes to the worker.
    void poll() {
        feed.poll(listener);
        offerBatch();
        if (offered) {
            wakeUp.run();
            offered = false;
        }
    }

    void writeCounters() {
        Map<Counter, Long> now = counters.snapshot();
        if (!now.equals(written)) {
            List<DataplaneCounters.Counter> record =
                    now.entrySet().stream()
                            .map(each ->
                                    new DataplaneCounters.Counter(
                                            each.getKey().name().toLowerCase(Locale.ROOT),
                                            each.getValue()))
                            .toList();
            writer.put(Tables.DATAPLANE_COUNTERS, attachmentNumber, new DataplaneCounters(record));
            written = now;
        }
    }

    private void offer(ForwardingUpdate update) {
        batch.add(update);
        if (batch.size() == BATCH_MAX) {
            offerBatch();
        }
    }

    /// The worker takes updates at its own pace: a full queue is waited for.
    private void offerBatch() {
        int next = queue.offer(batch, 0);
        while (next < batch.size() && closed.getCount() > 0) {
            wakeUp.run();
            LockSupport.parkNanos(FULL_QUEUE_NANOS);
            next = queue.offer(batch, next);
        }
        offered |= next > 0;
        batch.clear();
    }

    private boolean isClosedAfter(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
