package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import org.HdrHistogram.Histogram;
import org.edgeplex.dataplane.packet.PacketVector;

/// Reads the stamps of what arrives and keeps the figures.
///
/// A packet is reordered if one with a higher number came before it (RFC 4737, section 3.3). A
/// duplicate counts as that alone. What is behind the [NumberWindow] is neither: too old to tell.
///
/// An outage is the time between the sendings of two packets of a flow that came one after the
/// other while numbers between them did not: all that was sent meanwhile was lost. A gap is a
/// silence on arrival, whatever made it: nothing lost, a sender held up, packets that waited
/// somewhere.
final class Sink {
    /// Up to so many flows have percentiles of their own, 30 KB each.
    static final int HISTOGRAMS_MAX = 256;

    static final long NANOS_MAX = 60_000_000_000L;

    private static final int DIGITS = 3;
    private static final int DIGITS_OF_FLOW = 2;
    private static final int NO_RUN = -1;

    private final int flows;
    private final FlowRecords records;
    private final NumberWindow window;
    private final Histogram ages = new Histogram(1, NANOS_MAX, DIGITS);
    private final Histogram variations = new Histogram(1, NANOS_MAX, DIGITS);
    private final Histogram[] flowAges;
    private int run;
    private long received;
    private long duplicated;
    private long reordered;
    private long tooOld;
    private long otherFrames;
    private long lastArrivalNanos;
    private long gapNanosMax;
    private long outageNanosMax;
    private boolean hasBegun;

    /// @param flows those with higher numbers are other frames
    Sink(SegmentAllocator memory, int flows) {
        this.flows = flows;
        records = new FlowRecords(memory, flows);
        window = new NumberWindow(memory, flows);
        flowAges = new Histogram[flows <= HISTOGRAMS_MAX ? flows : 0];
        for (int flow = 0; flow < flowAges.length; flow++) {
            flowAges[flow] = new Histogram(1, NANOS_MAX, DIGITS_OF_FLOW);
        }
        run = NO_RUN;
    }

    /// Takes only this run's packets; otherwise those of the run that is seen first.
    void expect(int expectedRun) {
        run = expectedRun;
    }

    /// A gap can begin here, before the first packet has come.
    void begin(long nowNanos) {
        lastArrivalNanos = nowNanos;
        hasBegun = true;
    }

    /// A gap can end here, when nothing more was sent.
    void end(long lastSentNanos) {
        if (hasBegun) {
            gapNanosMax = Math.max(gapNanosMax, lastSentNanos - lastArrivalNanos);
        }
    }

    /// Reads the packets, which stay the caller's.
    void take(PacketVector packets, long nowNanos) {
        for (int i = 0; i < packets.size(); i++) {
            long stamp = FrameReader.stamp(packets.get(i));
            if (stamp == FrameReader.NONE || !isOfRun(stamp) || Stamp.flow(stamp) >= flows) {
                otherFrames++;
            } else {
                take(stamp, nowNanos);
            }
        }
    }

    private boolean isOfRun(long stamp) {
        if (run == NO_RUN) {
            run = Stamp.run(stamp);
        }
        return run == Stamp.run(stamp);
    }

    private void take(long stamp, long nowNanos) {
        int flow = Stamp.flow(stamp);
        long number = Stamp.number(stamp);
        long record = records.record(flow);
        long next = FlowRecords.get(record, FlowRecords.NEXT);
        if (number >= next) {
            if (number > next) {
                outage(record, Stamp.age(stamp, nowNanos), nowNanos);
            }
            window.advance(flow, number, next);
            FlowRecords.put(record, FlowRecords.NEXT, number + 1);
        } else if (!window.knows(number, next)) {
            tooOld++;
            FlowRecords.add(record, FlowRecords.TOO_OLD, 1);
            return;
        } else if (window.see(flow, number)) {
            duplicated++;
            FlowRecords.add(record, FlowRecords.DUPLICATED, 1);
            return;
        } else {
            reordered++;
            FlowRecords.add(record, FlowRecords.REORDERED, 1);
        }
        time(flow, record, Math.min(Stamp.age(stamp, nowNanos), NANOS_MAX), nowNanos);
    }

    /// The packet before it came at all: what is lost before the first is nobody's outage.
    private void outage(long record, long age, long nowNanos) {
        if (FlowRecords.get(record, FlowRecords.RECEIVED) > 0) {
            long sentBefore =
                    FlowRecords.get(record, FlowRecords.LAST_ARRIVAL)
                            - FlowRecords.get(record, FlowRecords.LAST_AGE);
            outageNanosMax = Math.max(outageNanosMax, nowNanos - age - sentBefore);
        }
    }

    private void time(int flow, long record, long age, long nowNanos) {
        if (hasBegun) {
            gapNanosMax = Math.max(gapNanosMax, nowNanos - lastArrivalNanos);
        }
        hasBegun = true;
        lastArrivalNanos = nowNanos;
        received++;
        ages.recordValue(age);
        if (flow < flowAges.length) {
            flowAges[flow].recordValue(age);
        }
        long before = FlowRecords.get(record, FlowRecords.RECEIVED);
        if (before > 0) {
            long variation = Math.abs(age - FlowRecords.get(record, FlowRecords.LAST_AGE));
            variations.recordValue(variation);
            FlowRecords.add(record, FlowRecords.VARIATION_SUM, variation);
            long gap = nowNanos - FlowRecords.get(record, FlowRecords.LAST_ARRIVAL);
            FlowRecords.max(record, FlowRecords.GAP_MAX, gap);
        }
        FlowRecords.put(record, FlowRecords.RECEIVED, before + 1);
        FlowRecords.put(record, FlowRecords.LAST_AGE, age);
        FlowRecords.put(record, FlowRecords.LAST_ARRIVAL, nowNanos);
        FlowRecords.add(record, FlowRecords.AGE_SUM, age);
        FlowRecords.max(record, FlowRecords.AGE_MAX, age);
    }

    long received() {
        return received;
    }

    long duplicated() {
        return duplicated;
    }

    long reordered() {
        return reordered;
    }

    long tooOld() {
        return tooOld;
    }

    /// Frames that are nobody's packets, or another run's.
    long otherFrames() {
        return otherFrames;
    }

    long gapNanosMax() {
        return gapNanosMax;
    }

    long outageNanosMax() {
        return outageNanosMax;
    }

    int flows() {
        return flows;
    }

    /// How many packets of the flow were sent, as far as the sink can know: up to the highest
    /// number that came.
    long sentAtLeast(int flow) {
        return FlowRecords.get(records.record(flow), FlowRecords.NEXT);
    }

    Times times() {
        return Times.of(ages, variations);
    }

    FlowFigures flow(int flow, long sent) {
        long record = records.record(flow);
        long count = FlowRecords.get(record, FlowRecords.RECEIVED);
        Times times =
                flow < flowAges.length
                        ? Times.of(flowAges[flow], variation(record, count))
                        : Times.of(record, count, variation(record, count));
        return new FlowFigures(
                flow,
                sent,
                count,
                sent - count,
                FlowRecords.get(record, FlowRecords.REORDERED),
                FlowRecords.get(record, FlowRecords.DUPLICATED),
                FlowRecords.get(record, FlowRecords.TOO_OLD),
                FlowRecords.get(record, FlowRecords.GAP_MAX),
                times);
    }

    private static double variation(long record, long count) {
        long sum = FlowRecords.get(record, FlowRecords.VARIATION_SUM);
        return count < 2 ? 0 : (double) sum / (count - 1);
    }
}
