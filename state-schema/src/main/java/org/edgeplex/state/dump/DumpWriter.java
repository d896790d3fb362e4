package org.edgeplex.state.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;

/// Writes a store, or some tables of it, as a dump.
public final class DumpWriter {
    private final OutputStream out;
    private final MessageDigest digest = StateHash.sha256();
    private final StateHash hash = new StateHash();
    private final SequencedMap<Integer, Long> counts = new TreeMap<>();

    private DumpWriter(OutputStream out) {
        this.out = out;
    }

    /// Returns the hash of what was written. The stream is not closed.
    ///
    /// @param progress told now and then how many objects it has been
    public static StateHash write(
            StateStore store,
            List<TableId> tables,
            OutputStream out,
            Duration timeout,
            LongConsumer progress)
            throws IOException {
        DumpWriter writer = new DumpWriter(out);
        writer.head(tables);
        StoreScan scan = new StoreScan(store, timeout);
        for (TableId table : tables) {
            for (List<ScanPage.Entry> page : scan.pages(table)) {
                writer.items(table, page);
                progress.accept(writer.hash.count());
            }
        }
        writer.end();
        return writer.hash;
    }

    private void head(List<TableId> tables) throws IOException {
        SequencedMap<Integer, String> names = new TreeMap<>();
        tables.forEach(table -> names.put(table.number(), table.name()));
        line(new DumpLine.Head(names));
    }

    private void items(TableId table, List<ScanPage.Entry> entries) throws IOException {
        for (ScanPage.Entry entry : entries) {
            line(new DumpLine.Item(table, entry.key(), entry.value()));
            hash.add(table, entry.key(), entry.value());
            counts.merge(table.number(), 1L, Long::sum);
        }
    }

    private void end() throws IOException {
        String sha256 = HexFormat.of().formatHex(digest.digest());
        line(new DumpLine.End(hash.count(), counts, hash.toString(), sha256));
        out.flush();
    }

    private void line(DumpLine line) throws IOException {
        byte[] bytes = DumpLine.encode(line);
        digest.update(bytes);
        out.write(bytes);
    }
}
