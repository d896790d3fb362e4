package org.edgeplex.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.edgeplex.controller.Controller;
import org.edgeplex.controller.config.ConfigException;
import org.edgeplex.controller.config.ConfigReader;
import org.edgeplex.controller.config.ControllerConfig;
import org.edgeplex.state.FileFailure;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.FencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a controller until it is told to end.
@Command(
        name = "controller",
        mixinStandardHelpOptions = true,
        description = "Runs the controller of one PE: its REST API and its reconciler.",
        footer = {
            "",
            "SIGTERM ends the controller alone; VMs and switch go on, and the next",
            "controller in DIR finds them.",
            "Without a configuration: a PE \"pe1\" with a store in DIR and no hosts."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:ended as asked",
            "1:the configuration, the directory or the address cannot be used",
            "2:the command line is wrong",
            "3:another controller has taken over",
            "4:the store failed"
        })
public final class ControllerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerCommand.class);
    private static final int STATUS_REFUSED = 1;
    private static final int STATUS_FENCED = 3;
    private static final int STATUS_STORE = 4;
    private static final int CLOSE_SECONDS_MAX = 20;

    /// Kept, because loggers that nobody keeps forget their level.
    private static final java.util.logging.Logger HTTP_LOG =
            java.util.logging.Logger.getLogger("io.helidon");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Where the token, the logs and, by default, configuration and store are.")
    private Path directory = Path.of(".");

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:8080",
            converter = ListenAddress.class,
            paramLabel = "HOST:PORT",
            description = "Where the API listens; port 0: a free one (default: ${DEFAULT-VALUE}).")
    private @Nullable InetSocketAddress listen;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: controller.yml in DIR, if it is there).")
    private @Nullable Path configFile;

    @Option(names = "--stop-instances", description = "At the end, stop the CVM and all PVMs, too.")
    private boolean stopInstances;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<RuntimeException> asked = new CompletableFuture<>();

    @Override
    public Integer call() {
        HTTP_LOG.setLevel(Level.WARNING);
        try {
            Files.createDirectories(directory);
            try (DirectoryLock lock = DirectoryLock.take(directory)) {
                LOG.debug("{} is taken", lock);
                return run(config());
            }
        } catch (ConfigException e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            // Never without a cause: its constructors see to it.
            return refuse(FileFailure.text(Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            return refuse(FileFailure.text(e));
        } catch (StoreException e) {
            say("the store does not work: " + e.getMessage());
            return STATUS_STORE;
        } finally {
            closed.countDown();
        }
    }

    private ControllerConfig config() {
        Path file = configFile;
        Path usual = directory.resolve("controller.yml");
        if (file == null && Files.exists(usual)) {
            file = usual;
        }
        return file == null
                ? ConfigReader.byDefault(directory.toAbsolutePath())
                : ConfigReader.read(file);
    }

    private int run(ControllerConfig config) throws IOException {
        InetSocketAddress where = listen == null ? new InetSocketAddress(0) : listen;
        Thread hook = new Thread(this::endWithTheProcess, "end");
        Runtime.getRuntime().addShutdownHook(hook);
        Controller controller = Controller.start(config, directory.toAbsolutePath(), where);
        PrintWriter out = spec.commandLine().getOut();
        out.println("PE " + config.self().name() + ", store " + config.store());
        out.println(
                "API   http://"
                        + where.getHostString()
                        + ":"
                        + controller.port()
                        + "   (described by /openapi.yaml)");
        out.println("token " + Controller.tokenFile(directory.toAbsolutePath()));
        out.flush();
        RuntimeException reason =
                CompletableFuture.anyOf(asked, controller.ended())
                        .thenApply(RuntimeException.class::cast)
                        .join();
        if (stopInstances && asked.isDone()) {
            controller.closeWithInstances();
        } else {
            controller.close();
        }
        return status(reason);
    }

    private int status(RuntimeException reason) {
        return switch (reason) {
            case Asked _ -> 0;
            case FencedException e -> {
                say("another controller has taken over: " + e.getMessage());
                yield STATUS_FENCED;
            }
            case StoreException e -> {
                say("the store failed: " + e.getMessage());
                yield STATUS_STORE;
            }
            default -> throw reason;
        };
    }

    /// Why the controller ended when nothing went wrong.
    private static final class Asked extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// On the thread of the JVM's shutdown: asks, and waits until all is closed.
    private void endWithTheProcess() {
        asked.complete(new Asked());
        try {
            if (!closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("not everything is closed after {} s", CLOSE_SECONDS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int refuse(String why) {
        say(why);
        return STATUS_REFUSED;
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("edgeplex controller: " + text);
        err.flush();
    }
}
