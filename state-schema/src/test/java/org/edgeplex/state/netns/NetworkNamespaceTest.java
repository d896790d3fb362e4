package org.edgeplex.state.netns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.edgeplex.state.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class NetworkNamespaceTest {
    private final String name = "edgeplex-netns-" + ProcessHandle.current().pid();
    private final NetworkNamespace namespace =
            new NetworkNamespace(Path.of("/run/netns").resolve(name));

    @BeforeEach
    void make() throws Exception {
        ip("netns", "add", name);
    }

    @AfterEach
    void remove() throws Exception {
        ip("netns", "del", name);
    }

    @Test
    void workAndTheThreadsThatItStartsAreInside() throws Exception {
        String before = ownNamespace();
        String inside = "net:[" + Files.getAttribute(namespace.file(), "unix:ino") + "]";
        CompletableFuture<String> ofAChild = new CompletableFuture<>();
        assertEquals(
                inside,
                namespace.inside(() -> {
                    Thread.ofPlatform().start(() -> ofAChild.complete(ownNamespace()));
                    return ownNamespace();
                }));
        assertEquals(inside, ofAChild.get(10, TimeUnit.SECONDS));
        assertEquals(before, ownNamespace());
    }

    @Test
    void whatIsNoNamespaceIsRefused() {
        NetworkNamespace none = new NetworkNamespace(Path.of("/run/netns/none-such"));
        assertThrows(StoreException.class, () -> none.inside(() -> true));
        NetworkNamespace other = new NetworkNamespace(Path.of("/etc/hostname"));
        assertThrows(StoreException.class, () -> other.inside(() -> true));
    }

    @Test
    void theWorksOwnRefusalIsPassedOn() {
        StoreException refusal = new StoreException("no");
        assertEquals(
                refusal,
                assertThrows(
                        StoreException.class,
                        () ->
                                namespace.inside(() -> {
                                    throw refusal;
                                })));
    }

    private static String ownNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ip(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertEquals(0, new ProcessBuilder(command).start().waitFor());
    }
}
