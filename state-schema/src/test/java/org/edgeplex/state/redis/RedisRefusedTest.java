package org.edgeplex.state.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may come in, and servers that are not fit: a message that says what to do.
@Tag("machine")
class RedisRefusedTest {
    private static final TableId TABLE = new TableId(1_000, "refused");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// As state-schema/README.md has it.
    private static final String[] RIGHTS = {
        "on",
        ">s3cret",
        "resetkeys",
        "~{edgeplex:pe7}*",
        "resetchannels",
        "-@all",
        "+hello",
        "+select",
        "+info",
        "+wait",
        "+script|load",
        "+eval",
        "+evalsha",
        "+get",
        "+mget",
        "+getrange",
        "+set",
        "+incrby",
        "+del",
        "+exists",
        "+expire",
        "+hget",
        "+hmget",
        "+hset",
        "+hsetnx",
        "+hincrby",
        "+zadd",
        "+zrem",
        "+zrange",
        "+xadd",
        "+xrange",
    };

    @TempDir Path directory;

    @Test
    void aUserWithTheLeastRightsIsEnough() throws Exception {
        try (RedisServer server = RedisServer.start(directory)) {
            String[] command = new String[RIGHTS.length + 3];
            command[0] = "ACL";
            command[1] = "SETUSER";
            command[2] = "pe7";
            System.arraycopy(RIGHTS, 0, command, 3, RIGHTS.length);
            server.command(command);
            server.command("ACL", "SETUSER", "default", "off");
            Path password = Files.writeString(directory.resolve("password"), "s3cret\n");
            String place = "redis://pe7@127.0.0.1:" + server.port() + "/0?passwordFile=" + password;
            try (StateStore store = Stores.open(place + "&namespace=pe7")) {
                use(store);
            }
            assertRefused("lacks a right", place + "&namespace=other");
            assertRefused("wants a password", "redis://127.0.0.1:" + server.port());
            String refusal =
                    assertRefused("is wrong", "redis://pe7:hunter2@127.0.0.1:" + server.port());
            assertFalse(refusal.contains("hunter2"));
        }
    }

    @Test
    void tlsIsSpokenWithAServerWhoseCertificateIsTrusted() throws Exception {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString(),
                                "-days",
                                "2",
                                "-subj",
                                "/CN=localhost",
                                "-addext",
                                "subjectAltName=DNS:localhost")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("openssl").toFile())
                        .start();
        assertEquals(0, openssl.waitFor());
        String port = Integer.toString(RedisServer.freePort());
        try (RedisServer server =
                RedisServer.start(
                        directory,
                        "--tls-port",
                        port,
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-auth-clients",
                        "no")) {
            String trusting = "?caFile=" + certificate;
            try (StateStore store = Stores.open("rediss://localhost:" + port + trusting)) {
                use(store);
            }
            assertRefused("TLS to", "rediss://localhost:" + port);
            assertRefused("TLS to", "rediss://127.0.0.1:" + port + trusting);
            assertRefused("TLS to", "rediss://localhost:" + server.port() + trusting);
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        String place = "rediss://localhost:1?caFile=";
        Path file = directory.resolve("ca.pem");
        assertRefused("caFile: " + file + " is not there", place + file);
        Files.createFile(file);
        assertRefused("caFile: " + file + " is empty", place + file);
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n");
        assertRefused("caFile: " + file + " holds no X.509 certificate", place + file);
    }

    @Test
    void onlyAStoreThatWasMadeIsThere() throws Exception {
        try (RedisServer server = RedisServer.start(directory)) {
            String location = "redis:unix:" + server.socket() + "?namespace=pe7";
            StoreException e =
                    assertThrows(StoreException.class, () -> Stores.openExisting(location));
            assertTrue(String.valueOf(e.getMessage()).contains("there is no store"));
            Stores.open(location).close();
            Stores.openExisting(location).close();
        }
    }

    @Test
    void unfitServersAreRefused() throws Exception {
        try (RedisServer server =
                        RedisServer.start(
                                directory,
                                "--maxmemory",
                                "64mb",
                                "--maxmemory-policy",
                                "allkeys-lru");
                RedisServer replica = RedisServer.start(directory)) {
            String location = "redis://127.0.0.1:" + server.port();
            assertRefused("set maxmemory-policy noeviction", location);
            replica.command("REPLICAOF", "127.0.0.1", Integer.toString(server.port()));
            assertRefused("name its master", "redis://127.0.0.1:" + replica.port());
            server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
            server.command("SET", "{edgeplex:pe7}:meta", "something else");
            assertRefused("not those of a store", location + "?namespace=pe7");
            server.command("HSET", "{edgeplex:pe8}:meta", "format", "edgeplex-state 9");
            assertRefused("another release", location + "?namespace=pe8");
            assertRefused("DB index", location + "/99");
        }
    }

    @Test
    void whatIsNoRedisIsRefused() throws Exception {
        assertRefused("Connection refused", "redis://127.0.0.1:" + RedisServer.freePort());
        try (ServerSocket listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAsHttp(listener));
            assertRefused("no Redis server", "redis://127.0.0.1:" + listener.getLocalPort());
        }
    }

    private static void answerAsHttp(ServerSocket listener) {
        try (Socket client = listener.accept()) {
            client.getOutputStream()
                    .write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException _) {
            // The other side has seen enough.
        }
    }

    private static void use(StateStore store) {
        Bytes key = Bytes.utf8("k");
        Write put = new Write.Put(TABLE, key, Bytes.utf8("v"), Expect.ANY, Incarnation.UNFENCED);
        Write remove = new Write.Remove(TABLE, key, Expect.ANY, Incarnation.UNFENCED);
        List<WriteOutcome> outcomes = store.write(List.of(put, remove, put), TIMEOUT).join();
        assertEquals(new WriteOutcome.Written(0), outcomes.get(1));
        assertEquals(5, store.add(TABLE, Bytes.utf8("n"), 5, TIMEOUT).join());
        assertEquals(2, store.getAll(TABLE, List.of(key, Bytes.utf8("n")), TIMEOUT).join().size());
        assertEquals(
                2, store.scan(TABLE, Bytes.EMPTY, Bytes.EMPTY, 9, TIMEOUT).join().entries().size());
        store.changes().poll(10);
    }

    private static String assertRefused(String why, String location) {
        String message =
                String.valueOf(
                        assertThrows(StoreException.class, () -> Stores.open(location))
                                .getMessage());
        assertTrue(message.contains(why), message);
        return message;
    }
}
