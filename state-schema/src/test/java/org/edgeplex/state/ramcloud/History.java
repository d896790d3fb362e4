package org.edgeplex.state.ramcloud;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ramcloud.StoredObject.Stamp;
import org.edgeplex.state.ramcloud.model.ModelCluster;

/// What really happened in the cluster, change by change: the judge of what clients were told.
final class History {
    /// What a key is from a moment on.
    ///
    /// @param content empty: absent
    record State(long sinceNanos, long version, String content, Stamp stamp) {}

    private static final State NOTHING = new State(Long.MIN_VALUE, 0, "", Stamp.NONE);

    private final VirtualTime time;
    private final long table;
    private final long logs;
    private final long directory;
    private final Map<Bytes, List<State>> states = new HashMap<>();
    private final Map<Integer, Long> lastSequences = new HashMap<>();
    private final Map<Integer, Long> fencedUpTo = new HashMap<>();
    private final Set<Long> sums = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private LogDirectory names = new LogDirectory(2, List.of());

    History(VirtualTime time, long table, long logs, long directory) {
        this.time = time;
        this.table = table;
        this.logs = logs;
        this.directory = directory;
    }

    List<String> violations() {
        return violations;
    }

    void violated(String what) {
        violations.add("%,d us: %s".formatted(time.nowNanos() / 1_000, what));
    }

    void changed(ModelCluster.Written written) {
        if (written.tableId() == logs) {
            if (written.now() instanceof Lookup.Found(Bytes value, _)) {
                int log = ByteBuffer.wrap(written.key().toArray()).getInt();
                lastSequences.merge(log, LogEntry.decode(value).sequence(), Math::max);
            }
        } else if (written.tableId() == directory) {
            if (written.key().equals(Bytes.utf8("logs"))
                    && written.now() instanceof Lookup.Found(Bytes value, _)) {
                names = LogDirectory.decode(value);
            }
        } else if (written.tableId() == table) {
            objectChanged(written);
        }
    }

    private void objectChanged(ModelCluster.Written written) {
        StoredObject object = StoredObject.of("t", written.key(), written.now());
        String content =
                object.isLive()
                        ? new String(object.value().toArray(), StandardCharsets.ISO_8859_1)
                        : "";
        List<State> past = of(written.key());
        State before = past.getLast();
        boolean isSame = before.content.equals(content);
        if (!isSame
                && fencedUpTo.getOrDefault(object.stamp().log(), 0L) >= object.stamp().sequence()) {
            violated("a fenced life changed " + written.key() + " by " + object.stamp());
        }
        past.add(
                new State(
                        isSame ? before.sinceNanos : time.nowNanos(),
                        object.version(),
                        content,
                        object.stamp()));
    }

    private List<State> of(Bytes key) {
        return states.computeIfAbsent(key, _ -> new ArrayList<>(List.of(NOTHING)));
    }

    /// A claim or a fence was acknowledged: from now on nothing of the holder's log that is there
    /// already may change anything.
    void fenced(String holder) {
        int log = names.numberOf(Bytes.utf8(holder));
        if (log != 0) {
            fencedUpTo.put(log, lastSequences.getOrDefault(log, 0L));
        }
    }

    /// Whether the key had this content at some moment from `fromNanos` until now.
    boolean was(Bytes key, String content, long fromNanos) {
        List<State> past = of(key);
        for (int i = past.size() - 1; i >= 0; i--) {
            if (past.get(i).content.equals(content)) {
                return true;
            }
            if (past.get(i).sinceNanos < fromNanos) {
                return false;
            }
        }
        return false;
    }

    /// Takes the sum of an addition that was confirmed; false: another was told the same.
    boolean tell(long sum) {
        return sums.add(sum);
    }

    /// Whether a counter reached or passed this sum at some moment from `fromNanos` until now: what
    /// is added together is written once.
    boolean passed(Bytes counter, long sum, long fromNanos) {
        List<State> past = of(counter);
        for (int i = past.size() - 1; i > 0 && past.get(i).sinceNanos >= fromNanos; i--) {
            if (value(past.get(i - 1)) < sum && sum <= value(past.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static long value(State state) {
        byte[] bytes = state.content.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length == 0 ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /// How often the key got this content.
    long times(Bytes key, String content) {
        long times = 0;
        List<State> past = of(key);
        for (int i = 1; i < past.size(); i++) {
            boolean isSame = past.get(i).content.equals(past.get(i - 1).content);
            times += !isSame && past.get(i).content.equals(content) ? 1 : 0;
        }
        return times;
    }

    /// What was there before the key got this content.
    String before(Bytes key, String content) {
        List<State> past = of(key);
        for (int i = 1; i < past.size(); i++) {
            if (past.get(i).content.equals(content)) {
                return past.get(i - 1).content;
            }
        }
        throw new AssertionError("never " + content);
    }

    String contentOf(Bytes key, long version) {
        return of(key).stream()
                .filter(state -> state.version == version)
                .map(State::content)
                .findAny()
                .orElseThrow(() -> new AssertionError("no version " + version + " of " + key));
    }

    /// When each key got the content that it has.
    Map<Bytes, Long> lastChanges() {
        Map<Bytes, Long> last = new HashMap<>();
        states.forEach((key, past) -> last.put(key, past.getLast().sinceNanos));
        return last;
    }

    long lastChange(Bytes key) {
        return of(key).getLast().sinceNanos;
    }
}
