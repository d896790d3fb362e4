package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.history.Call;
import org.edgeplex.state.history.Linearizability;
import org.edgeplex.state.history.Operation;
import org.edgeplex.state.history.Verdict;
import org.junit.jupiter.api.Test;

/// Several processes on one store, some of them killed: each object is linearizable over all that
/// any of them was answered.
public abstract class ProcessContract {
    private static final int OPERATIONS = 120;
    private static final int KILLS = 3;

    /// Where a new, empty store is, for [org.edgeplex.state.client.Stores].
    protected abstract String location() throws Exception;

    @Test
    void historiesOfSeveralProcessesAreLinearizable() throws Exception {
        String location = location();
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation> history = new ArrayList<>();
        try (StoreProcess one = StoreProcess.fork(location, random.nextLong(), OPERATIONS);
                StoreProcess two = StoreProcess.fork(location, random.nextLong(), OPERATIONS)) {
            for (int kill = 0; kill < KILLS; kill++) {
                try (StoreProcess victim =
                        StoreProcess.fork(location, random.nextLong(), 1_000_000)) {
                    victim.awaitLines(10 + random.nextInt(200));
                    victim.kill();
                    history.addAll(operations("victim " + kill, 2 + kill, victim.end()));
                }
            }
            history.addAll(operations("one", 0, one.end()));
            history.addAll(operations("two", 1, two.end()));
            assertEquals(0, one.exitCode() + two.exitCode(), "seed " + seed);
        }
        assertTrue(history.size() > 2 * OPERATIONS, "they did something");
        Verdict verdict = Linearizability.check(history);
        assertInstanceOf(
                Verdict.Linearizable.class, verdict, () -> "seed " + seed + "\n" + verdict);
    }

    /// Each line that asks is followed by one that answers, or by the end.
    private static List<Operation> operations(String by, int index, List<String> lines) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String[] asked = lines.get(i).split(" ");
            String[] answer = i + 1 < lines.size() ? lines.get(i + 1).split(" ") : new String[0];
            if (answer.length < 2 && (asked[1].equals("read") || i + 1 < lines.size())) {
                // A read without an answer says nothing.
                continue;
            }
            Call call = call(asked, answer);
            long returned = call.isAnswered() ? moment(answer[0], index) + 16 : Operation.NEVER;
            operations.add(new Operation(by, call, moment(asked[0], index), returned));
        }
        return operations;
    }

    /// The clock of the machine, the same in all processes; told apart by their index.
    private static long moment(String nanos, int index) {
        return 16 * Long.parseLong(nanos) + index;
    }

    private static Call call(String[] asked, String[] answer) {
        Bytes key = bytesOf(asked[2]);
        return switch (asked[1]) {
            case "read" -> new Call.Read(StoreProcess.TABLE, key, lookup(answer));
            case "remove" ->
                    new Call.Wrote(
                            new Write.Remove(
                                    StoreProcess.TABLE,
                                    key,
                                    expect(asked[3]),
                                    Incarnation.UNFENCED),
                            outcome(answer));
            case "put" ->
                    new Call.Wrote(
                            new Write.Put(
                                    StoreProcess.TABLE,
                                    key,
                                    bytesOf(asked[4]),
                                    expect(asked[3]),
                                    Incarnation.UNFENCED),
                            outcome(answer));
            default -> throw new AssertionError(asked[1]);
        };
    }

    private static Lookup lookup(String[] answer) {
        return answer[1].equals("absent")
                ? Lookup.ABSENT
                : new Lookup.Found(bytesOf(answer[3]), Long.parseLong(answer[2]));
    }

    private static Expect expect(String word) {
        return switch (word) {
            case "any" -> Expect.ANY;
            case "absent" -> Expect.ABSENT;
            default -> new Expect.Version(Long.parseLong(word));
        };
    }

    private static WriteOutcome outcome(String[] answer) {
        String word = answer.length < 2 ? "unknown" : answer[1];
        return switch (word) {
            case "written" -> new WriteOutcome.Written(Long.parseLong(answer[2]));
            case "conflict" -> new WriteOutcome.Conflict(Long.parseLong(answer[2]));
            case "fenced" -> new WriteOutcome.Fenced(Long.parseLong(answer[2]));
            default -> new WriteOutcome.Unknown("no answer");
        };
    }

    private static Bytes bytesOf(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
