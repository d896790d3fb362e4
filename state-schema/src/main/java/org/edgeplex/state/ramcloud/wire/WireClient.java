package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;

/// A client of a RAMCloud cluster over its wire protocol.
///
/// What goes well runs on the callers' threads and the transport's. What fails is tried again by
/// the loop: routes are asked anew, waits grow up to a limit, and the call's own deadline ends it.
public final class WireClient implements RamcloudClient {
    private static final long FIRST_DELAY_MICROS = 500;
    private static final int DELAY_DOUBLINGS_MAX = 7;
    private static final Duration TABLE_RETRY = Duration.ofMillis(50);
    private static final Duration HINT_AT_MOST_EVERY = Duration.ofMillis(500);

    private final RamcloudOptions options;
    private final EventLoop loop;
    private final Transport transport;
    private final Leader leader;
    private final boolean ownsLoop;
    private final long stallNanos;
    private final Coordinator coordinator;
    private final Linear linear;
    private final Tables tables;
    private final Router router;
    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final PendingCalls calls;

    /// Of the loop: when the coordinator was last told that a server seems dead.
    private long hintedNanos;

    /// A client in real time. Nothing is reached yet: operations wait for the cluster until their
    /// timeout.
    public static WireClient open(RamcloudOptions options) {
        return new WireClient(
                options,
                new SystemEventLoop("ramcloud-client"),
                new TcpTransport("ramcloud-replies"),
                Leader.of(options),
                true);
    }

    /// A client whose time and network are the caller's; the loop stays the caller's to close.
    public static WireClient on(
            RamcloudOptions options, EventLoop loop, Transport transport, Leader leader) {
        return new WireClient(options, loop, transport, leader, false);
    }

    private WireClient(
            RamcloudOptions options,
            EventLoop loop,
            Transport transport,
            Leader leader,
            boolean ownsLoop) {
        this.options = options;
        this.loop = loop;
        this.transport = transport;
        this.leader = leader;
        this.ownsLoop = ownsLoop;
        this.stallNanos = Duration.ofMillis(options.stallMillis()).toNanos();
        this.hintedNanos = loop.nowNanos() - HINT_AT_MOST_EVERY.toNanos();
        calls = new PendingCalls(loop, transport.answers(), _ -> watch());
        coordinator = new Coordinator(leader, transport, loop);
        linear = new Linear(loop, coordinator);
        Again again = new Again();
        tables =
                new Tables(
                        coordinator,
                        tablet -> {
                            Server server =
                                    servers.computeIfAbsent(
                                            tablet.locator(),
                                            locator ->
                                                    new Server(
                                                            locator, transport, loop, again,
                                                            linear));
                            server.id(tablet.serverId());
                            return server;
                        });
        router = new Router(tables, again);
    }

    @Override
    public CompletableFuture<Long> table(String name, Duration timeout) {
        return table(name, true, timeout).thenApply(Optional::orElseThrow);
    }

    @Override
    public CompletableFuture<Optional<Long>> findTable(String name, Duration timeout) {
        return table(name, false, timeout);
    }

    private CompletableFuture<Optional<Long>> table(String name, boolean create, Duration timeout) {
        TableCall call = new TableCall(name, create, timeout, calls);
        if (calls.admit(call)) {
            loop.execute(() -> find(call));
        }
        return call.future();
    }

    @Override
    public CompletableFuture<List<Lookup>> read(List<ObjectKey> keys, Duration timeout) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        ReadCall call = new ReadCall(keys, timeout, calls);
        start(call);
        return call.future();
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<ObjectWrite> writes, Duration timeout) {
        if (writes.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        WriteCall call = new WriteCall(writes, timeout, calls);
        start(call);
        return call.future();
    }

    @Override
    public CompletableFuture<Long> increment(ObjectKey key, long delta, Duration timeout) {
        IncrementCall call = new IncrementCall(key, delta, timeout, calls);
        start(call);
        return call.future();
    }

    @Override
    public CompletableFuture<ScanPage> enumerate(long tableId, Bytes resume, Duration timeout) {
        EnumerateCall call = new EnumerateCall(tableId, resume, timeout, calls);
        start(call);
        return call.future();
    }

    @Override
    public void close() {
        calls.end();
        transport.close();
        leader.close();
        if (ownsLoop) {
            loop.close();
        }
    }

    private void start(Call<?> call) {
        if (calls.admit(call)) {
            router.route(call);
        }
    }

    /// Ends connections that are dead.
    private void watch() {
        servers.values().forEach(server -> server.watch(stallNanos));
        coordinator.watch(stallNanos);
    }

    private void find(TableCall call) {
        if (call.isDone()) {
            return;
        }
        coordinator.ask(
                out -> Requests.getTableId(out, call.name()),
                (status, reply) -> {
                    if (status != Status.TABLE_DOESNT_EXIST) {
                        found(call, status, reply);
                    } else if (call.create()) {
                        create(call);
                    } else {
                        call.notFound();
                    }
                },
                why -> findLater(call, why));
    }

    private void create(TableCall call) {
        coordinator.ask(
                out -> Requests.createTable(out, call.name(), options.serverSpan()),
                (status, reply) -> found(call, status, reply),
                why -> findLater(call, why));
    }

    private void found(TableCall call, int status, FrameReader reply) {
        if (status == Status.OK) {
            long id = reply.u64();
            // Who asks for a table uses it next. Where it is may also be asked for again then.
            tables.refresh(id, (_, _) -> call.found(id));
        } else {
            findLater(call, "the coordinator: " + Status.name(status));
        }
    }

    private void findLater(TableCall call, String why) {
        call.trouble(why);
        loop.schedule(TABLE_RETRY, () -> find(call));
    }

    /// What did not go well.
    private final class Again implements Retries {
        @Override
        public void again(Part part, Verdict why, long delayMicros) {
            if (part.call.isDone()) {
                forget(part);
                return;
            }
            if (why == Verdict.NEW_LEASE && part.linear != null) {
                linear.ended(part.linear);
            }
            long micros = delayMicros;
            if (why == Verdict.CONTINUE) {
                part.attempts = 0;
            } else if (micros == 0 && part.attempts++ > 0) {
                micros = FIRST_DELAY_MICROS << Math.min(part.attempts, DELAY_DOUBLINGS_MAX);
            }
            if (micros == 0) {
                loop.execute(() -> tryAgain(part, why));
            } else {
                Duration delay = Duration.ofNanos(micros * 1_000);
                loop.execute(() -> loop.schedule(delay, () -> tryAgain(part, why)));
            }
        }

        private void tryAgain(Part part, Verdict why) {
            if (part.call.isDone()) {
                forget(part);
            } else if (why == Verdict.REROUTE) {
                long tableId = part.call.tableId(part.indices[0]);
                tables.refresh(
                        tableId, (outcome, reason) -> refreshed(part, tableId, outcome, reason));
            } else {
                router.route(part);
            }
        }

        /// Without an answer from the coordinator we go on with what we knew.
        private void refreshed(Part part, long tableId, Tables.Outcome outcome, String reason) {
            switch (outcome) {
                case KNOWN -> router.route(part);
                case NO_TABLE -> {
                    forget(part);
                    part.call.endWith(ClusterFailures.noTable(tableId));
                }
                case NO_ANSWER -> {
                    if (tables.known(tableId) == null) {
                        part.call.trouble(reason);
                    }
                    router.route(part);
                }
            }
        }

        @Override
        public void forget(Part part) {
            LinearId id = part.linear;
            if (id != null) {
                part.linear = null;
                linear.finished(id);
            }
        }

        /// The coordinator looks for itself whether it is true.
        @Override
        public void suspect(Server server) {
            loop.execute(() -> {
                long now = loop.nowNanos();
                if (calls.isClosed() || now - hintedNanos < HINT_AT_MOST_EVERY.toNanos()) {
                    return;
                }
                hintedNanos = now;
                coordinator.ask(
                        out -> Requests.hintServerCrashed(out, server.id()), (_, _) -> {}, _ -> {});
            });
        }
    }
}
