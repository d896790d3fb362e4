package org.edgeplex.pvm.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.link.LinkSpec;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.jspecify.annotations.Nullable;

/// The control plane of one attachment: what happened in, what is to be done out.
///
/// When its routes are withdrawn:
///
/// - the CE withdraws them, or its session ends: at once;
/// - our own process ends, however: they stay, and its successor drops those that the CE does not
///   announce again ([StaleTimer]);
/// - our session parameters change: they stay likewise, if it is still the same peer;
/// - the attachment is `WITHDRAWING` or gone: at once, with the session.
public final class ControlCore {
    private final ControlLimits limits;
    private final CustomerRib rib;
    private final Announcer announcer;
    private final Peering peering = new Peering();
    private final StaleTimer staleTimer;
    private final RejectCounts rejects = new RejectCounts();
    private @Nullable Attachment attachment;
    private @Nullable PeerSpec peer;
    private RejectCounts configuredRejects = new RejectCounts();

    /// Goes on from the attachment's `customer_routes` as an earlier life has left them.
    public ControlCore(
            int attachmentNumber,
            Map<Ipv4Prefix, CustomerRoute> stored,
            ControlLimits limits,
            long nowNanos) {
        this.limits = limits;
        this.rib = new CustomerRib(stored);
        this.announcer = new Announcer(attachmentNumber);
        this.staleTimer = new StaleTimer(limits);
        staleTimer.awaitSession(nowNanos);
    }

    public List<Action> step(ControlEvent event, long nowNanos) {
        List<Action> network =
                switch (event) {
                    case ControlEvent.AttachmentPresent(Attachment present) ->
                            attach(present, nowNanos);
                    case ControlEvent.AttachmentAbsent() -> detach();
                    case ControlEvent.VrfRoutesChanged(var changes) -> {
                        changes.forEach(announcer::change);
                        yield announcer.drain();
                    }
                    case ControlEvent.VrfRoutesLoaded(var routes) -> {
                        announcer.load(routes);
                        yield announcer.drain();
                    }
                    case ControlEvent.LinkReady(var gateway) -> {
                        peering.linkReady(gateway);
                        yield List.of();
                    }
                    case ControlEvent.Established(long session) -> established(session, nowNanos);
                    case ControlEvent.Updates(long session, var changes) ->
                            updates(session, changes, nowNanos);
                    case ControlEvent.EndOfRib(long session, var family) -> {
                        endOfRib(session, family);
                        yield List.of();
                    }
                    case ControlEvent.RefreshRequested(long session, var family) ->
                            refresh(session, family);
                    case ControlEvent.Down(long session) -> {
                        down(session);
                        yield List.of();
                    }
                    case ControlEvent.Closed(long session) -> {
                        closed(session, nowNanos);
                        yield List.of();
                    }
                    case ControlEvent.Tick() -> List.of();
                };
        if (staleTimer.hasExpired(nowNanos)) {
            sweep();
        }
        List<Action> actions = new ArrayList<>(rib.drain());
        actions.addAll(network);
        actions.addAll(peering.step(nowNanos));
        return actions;
    }

    /// Of routes that the CE announced, over all sessions of this life.
    public RejectCounts rejects() {
        return rejects;
    }

    /// Of routes that the attachment has, as it is now.
    public RejectCounts configuredRejects() {
        return configuredRejects;
    }

    public int learntCount() {
        return rib.learntCount();
    }

    public int announcedCount() {
        return announcer.sentCount();
    }

    /// Empty while there is a session, up or coming up.
    public Optional<IdleReason> idleReason() {
        return peering.idleReason();
    }

    private List<Action> attach(Attachment next, long nowNanos) {
        Attachment before = attachment;
        if (next.equals(before)) {
            return List.of();
        }
        if (next.lifecycle() == Lifecycle.WITHDRAWING) {
            return detach();
        }
        attachment = next;
        List<Action> actions = new ArrayList<>();
        if (before == null || !LinkSpec.of(before).equals(LinkSpec.of(next))) {
            actions.add(new Action.ConfigureLink(LinkSpec.of(next)));
        }
        ConfiguredRoutes configured = ConfiguredRoutes.of(next);
        configuredRejects = configured.rejects();
        rib.configure(configured.routes());
        actions.addAll(route(next, nowNanos));
        if (announcer.useVrf(next.vrfNumber())) {
            actions.addAll(announcer.drain());
            actions.add(new Action.LoadVrfRoutes(next.vrfNumber()));
        }
        return actions;
    }

    private List<Action> route(Attachment next, long nowNanos) {
        List<Action> actions = new ArrayList<>();
        switch (next.routing()) {
            case CustomerRouting.Static _ -> {
                forgetPeer();
                actions.add(new Action.RetainSessionRecords(List.of()));
            }
            case CustomerRouting.Bgp bgp -> {
                usePeer(PeerSpec.of(next, bgp), nowNanos);
                peering.endRest();
                if (peering.state() instanceof Peering.State.Open open) {
                    actions.addAll(enforceLimit(open, bgp, nowNanos));
                }
                actions.add(new Action.RetainSessionRecords(List.of(bgp.peerAddress())));
            }
        }
        return actions;
    }

    private void usePeer(PeerSpec next, long nowNanos) {
        PeerSpec last = peer;
        if (last != null && !last.equals(next)) {
            // The session is replaced, and not by the CE's fault.
            announcer.down();
            if (last.samePeer(next)) {
                rib.markStale();
                staleTimer.awaitSession(nowNanos);
            } else {
                rib.forgetLearnt();
            }
        }
        peer = next;
        peering.want(next);
    }

    private List<Action> detach() {
        attachment = null;
        configuredRejects = new RejectCounts();
        rib.configure(Map.of());
        forgetPeer();
        return List.of(new Action.RetainSessionRecords(List.of()));
    }

    private void forgetPeer() {
        rib.forgetLearnt();
        announcer.down();
        staleTimer.stop();
        peer = null;
        peering.wantNone();
    }

    private List<Action> established(long session, long nowNanos) {
        return peering.open(session)
                .map(open -> {
                    peering.setEstablished(open, true);
                    staleTimer.established(nowNanos);
                    return announcer.established(open.peer());
                })
                .orElse(List.of());
    }

    private List<Action> updates(long session, List<RouteUpdate> changes, long nowNanos) {
        Peering.State.Open open = peering.open(session).orElse(null);
        if (open == null
                || attachment == null
                || !(attachment.routing() instanceof CustomerRouting.Bgp bgp)) {
            return List.of();
        }
        staleTimer.updated(nowNanos);
        CustomerImport policy = new CustomerImport(attachment, bgp);
        for (RouteUpdate change : changes) {
            switch (change) {
                case RouteUpdate.Announced announced -> learn(policy.judge(announced));
                case RouteUpdate.Withdrawn withdrawn -> {
                    for (Nlri route : withdrawn.routes()) {
                        rib.forget(route.prefix());
                    }
                }
            }
        }
        return enforceLimit(open, bgp, nowNanos);
    }

    private void learn(List<CustomerImport.Verdict> verdicts) {
        for (CustomerImport.Verdict verdict : verdicts) {
            switch (verdict) {
                case CustomerImport.Verdict.Accepted(var prefix, var route) ->
                        rib.learn(prefix, route);
                case CustomerImport.Verdict.Rejected(var prefix, var reason) -> {
                    rejects.count(reason);
                    rib.forget(prefix);
                }
            }
        }
    }

    /// RFC 4486, section 4, subcode 1: what was too much never reaches the store.
    private List<Action> enforceLimit(
            Peering.State.Open open, CustomerRouting.Bgp bgp, long nowNanos) {
        if (rib.learntCount() <= bgp.prefixesMax()) {
            return List.of();
        }
        rib.forgetLearnt();
        announcer.down();
        staleTimer.stop();
        return List.of(
                peering.closeAndRest(
                        open,
                        Cease.MAXIMUM_PREFIXES_REACHED,
                        IdleReason.PREFIX_LIMIT,
                        nowNanos + limits.restartNanos()));
    }

    private void endOfRib(long session, AddressFamily family) {
        if (peering.open(session).isPresent() && family.equals(AddressFamily.IPV4_UNICAST)) {
            sweep();
        }
    }

    private List<Action> refresh(long session, AddressFamily family) {
        return peering.open(session).isPresent() && family.equals(AddressFamily.IPV4_UNICAST)
                ? announcer.refresh()
                : List.of();
    }

    private void down(long session) {
        peering.open(session)
                .ifPresent(open -> {
                    peering.setEstablished(open, false);
                    announcer.down();
                    rib.forgetLearnt();
                    staleTimer.stop();
                });
    }

    private void closed(long session, long nowNanos) {
        peering.closed(session, nowNanos);
    }

    private void sweep() {
        rib.sweep();
        staleTimer.stop();
    }
}
