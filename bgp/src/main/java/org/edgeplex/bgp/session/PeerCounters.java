package org.edgeplex.bgp.session;

/// Counts since the peer was added, over all its sessions.
public record PeerCounters(
        long messagesReceived,
        long messagesSent,
        long updatesReceived,
        long updatesSent,
        long prefixesAnnouncedReceived,
        long prefixesWithdrawnReceived,
        long prefixesAnnouncedSent,
        long prefixesWithdrawnSent,
        long attributeErrorsReceived,
        long sessionsEstablished,
        long sessionsDropped) {}
