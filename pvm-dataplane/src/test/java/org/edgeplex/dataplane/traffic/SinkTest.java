package org.edgeplex.dataplane.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final TrafficRig rig = new TrafficRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /// What a network did to the packets, counted in the plain way.
    private static final class Model {
        private final List<Set<Long>> seen = new ArrayList<>();
        private final long[] next;
        private final long[] reordered;
        private final long[] duplicated;

        Model(int flows) {
            next = new long[flows];
            reordered = new long[flows];
            duplicated = new long[flows];
            for (int flow = 0; flow < flows; flow++) {
                seen.add(new HashSet<>());
            }
        }

        void arrive(int position, int flows) {
            int flow = position % flows;
            long number = position / flows;
            if (!seen.get(flow).add(number)) {
                duplicated[flow]++;
            } else if (number < next[flow]) {
                reordered[flow]++;
            }
            next[flow] = Math.max(next[flow], number + 1);
        }
    }

    @ParameterizedTest(name = "{0} flows, seed {1}")
    @CsvSource({"1, 1", "1, 2", "3, 3", "16, 4", "300, 5", "5000, 6"})
    void countsWhatASeededNetworkDid(int flows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = Math.max(4000, 2 * flows + 17);
        Generator generator = rig.generator(TrafficRig.plan(flows), Long.MAX_VALUE);
        List<byte[]> frames = rig.send(generator, count, MILLI);
        List<Integer> arriving = disturbed(count, random);
        Model model = new Model(flows);
        Sink sink = rig.sink(flows);
        for (int position : arriving) {
            model.arrive(position, flows);
            rig.arrive(sink, List.of(frames.get(position)), 2 * MILLI);
        }
        long received = 0;
        for (int flow = 0; flow < flows; flow++) {
            FlowFigures figures = sink.flow(flow, generator.sent(flow));
            assertEquals(model.seen.get(flow).size(), figures.received());
            assertEquals(model.reordered[flow], figures.reordered());
            assertEquals(model.duplicated[flow], figures.duplicated());
            assertEquals(generator.sent(flow) - figures.received(), figures.lost());
            assertEquals(model.next[flow], sink.sentAtLeast(flow));
            assertEquals(0, figures.tooOld());
            received += figures.received();
        }
        assertEquals(count, generator.sent());
        assertEquals(received, sink.received());
        assertEquals(sum(model.reordered), sink.reordered());
        assertEquals(sum(model.duplicated), sink.duplicated());
        assertEquals(0, sink.otherFrames());
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    /// Positions of packets as they arrive: some never, some twice, some late.
    private static List<Integer> disturbed(int count, SplittableRandom random) {
        List<Integer> arriving = new ArrayList<>();
        for (int position = 0; position < count; position++) {
            int copies = random.nextInt(10) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                int late = random.nextInt(5) == 0 ? random.nextInt(60) : 0;
                arriving.add(Math.max(0, arriving.size() - late), position);
            }
        }
        return arriving;
    }

    @Test
    void aLongJumpForgetsAllThatIsBehindIt() {
        int window = NumberWindow.bits(1);
        Generator generator = rig.generator(TrafficRig.plan(1), Long.MAX_VALUE);
        List<byte[]> frames = rig.send(generator, 3 * window, 0);
        Sink sink = rig.sink(1);
        rig.arrive(sink, List.of(frames.get(0), frames.get(3 * window - 1)), 0);
        rig.arrive(sink, List.of(frames.get(2 * window - 2)), 0);
        assertEquals(1, sink.tooOld());
        rig.arrive(sink, List.of(frames.get(2 * window), frames.get(2 * window)), 0);
        assertEquals(1, sink.reordered());
        assertEquals(1, sink.duplicated());
        assertEquals(3, sink.received());
    }

    @Test
    void tellsHowLongPacketsTook() {
        Sink sink = rig.sink(1);
        Generator generator = rig.generator(TrafficRig.plan(1), Long.MAX_VALUE);
        for (int i = 1; i <= 100; i++) {
            long sentAt = i * MILLI;
            // 99 take 100 us and the last takes 300.
            long took = (i == 100 ? 300 : 100) * MICRO;
            rig.arrive(sink, rig.send(generator, 1, sentAt), sentAt + took);
        }
        Times times = sink.times();
        assertEquals(100 * MICRO, times.p50(), 100);
        assertEquals(100 * MICRO, times.p99(), 100);
        assertEquals(300 * MICRO, times.p999(), 300);
        assertEquals(300 * MICRO, times.max(), 300);
        assertEquals(102 * MICRO, times.mean(), 110);
        assertEquals(200.0 * MICRO / 99, sink.flow(0, 100).times().jitterMean(), 0.001);
    }

    @Test
    void theLongestGapMayBeAtEitherEnd() {
        Generator generator = rig.generator(TrafficRig.plan(2), Long.MAX_VALUE);
        List<byte[]> frames = rig.send(generator, 4, 0);
        Sink sink = rig.sink(2);
        sink.begin(0);
        rig.arrive(sink, frames.subList(0, 1), 5 * MILLI);
        assertEquals(5 * MILLI, sink.gapNanosMax());
        rig.arrive(sink, frames.subList(1, 2), 11 * MILLI);
        assertEquals(6 * MILLI, sink.gapNanosMax());
        rig.arrive(sink, frames.subList(2, 4), 15 * MILLI);
        assertEquals(6 * MILLI, sink.gapNanosMax());
        assertEquals(10 * MILLI, sink.flow(0, 2).gapNanosMax());
        assertEquals(4 * MILLI, sink.flow(1, 2).gapNanosMax());
        sink.end(22 * MILLI);
        assertEquals(7 * MILLI, sink.gapNanosMax());
    }

    /// Numbers 0 to 9 of one flow, sent a millisecond apart; 3 to 6 are lost, and 7 is late.
    @Test
    void anOutageIsTheTimeInWhichAllThatWasSentWasLost() {
        Generator generator = rig.generator(TrafficRig.plan(1), 10);
        Sink sink = rig.sink(1);
        for (int number = 0; number < 10; number++) {
            List<byte[]> frames = rig.send(generator, 1, number * MILLI);
            if (number < 3 || number > 6) {
                long delay = number == 7 ? 30 * MILLI : MILLI;
                rig.arrive(sink, frames, number * MILLI + delay);
            }
        }
        assertEquals(5 * MILLI, sink.outageNanosMax());
        assertEquals(34 * MILLI, sink.gapNanosMax());
    }

    @Test
    void aSilenceInWhichNothingIsLostIsNoOutage() {
        Generator generator = rig.generator(TrafficRig.plan(1), 10);
        Sink sink = rig.sink(1);
        rig.arrive(sink, rig.send(generator, 5, MILLI), MILLI);
        rig.arrive(sink, rig.send(generator, 5, 9 * MILLI), 90 * MILLI);
        assertEquals(0, sink.outageNanosMax());
        assertEquals(89 * MILLI, sink.gapNanosMax());
    }

    @Test
    void aFrameOfAnotherRunIsNotOurs() {
        Generator generator = rig.generator(TrafficRig.plan(1), Long.MAX_VALUE);
        List<byte[]> frames = rig.send(generator, 2, 0);
        Sink sink = new Sink(rig.arena, 1);
        sink.expect(TrafficRig.RUN + 1);
        rig.arrive(sink, frames, 0);
        assertEquals(0, sink.received());
        assertEquals(2, sink.otherFrames());
    }

    @Test
    void neitherGarbageNorACutFrameIsAPacket() {
        SplittableRandom random = new SplittableRandom(9);
        Sink sink = rig.sink(4);
        byte[] whole = rig.send(rig.generator(TrafficRig.plan(4), 1), 1, 0).getFirst();
        int count = 0;
        for (int bytes = 0; bytes < whole.length; bytes++, count++) {
            rig.arrive(sink, List.of(java.util.Arrays.copyOf(whole, bytes)), 0);
        }
        for (int i = 0; i < 20_000; i++, count++) {
            byte[] frame = new byte[random.nextInt(120)];
            random.nextBytes(frame);
            if (frame.length > 14) {
                int[] types = {0x0800, 0x86dd, 0x8847, 0x8100};
                int type = types[random.nextInt(types.length)];
                frame[12] = (byte) (type >> 8);
                frame[13] = (byte) type;
            }
            rig.arrive(sink, List.of(frame), 0);
        }
        assertEquals(0, sink.received());
        assertEquals(count, sink.otherFrames());
    }
}
