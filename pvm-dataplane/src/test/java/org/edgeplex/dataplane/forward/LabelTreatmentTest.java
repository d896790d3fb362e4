package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeplex.dataplane.forward.LabelTreatment.TtlModel;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// TTL models and class of service, by setting of the access.
class LabelTreatmentTest {
    private static final LabelTreatment PIPE = LabelTreatment.DEFAULT.with(TtlModel.PIPE);

    /// Code point 46 is class 4, all others class 1; class n leaves as code point 8 + n.
    private static final LabelTreatment MAPPED =
            new LabelTreatment(
                    TtlModel.UNIFORM,
                    IntStream.range(0, 64).mapToObj(each -> each == 46 ? 4 : 1).toList(),
                    IntStream.range(8, 16).boxed().toList());

    private final ForwarderRig rig = new ForwarderRig();

    @AfterEach
    void close() {
        rig.close();
    }

    static Stream<Fixture> pipe() {
        return Stream.of(
                toPort(
                        "into the pipe: labels begin at the top",
                        fromCe().ttl(17).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 255)
                                .mpls(REMOTE_LABEL, 0, 255)
                                .ttl(16)
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "out of the pipe: the packet's own TTL",
                        fromP().mpls(VPN_LABEL, 0, 3).ttl(64).ipv4(REMOTE, CE).udp(1, 2, 9).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(63).ipv4(REMOTE, CE).udp(1, 2, 9).buildPadded(64)),
                toPort(
                        "popped before the end of the pipe",
                        fromP().mpls(LSP_LABEL + 1, 0, 3).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().ttl(64).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                dropped(
                        "a label expires on its way through",
                        fromP().mpls(LSP_LABEL, 0, 1).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.DROP_TTL_EXPIRED));
    }

    static Stream<Fixture> classes() {
        return Stream.of(
                toPort(
                        "into the core by the map, congestion mark ignored",
                        fromCe().octet(46 << 2 | 3).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 4, 63)
                                .mpls(REMOTE_LABEL, 4, 63)
                                .octet(46 << 2 | 3)
                                .ttl(63)
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "out of the core by the outermost label, congestion mark kept",
                        fromP().mpls(0, 5, 60)
                                .mpls(VPN_LABEL, 2, 60)
                                .octet(46 << 2 | 3)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC)
                                .octet(13 << 2 | 3)
                                .ttl(59)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pipe")
    void theCoreIsOneHop(Fixture fixture) {
        rig.apply(new ForwardingUpdate.SetAccess(rig.access.with(PIPE)));
        forwards(fixture);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("classes")
    void classesAreMapped(Fixture fixture) {
        rig.apply(new ForwardingUpdate.SetAccess(rig.access.with(MAPPED)));
        forwards(fixture);
    }

    private void forwards(Fixture fixture) {
        rig.neighbour(CE, CE_MAC);
        rig.fromPort(fixture.frame());
        fixture.assertOutcome(rig);
    }

    /// Bound as the last label, it leads to the table (6PE); its family is what it says.
    @Test
    void explicitNullMayBeTheLastLabel() {
        rig.apply(new ForwardingUpdate.BindVpnLabel(MplsLabel.IPV4_EXPLICIT_NULL));
        forwards(
                toPort(
                        "IPv4 under explicit null",
                        fromP().mpls(0, 0, 60).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(59).ipv4(REMOTE, CE).udp(1, 2, 30).build()));
        rig.apply(new ForwardingUpdate.BindVpnLabel(MplsLabel.IPV6_EXPLICIT_NULL));
        rig.fromPort(fromP().mpls(2, 0, 60).ipv4(REMOTE, CE).udp(1, 2, 30).build());
        dropped("IPv4 under the other one", new byte[0], Counter.DROP_IP_HEADER).assertOutcome(rig);
    }

    @Test
    void treatmentsAreWholeOrNotMade() {
        List<Integer> short63 = Collections.nCopies(63, 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelTreatment(TtlModel.PIPE, short63, List.of()));
        List<Integer> class8 = new ArrayList<>(Collections.nCopies(64, 0));
        class8.set(5, 8);
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelTreatment(TtlModel.PIPE, class8, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelTreatment(TtlModel.PIPE, Collections.nCopies(64, 0), List.of(1)));
    }
}
