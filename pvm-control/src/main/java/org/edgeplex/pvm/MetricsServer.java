package org.edgeplex.pvm;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.CountersSnapshot;
import org.edgeplex.telemetry.prometheus.DataplaneMetrics;
import org.edgeplex.telemetry.prometheus.MetricsPage;

/// `GET /metrics` of one PVM: what its data plane counts, read from the counters file.
///
/// On a Unix socket, which an operator reaches from the host and the customer, whose packets end in
/// this network namespace, does not. Who may open the directory may ask.
final class MetricsServer implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 8;
    private static final String PERMISSIONS = "rw-rw----";

    private final Path file;
    private final Path socket;
    private final WebServer server;

    private MetricsServer(Path directory, String instance) {
        file = CountersFile.of(directory, instance);
        socket = CountersFile.metricsOf(directory, instance);
        server =
                WebServer.builder()
                        .bindAddress(UnixDomainSocketAddress.of(socket))
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .maxTcpConnections(CONNECTIONS_MAX)
                        .shutdownGracePeriod(Duration.ofMillis(500))
                        .routing(HttpRouting.builder().get("/metrics", this::metrics))
                        .build();
    }

    /// Takes the place of a predecessor that was killed.
    static MetricsServer start(Path directory, String instance) {
        MetricsServer metrics = new MetricsServer(directory, instance);
        try {
            Files.deleteIfExists(metrics.socket);
            metrics.server.start();
            // Helidon logs why, and returns as if all were well.
            if (!metrics.server.isRunning()) {
                throw new BindException("cannot listen on " + metrics.socket);
            }
            Files.setPosixFilePermissions(
                    metrics.socket, PosixFilePermissions.fromString(PERMISSIONS));
        } catch (IOException e) {
            metrics.close();
            throw new UncheckedIOException(e);
        }
        return metrics;
    }

    Path socket() {
        return socket;
    }

    private void metrics(ServerRequest in, ServerResponse out) {
        switch (CountersReader.read(file)) {
            case CountersReader.Reading.Taken(CountersSnapshot snapshot) -> {
                String accept = in.headers().first(HeaderNames.ACCEPT).orElse("");
                MetricsPage page =
                        MetricsPage.of(List.of(new DataplaneMetrics.Subject(snapshot, "")), accept);
                out.header(HeaderNames.CONTENT_TYPE, page.contentType());
                out.send(page.text());
            }
            // Not there before the data plane's first start.
            case CountersReader.Reading.Refused(String why) ->
                    out.status(Status.SERVICE_UNAVAILABLE_503).send(why + "\n");
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
