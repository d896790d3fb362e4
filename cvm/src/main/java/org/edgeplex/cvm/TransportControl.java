package org.edgeplex.cvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.edgeplex.cvm.kernel.KernelTables;
import org.edgeplex.cvm.transport.LspOutcome;
import org.edgeplex.cvm.transport.TransportLsps;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.fsm.SessionState;
import org.edgeplex.ldp.lib.LabelInformationBase;
import org.edgeplex.ldp.session.LdpListener;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.LibBinding;
import org.edgeplex.state.record.LibKey;
import org.edgeplex.state.record.SessionKey.Protocol;
import org.edgeplex.state.record.TransportLsp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps `lib` and `transport_lsps` in line with LDP, the kernel's tables and what is needed.
///
/// LSPs of an earlier life stay until LDP had time to say them again: `SETTLE_SECONDS` after the
/// first session came up, at most `STALE_SECONDS_MAX` after the start. In a life of its own a lost
/// route, binding or neighbour takes the LSP down at once.
final class TransportControl implements LdpListener {
    static final int SETTLE_SECONDS = 10;
    static final int STALE_SECONDS_MAX = 60;

    /// Asks the kernel to resolve a neighbour.
    @FunctionalInterface
    interface Solicitor {
        void solicit(Ipv4Address neighbor, long nowNanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TransportControl.class);

    private final StateWriter writer;
    private final SessionBook sessions;
    private final MacAddress coreMac;
    private final Solicitor solicitor;
    private final LabelInformationBase lib = new LabelInformationBase();
    private final Map<LibKey, LibBinding> stored = new HashMap<>();
    private final Map<Ipv4Prefix, TransportLsp> lsps = new TreeMap<>();
    private final Map<Ipv4Prefix, String> down = new HashMap<>();
    private KernelTables kernel = KernelTables.EMPTY;
    private long staleUntilNanos;
    private boolean settling = true;
    private boolean sessionSeen;

    TransportControl(
            TableScans scans,
            StateWriter writer,
            SessionBook sessions,
            MacAddress coreMac,
            Solicitor solicitor,
            long nowNanos) {
        this.writer = writer;
        this.sessions = sessions;
        this.coreMac = coreMac;
        this.solicitor = solicitor;
        this.staleUntilNanos = nowNanos + TimeUnit.SECONDS.toNanos(STALE_SECONDS_MAX);
        for (Stored<LibKey, LibBinding> each : scans.take(Tables.LIB, OnDamage.SKIP)) {
            stored.put(each.key(), each.value());
        }
        for (Stored<Ipv4Prefix, TransportLsp> each :
                scans.take(Tables.TRANSPORT_LSPS, OnDamage.SKIP)) {
            lsps.put(each.key(), each.value());
        }
    }

    void onKernel(KernelTables tables) {
        kernel = tables;
    }

    /// Brings the table in line; returns the next hops that can be reached.
    Set<Ipv4Address> update(Set<Ipv4Address> nextHops, long nowNanos) {
        if (sessionSeen && settling) {
            sessionSeen = false;
            staleUntilNanos =
                    Math.min(staleUntilNanos, nowNanos + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
        }
        if (settling && nowNanos >= staleUntilNanos) {
            settling = false;
            sweepLib();
        }
        List<Write> writes = new ArrayList<>();
        Set<Ipv4Address> reachable = new HashSet<>();
        Set<Ipv4Prefix> needed = new HashSet<>();
        for (Ipv4Address nextHop : nextHops) {
            Ipv4Prefix fec = Ipv4Prefix.host(nextHop);
            needed.add(fec);
            updateOne(fec, nowNanos, writes);
            if (lsps.containsKey(fec)) {
                reachable.add(nextHop);
            }
        }
        for (Ipv4Prefix fec : List.copyOf(lsps.keySet())) {
            if (!needed.contains(fec)) {
                remove(fec, "not needed", writes);
            }
        }
        if (!writes.isEmpty()) {
            writer.writeAll(writes);
        }
        return reachable;
    }

    private void updateOne(Ipv4Prefix fec, long nowNanos, List<Write> writes) {
        switch (TransportLsps.resolve(fec, kernel, lib, coreMac)) {
            case LspOutcome.Up(TransportLsp lsp) -> {
                down.remove(fec);
                if (!lsp.equals(lsps.put(fec, lsp))) {
                    LOG.info("LSP to {}: {}", fec, lsp);
                    writes.add(writer.toPut(Tables.TRANSPORT_LSPS, fec, lsp));
                }
            }
            case LspOutcome.NoNeighbor(Ipv4Address nextHop) -> {
                solicitor.solicit(nextHop, nowNanos);
                keepOrRemove(fec, "no MAC address of " + nextHop, writes);
            }
            case LspOutcome.NoLabel(var reason) -> keepOrRemove(fec, reason.name(), writes);
        }
    }

    private void keepOrRemove(Ipv4Prefix fec, String why, List<Write> writes) {
        if (!why.equals(down.put(fec, why))) {
            LOG.info("LSP to {}: {}", fec, why);
        }
        if (!settling) {
            remove(fec, why, writes);
        }
    }

    private void remove(Ipv4Prefix fec, String why, List<Write> writes) {
        if (lsps.remove(fec) != null) {
            LOG.info("LSP to {} removed: {}", fec, why);
            writes.add(writer.toRemove(Tables.TRANSPORT_LSPS, fec));
        }
    }

    // LDP tells.

    @Override
    public void neighborHeard(Neighbor neighbor) {
        note(neighbor, SessionState.NON_EXISTENT, "hello adjacency");
    }

    @Override
    public void neighborLost(Neighbor neighbor) {
        sessions.forget(Protocol.LDP, neighbor.id().lsrId());
    }

    @Override
    public void sessionUp(Neighbor neighbor) {
        sessions.begin(
                Protocol.LDP,
                neighbor.id().lsrId(),
                SessionState.OPERATIONAL.name(),
                "transport address " + neighbor.transportAddress());
        sessionSeen = true;
    }

    @Override
    public void sessionDown(Neighbor neighbor, SessionDownReason reason) {
        note(neighbor, SessionState.NON_EXISTENT, reason.toString());
        lib.forget(neighbor.id());
        List<Write> writes = new ArrayList<>();
        for (LibKey key : List.copyOf(stored.keySet())) {
            if (key.peerLsrId().equals(neighbor.id().lsrId())) {
                stored.remove(key);
                writes.add(writer.toRemove(Tables.LIB, key));
            }
        }
        writer.writeAll(writes);
    }

    private void note(Neighbor neighbor, SessionState state, String detail) {
        sessions.note(Protocol.LDP, neighbor.id().lsrId(), state.name(), detail, 0, 0);
    }

    @Override
    public void addressesChanged(LdpIdentifier peer, List<Ipv4Address> addresses) {
        for (Ipv4Address before : lib.addressesOf(peer)) {
            if (!addresses.contains(before)) {
                lib.removeAddress(peer, before);
            }
        }
        addresses.forEach(address -> lib.addAddress(peer, address));
    }

    @Override
    public void mappingReceived(LdpIdentifier peer, Ipv4Prefix fec, MplsLabel label) {
        LibKey key = new LibKey(fec, peer.lsrId());
        LibBinding binding = new LibBinding(label, sessions.epoch(Protocol.LDP, peer.lsrId()));
        writer.put(Tables.LIB, key, binding);
        stored.put(key, binding);
        lib.map(peer, fec, label);
    }

    @Override
    public void mappingWithdrawn(LdpIdentifier peer, Ipv4Prefix fec) {
        LibKey key = new LibKey(fec, peer.lsrId());
        writer.remove(Tables.LIB, key);
        stored.remove(key);
        lib.unmap(peer, fec, Optional.empty());
    }

    /// Bindings of sessions that earlier lives had and this one has not confirmed.
    private void sweepLib() {
        List<Write> writes = new ArrayList<>();
        for (LibKey key : List.copyOf(stored.keySet())) {
            if (lib.binding(LdpIdentifier.platform(key.peerLsrId()), key.fec()).isEmpty()) {
                stored.remove(key);
                writes.add(writer.toRemove(Tables.LIB, key));
            }
        }
        writer.writeAll(writes);
    }
}
