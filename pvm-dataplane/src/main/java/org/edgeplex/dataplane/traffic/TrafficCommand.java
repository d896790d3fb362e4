package org.edgeplex.dataplane.traffic;

import java.util.List;
import java.util.concurrent.Callable;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkException;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortExamples;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.dpdk.PortWords;
import org.edgeplex.dataplane.io.linux.Cpus;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Sends, takes and measures packets on any port.
@Command(
        name = "traffic",
        mixinStandardHelpOptions = true,
        description = {
            "Sends packets at a set pace and tells what became of them: lost, reordered,"
                    + " duplicated, how long they took, the longest gap.",
            "",
            "A port is " + PortSpec.HELP + "."
        },
        footer = {
            "",
            "Ports, an example of each type:",
            PortExamples.TEXT,
            "A type has the keys of its DPDK driver; a wrong one is answered with those there are.",
            "",
            "Examples:",
            "  two ends of a network in one process, for 10 seconds:",
            "    edgeplex traffic loop --port af_packet:ce1 --receive af_packet:ce2 \\",
            "      --to 02:00:00:00:00:01 --destination 10.2.0.2 --rate 10000 --seconds 10",
            "  a host elsewhere that sends back, and the time there and back:",
            "    edgeplex traffic echo --port af_packet:eth0",
            "    edgeplex traffic loop --port af_packet:eth1 --rate 1000 --per-flow --flows 10",
            "  a capture of what would be sent, to replay or to look at:",
            "    edgeplex traffic generate --port pcap,tx_pcap=out.pcap --packets 100"
        })
public final class TrafficCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MEGABYTES_MAX = 1 << 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ROLE",
            converter = Role.Converter.class,
            completionCandidates = Role.Words.class,
            description =
                    "loop: send and take in one process; generate: send only; sink: take what a"
                            + " generator elsewhere sends; echo: send it back")
    private Role role = Role.LOOP;

    @Option(
            names = {"-p", "--port"},
            required = true,
            completionCandidates = PortWords.class,
            description = "the port to send on, and to receive on")
    private String port = "";

    @Option(
            names = "--receive",
            completionCandidates = PortWords.class,
            description = "another port to receive on",
            defaultValue = "")
    private String receive = "";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "the network namespace that the interface of --port is in",
            defaultValue = "")
    private String namespace = "";

    @Option(
            names = "--receive-namespace",
            paramLabel = "NAME",
            description = "likewise of --receive",
            defaultValue = "")
    private String receiveNamespace = "";

    @Option(
            names = {"-r", "--rate"},
            description = "packets a second; 0: as many as go (default: ${DEFAULT-VALUE})",
            defaultValue = "1000")
    private double packetsPerSecond;

    @Option(
            names = "--burst",
            description = "packets sent at a time, up to 32 (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private int burst;

    @Option(
            names = {"-s", "--seconds"},
            description = "stop after this time (default: at Ctrl-C)",
            defaultValue = "0")
    private double seconds;

    @Option(
            names = {"-n", "--packets"},
            description = "stop after so many packets (default: at Ctrl-C)",
            defaultValue = "0")
    private long packetsMax;

    @Option(
            names = "--drain",
            description = "wait so many seconds for the last packets (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private double drainSeconds;

    @Option(
            names = {"-f", "--flows"},
            description =
                    "flows, up to 1048576; a sink's must be no fewer (default: 1, for a sink"
                            + " ${DEFAULT-VALUE})",
            defaultValue = "1024")
    private int flows;

    @Option(
            names = "--from",
            description = "the frames' source (default: ${DEFAULT-VALUE})",
            defaultValue = "02:00:00:00:00:c1")
    private String from = "";

    @Option(
            names = "--to",
            description = "the frames' destination: the next router (default: ${DEFAULT-VALUE})",
            defaultValue = "02:00:00:00:00:c2")
    private String to = "";

    @Option(names = "--vlan", description = "tag all frames with this VLAN", defaultValue = "0")
    private int vlan;

    @Option(names = "--labels", split = ",", description = "MPLS labels, from the top down")
    private List<Integer> labels = List.of();

    @Option(
            names = "--source",
            description =
                    "ADDRESS or ADDRESS/LENGTH: it and those after it in the prefix, IPv4 or"
                            + " IPv6 (default: ${DEFAULT-VALUE})",
            defaultValue = "198.18.0.1")
    private String source = "";

    @Option(
            names = "--destination",
            description = "likewise; flows take these in turn (default: ${DEFAULT-VALUE})",
            defaultValue = "198.19.0.1")
    private String destination = "";

    @Option(
            names = "--size",
            description =
                    "bytes of a frame without its check sequence (default: ${DEFAULT-VALUE},"
                            + " 64 on the wire)",
            defaultValue = "60")
    private int frameBytes;

    @Option(names = "--ttl", defaultValue = "64", hidden = true)
    private int ttl;

    @Option(
            names = "--dscp",
            description = "of the IP header (default: ${DEFAULT-VALUE})",
            defaultValue = "0")
    private int dscp;

    @Option(
            names = "--arp",
            description =
                    "answer ARP for the sources, with the address of --from, and for the"
                            + " destinations; for ports behind which no kernel does")
    private boolean answersArp;

    @Option(
            names = "--answer",
            description = "what is answered for the destinations (default: ${DEFAULT-VALUE})",
            defaultValue = "02:00:00:00:00:c3")
    private String answer = "";

    @Option(
            names = "--rest",
            description =
                    "give the CPU away when there is nothing to do: kinder, and some 60 us"
                            + " less precise")
    private boolean rests;

    @Option(names = "--cpu", description = "pin to this CPU", defaultValue = "-1")
    private int cpu = Eal.ANY_CPU;

    @Option(
            names = "--memory",
            description = "megabytes for DPDK (default: ${DEFAULT-VALUE})",
            defaultValue = "64")
    private int memoryMegabytes;

    @Option(
            names = "--progress",
            description = "tell progress every so many seconds (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private double progressSeconds;

    @Option(names = "--json", description = "lines of JSON: progress, flows, total")
    private boolean isJson;

    @Option(names = "--per-flow", description = "the figures of each flow too")
    private boolean isPerFlow;

    @Override
    public Integer call() throws InterruptedException {
        TrafficSession session;
        try {
            session = new TrafficSession(settings(), ports(), cpu, memoryMegabytes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        TrafficPrinter printer =
                new TrafficPrinter(spec.commandLine().getOut(), role, isJson, isPerFlow);
        try {
            session.run(printer);
            return 0;
        } catch (DpdkException e) {
            spec.commandLine().getErr().println("edgeplex: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private List<PortPlace> ports() {
        PortPlace first = new PortPlace(PortSpec.parsePolled(port), namespace);
        List<PortPlace> places =
                receive.isEmpty()
                        ? List.of(first)
                        : List.of(
                                first,
                                new PortPlace(PortSpec.parsePolled(receive), receiveNamespace));
        if (role == Role.LOOP) {
            LoopPorts.check(places.stream().map(PortPlace::spec).toList());
        }
        return places;
    }

    private TrafficLoop.Settings settings() {
        check("--rate", packetsPerSecond, 0, 1e9);
        check("--burst", burst, 1, PacketIo.BURST_MAX);
        check("--seconds", seconds, 0, 1e9);
        check("--packets", (double) packetsMax, 0, 1L << 44);
        check("--drain", drainSeconds, 0, 3600);
        check("--progress", progressSeconds, 0.01, 3600);
        check("--memory", memoryMegabytes, 1, MEGABYTES_MAX);
        if (cpu != Eal.ANY_CPU) {
            Cpus.check(cpu);
        }
        boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption("--flows");
        FlowPlan plan =
                new FlowPlan(
                        isGiven || !role.sends() ? flows : 1,
                        MacAddress.parse(from),
                        MacAddress.parse(to),
                        vlan,
                        labels.stream().map(MplsLabel::new).toList(),
                        Addresses.parse(source),
                        Addresses.parse(destination),
                        ttl,
                        dscp,
                        frameBytes);
        return new TrafficLoop.Settings(
                role,
                plan,
                packetsPerSecond,
                burst,
                packetsMax == 0 ? Long.MAX_VALUE : packetsMax,
                seconds == 0 ? Long.MAX_VALUE : (long) (seconds * NANOS_PER_SECOND),
                (long) (drainSeconds * NANOS_PER_SECOND),
                answersArp,
                MacAddress.parse(answer).bits(),
                rests,
                (long) (progressSeconds * NANOS_PER_SECOND));
    }

    private static void check(String option, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(option + " is out of its range: " + value);
        }
    }
}
