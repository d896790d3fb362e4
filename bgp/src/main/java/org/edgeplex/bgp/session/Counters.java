package org.edgeplex.bgp.session;

import java.util.concurrent.atomic.LongAdder;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.RouteUpdate;

/// The running counts behind [PeerCounters].
final class Counters {
    final LongAdder messagesReceived = new LongAdder();
    final LongAdder messagesSent = new LongAdder();
    final LongAdder updatesSent = new LongAdder();
    final LongAdder sessionsEstablished = new LongAdder();
    final LongAdder sessionsDropped = new LongAdder();
    private final LongAdder updatesReceived = new LongAdder();
    private final LongAdder announcedReceived = new LongAdder();
    private final LongAdder withdrawnReceived = new LongAdder();
    private final LongAdder announcedSent = new LongAdder();
    private final LongAdder withdrawnSent = new LongAdder();
    private final LongAdder attributeErrors = new LongAdder();

    void received(Message.Update update) {
        updatesReceived.increment();
        attributeErrors.add(update.errors().size());
        for (RouteUpdate change : update.changes()) {
            switch (change) {
                case RouteUpdate.Announced announced ->
                        announcedReceived.add(announced.routes().size());
                case RouteUpdate.Withdrawn withdrawn ->
                        withdrawnReceived.add(withdrawn.routes().size());
            }
        }
    }

    void sent(RouteUpdate change) {
        switch (change) {
            case RouteUpdate.Announced announced -> announcedSent.add(announced.routes().size());
            case RouteUpdate.Withdrawn withdrawn -> withdrawnSent.add(withdrawn.routes().size());
        }
    }

    PeerCounters snapshot() {
        return new PeerCounters(
                messagesReceived.sum(),
                messagesSent.sum(),
                updatesReceived.sum(),
                updatesSent.sum(),
                announcedReceived.sum(),
                withdrawnReceived.sum(),
                announcedSent.sum(),
                withdrawnSent.sum(),
                attributeErrors.sum(),
                sessionsEstablished.sum(),
                sessionsDropped.sum());
    }
}
