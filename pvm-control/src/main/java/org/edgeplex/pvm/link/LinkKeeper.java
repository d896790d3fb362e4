package org.edgeplex.pvm.link;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the access link's interface as it should be, from a thread of its own.
///
/// The interface is the data plane's TAP: it appears when that process is ready, and vanishes and
/// comes back empty when it is respawned. So this looks again and again, and sets what is missing.
/// TCP connections survive such a gap: their address is back before they give up.
public final class LinkKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);

    private static final long ABSENT_POLL_MILLIS = 100;
    private static final long PRESENT_POLL_MILLIS = 1_000;

    /// How often a wait for the interface is mentioned, in polls.
    private static final int POLLS_PER_COMPLAINT = 300;

    private final String name;
    private final LinkKernel kernel;
    private final Consumer<LinkSpec> onReady;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable LinkSpec wanted;
    private boolean closed;

    // Of the keeper's thread alone.
    private @Nullable LinkSpec ready;
    private int readyIndex;
    private long pollCount;
    private String lastComplaint = "";

    public LinkKeeper(String name, LinkKernel kernel, Consumer<LinkSpec> onReady) {
        this.name = name;
        this.kernel = kernel;
        this.onReady = onReady;
    }

    public void start() {
        Thread.ofVirtual().name("link " + name).start(this::run);
    }

    /// Has the link made so. `onReady` is told when it is.
    public void configure(LinkSpec link) {
        lock.lock();
        try {
            wanted = link;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            LinkSpec link = null;
            boolean present = false;
            while (true) {
                link = awaitNext(link, present ? PRESENT_POLL_MILLIS : ABSENT_POLL_MILLIS);
                if (link == null) {
                    return;
                }
                present = reconcile(link);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until it is time to look again; returns what is wanted then, null when closed.
    private @Nullable LinkSpec awaitNext(@Nullable LinkSpec last, long millis)
            throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && (wanted == null || wanted.equals(last) && nanos > 0)) {
                if (wanted == null) {
                    changed.await();
                } else {
                    nanos = changed.awaitNanos(nanos);
                }
            }
            return closed ? null : wanted;
        } finally {
            lock.unlock();
        }
    }

    /// One look, and what it takes. Returns whether the interface is there and as it should be.
    boolean reconcile(LinkSpec link) throws InterruptedException {
        try {
            Optional<ObservedLink> observed = kernel.observe(name);
            if (observed.isEmpty()) {
                complain("interface " + name + " is not there yet");
                return false;
            }
            apply(observed.get(), link);
            return true;
        } catch (IOException e) {
            complain("interface " + name + ": " + e.getMessage());
            return false;
        }
    }

    private void apply(ObservedLink observed, LinkSpec link)
            throws IOException, InterruptedException {
        boolean isNew = ready == null || observed.index() != readyIndex;
        List<List<String>> commands = LinkPlan.commands(name, observed, link);
        if (isNew) {
            for (Map.Entry<String, String> sysctl : sysctls().entrySet()) {
                kernel.sysctl(sysctl.getKey(), sysctl.getValue());
            }
            kernel.ip(List.of("link", "set", "dev", "lo", "up"));
        }
        for (List<String> command : commands) {
            kernel.ip(command);
        }
        if (isNew || !commands.isEmpty() || !link.equals(ready)) {
            LOG.info("interface {} is up: {}", name, link);
            ready = link;
            readyIndex = kernel.observe(name).map(ObservedLink::index).orElse(0);
            pollCount = 0;
            lastComplaint = "";
            onReady.accept(link);
        }
    }

    /// - The kernel ends connections and never forwards.
    /// - rp_filter: sources behind the CE, and remote sites, are all seen on this one interface.
    /// - IPv6 is not spoken on the link: no router solicitations to the customer.
    private Map<String, String> sysctls() {
        String ipv4 = "ipv4/conf/" + name + "/";
        return new TreeMap<>(
                Map.of(
                        "ipv4/ip_forward",
                        "0",
                        "ipv4/conf/all/rp_filter",
                        "0",
                        ipv4 + "rp_filter",
                        "0",
                        ipv4 + "accept_redirects",
                        "0",
                        ipv4 + "send_redirects",
                        "0",
                        "ipv6/conf/" + name + "/disable_ipv6",
                        "1"));
    }

    private void complain(String complaint) {
        ready = null;
        if (!complaint.equals(lastComplaint) || pollCount % POLLS_PER_COMPLAINT == 0) {
            LOG.warn("{}; looking again every {} ms", complaint, ABSENT_POLL_MILLIS);
            lastComplaint = complaint;
        }
        pollCount++;
    }
}
