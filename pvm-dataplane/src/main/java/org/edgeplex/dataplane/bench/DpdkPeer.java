package org.edgeplex.dataplane.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A program of DPDK that forwards from its first port: testpmd, l3fwd.
final class DpdkPeer implements Peer {
    private static final long START_NANOS_MAX = 30_000_000_000L;
    private static final long POLL_NANOS = 50_000_000;
    private static final String L3FWD = "EDGEPLEX_L3FWD";

    private final Process process;
    private final Telemetry telemetry;

    private DpdkPeer(Process process, Telemetry telemetry) {
        this.process = process;
        this.telemetry = telemetry;
    }

    /// testpmd on a port without a wire, as fast as a port goes.
    ///
    /// @param mode of forwarding: io, macswap
    static DpdkPeer testpmd(Path folder, int cpu, String mode) {
        Path program = PeerPrograms.find("dpdk-testpmd", "dpdk-dev");
        int otherCpu = cpu == 0 ? 1 : 0;
        List<String> command = new ArrayList<>(List.of(program.toString()));
        String prefix = prefix("testpmd-" + mode);
        command.addAll(eal(prefix, cpu + "," + otherCpu));
        command.addAll(List.of("--main-lcore", "" + otherCpu, "-m", "64"));
        command.addAll(List.of("--vdev", "net_null0,copy=0,size=64", "--"));
        command.addAll(List.of("--port-topology=loop", "--burst=32", "--total-num-mbufs=4095"));
        command.addAll(List.of("--auto-start", "--stats-period=3600", "--forward-mode=" + mode));
        return start(command, folder.resolve(prefix + ".log"), prefix);
    }

    /// l3fwd with its longest prefix match, from a file to nowhere.
    static DpdkPeer l3fwd(Path folder, int cpu, Path frames, Path routes, Path routes6) {
        String program = System.getenv(L3FWD);
        if (program == null || !Files.isExecutable(Path.of(program))) {
            throw new MissingException(
                    "set "
                            + L3FWD
                            + " to a program built of DPDK's examples/l3fwd, with the receive"
                            + " checksum offload taken out and room for 65536 rules");
        }
        String prefix = prefix("l3fwd");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(eal(prefix, "" + cpu));
        command.addAll(List.of("-m", "256"));
        command.addAll(List.of("--vdev", "net_pcap0,rx_pcap=" + frames + ",infinite_rx=1"));
        command.addAll(List.of("--vdev", "net_null1,no-rx=1", "--"));
        command.addAll(List.of("-P", "-p", "0x3", "--config", "(0,0," + cpu + ")"));
        command.addAll(List.of("--parse-ptype", "--lookup", "lpm"));
        command.addAll(List.of("--rule_ipv4", routes.toString()));
        command.addAll(List.of("--rule_ipv6", routes6.toString()));
        return start(command, folder.resolve(prefix + ".log"), prefix);
    }

    private static String prefix(String name) {
        return "edgeplex-" + name + "-" + ProcessHandle.current().pid();
    }

    private static List<String> eal(String prefix, String cpus) {
        return List.of(
                "-l",
                cpus,
                "--no-pci",
                "--in-memory",
                "--file-prefix",
                prefix,
                "--log-level",
                "warning");
    }

    private static DpdkPeer start(List<String> command, Path log, String prefix) {
        Process process = Command.start(command, log);
        long deadlineNanos = System.nanoTime() + START_NANOS_MAX;
        while (true) {
            try {
                Telemetry telemetry = Telemetry.connect(prefix);
                while (telemetry.counter(0, "ipackets") == 0) {
                    await(process, deadlineNanos, log);
                }
                return new DpdkPeer(process, telemetry);
            } catch (IllegalStateException _) {
                await(process, deadlineNanos, log);
            }
        }
    }

    private static void await(Process process, long deadlineNanos, Path log) {
        if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
            Command.end(process);
            throw new MissingException("it did not start: " + PeerPrograms.lastLines(log));
        }
        LockSupport.parkNanos(POLL_NANOS);
    }

    @Override
    public long packets() {
        return telemetry.counter(0, "ipackets");
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        resume();
        telemetry.close();
        Command.end(process);
    }
}
