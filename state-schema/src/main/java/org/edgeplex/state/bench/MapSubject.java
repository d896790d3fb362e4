package org.edgeplex.state.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Bytes;

/// A `ConcurrentHashMap`: what memory costs in Java.
final class MapSubject implements Subject {
    private static final int REPEAT = 100;

    private final Map<Bytes, Bytes> map = new ConcurrentHashMap<>();
    private final Objects objects = new Objects();

    MapSubject() {
        objects.keys(0, Objects.COUNT).forEach(key -> map.put(key, objects.value()));
    }

    @Override
    public String name() {
        return "map";
    }

    @Override
    public boolean does(Operation operation, int batch) {
        return batch == 1;
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        return Calls.timed(operation == Operation.GET ? this::get : this::put, REPEAT, nanos);
    }

    private void get() {
        Bytes found = map.get(objects.key(objects.anywhere()));
        if (found == null || found.length() != Objects.VALUE_BYTES) {
            throw new IllegalStateException("an object is not what was written");
        }
    }

    private void put() {
        map.put(objects.key(objects.anywhere()), Bytes.wrap(objects.value().toArray()));
    }

    @Override
    public void close() {}
}
