package org.edgeplex.state.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.RecordCodec;
import org.edgeplex.state.RecordWriter;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The layout of every table's keys and records.
class RecordCodecTest {
    private static final Path FIXTURE = Path.of("src/test/resources/records.hex");

    static List<Sample<?, ?>> samples() {
        return Sample.all();
    }

    @Test
    void everyTableHasASample() {
        Set<Table<?, ?>> sampled = new HashSet<>();
        Sample.all().forEach(sample -> sampled.add(sample.table()));
        assertEquals(Set.copyOf(Tables.all()), sampled);
    }

    @ParameterizedTest
    @ValueSource(classes = {CustomerRouting.class, VrfRoute.class})
    void everyCaseOfASealedTypeHasASample(Class<?> sealed) {
        Set<Class<?>> sampled = new HashSet<>();
        for (Sample<?, ?> sample : Sample.all()) {
            Object value =
                    sample.value() instanceof Attachment attachment
                            ? attachment.routing()
                            : sample.value();
            if (sealed.isInstance(value)) {
                sampled.add(value.getClass());
            }
        }
        assertEquals(Set.of(sealed.getPermittedSubclasses()), sampled);
    }

    @Test
    void tablesHaveNamesAndNumbersOfTheirOwn() {
        Set<Object> seen = new HashSet<>();
        for (Table<?, ?> table : Tables.all()) {
            assertTrue(seen.add(table.id().number()), table + "'s number is taken");
            assertTrue(seen.add(table.id().name()), table + "'s name is taken");
            assertEquals(table, Tables.named(table.id().name()).orElseThrow());
            assertEquals(table.id().name(), Tables.numbered(table.id().number()).name());
        }
        assertEquals("table-999", Tables.numbered(999).name());
    }

    @ParameterizedTest
    @MethodSource("samples")
    <K, V> void whatIsWrittenIsRead(Sample<K, V> sample) {
        assertEquals(sample.key(), sample.table().decodeKey(sample.keyBytes()));
        assertEquals(sample.value(), decode(sample, sample.valueBytes()));
    }

    /// Stored bytes outlive releases: a change of this file is a change of the layout.
    @Test
    void theLayoutIsAsItWas() throws IOException {
        List<String> lines =
                Sample.all().stream()
                        .map(s -> s.table() + " " + s.keyBytes() + " " + s.valueBytes())
                        .toList();
        if (Boolean.getBoolean("edgeplex.update")) {
            Files.write(FIXTURE, lines);
        }
        assertEquals(Files.readAllLines(FIXTURE), lines);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aRecordThatIsCutShortIsDamaged(Sample<?, ?> sample) {
        byte[] whole = sample.valueBytes().toArray();
        for (int length = 0; length < whole.length; length++) {
            Bytes cut = Bytes.wrap(Arrays.copyOf(whole, length));
            DamagedRecordException e =
                    assertThrows(DamagedRecordException.class, () -> decode(sample, cut));
            String message = String.valueOf(e.getMessage());
            assertTrue(message.contains(sample.table().toString()), message);
            assertTrue(message.contains(sample.keyBytes().toString()), message);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    <K, V> void fieldsOfALaterReleaseAreNotUnderstoodAndKept(Sample<K, V> sample) {
        byte[] later =
                new RecordWriter()
                        .raw(sample.valueBytes())
                        .text("a field of the future")
                        .toBytes()
                        .toArray();
        later[0] = 2;
        RecordCodec.Decoded<V> read = sample.table().read(sample.keyBytes(), Bytes.wrap(later));
        assertEquals(sample.value(), read.value());
        assertEquals(
                Bytes.wrap(later), sample.table().records().encode(sample.value(), read.later()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aRecordThatIsTooLongForItsVersionIsDamaged(Sample<?, ?> sample) {
        Bytes longer = new RecordWriter().raw(sample.valueBytes()).u8(0).toBytes();
        assertThrows(DamagedRecordException.class, () -> decode(sample, longer));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void thereIsNoVersionZero(Sample<?, ?> sample) {
        byte[] bytes = sample.valueBytes().toArray();
        bytes[0] = 0;
        assertThrows(DamagedRecordException.class, () -> decode(sample, Bytes.wrap(bytes)));
    }

    /// Every bit turned: another record perhaps, never another exception.
    @ParameterizedTest
    @MethodSource("samples")
    void aWrongBitIsAtWorstDamage(Sample<?, ?> sample) {
        byte[] bytes = sample.valueBytes().toArray();
        int damaged = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                decode(sample, Bytes.copyOf(bytes));
            } catch (DamagedRecordException e) {
                damaged++;
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        // At least the lowest bit of the version.
        assertTrue(damaged > 0);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aKeyOfFieldsHasJustItsLength(Sample<?, ?> sample) {
        if (sample.key() instanceof String) {
            return;
        }
        byte[] whole = sample.keyBytes().toArray();
        for (int length = 0; length <= whole.length + 1; length++) {
            if (length != whole.length) {
                Bytes other = Bytes.wrap(Arrays.copyOf(whole, length));
                assertThrows(DamagedRecordException.class, () -> sample.table().decodeKey(other));
            }
        }
    }

    @Test
    void aNameIsUtf8() {
        Bytes bytes = Bytes.wrap(new byte[] {'a', (byte) 0xff});
        assertThrows(DamagedRecordException.class, () -> Tables.LEASES.decodeKey(bytes));
    }

    @Test
    void keysSortAsTheirFields() {
        List<CustomerRouteKey> sorted =
                Stream.of(
                                "1 0.0.0.0/0",
                                "1 10.0.0.0/8",
                                "1 10.0.0.0/9",
                                "1 192.0.2.0/24",
                                "2 1.0.0.0/8")
                        .map(text -> text.split(" "))
                        .map(part ->
                                new CustomerRouteKey(
                                        Integer.parseInt(part[0]), Ipv4Prefix.parse(part[1])))
                        .toList();
        assertEquals(
                sorted,
                sorted.reversed().stream()
                        .map(CustomerRouteKey.CODEC::encode)
                        .sorted()
                        .map(CustomerRouteKey.CODEC::decode)
                        .toList());
        Bytes first = CustomerRouteKey.CODEC.encode(sorted.getFirst());
        assertTrue(first.startsWith(CustomerRouteKey.of(1)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {-1, 0x10000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberThatDoesNotFitItsFieldIsNotWritten(int value) {
        assertThrows(IllegalArgumentException.class, () -> new RecordWriter().u16(value));
        assertThrows(IllegalArgumentException.class, () -> new RecordWriter().u8(value));
    }

    private static <K, V> V decode(Sample<K, V> sample, Bytes value) {
        return sample.table().decode(sample.keyBytes(), value);
    }
}
