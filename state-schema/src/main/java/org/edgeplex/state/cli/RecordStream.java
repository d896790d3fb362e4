package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.dump.StoreScan;

/// The records of a table, decoded one by one; a damaged one is complained of and passed over.
final class RecordStream<K, V> {
    private final StoreReader reader;
    private final StateStore store;
    private final Table<K, V> table;
    private final String prefix;

    /// @param bytes of the key
    record Row(Bytes bytes, String key, long version, JsonNode record) {
        String line(Table<?, ?> table) {
            return RecordTree.line(table, key, version, record);
        }
    }

    /// @param prefix of the key's text
    RecordStream(StoreReader reader, StateStore store, Table<K, V> table, String prefix) {
        this.reader = reader;
        this.store = store;
        this.table = table;
        this.prefix = prefix;
    }

    /// Returns whether all could be read.
    boolean forEach(Consumer<Row> consumer) {
        boolean whole = true;
        for (var page : new StoreScan(store, StoreReader.timeout()).pages(table.id())) {
            for (ScanPage.Entry entry : page) {
                try {
                    String key = KeyText.of(table.decodeKey(entry.key()));
                    if (key.startsWith(prefix)) {
                        V value = table.decode(entry.key(), entry.value());
                        consumer.accept(
                                new Row(entry.key(), key, entry.version(), RecordTree.of(value)));
                    }
                } catch (DamagedRecordException e) {
                    whole = false;
                    reader.complain(e);
                }
            }
        }
        return whole;
    }
}
