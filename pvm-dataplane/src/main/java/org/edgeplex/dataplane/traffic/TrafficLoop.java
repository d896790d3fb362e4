package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.PacketVector;

/// The one thread of a generator, sink or reflector: a duty cycle over its ports.
final class TrafficLoop {
    private static final long REST_NANOS = 20_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /// What to do.
    ///
    /// @param packetsPerSecond 0 for as many as the port takes
    /// @param packetsMax to send, or to receive where nothing is sent
    /// @param nanosMax of sending, or of receiving where nothing is sent
    /// @param drainNanos to wait for the last packets after sending
    /// @param answersArp for the sources on the sending port, the destinations on the other
    /// @param answerMac the address of the destinations
    /// @param rests gives the CPU away while there is nothing to do, at the cost of precision
    /// @param progressNanos between two looks at the figures from outside
    record Settings(
            Role role,
            FlowPlan plan,
            double packetsPerSecond,
            int burst,
            long packetsMax,
            long nanosMax,
            long drainNanos,
            boolean answersArp,
            long answerMac,
            boolean rests,
            long progressNanos) {}

    private final Settings settings;
    private final LongSupplier clock;
    private final PacketPool pool;
    private final PacketIo sending;
    private final PacketIo receiving;
    private final Pacer pacer;
    private final Generator generator;
    private final Sink sink;
    private final Reflector reflector;
    private final ArpResponder sources;
    private final ArpResponder destinations;
    private final PacketVector packets;
    private long startNanos;
    private long lastSentNanos;
    private long progressNanos;
    private final boolean hasTwoPorts;
    private boolean isSending;
    private volatile boolean stopped;
    private volatile Figures progress;

    /// @param sending the port to send on
    /// @param receiving the port to receive on, may be the same
    /// @param run distinguishes our packets from those of an earlier run
    TrafficLoop(
            Settings settings,
            LongSupplier clock,
            SegmentAllocator memory,
            PacketPool pool,
            PacketIo sending,
            PacketIo receiving,
            int run) {
        this.settings = settings;
        this.clock = clock;
        this.pool = pool;
        this.sending = sending;
        this.receiving = receiving;
        hasTwoPorts = !sending.equals(receiving);
        FlowPlan plan = settings.plan;
        pacer = new Pacer(settings.packetsPerSecond, settings.burst);
        FrameWriter writer = new FrameWriter(memory, plan, run);
        generator = new Generator(memory, sending, pool, writer, settings.packetsMax);
        sink = new Sink(memory, plan.flows());
        reflector = new Reflector(memory, receiving, pool);
        sources = new ArpResponder(memory, sending, plan.sources(), plan.from().bits());
        destinations = new ArpResponder(memory, receiving, plan.destinations(), settings.answerMac);
        packets = new PacketVector(memory, PacketIo.BURST_MAX);
        if (settings.role == Role.LOOP) {
            sink.expect(run);
        }
        progress = figures(0, Times.NONE);
    }

    /// Returns when all is done; after [#stop], when what was sent has had its time to come.
    void run() {
        start();
        while (!isOver(clock.getAsLong())) {
            if (doWork() == 0) {
                rest();
            }
        }
        finish();
    }

    private void rest() {
        if (settings.rests) {
            LockSupport.parkNanos(REST_NANOS);
        } else {
            Thread.onSpinWait();
        }
    }

    /// From any thread.
    void stop() {
        stopped = true;
    }

    void start() {
        startNanos = clock.getAsLong();
        lastSentNanos = startNanos;
        progressNanos = startNanos + settings.progressNanos;
        isSending = settings.role.sends();
        pacer.start(startNanos);
        if (settings.role == Role.LOOP) {
            sink.begin(startNanos);
        }
    }

    /// One turn; returns the amount of work done.
    int doWork() {
        long nowNanos = clock.getAsLong();
        int workCount = 0;
        if (isSending) {
            workCount = send(nowNanos);
        }
        workCount += receive();
        if (hasTwoPorts) {
            workCount += receiveBeside();
        }
        if (nowNanos - progressNanos >= 0) {
            progressNanos = nowNanos + settings.progressNanos;
            progress = figures(nowNanos - startNanos, Times.NONE);
        }
        return workCount;
    }

    private int send(long nowNanos) {
        if (stopped || generator.isDone() || nowNanos - startNanos >= settings.nanosMax) {
            isSending = false;
            return 0;
        }
        int due = pacer.due(nowNanos);
        if (due == 0) {
            return 0;
        }
        lastSentNanos = nowNanos;
        return generator.send(due, nowNanos);
    }

    private int receive() {
        int received = receiving.receive(packets);
        if (received == 0) {
            return 0;
        }
        long nowNanos = clock.getAsLong();
        if (settings.answersArp) {
            destinations.take(packets);
            if (!hasTwoPorts) {
                sources.take(packets);
            }
        }
        if (settings.role == Role.ECHO) {
            reflector.reflect(packets);
        } else {
            sink.take(packets, nowNanos);
            pool.free(packets);
        }
        return received;
    }

    /// What comes to the sending port is nobody's, but its ring must not fill.
    private int receiveBeside() {
        int received = sending.receive(packets);
        if (settings.answersArp) {
            sources.take(packets);
        }
        pool.free(packets);
        return received;
    }

    boolean isOver(long nowNanos) {
        return switch (settings.role) {
            case LOOP -> !isSending && (isAllThere() || nowNanos - drainEndNanos() >= 0);
            case GENERATE -> !isSending;
            case SINK -> stopped || sink.received() >= settings.packetsMax || isTimeOver(nowNanos);
            case ECHO -> stopped || reflector.sent() >= settings.packetsMax || isTimeOver(nowNanos);
        };
    }

    /// Duplicates may still come; the drain time is for what is missing.
    private boolean isAllThere() {
        return sink.received() >= generator.sent();
    }

    private long drainEndNanos() {
        return lastSentNanos + settings.drainNanos;
    }

    private boolean isTimeOver(long nowNanos) {
        return nowNanos - startNanos >= settings.nanosMax;
    }

    void finish() {
        if (settings.role == Role.LOOP) {
            sink.end(lastSentNanos);
        }
    }

    /// The latest figures, without times; from any thread.
    Figures progress() {
        return progress;
    }

    /// All figures; after [#run] has returned.
    Figures figures() {
        boolean sends = settings.role.sends();
        long nanos = (sends ? lastSentNanos : clock.getAsLong()) - startNanos;
        return figures(nanos, sink.times());
    }

    private Figures figures(long nanos, Times times) {
        long sent = settings.role == Role.ECHO ? reflector.sent() : generator.sent();
        long lost = settings.role == Role.LOOP ? generator.sent() - sink.received() : 0;
        if (settings.role == Role.SINK && !times.equals(Times.NONE)) {
            for (int flow = 0; flow < sink.flows(); flow++) {
                sent += sink.sentAtLeast(flow);
            }
            lost = sent - sink.received();
        }
        return new Figures(
                nanos / NANOS_PER_SECOND,
                sent,
                sink.received(),
                lost,
                sink.reordered(),
                sink.duplicated(),
                sink.tooOld(),
                sink.otherFrames() + reflector.otherFrames(),
                generator.refused(),
                pacer.skipped(),
                pacer.lagNanosMax(),
                sink.gapNanosMax(),
                sink.outageNanosMax(),
                times);
    }

    int flows() {
        return settings.plan.flows();
    }

    /// The figures of one flow; after [#run] has returned.
    FlowFigures flow(int flow) {
        long sent = settings.role == Role.SINK ? sink.sentAtLeast(flow) : generator.sent(flow);
        return sink.flow(flow, sent);
    }
}
