package org.edgeplex.state.redis;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.edgeplex.state.StoreException;

/// Finds, of the servers of a store, the one that takes writes.
final class Connector {
    private static final int CONNECT_MILLIS = 3_000;

    /// A connection of this store.
    record Connected(Connection connection, Session session) {}

    private final RedisOptions options;
    private final Handshake handshake;
    private final AtomicReference<Optional<Connection>> attempt =
            new AtomicReference<>(Optional.empty());

    Connector(RedisOptions options, Handshake handshake) {
        this.options = options;
        this.handshake = handshake;
    }

    /// @throws IOException trying again may help
    /// @throws StoreException it will not, until somebody changes something
    Connected connect() throws IOException {
        StringBuilder why = new StringBuilder();
        for (Endpoint endpoint : options.endpoints()) {
            try {
                return connect(endpoint);
            } catch (IOException e) {
                why.append(why.isEmpty() ? "" : "; ").append(endpoint).append(": ");
                why.append(text(e));
            }
        }
        throw new IOException(why.toString());
    }

    private Connected connect(Endpoint endpoint) throws IOException {
        Connection connection;
        try {
            connection =
                    new Connection(Wire.open(endpoint, options.tls(), CONNECT_MILLIS).selectable());
        } catch (GeneralSecurityException e) {
            throw new StoreException(
                    "TLS to " + endpoint + " cannot be set up: " + e.getMessage(), e);
        } catch (SSLException e) {
            throw new StoreException(
                    "TLS to %s failed: %s: check caFile, the certificate's names, and that the port"
                                    .formatted(endpoint, e.getMessage())
                            + " is the server's tls-port",
                    e);
        }
        attempt.set(Optional.of(connection));
        try {
            return new Connected(connection, handshake.perform(connection));
        } catch (RespException e) {
            connection.close();
            throw new StoreException(endpoint + " is no Redis server: " + e.getMessage(), e);
        } catch (StoreException e) {
            connection.close();
            throw new StoreException(endpoint + ": " + e.getMessage(), e);
        } catch (IOException e) {
            connection.close();
            throw e;
        } finally {
            attempt.set(Optional.empty());
        }
    }

    /// Ends an attempt that has been given up.
    void abort() {
        attempt.get().ifPresent(Connector::closeQuietly);
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // It is given up anyway.
        }
    }

    static String text(IOException e) {
        if (e instanceof ClosedChannelException) {
            return "the server did not answer";
        }
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
