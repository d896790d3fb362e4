package org.edgeplex.cvm;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.edgeplex.bgp.session.BgpSpeaker;
import org.edgeplex.bgp.session.PeerConfig;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.session.SpeakerConfig;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.cvm.kernel.CoreInterface;
import org.edgeplex.cvm.kernel.KernelWatch;
import org.edgeplex.cvm.kernel.NeighborSolicitor;
import org.edgeplex.cvm.label.LabelAllocator;
import org.edgeplex.cvm.vpn.VpnRib;
import org.edgeplex.ldp.session.LdpConfig;
import org.edgeplex.ldp.session.LdpSpeaker;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.ProviderEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of the CVM: loads, starts the speakers, and brings everything in line again and again
/// on one thread.
final class Cvm implements AutoCloseable {
    /// The longest time for which a change of a record goes unnoticed.
    private static final long FEED_POLL_MILLIS = 20;

    private static final int CONNECT_RETRY_SECONDS = 2;

    /// What earlier lives left, all asked for at once.
    private static final List<Table<?, ?>> LOADED =
            List.of(
                    Tables.SESSIONS,
                    Tables.VPN_ROUTES,
                    Tables.LABELS,
                    Tables.LABEL_BINDINGS,
                    Tables.LABEL_RESTS,
                    Tables.VRF_ROUTES,
                    Tables.LIB,
                    Tables.TRANSPORT_LSPS);

    private static final Logger LOG = LoggerFactory.getLogger(Cvm.class);

    private final LongSupplier nanoClock;
    private final ProviderEdge self;
    private final Inbox inbox = new Inbox();
    private final StateFeed feed;
    private final VpnControl vpn;
    private final TransportControl transport;
    private final CorePeers peers;
    private final BgpSpeaker bgp;
    private final LdpSpeaker ldp;
    private final KernelWatch kernel;
    private final NeighborSolicitor solicitor;
    private final Records records = new Records();
    private ProviderEdge configured;
    private volatile boolean stopping;

    Cvm(
            State state,
            StateWriter writer,
            ProviderEdge self,
            CoreInterface core,
            LongSupplier nanoClock)
            throws IOException, InterruptedException {
        this.nanoClock = nanoClock;
        this.self = self;
        this.configured = self;
        TableScans scans = state.scans();
        LOADED.forEach(scans::begin);
        feed =
                state.feed(
                        Tables.PROVIDER_EDGE,
                        Tables.VRFS,
                        Tables.ATTACHMENTS,
                        Tables.CUSTOMER_ROUTES);
        SessionBook sessions =
                new SessionBook(
                        scans, writer, writer.incarnation().holder(), System::currentTimeMillis);
        VpnRib rib = new VpnRib(self.as(), self.loopback());
        AdjRibIn adjRibIn = new AdjRibIn(scans, writer, rib);
        LabelAllocator labels =
                LabelAllocator.load(
                        scans, writer, state.clock(), self.labelFirst(), self.labelLast());
        vpn = new VpnControl(scans, writer, labels, rib);
        solicitor = new NeighborSolicitor();
        transport =
                new TransportControl(
                        scans,
                        writer,
                        sessions,
                        self.coreMac(),
                        solicitor::solicit,
                        nanoClock.getAsLong());
        // All that earlier lives left is loaded and decided upon before anybody is spoken to.
        feed.poll(records);
        if (feed.isWhole()) {
            vpn.inStep();
        }
        bgp =
                BgpSpeaker.open(
                        new SpeakerConfig(
                                self.as(),
                                self.loopback(),
                                self.loopback(),
                                SpeakerConfig.BGP_PORT));
        peers =
                new CorePeers(
                        self.loopback(), inbox, sessions, adjRibIn, rib::exports, this::openPeer);
        ldp = startLdp(core);
        kernel =
                KernelWatch.start(
                        core.index(), tables -> inbox.put(() -> transport.onKernel(tables)));
    }

    private LdpSpeaker startLdp(CoreInterface core) throws IOException, InterruptedException {
        LdpConfig config =
                LdpConfig.of(self.loopback(), core.name(), core.address(), core.prefixLength());
        LdpSpeaker speaker =
                LdpSpeaker.start(config, new InboxLdpListener(inbox, transport), nanoClock);
        // The egress of the LSP to us: the neighbour is to pop (RFC 5036, section 3.4.2.1).
        speaker.bind(Ipv4Prefix.host(self.loopback()), MplsLabel.IMPLICIT_NULL);
        return speaker;
    }

    private PeerSession openPeer(Ipv4Address reflector, RouteListener listener) {
        PeerConfig config =
                PeerConfig.of(reflector, self.as(), AddressFamily.VPN_IPV4)
                        .withLocalAddress(self.loopback())
                        .withTimes(
                                PeerConfig.HOLD_TIME_SECONDS,
                                CONNECT_RETRY_SECONDS,
                                PeerConfig.IDLE_HOLD_SECONDS)
                        // So that the reflector marks the end of its routes: stale ones can go.
                        .withGracefulRestartAware(true);
        return bgp.addPeer(config, listener);
    }

    /// Works until stopped, or until the PE's configuration asks for a new life.
    End run() throws InterruptedException {
        step();
        peers.configure(configured.routeReflectors(), nanoClock.getAsLong());
        LOG.info("speaking for {} ({}) on {}", self.name(), self.loopback(), self.coreInterface());
        while (!stopping) {
            inbox.drain(FEED_POLL_MILLIS);
            ProviderEdge before = configured;
            feed.poll(records);
            if (!configured.equals(before)) {
                if (!withReflectorsOf(configured, self).equals(self)) {
                    LOG.info("the PE's configuration has changed: {}", configured);
                    return End.RECONFIGURED;
                }
                peers.configure(configured.routeReflectors(), nanoClock.getAsLong());
            }
            step();
        }
        return End.STOPPED;
    }

    private void step() {
        long nowNanos = nanoClock.getAsLong();
        peers.onTime(nowNanos);
        vpn.setReachable(transport.update(vpn.nextHops(), nowNanos));
        vpn.flush(peers);
    }

    private static ProviderEdge withReflectorsOf(ProviderEdge pe, ProviderEdge other) {
        return new ProviderEdge(
                pe.name(),
                pe.loopback(),
                pe.as(),
                pe.coreInterface(),
                pe.coreMac(),
                pe.coreMtuBytes(),
                other.routeReflectors(),
                pe.labelFirst(),
                pe.labelLast());
    }

    void stop() {
        stopping = true;
    }

    /// Tells the peers that we go.
    @Override
    public void close() throws IOException {
        inbox.close();
        bgp.close();
        ldp.close();
        kernel.close();
        solicitor.close();
    }

    /// Why a life ended without an error.
    enum End {
        STOPPED,
        RECONFIGURED
    }

    /// The feed's reports: the PE's own record is for us, the rest is the VPNs'.
    private final class Records implements StateFeed.Listener {
        @Override
        public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
            if (record.value() instanceof ProviderEdge pe) {
                configured = pe;
            } else {
                vpn.present(table, record);
            }
        }

        @Override
        public <K, V> void absent(Table<K, V> table, K key) {
            if (table.id().equals(Tables.PROVIDER_EDGE.id())) {
                LOG.warn("the record of the PE is gone; going on as configured before");
            } else {
                vpn.absent(table, key);
            }
        }
    }
}
