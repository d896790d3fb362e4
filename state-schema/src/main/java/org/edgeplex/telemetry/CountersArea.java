package org.edgeplex.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.List;

/// Memory to count in, mapped from a [CountersFile] or of this process alone.
///
/// One thread counts in a block, at the addresses that are told here: plain 64-bit stores are
/// enough, a reader sees them a little later. The addresses are good as long as the area is kept.
public final class CountersArea {
    private static final VarHandle LONG = JAVA_LONG.varHandle();

    private final MemorySegment memory;
    private final List<CountersLayout.Place> places;

    CountersArea(MemorySegment memory, List<CountersLayout.Place> places) {
        this.memory = memory;
        this.places = places;
    }

    /// Memory that nobody else sees.
    public static CountersArea ofThisProcess(CountersLayout layout) {
        List<CountersLayout.Place> places = layout.placesFrom(CountersLayout.CACHE_LINE_BYTES);
        long bytes = CountersLayout.end(places);
        return new CountersArea(
                Arena.ofAuto().allocate(bytes, CountersLayout.CACHE_LINE_BYTES), places);
    }

    /// The address of the first value of a block whose rows have names; those of a row follow each
    /// other.
    public long values(String block) {
        return memory.address() + place(block).valuesOffset();
    }

    /// The rows of a block whose rows have keys.
    public TrafficRows rows(String block) {
        CountersLayout.Place place = place(block);
        if (place.keysOffset() == 0) {
            throw new IllegalArgumentException("the rows of " + block + " have names");
        }
        return new TrafficRows(
                memory.asSlice(place.keysOffset(), place.keysBytes()),
                memory.asSlice(place.recentOffset(), place.recentBytes()),
                memory.asSlice(place.valuesOffset(), place.valuesBytes()),
                place.block().rowCount());
    }

    /// Sets a value of a row with a name; for threads that do nothing else in the block.
    public void set(String block, String row, String column, long value) {
        CountersLayout.Place place = place(block);
        if (!(place.block() instanceof CountersLayout.Block.Named named)) {
            throw new IllegalArgumentException("the rows of " + block + " have keys");
        }
        int rowIndex = named.rows().indexOf(row);
        int columnIndex = named.columns().indexOf(column);
        if (rowIndex < 0 || columnIndex < 0) {
            throw new IllegalArgumentException("no " + row + " or " + column + " in " + block);
        }
        long offset = place.valuesOffset() + rowIndex * place.rowBytes();
        LONG.setOpaque(memory, offset + (long) columnIndex * Long.BYTES, value);
    }

    private CountersLayout.Place place(String block) {
        return places.stream()
                .filter(place -> place.block().name().equals(block))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no block " + block));
    }
}
