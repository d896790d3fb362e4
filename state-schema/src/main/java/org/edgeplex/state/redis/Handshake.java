package org.edgeplex.state.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StoreException;

/// Makes a connection one of this store: greets, looks whether the server is fit, registers.
final class Handshake {
    /// Versions that are left out when the server is another one: more than it can have lost.
    static final long VERSIONS_LEFT_OUT = 1 << 24;

    private static final int MAJOR_MIN = 7;

    private final RedisOptions options;
    private final Layout layout;
    private final long sessionSeconds;
    private final RespWriter out = new RespWriter();

    Handshake(RedisOptions options, Layout layout, long sessionSeconds) {
        this.options = options;
        this.layout = layout;
        this.sessionSeconds = sessionSeconds;
    }

    /// The server cannot serve now: another one may, or the same one later.
    static final class NotNowException extends IOException {
        private static final long serialVersionUID = 1L;

        NotNowException(String message) {
            super(message);
        }
    }

    /// @throws IOException trying again may help
    /// @throws StoreException it will not, until somebody changes something
    Session perform(Connection connection) throws IOException {
        greet(connection);
        if (options.database() != 0) {
            checked(connection.call(out, o -> o.array(2).bulk("SELECT").bulk(options.database())));
        }
        String runId = inspect(connection);
        for (Script script : List.of(Script.WRITE, Script.SCAN)) {
            checked(
                    connection.call(
                            out, o -> o.array(3).bulk("SCRIPT").bulk("LOAD").bulk(script.text())));
        }
        return register(connection, runId);
    }

    private void greet(Connection connection) throws IOException {
        Optional<Secret> password = options.password();
        Reply greeting =
                connection.call(
                        out,
                        o -> {
                            o.array(password.isPresent() ? 5 : 2).bulk("HELLO").bulk(3);
                            password.ifPresent(p ->
                                    o.bulk("AUTH")
                                            .bulk(options.user().orElse("default"))
                                            .bulk(p.text()));
                        });
        if (greeting instanceof Reply.Failure failure && failure.kind().equals("ERR")) {
            throw new StoreException(
                    "the server does not speak RESP3: it must be Redis %d or later (%s)"
                            .formatted(MAJOR_MIN, failure.message()));
        }
        checked(greeting);
    }

    /// Returns the run id.
    private String inspect(Connection connection) throws IOException {
        Reply reply = checked(connection.call(out, o -> o.array(1).bulk("INFO")));
        String info = string(Layout.text(reply));
        String version = field(info, "redis_version");
        int major;
        try {
            major = Integer.parseInt(version.substring(0, Math.max(0, version.indexOf('.'))));
        } catch (NumberFormatException _) {
            throw new StoreException("the server tells no version of Redis: \"" + version + '"');
        }
        if (major < MAJOR_MIN) {
            throw new StoreException(
                    "the server is Redis %s: it must be %d or later".formatted(version, MAJOR_MIN));
        }
        if (field(info, "role").equals("slave")) {
            throw new NotNowException(
                    "the server is a replica, which takes no writes: name its master (%s:%s)"
                            .formatted(field(info, "master_host"), field(info, "master_port")));
        }
        String policy = field(info, "maxmemory_policy");
        if (!field(info, "maxmemory").equals("0") && !policy.equals("noeviction")) {
            throw new StoreException(
                    ("the server drops keys when its memory is full (maxmemory-policy %s), and"
                                    + " the store would lose records: set maxmemory-policy"
                                    + " noeviction")
                            .formatted(policy));
        }
        return field(info, "run_id");
    }

    private static String field(String info, String name) {
        for (String line : info.lines().toList()) {
            if (line.startsWith(name + ':')) {
                return line.substring(name.length() + 1);
            }
        }
        return "";
    }

    private Session register(Connection connection, String runId) throws IOException {
        Reply reply =
                checked(
                        connection.call(
                                out,
                                o ->
                                        layout.register(
                                                o,
                                                runId,
                                                options.create(),
                                                VERSIONS_LEFT_OUT,
                                                sessionSeconds)));
        List<Reply> items = Layout.items(reply);
        String word = items.isEmpty() ? "" : string(Layout.text(items.getFirst()));
        switch (word) {
            case "ok" -> {}
            case "absent" ->
                    throw new StoreException(
                            "there is no store: start the platform once, or name the right"
                                    + " database and namespace");
            case "foreign" ->
                    throw new StoreException(
                            "the keys of this namespace are not those of a store: choose another"
                                    + " namespace, or delete them");
            case "other" ->
                    throw new StoreException(
                            "the store was made by another release (\"%s\"): use that one"
                                    .formatted(string(Layout.text(items.get(1)))));
            default -> throw Errors.unexpected(reply);
        }
        long replicas = options.replicas() > 0 ? replicas(connection) : 0;
        return new Session(
                Long.parseLong(string(Layout.text(items.get(1)))),
                Long.parseLong(string(Layout.text(items.get(2)))),
                items.subList(3, 3 + Batches.UNDER_WAY_MAX),
                replicas);
    }

    private long replicas(Connection connection) throws IOException {
        Reply reply =
                connection.call(
                        out,
                        o ->
                                o.array(3)
                                        .bulk("WAIT")
                                        .bulk(options.replicas())
                                        .bulk(options.waitMillis()));
        return checked(reply) instanceof Reply.I64(long count) ? count : 0;
    }

    private static Reply checked(Reply reply) throws IOException {
        if (reply instanceof Reply.Failure failure) {
            if (Errors.isPassing(failure)) {
                throw new NotNowException(Errors.text(failure));
            }
            if (failure.kind().equals("WRONGTYPE")) {
                throw new StoreException(
                        "the keys of this namespace are not those of a store: choose another"
                                + " namespace, or delete them ("
                                + failure.message()
                                + ')');
            }
            throw Errors.of(failure);
        }
        return reply;
    }

    private static String string(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
