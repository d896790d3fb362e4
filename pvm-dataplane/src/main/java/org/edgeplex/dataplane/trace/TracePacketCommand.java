package org.edgeplex.dataplane.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeplex.dataplane.feed.StoredForwarding;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stores;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One packet, every decision.
@Command(
        name = "packet",
        mixinStandardHelpOptions = true,
        description = {
            "Takes one frame through the forwarding code of a data plane, with the tables",
            "that the store says, and prints each decision. No running program is touched."
        },
        footer = {
            "",
            "What only a running data plane knows is assumed: neighbours answer, the buckets",
            "of policers are full.",
            "",
            "  edgeplex trace packet --store lmdb:DIR --attachment 1 --from customer \\",
            "    --source 10.1.0.1 --destination 10.2.0.1",
            "  edgeplex trace packet --store lmdb:DIR --attachment 1 --pcap FILE --number 3"
        })
final class TracePacketCommand implements Callable<Integer> {
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "HEX",
            description = "The frame as it comes on the trunk, tag or labels included.")
    private @Nullable String hex;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "LOCATION",
            description = "The store of the PE, such as lmdb:DIR.")
    private String store = "";

    @Option(
            names = "--attachment",
            required = true,
            paramLabel = "NUMBER",
            description = "The attachment's number.")
    private int attachment;

    @Option(names = "--pcap", paramLabel = "FILE", description = "The frame is in this capture.")
    private @Nullable Path pcap;

    @Option(
            names = "--number",
            defaultValue = "1",
            description = "Its number there (default: ${DEFAULT-VALUE}).")
    private int number;

    @Option(
            names = "--from",
            description = "Make a UDP packet as it comes from: ${COMPLETION-CANDIDATES}.")
    private @Nullable Side from;

    @Option(names = "--source", paramLabel = "ADDRESS", description = "Its source.")
    private @Nullable String source;

    @Option(names = "--destination", paramLabel = "ADDRESS", description = "Its destination.")
    private @Nullable String destination;

    @Option(
            names = "--ttl",
            defaultValue = "64",
            description = "Its TTL, of labels too (default: ${DEFAULT-VALUE}).")
    private int ttl;

    @Option(
            names = "--bytes",
            defaultValue = "64",
            description = "Bytes of the IP packet (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(
            names = "--label",
            split = ",",
            paramLabel = "LABEL",
            description = "Labels from the core, the outermost first (default: the VPN label).")
    private List<Integer> labels = List.of();

    @Option(
            names = "--neighbour-mac",
            defaultValue = "02:00:00:00:00:02",
            paramLabel = "MAC",
            description =
                    "What the customer's routers and hosts answer (default:"
                            + " ${DEFAULT-VALUE}).")
    private String neighbourMac = "";

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean isJson;

    /// Where a packet comes from.
    enum Side {
        customer,
        core
    }

    @Override
    public Integer call() {
        // What is wrong with it is told before a store is asked for.
        Optional<byte[]> given = given();
        try (StateStore engine = Stores.openExisting(store)) {
            StoredForwarding stored =
                    StoredForwarding.load(new State(engine, STORE_TIMEOUT), attachment);
            PacketTrace trace = new PacketTrace(stored, MacAddress.parse(neighbourMac));
            byte[] frame = given.orElseGet(() -> made(stored, trace.tables()));
            TracedPacket packet = trace.run(bounded(frame));
            PrintWriter out = spec.commandLine().getOut();
            if (isJson) {
                out.println(json(stored, packet));
            } else {
                print(out, stored, packet);
            }
            out.flush();
            return 0;
        }
    }

    /// The frame of HEX or of a capture; one that is made needs the records.
    private Optional<byte[]> given() {
        if (hex != null && pcap == null && from == null) {
            return Optional.of(bounded(FrameHex.parse(hex)));
        }
        if (pcap != null && hex == null && from == null) {
            return Optional.of(bounded(PcapReader.read(pcap, number)));
        }
        if (from != null && hex == null && pcap == null) {
            return Optional.empty();
        }
        throw new ParameterException(
                spec.commandLine(), "one of HEX, --pcap and --from says which frame");
    }

    private static byte[] bounded(byte[] frame) {
        if (frame.length > Mbuf.DATA_BYTES_MAX) {
            throw new IllegalArgumentException("a frame of " + frame.length + " bytes");
        }
        return frame;
    }

    private byte[] made(StoredForwarding stored, Tables tables) {
        Side side = Objects.requireNonNull(from);
        String sender = source;
        String receiver = destination;
        if (sender == null || receiver == null) {
            throw new ParameterException(
                    spec.commandLine(), "--from needs --source and --destination");
        }
        Ipv4Address to = Ipv4Address.parse(receiver);
        List<MplsLabel> stack =
                labels.isEmpty()
                        ? tables.vpnLabel().stream().toList()
                        : labels.stream().map(MplsLabel::new).toList();
        FrameSpec made = new FrameSpec(Ipv4Address.parse(sender), to, ttl, bytes, stack);
        return switch (side) {
            case customer -> made.fromCustomer(stored.access());
            case core -> {
                if (stack.isEmpty()) {
                    throw new IllegalArgumentException(
                            "no label is bound for the attachment: say --label");
                }
                yield made.fromCore(stored.access());
            }
        };
    }

    private static void print(PrintWriter out, StoredForwarding stored, TracedPacket packet) {
        out.println("attachment " + stored.attachment().name());
        out.println("frame      " + packet.frame());
        for (Step step : packet.steps()) {
            out.printf("  %-10s %s%n", step.stage(), step.decision());
        }
        for (TracedPacket.Out sent : packet.out()) {
            out.printf("%-10s %s%n", sent.port(), sent.frame());
        }
    }

    private static ObjectNode json(StoredForwarding stored, TracedPacket packet) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attachment", stored.attachment().name()).put("frame", packet.frame());
        ArrayNode steps = json.putArray("steps");
        for (Step step : packet.steps()) {
            steps.addObject().put("stage", step.stage()).put("decision", step.decision());
        }
        ArrayNode out = json.putArray("out");
        for (TracedPacket.Out sent : packet.out()) {
            out.addObject().put("port", sent.port()).put("frame", sent.frame());
        }
        return json;
    }
}
