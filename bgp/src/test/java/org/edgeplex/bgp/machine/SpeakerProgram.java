package org.edgeplex.bgp.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgeplex.bgp.session.BgpSpeaker;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.session.Negotiated;
import org.edgeplex.bgp.session.PeerConfig;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.session.SpeakerConfig;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;

/// A speaker with one peer, told what to do by lines and telling by lines what it hears.
///
/// Arguments: local AS, local address (also the router id), peer address, peer AS, family.
///
/// ```
///   announce PREFIX [RD LABEL RT]      withdraw PREFIX [RD]      refresh      close
/// ```
final class SpeakerProgram implements RouteListener {
    private final PrintStream out;
    private final AddressFamily family;
    private final AsNumber localAs;
    private final AsNumber peerAs;
    private final Ipv4Address localAddress;

    private SpeakerProgram(String[] args, PrintStream out) {
        this.out = out;
        localAs = AsNumber.parse(args[0]);
        localAddress = Ipv4Address.parse(args[1]);
        peerAs = AsNumber.parse(args[3]);
        family = args[4].equals("vpn") ? AddressFamily.VPN_IPV4 : AddressFamily.IPV4_UNICAST;
    }

    public static void main(String[] args) throws IOException {
        SpeakerProgram program = new SpeakerProgram(args, System.out);
        PeerConfig config =
                PeerConfig.of(Ipv4Address.parse(args[2]), program.peerAs, program.family)
                        .withLocalAddress(program.localAddress)
                        .withGracefulRestartAware(true)
                        .withTimes(9, 1, 1);
        SpeakerConfig speakerConfig =
                new SpeakerConfig(
                        program.localAs,
                        program.localAddress,
                        program.localAddress,
                        SpeakerConfig.BGP_PORT);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (BgpSpeaker speaker = BgpSpeaker.open(speakerConfig)) {
            PeerSession session = speaker.addPeer(config, program);
            String line = in.readLine();
            while (line != null) {
                program.execute(session, line.split(" ", -1));
                line = in.readLine();
            }
        }
    }

    private void execute(PeerSession session, String[] words) {
        boolean done =
                switch (words[0]) {
                    case "announce" -> session.announce(announcement(words));
                    case "withdraw" ->
                            session.withdraw(
                                    new RouteUpdate.Withdrawn(
                                            family, List.of(nlri(words[1], words))));
                    case "refresh" -> session.requestRefresh(family);
                    case "close" -> {
                        session.close(Cease.ADMINISTRATIVE_SHUTDOWN);
                        yield true;
                    }
                    default -> throw new IllegalArgumentException(words[0]);
                };
        out.println((done ? "done " : "refused ") + words[0]);
    }

    private RouteUpdate.Announced announcement(String[] words) {
        PathAttributes attributes = PathAttributes.originated(PathAttribute.Origin.IGP);
        if (localAs.equals(peerAs)) {
            attributes = attributes.withLocalPref(PathAttribute.LocalPref.DEFAULT);
        } else {
            attributes = attributes.with(AsPath.sequence(localAs));
        }
        Nlri nlri = nlri(words[1], words);
        Reachable route =
                switch (nlri) {
                    case Nlri.Ipv4 plain -> new Reachable.Unlabeled(plain);
                    case Nlri.VpnIpv4 vpn ->
                            new Reachable.Labeled(vpn, new MplsLabel(Integer.parseInt(words[3])));
                };
        if (nlri instanceof Nlri.VpnIpv4) {
            attributes = attributes.withRouteTargets(List.of(RouteTarget.parse(words[4])));
        }
        return new RouteUpdate.Announced(family, localAddress, attributes, List.of(route));
    }

    private Nlri nlri(String prefix, String[] words) {
        return family.equals(AddressFamily.VPN_IPV4)
                ? new Nlri.VpnIpv4(RouteDistinguisher.parse(words[2]), Ipv4Prefix.parse(prefix))
                : new Nlri.Ipv4(Ipv4Prefix.parse(prefix));
    }

    @Override
    public void established(Negotiated negotiated) {
        out.println("established " + negotiated);
    }

    @Override
    public void updates(List<RouteUpdate> changes) {
        for (RouteUpdate change : changes) {
            switch (change) {
                case RouteUpdate.Announced announced ->
                        announced
                                .routes()
                                .forEach(route ->
                                        out.println(
                                                "announced "
                                                        + route
                                                        + " via "
                                                        + announced.nextHop()
                                                        + " path ["
                                                        + announced.attributes().asPath()
                                                        + "] targets "
                                                        + announced.attributes().routeTargets()
                                                        + " clusters "
                                                        + announced.attributes().clusterList()));
                case RouteUpdate.Withdrawn withdrawn ->
                        withdrawn.routes().forEach(route -> out.println("withdrawn " + route));
            }
        }
    }

    @Override
    public void endOfRib(AddressFamily ended) {
        out.println("end-of-rib " + ended);
    }

    @Override
    public void routeRefreshRequested(AddressFamily wanted) {
        out.println("refresh-requested " + wanted);
    }

    @Override
    public void down(DownReason reason) {
        out.println("down " + reason);
    }
}
