package org.edgeplex.pvm.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRoute.Source;
import org.junit.jupiter.api.Test;

class CustomerRibTest {
    private static final Ipv4Prefix PREFIX = Ipv4Prefix.parse("10.1.0.0/16");
    private static final Ipv4Prefix OTHER = Ipv4Prefix.parse("10.2.0.0/16");
    private static final CustomerRoute STATIC = route(Source.STATIC);
    private static final CustomerRoute BGP = route(Source.BGP);

    @Test
    void aPrefixThatChangedOftenIsWrittenOnce() {
        CustomerRib rib = new CustomerRib(Map.of());
        rib.learn(PREFIX, BGP);
        rib.forget(PREFIX);
        rib.learn(PREFIX, BGP);
        assertEquals(List.of(new Action.PutRoute(PREFIX, BGP)), rib.drain());
        assertEquals(List.of(), rib.drain());
    }

    @Test
    void whatCameAndWentIsNotWrittenAtAll() {
        CustomerRib rib = new CustomerRib(Map.of());
        rib.learn(PREFIX, BGP);
        rib.forget(PREFIX);
        assertEquals(List.of(), rib.drain());
    }

    @Test
    void aConfiguredRouteHidesALearntOneAndGivesWayToItAgain() {
        CustomerRib rib = new CustomerRib(Map.of());
        rib.learn(PREFIX, BGP);
        rib.drain();
        rib.configure(Map.of(PREFIX, STATIC));
        assertEquals(List.of(new Action.PutRoute(PREFIX, STATIC)), rib.drain());
        rib.configure(Map.of());
        assertEquals(List.of(new Action.PutRoute(PREFIX, BGP)), rib.drain());
    }

    @Test
    void whatTheStoreHasAlreadyIsNotWrittenAgain() {
        CustomerRib rib = new CustomerRib(Map.of(PREFIX, BGP, OTHER, STATIC));
        rib.learn(PREFIX, BGP);
        rib.configure(Map.of(OTHER, STATIC));
        assertEquals(List.of(), rib.drain());
    }

    @Test
    void aConfiguredRouteOfAnEarlierLifeThatIsNoMoreIsRemoved() {
        CustomerRib rib = new CustomerRib(Map.of(OTHER, STATIC));
        rib.configure(Map.of());
        assertEquals(List.of(new Action.RemoveRoute(OTHER)), rib.drain());
    }

    @Test
    void sweepRemovesOnlyWhatWasNotAnnouncedAgain() {
        CustomerRib rib = new CustomerRib(Map.of(PREFIX, BGP, OTHER, BGP));
        assertEquals(0, rib.learntCount());
        rib.learn(PREFIX, BGP);
        assertEquals(1, rib.learntCount());
        assertEquals(1, rib.sweep());
        assertEquals(List.of(new Action.RemoveRoute(OTHER)), rib.drain());
        assertFalse(rib.hasStale());
    }

    private static CustomerRoute route(Source source) {
        return new CustomerRoute(source, Samples.CE, Bytes.EMPTY);
    }
}
