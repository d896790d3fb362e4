package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Two forwarders of one configuration, one of which takes ordinary packets the short way while the
/// other takes all the long way: they come to the same, bit for bit.
final class TwoWays implements AutoCloseable {
    private final ForwarderRig one = new ForwarderRig();
    private final ForwarderRig two = new ForwarderRig();

    TwoWays(Consumer<ForwarderRig> configuration) {
        configuration.accept(one);
        configuration.accept(two);
        two.forwarder.takeTheLongWay();
    }

    /// The one that takes the short way looks tables up in stages.
    void lookUpInStages() {
        one.forwarder.lookUpInStages();
    }

    /// A burst, and then time: the same frames leave in the same order, and no packet is missing.
    ///
    /// @return how many frames left
    int pass(String name, long nanos, byte[]... burst) {
        one.fromPort(burst);
        two.fromPort(burst);
        int left = assertSameSent(name);
        one.pass(nanos);
        two.pass(nanos);
        left += assertSameSent(name + ", afterwards");
        assertEquals(two.pool.available(), one.pool.available(), name);
        return left;
    }

    private int assertSameSent(String name) {
        List<String> sent = hex(one.sentToPort());
        assertEquals(hex(two.sentToPort()), sent, name);
        assertEquals(hex(two.sentToTap()), hex(one.sentToTap()), name);
        return sent.size();
    }

    void assertSameCounts() {
        assertEquals(two.counters.snapshot(), one.counters.snapshot());
        assertEquals(byLabel(two.counters.popped), byLabel(one.counters.popped));
        assertEquals(byLabel(two.counters.pushed), byLabel(one.counters.pushed));
    }

    /// Packets and bytes in the first rows, which are all that are used.
    private static List<Long> byLabel(LabelCounters labels) {
        return Stream.iterate(0, row -> row + 1)
                .limit(16)
                .flatMap(row -> Stream.of(labels.packets(row), labels.bytes(row)))
                .toList();
    }

    @Override
    public void close() {
        one.close();
        two.close();
    }
}
