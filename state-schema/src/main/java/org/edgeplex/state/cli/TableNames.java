package org.edgeplex.state.cli;

import java.util.Iterator;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;

/// What a shell offers for TABLE.
final class TableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Tables.all().stream().map(Table::toString).iterator();
    }
}
