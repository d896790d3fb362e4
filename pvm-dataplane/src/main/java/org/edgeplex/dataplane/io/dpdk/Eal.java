package org.edgeplex.dataplane.io.dpdk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.edgeplex.dataplane.io.linux.CpuAffinity;
import org.edgeplex.dataplane.io.linux.Cpus;
import org.edgeplex.dataplane.io.linux.HiddenFolders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// DPDK's environment abstraction layer: once per process.
///
/// The thread that starts it becomes DPDK's main lcore and may be pinned, and threads inherit
/// pinning from their parent: so it must be the data plane's own platform thread, never `main`.
public final class Eal {
    /// Run the thread wherever the kernel likes: a machine with more port VMs than cores.
    public static final int ANY_CPU = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Eal.class);
    private static boolean started;

    /// What DPDK takes of the machine.
    ///
    /// @param memoryMegabytes all that DPDK may allocate, buffers included
    /// @param cpu the CPU of the calling thread, or [#ANY_CPU]
    /// @param ports that will be opened, as far as they are known
    public record Options(int memoryMegabytes, int cpu, List<PortSpec> ports) {
        public static final Options DEFAULT = new Options(32, ANY_CPU);

        public Options {
            ports = List.copyOf(ports);
        }

        public Options(int memoryMegabytes, int cpu) {
            this(memoryMegabytes, cpu, List.of());
        }
    }

    private Eal() {}

    /// Loads DPDK, so that nothing but DPDK itself remains for [#start] to do.
    ///
    /// @throws DpdkException when DPDK is missing or of another version
    public static void prepare() {
        SelfCheck.version();
        BitSet ignored = CpuAffinity.current(); // makes what other system calls need, too
    }

    /// Starts DPDK on the calling thread and proves the structure layouts; later calls do nothing.
    ///
    /// @throws DpdkException when DPDK is missing, of another version, or does not start
    public static synchronized void start(Options options) {
        if (started) {
            return;
        }
        prepare();
        int result = initialize(options);
        if (result < 0) {
            throw new DpdkException(
                    "rte_eal_init failed ("
                            + result
                            + "): see its messages on standard error; it needs root and "
                            + options.memoryMegabytes
                            + " MB of memory");
        }
        SelfCheck.run();
        started = true;
    }

    /// DPDK loads all drivers that there are, some hundred, before it looks for network cards. For
    /// virtual devices [Drivers] loads the one that is needed, when it is needed.
    private static int initialize(Options options) {
        List<String> meminfo = MemoryInfo.read();
        BitSet cpus = CpuAffinity.current();
        check(options, meminfo, cpus);
        List<String> arguments = arguments(options, MemoryInfo.freeHugeMegabytes(meminfo), cpus);
        boolean hasCards = options.ports.stream().anyMatch(port -> port.pciAddress().isPresent());
        return HiddenFolders.hide(
                hasCards ? List.of() : Drivers.folders(), () -> Dpdk.ealInit(arguments));
    }

    /// What the machine does not have: DPDK would print its usage, or fill memory for minutes.
    ///
    /// @param cpus where the calling thread may run
    /// @throws DpdkException saying what there is
    static void check(Options options, List<String> meminfo, BitSet cpus) {
        if (options.cpu != ANY_CPU) {
            try {
                Cpus.check(options.cpu, cpus);
            } catch (IllegalArgumentException e) {
                throw new DpdkException(String.valueOf(e.getMessage()), e);
            }
        }
        long huge = MemoryInfo.freeHugeMegabytes(meminfo);
        long ordinary = MemoryInfo.availableMegabytes(meminfo);
        if (options.memoryMegabytes > Math.max(huge, ordinary)) {
            throw new DpdkException(
                    "%d MB of memory for DPDK are more than there is: %d MB in free huge"
                                    .formatted(options.memoryMegabytes, huge)
                            + " pages, %d MB in others; ask for less with --memory"
                                    .formatted(ordinary));
        }
    }

    /// @param cpus where the calling thread may run
    static List<String> arguments(Options options, long freeHugeMegabytes, BitSet cpus) {
        List<String> arguments = new ArrayList<>(List.of("edgeplex"));
        arguments.addAll(List.of("--no-telemetry", "--no-shconf"));
        List<String> cards =
                options.ports.stream()
                        .filter(port -> port.pciAddress().isPresent())
                        .map(PortSpec::card)
                        .toList();
        if (cards.isEmpty()) {
            arguments.add("--no-pci");
        }
        cards.forEach(card -> arguments.addAll(List.of("-a", card)));
        if (options.ports.stream().anyMatch(PortSpec::sharesMemory)) {
            arguments.add("--single-file-segments"); // a peer maps few files only
        }
        arguments.addAll(List.of("--log-level", "warning"));
        String where =
                options.cpu == ANY_CPU
                        ? cpus.stream().mapToObj(Integer::toString).collect(Collectors.joining(","))
                        : "" + options.cpu;
        arguments.addAll(List.of("--lcores", "0@(" + where + ")"));
        arguments.addAll(List.of("-m", "" + options.memoryMegabytes));
        if (freeHugeMegabytes >= options.memoryMegabytes) {
            arguments.add("--in-memory");
        } else {
            LOG.warn(
                    "{} MB of huge pages are free, {} MB wanted: using ordinary pages, slower;"
                            + " more can be reserved with: sysctl vm.nr_hugepages",
                    freeHugeMegabytes,
                    options.memoryMegabytes);
            arguments.add("--no-huge");
        }
        return arguments;
    }
}
