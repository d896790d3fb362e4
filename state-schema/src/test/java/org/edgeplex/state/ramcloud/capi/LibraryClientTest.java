package org.edgeplex.state.ramcloud.capi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient;
import org.edgeplex.state.ramcloud.RamcloudClientContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The clients' suite by the library, on a real cluster.
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = RealCluster.REASON)
@EnabledIfEnvironmentVariable(
        named = LibraryOptions.VARIABLE,
        matches = ".+",
        disabledReason = RealCluster.REASON)
class LibraryClientTest extends RamcloudClientContract {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final long RUN = ProcessHandle.current().pid();

    private static LibraryClient client;
    private long table;

    @BeforeAll
    static void open() {
        client = LibraryClient.open(RealCluster.options().withServerSpan(2));
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @BeforeEach
    void makeTable() {
        String name = "library-%d-%d".formatted(RUN, TABLES.incrementAndGet());
        table = client.table(name, TIMEOUT).join();
    }

    @Override
    protected RamcloudClient client() {
        return client;
    }

    @Override
    protected long table() {
        return table;
    }

    @Test
    void aTableIsTheSameWhenAskedForAgain() {
        String name = "library-%d-%d".formatted(RUN, TABLES.get());
        assertEquals(table, client.table(name, TIMEOUT).join());
    }

    @Test
    void largeValuesOfABatchAreReadWhole() {
        List<ObjectWritten> objects = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Bytes value = Bytes.wrap(new byte[1 << (i % 20)]);
            objects.add(new ObjectWritten(key("key-" + i), value));
        }
        objects.forEach(object ->
                assertTrue(
                        write(
                                        new RamcloudClient.ObjectWrite.Put(
                                                object.key, object.value, Expect.ANY))
                                instanceof WriteOutcome.Written));
        List<Lookup> read =
                client.read(objects.stream().map(ObjectWritten::key).toList(), TIMEOUT).join();
        for (int i = 0; i < objects.size(); i++) {
            assertTrue(
                    read.get(i) instanceof Lookup.Found(Bytes value, _)
                            && value.equals(objects.get(i).value),
                    "object " + i);
        }
    }

    private record ObjectWritten(RamcloudClient.ObjectKey key, Bytes value) {}

    @Test
    void oneKeyTwiceInACallIsWrittenInOrder() {
        List<WriteOutcome> outcomes =
                write(List.of(put("a", "1", Expect.ANY), put("a", "2", Expect.ANY)));
        long version = ((WriteOutcome.Written) outcomes.getLast()).version();
        assertEquals(found("2", version), read("a"));
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        RamcloudClient.ObjectKey nowhere = new RamcloudClient.ObjectKey(9_999_999, Bytes.utf8("a"));
        assertSaysNoTable(() -> client.read(List.of(nowhere), TIMEOUT).join());
        assertSaysNoTable(() -> client.read(List.of(nowhere, nowhere), TIMEOUT).join());
        assertSaysNoTable(() -> client.increment(nowhere, 1, TIMEOUT).join());
        assertSaysNoTable(() -> client.enumerate(9_999_999, Bytes.EMPTY, TIMEOUT).join());
        assertSaysNoTable(
                () -> write(new RamcloudClient.ObjectWrite.Put(nowhere, Bytes.EMPTY, Expect.ANY)));
    }

    private static void assertSaysNoTable(Runnable operation) {
        CompletionException e = assertThrows(CompletionException.class, operation::run);
        assertTrue(
                e.getCause() instanceof StoreException cause
                        && String.valueOf(cause.getMessage()).contains("no table 9999999"),
                e.toString());
    }

    @Test
    void whatIsNoCounterIsNamed() {
        written(put("a", "x", Expect.ANY));
        CompletionException e =
                assertThrows(
                        CompletionException.class,
                        () -> client.increment(key("a"), 1, TIMEOUT).join());
        assertTrue(e.toString().contains("no counter"), e.toString());
    }

    @Test
    void aPlaceInAScanIsGoodForOneUse() {
        fill(1_000);
        ScanPage first = client.enumerate(table, Bytes.EMPTY, TIMEOUT).join();
        client.enumerate(table, first.resume(), TIMEOUT).join();
        CompletionException e =
                assertThrows(
                        CompletionException.class,
                        () -> client.enumerate(table, first.resume(), TIMEOUT).join());
        assertTrue(e.toString().contains("begin again"), e.toString());
    }

    @Test
    void manyScansMayBeLeft() {
        fill(300);
        for (int i = 0; i < 200; i++) {
            assertEquals(
                    256, client.enumerate(table, Bytes.EMPTY, TIMEOUT).join().entries().size());
        }
        assertEquals(300, scan().size());
    }
}
