package org.edgeplex.ldp.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// A speaker as a process of its own, to be run in a network namespace: events to a file, commands
/// (`bind PREFIX LABEL`, `unbind PREFIX`, `stop`) from standard input.
final class SpeakerProcess implements LdpListener {
    private final PrintStream events;

    private SpeakerProcess(PrintStream events) {
        this.events = events;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Ipv4Address loopback = Ipv4Address.parse(args[0]);
        LdpConfig config = LdpConfig.of(loopback, "c0", Ipv4Address.parse(args[1]), 24);
        try (PrintStream events = new PrintStream(args[2], StandardCharsets.UTF_8);
                LdpSpeaker speaker =
                        LdpSpeaker.start(config, new SpeakerProcess(events), System::nanoTime)) {
            speaker.bind(Ipv4Prefix.host(loopback), MplsLabel.IMPLICIT_NULL);
            obey(speaker);
        }
    }

    private static void obey(LdpSpeaker speaker) throws IOException, InterruptedException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            List<String> words = List.of(line.split(" ", -1));
            switch (words.getFirst()) {
                case "bind" ->
                        speaker.bind(
                                Ipv4Prefix.parse(words.get(1)),
                                new MplsLabel(Integer.parseInt(words.get(2))));
                case "unbind" -> speaker.unbind(Ipv4Prefix.parse(words.get(1)));
                case "stop" -> {
                    return;
                }
                default -> throw new IOException("unknown command " + line);
            }
        }
    }

    private void event(String text) {
        events.println(text);
        events.flush();
    }

    @Override
    public void neighborHeard(Neighbor neighbor) {
        event("heard " + neighbor.id() + " at " + neighbor.transportAddress());
    }

    @Override
    public void neighborLost(Neighbor neighbor) {
        event("lost " + neighbor.id());
    }

    @Override
    public void sessionUp(Neighbor neighbor) {
        event("up " + neighbor.id());
    }

    @Override
    public void sessionDown(Neighbor neighbor, SessionDownReason reason) {
        event("down " + neighbor.id() + ": " + reason);
    }

    @Override
    public void addressesChanged(LdpIdentifier peer, List<Ipv4Address> addresses) {
        event("addresses " + peer + " " + addresses);
    }

    @Override
    public void mappingReceived(LdpIdentifier peer, Ipv4Prefix fec, MplsLabel label) {
        event("mapping " + peer + " " + fec + " " + label);
    }

    @Override
    public void mappingWithdrawn(LdpIdentifier peer, Ipv4Prefix fec) {
        event("withdrawn " + peer + " " + fec);
    }
}
