package org.edgeplex.ldp.lib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.ldp.lib.LabelInformationBase.MapOutcome;
import org.edgeplex.ldp.lib.Resolution.Reason;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelInformationBaseTest {
    private static final LdpIdentifier P1 = LdpIdentifier.parse("10.0.0.11:0");
    private static final LdpIdentifier P2 = LdpIdentifier.parse("10.0.0.12:0");
    private static final Ipv4Address HOP1 = Ipv4Address.parse("10.1.0.1");
    private static final Ipv4Address HOP2 = Ipv4Address.parse("10.1.0.2");
    private static final Ipv4Prefix FEC = Ipv4Prefix.parse("10.0.0.99/32");
    private static final MplsLabel L16 = new MplsLabel(16);
    private static final MplsLabel L17 = new MplsLabel(17);

    private final LabelInformationBase lib = new LabelInformationBase();

    @Test
    void theNextHopsPeerGivesTheLabel() {
        lib.addAddress(P1, HOP1);
        lib.addAddress(P2, HOP2);
        lib.map(P1, FEC, L16);
        lib.map(P2, FEC, L17);
        assertEquals(new Resolution.Push(P1, HOP1, L16), resolve(HOP1));
        // Liberal retention: when the route moves, the other binding is there already.
        assertEquals(new Resolution.Push(P2, HOP2, L17), resolve(HOP2));
    }

    @Test
    void implicitNullMeansNoLabelAndExplicitNullIsPushed() {
        lib.addAddress(P1, HOP1);
        lib.map(P1, FEC, MplsLabel.IMPLICIT_NULL);
        assertEquals(new Resolution.Penultimate(P1, HOP1), resolve(HOP1));
        lib.map(P1, FEC, MplsLabel.IPV4_EXPLICIT_NULL);
        assertEquals(new Resolution.Push(P1, HOP1, MplsLabel.IPV4_EXPLICIT_NULL), resolve(HOP1));
    }

    @Test
    void saysWhyThereIsNoLabel() {
        assertEquals(new Resolution.Unusable(Reason.NO_ROUTE), lib.resolve(FEC, Optional.empty()));
        assertEquals(new Resolution.Unusable(Reason.NEXT_HOP_IS_NO_LDP_PEER), resolve(HOP1));
        lib.addAddress(P1, HOP1);
        assertEquals(new Resolution.Unusable(Reason.NO_BINDING_FROM_NEXT_HOP), resolve(HOP1));
        lib.map(P1, Ipv4Prefix.parse("10.0.0.0/24"), L16);
        assertEquals(
                new Resolution.Unusable(Reason.NO_BINDING_FROM_NEXT_HOP),
                resolve(HOP1),
                "only a binding for exactly the route counts");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 15})
    void reservedLabelsAreNotPushed(int label) {
        lib.addAddress(P1, HOP1);
        lib.map(P1, FEC, new MplsLabel(label));
        assertEquals(new Resolution.Unusable(Reason.RESERVED_LABEL), resolve(HOP1));
    }

    @Test
    void anotherLabelReplacesTheFirst() {
        assertEquals(new MapOutcome.Added(), lib.map(P1, FEC, L16));
        assertEquals(new MapOutcome.Unchanged(), lib.map(P1, FEC, L16));
        assertEquals(new MapOutcome.Replaced(L16), lib.map(P1, FEC, L17));
        assertEquals(Map.of(FEC, L17), lib.bindingsOf(P1));
    }

    @Test
    void aWithdrawalWithALabelMustMatchIt() {
        lib.map(P1, FEC, L16);
        assertFalse(lib.unmap(P1, FEC, Optional.of(L17)));
        assertFalse(lib.unmap(P2, FEC, Optional.empty()));
        assertTrue(lib.unmap(P1, FEC, Optional.of(L16)));
        assertFalse(lib.unmap(P1, FEC, Optional.empty()));
    }

    @Test
    void listsWhatAWildcardMeans() {
        Ipv4Prefix other = Ipv4Prefix.parse("10.0.0.98/32");
        lib.map(P1, FEC, L16);
        lib.map(P1, other, L17);
        assertEquals(List.of(other, FEC), lib.fecs(P1, Optional.empty()));
        assertEquals(List.of(FEC), lib.fecs(P1, Optional.of(L16)));
        assertEquals(List.of(), lib.fecs(P2, Optional.empty()));
    }

    @Test
    void aPeerCannotTakeAnothersNextHop() {
        assertTrue(lib.addAddress(P1, HOP1));
        assertTrue(lib.addAddress(P1, HOP1), "again is no harm");
        assertFalse(lib.addAddress(P2, HOP1));
        lib.removeAddress(P2, HOP1);
        assertEquals(List.of(HOP1), lib.addressesOf(P1));
        lib.removeAddress(P1, HOP1);
        assertTrue(lib.addAddress(P2, HOP1));
    }

    @Test
    void forgetsAllOfAPeer() {
        lib.addAddress(P1, HOP1);
        lib.map(P1, FEC, L16);
        lib.forget(P1);
        assertEquals(new Resolution.Unusable(Reason.NEXT_HOP_IS_NO_LDP_PEER), resolve(HOP1));
        assertEquals(Map.of(), lib.bindingsOf(P1));
        assertEquals(List.of(), lib.addressesOf(P1));
    }

    @Test
    void hasNamedLimits() {
        for (int i = 0; i < LabelInformationBase.ADDRESSES_PER_PEER_MAX; i++) {
            assertTrue(lib.addAddress(P1, new Ipv4Address(0x0a000000 + i)));
        }
        assertFalse(lib.addAddress(P1, HOP1));
        for (int i = 0; i < LabelInformationBase.BINDINGS_PER_PEER_MAX; i++) {
            lib.map(P1, Ipv4Prefix.host(new Ipv4Address(i)), L16);
        }
        assertEquals(new MapOutcome.Full(), lib.map(P1, FEC, L16));
        assertEquals(
                new MapOutcome.Replaced(L16),
                lib.map(P1, Ipv4Prefix.host(new Ipv4Address(0)), L17));
    }

    private Resolution resolve(Ipv4Address nextHop) {
        return lib.resolve(FEC, Optional.of(nextHop));
    }
}
