package org.edgeplex.controller;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.controller.api.ApiContext;
import org.edgeplex.controller.api.ApiServer;
import org.edgeplex.controller.api.ApiToken;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.IdleMode;
import org.edgeplex.controller.compute.netns.JvmCommand;
import org.edgeplex.controller.compute.netns.NetnsComputeHost;
import org.edgeplex.controller.compute.netns.NetnsSettings;
import org.edgeplex.controller.config.ControllerConfig;
import org.edgeplex.controller.config.ControllerConfig.CvmSetting;
import org.edgeplex.controller.config.ControllerConfig.SwitchSetting;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.controller.reconcile.Hosts;
import org.edgeplex.controller.reconcile.Planner;
import org.edgeplex.controller.reconcile.PlatformSpec;
import org.edgeplex.controller.reconcile.Reconciler;
import org.edgeplex.controller.reconcile.ReconcilerParts;
import org.edgeplex.controller.reconcile.Signal;
import org.edgeplex.controller.reconcile.StatusBoard;
import org.edgeplex.controller.reconcile.SwitchLink;
import org.edgeplex.controller.reconcile.SwitchWiring;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.loxi.OpenFlowSteering;
import org.edgeplex.openflow.ovsdb.OvsdbSwitch;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running controller: everything put together, from its lease to its API.
public final class Controller implements AutoCloseable {
    /// The holder of the controller's lease.
    public static final String HOLDER = "controller";

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

    /// Room on a PVM's wire beyond the core's largest packet: Ethernet, VLAN tag, labels.
    private static final int WIRE_ROOM_BYTES = 100;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
    private final Reconciler reconciler;
    private final ApiServer api;

    private Controller(
            ControllerConfig config, Path directory, ApiToken token, InetSocketAddress listen)
            throws IOException {
        Path counters = CountersDirectory.prepare(directory, Path.of("/run"));
        try {
            StateStore store = opened(Stores.open(config.store()));
            State state = new State(store, STORE_TIMEOUT);
            Life life =
                    opened(
                            Life.begin(
                                    state,
                                    HOLDER,
                                    "pid " + ProcessHandle.current().pid(),
                                    ended::complete));
            Signal signal = new Signal();
            StatusBoard board = new StatusBoard();
            EventLog events = new EventLog(state, life.writer(), System::currentTimeMillis);
            IntentStore intents =
                    new IntentStore(
                            state, life.writer(), events, new NetnsSite(config), signal::raise);
            reconciler =
                    new Reconciler(
                            new ReconcilerParts(
                                    platform(config),
                                    state,
                                    life.writer(),
                                    intents,
                                    events,
                                    new Hosts(hosts(config, directory, counters)),
                                    link(config),
                                    config.timing(),
                                    board,
                                    signal,
                                    System::nanoTime));
            api =
                    opened(
                            ApiServer.start(
                                    new ApiContext(
                                            state,
                                            intents,
                                            events,
                                            board,
                                            config.self(),
                                            life.incarnation(),
                                            counters),
                                    token,
                                    listen));
        } catch (RuntimeException e) {
            closeParts();
            throw e;
        }
        Thread.ofVirtual().name("reconciler").start(this::reconcile);
    }

    /// Starts it. Whoever was the controller of this store before can change nothing any more.
    ///
    /// @param directory for the token and the programs' output
    public static Controller start(
            ControllerConfig config, Path directory, InetSocketAddress listen) throws IOException {
        ApiToken token = ApiToken.readOrCreate(tokenFile(directory));
        return new Controller(config, directory, token, listen);
    }

    public static Path tokenFile(Path directory) {
        return directory.resolve("token");
    }

    public int port() {
        return api.port();
    }

    /// Completes when the controller has ended by itself, and says why: it has a successor, or the
    /// store has failed, or we have a bug.
    public CompletableFuture<RuntimeException> ended() {
        return ended;
    }

    /// Ends the controller and everything that it started.
    public void closeWithInstances() {
        reconciler.end();
        reconciler.stopInstances();
        close();
    }

    /// Ends the controller alone: the VMs and the switch go on.
    @Override
    public void close() {
        reconciler.end();
        closeParts();
    }

    private void reconcile() {
        try {
            reconciler.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended.complete(e);
        }
    }

    private static PlatformSpec platform(ControllerConfig config) {
        return new PlatformSpec(
                config.self(),
                config.cvm() instanceof CvmSetting.InNamespace,
                config.vlans(),
                switch (config.bridge()) {
                    case SwitchSetting.None() -> new SwitchWiring.NoSwitch();
                    case SwitchSetting.OpenVSwitch bridge ->
                            new SwitchWiring.Bridge(bridge.corePort(), bridge.cvmPort());
                },
                PlatformSpec.ROUTES_DEADLINE,
                PlatformSpec.LABEL_DEADLINE);
    }

    private List<ComputeHost> hosts(ControllerConfig config, Path directory, Path counters) {
        String switchNamespace =
                switch (config.bridge()) {
                    case SwitchSetting.None() -> "";
                    case SwitchSetting.OpenVSwitch bridge -> bridge.namespace();
                };
        List<ControllerConfig.Host> wanted = new ArrayList<>(config.hosts());
        if (config.cvm() instanceof CvmSetting.InNamespace(String namespace)) {
            wanted.add(new ControllerConfig.Host(Planner.CVM_HOST, namespace, IdleMode.ADAPTIVE));
        }
        List<ComputeHost> hosts = new ArrayList<>();
        for (ControllerConfig.Host host : wanted) {
            hosts.add(
                    opened(
                            new NetnsComputeHost(
                                    new NetnsSettings(
                                            host.name(),
                                            host.namespace(),
                                            switchNamespace,
                                            config.self().coreMtuBytes() + WIRE_ROOM_BYTES,
                                            config.store(),
                                            directory.resolve("log"),
                                            counters,
                                            host.idle(),
                                            JvmCommand.own()))));
        }
        return hosts;
    }

    private SwitchLink link(ControllerConfig config) {
        return switch (config.bridge()) {
            case SwitchSetting.None() -> new SwitchLink.NoSwitch();
            case SwitchSetting.OpenVSwitch bridge -> {
                SwitchDatabase database = opened(OvsdbSwitch.at(bridge.ovsdb()));
                // The core knows the PE by this MAC: a datapath id that no other PE has.
                BridgeSpec spec = new BridgeSpec(bridge.bridge(), config.self().coreMac().bits());
                yield new SwitchLink.Bridge(
                        spec,
                        database,
                        opened(OpenFlowSteering.start(spec.name(), bridge.openflow(), database)));
            }
        };
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    /// Last opened, first closed.
    private void closeParts() {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} does not close", part, e);
            }
        }
        parts.clear();
    }
}
